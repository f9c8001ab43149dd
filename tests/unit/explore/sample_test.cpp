// Looking at some orders: what is found is possible, and the same seed finds the same.
#include "actorsim/explore/sample.h"

#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

Program program_of(const std::string& text) { return compile(load_text(text), "test.yaml"); }

Sample sampled(const Program& program, const SampleOptions& options) {
  auto result = sample(program, options);
  if (!result) FAIL(result.error().message);
  return std::move(*result);
}

FewSwitches with_switches(const Program& program, std::uint32_t switches) {
  auto result = explore_few_switches(program, switches, {});
  if (!result) FAIL(result.error().message);
  return std::move(*result);
}

Exploration explored(const Program& program) {
  auto result = explore(program);
  if (!result) FAIL(result.error().message);
  return std::move(*result);
}

const std::vector<std::string> kScenarios{
    "chains: [A -> B]\n",
    "chains: [A -> A]\n",
    "chains: [A -> B, B -> A]\n",
    "chains: [A -> B -> C, C -> A, B -> C]\n",
    "config: {reentrancy: {enabled: true, maxStackDepth: 2}}\nchains: [A x3, A]\n",
    "actors: {A: {m: [{fail: no}], n: []}}\nstart: [{call: A/1.m, as: a}, {call: A/1.n, after: a}]\n",
    "actors: {A: {m: [{call: self.n, timeout: 1s, on-error: continue}], n: []}}\nstart: [{call: A/1.m}]\n",
};

}  // namespace

TEST_CASE("what random runs end with is possible, and their schedules lead there") {
  for (const std::string& text : kScenarios) {
    INFO(text);
    const Program program = program_of(text);
    const Exploration all = explored(program);
    for (const std::uint32_t depth : {0U, 1U, 3U}) {
      SampleOptions options;
      options.runs = 200;
      options.depth = depth;
      const Sample some = sampled(program, options);
      CHECK(some.runs == 200);
      std::uint64_t runs = 0;
      for (std::size_t i = 0; i < kVerdictCount; ++i) {
        runs += some.verdicts[i];
        if (some.verdicts[i] > 0) CHECK(all.verdicts[i]);
      }
      CHECK(runs == some.runs);
      for (const auto& [label, outcomes] : some.outcomes) CHECK((outcomes & ~all.outcomes.at(label)) == 0);
      for (const Witness& witness : some.witnesses) {
        CHECK_FALSE(witness.is_shortest);
        const auto run = replay(program, witness.schedule);
        REQUIRE(run);
        CHECK(run->verdict == witness.verdict);
      }
    }
  }
}

TEST_CASE("the same seed gives the same runs, another one others") {
  const Program program = program_of(kScenarios[3]);
  for (const std::uint32_t depth : {0U, 2U}) {
    SampleOptions options;
    options.runs = 50;
    options.depth = depth;
    const Sample first = sampled(program, options), again = sampled(program, options);
    CHECK(first.verdicts == again.verdicts);
    CHECK(first.outcomes == again.outcomes);
    CHECK(first.steps == again.steps);
    REQUIRE(first.witnesses.size() == again.witnesses.size());
    for (std::size_t i = 0; i < first.witnesses.size(); ++i)
      CHECK(first.witnesses[i].schedule == again.witnesses[i].schedule);
    bool is_another = false;
    for (options.seed = 2; options.seed < 6; ++options.seed)
      is_another = is_another || sampled(program, options).verdicts != first.verdicts;
    CHECK(is_another);
  }
}

TEST_CASE("walks by priorities promise what they find, where chains do one thing at a time") {
  SampleOptions options;
  options.depth = 2;
  const Sample some = sampled(program_of("chains: [A -> B, B -> A]\n"), options);
  CHECK(some.chains == 2);
  CHECK(some.longest > 4);
  CHECK(some.guarantee == 1.0 / (2.0 * static_cast<double>(some.longest)));
  const auto deadlocks = static_cast<double>(some.verdicts[static_cast<std::size_t>(Verdict::deadlock)]);
  CHECK(deadlocks >= some.guarantee * static_cast<double>(some.runs));
  CHECK(sampled(program_of("chains: [A -> (B & C)]\n"), options).guarantee == 0);
  options.depth = 0;
  CHECK(sampled(program_of("chains: [A -> B]\n"), options).guarantee == 0);
}

TEST_CASE("sampling stops when it is told to, and at its time limit") {
  const Program program = program_of("chains: [A -> B]\n");
  std::atomic<bool> stop = true;
  SampleOptions options;
  options.stop = &stop;
  CHECK(sampled(program, options).end == Exploration::End::stopped);
  options.stop = nullptr;
  std::chrono::nanoseconds now{0};
  options.clock = [&] { return now += std::chrono::milliseconds(1); };
  options.time_limit = std::chrono::milliseconds(10);
  const Sample some = sampled(program, options);
  CHECK(some.end == Exploration::End::time_limit);
  CHECK(some.runs > 0);
  CHECK(some.runs < 10);
}

TEST_CASE("with enough switches everything is found, and nothing is left out") {
  for (const std::string& text : kScenarios) {
    INFO(text);
    const Program program = program_of(text);
    const Exploration all = explored(program);
    const FewSwitches few = with_switches(program, 100);
    CHECK_FALSE(few.left_some_out);
    CHECK(few.found.is_complete());
    CHECK(few.found.verdicts == all.verdicts);
    CHECK(few.found.outcomes == all.outcomes);
  }
}

TEST_CASE("a deadlock of two chains takes two switches") {
  const Program program = program_of("chains: [A -> B, B -> A]\n");
  const FewSwitches one = with_switches(program, 1);
  CHECK(one.left_some_out);
  CHECK(one.found.can(Verdict::ok));
  CHECK_FALSE(one.found.can(Verdict::deadlock));
  const FewSwitches two = with_switches(program, 2);
  REQUIRE(two.found.can(Verdict::deadlock));
  const Witness& witness = two.found.witnesses.front();
  CHECK(witness.verdict == Verdict::deadlock);
  CHECK(witness.switches == 2);
  CHECK(schedule_text(witness.schedule) == "t1.t2.t2.t1");
}
