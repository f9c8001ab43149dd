// The explorer against itself without reductions, against the search over whole worlds, against brute force, against
// plain runs, and against replays: on random programs, ACTORSIM_PROGRAMS of them (1,500 by default).
#include <cstdlib>
#include <string>

#include "actorsim/explore/exploration.h"
#include "actorsim/explore/search.h"
#include "actorsim/model/compile.h"
#include "support/brute_force.h"
#include "support/catch.h"
#include "support/random_scenarios.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

constexpr std::uint64_t kMostStates = 20'000;
constexpr std::uint64_t kMostSchedules = 3'000;

int programs() {
  const char* count = std::getenv("ACTORSIM_PROGRAMS");
  return count == nullptr ? 1500 : std::atoi(count);
}

// What is asked, as text.
std::string answer(const Exploration& exploration) {
  std::string text;
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    const bool is_stuck = verdict == Verdict::stranded || verdict == Verdict::deadlock;
    const bool is_asked = exploration.goal != Goal::deadlock || is_stuck;
    if (is_asked && exploration.can(verdict)) text += std::string(to_word(verdict)) + " ";
  }
  if (exploration.goal != Goal::outcomes) return text;
  for (const auto& [label, outcomes] : exploration.outcomes) text += label + "=" + std::to_string(outcomes) + " ";
  return text;
}

std::string lengths(const Exploration& exploration) {
  std::string text;
  for (const Witness& witness : exploration.witnesses) {
    if (witness.is_shortest)
      text += std::string(to_word(witness.verdict)) + " " + std::to_string(witness.schedule.size()) + " " +
              std::to_string(witness.switches) + "; ";
  }
  return text;
}

class Checker {
 public:
  void check(const std::string& text) {
    INFO(text);
    const Scenario scenario = load_text(text);
    const Program program = compile(scenario, "test.yaml");
    for (const Goal goal : {Goal::deadlock, Goal::verdicts, Goal::outcomes}) {
      ExploreOptions options;
      options.goal = goal;
      options.max_states = kMostStates;
      Walker walker(program);
      Exploration whole;
      whole.goal = goal;
      if (search_worlds(walker, options, whole) || !whole.is_complete()) {
        ++too_large;
        return;
      }
      const auto reduced = explore(program, options);
      options.reductions = Reductions::none();
      const auto full = explore(program, options);
      REQUIRE(reduced);
      REQUIRE(full);
      INFO("goal " << to_word(goal));
      CHECK(answer(*full) == answer(whole));
      CHECK(answer(*reduced) == answer(whole));
      CHECK(lengths(*reduced) == lengths(*full));
      if (!reduced->reductions.empty()) ++with_reductions;
      for (const Witness& witness : reduced->witnesses) {
        const auto run = replay(program, witness.schedule);
        INFO(schedule_text(witness.schedule));
        REQUIRE(run);
        CHECK(to_word(run->verdict) == to_word(witness.verdict));
      }
      if (goal == Goal::outcomes) check_against_all(program, *reduced);
    }
    ++checked;
  }

  int checked = 0, too_large = 0, with_reductions = 0, by_brute_force = 0;

 private:
  void check_against_all(const Program& program, const Exploration& exploration) {
    const auto run = run_plainly(program);
    REQUIRE(run);
    // Idle deadlines come to pass in plain runs only.
    const bool is_comparable = run->deactivation_count == 0;
    if (is_comparable) CHECK(exploration.can(run->verdict));
    for (const CallRecord& call : run->calls) {
      if (!is_comparable) break;
      INFO(call.label << " " << to_word(call.outcome));
      CHECK(((exploration.outcomes.at(call.label) >> static_cast<unsigned>(call.outcome)) & 1U) == 1U);
    }
    Walker walker(program);
    const auto all = try_all_orders(walker, kMostSchedules);
    if (!all) return;
    ++by_brute_force;
    CHECK(exploration.verdicts == all->verdicts);
    CHECK(exploration.outcomes == all->outcomes);
    for (const Witness& witness : exploration.witnesses) {
      if (!witness.is_shortest) continue;
      INFO(to_word(witness.verdict) << " by " << schedule_text(witness.schedule));
      CHECK(all->shortest[static_cast<std::size_t>(witness.verdict)] == witness.schedule.size());
    }
  }
};

TEST_CASE("all searches give the answer that brute force gives") {
  Checker checker;
  for (int seed = 0; seed < programs(); ++seed) checker.check(random_scenario(static_cast<std::uint64_t>(seed)));
  CHECK(checker.checked > programs() * 9 / 10);
  CHECK(checker.by_brute_force > programs() / 3);
}

TEST_CASE("reductions give the answer of the search without them") {
  RandomScenarioOptions calm;
  calm.sends = calm.parallel = calm.join_any = calm.replies = calm.loops = calm.literal_headers = false;
  calm.timeouts = calm.retries = false;
  calm.orders_at_most = 60'000;
  Checker checker;
  for (int seed = 0; seed < programs(); ++seed) {
    calm.failures = seed % 3 == 0;
    calm.unhosted = seed % 7 == 0;
    checker.check(random_scenario(static_cast<std::uint64_t>(seed), calm));
  }
  CHECK(checker.with_reductions > programs() / 2);
}

TEST_CASE("scenarios in which actors leave, timers fire and hosts change are explored as a whole") {
  RandomScenarioOptions options = every_feature();
  options.orders_at_most = 2'000;
  Checker checker;
  for (int seed = 0; seed < programs() / 3; ++seed)
    checker.check(random_scenario(static_cast<std::uint64_t>(seed), options));
  CHECK(checker.checked > programs() / 4);
}

}  // namespace
