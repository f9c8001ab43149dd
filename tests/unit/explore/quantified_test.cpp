// What is expected of all orders.
#include "actorsim/explore/quantified.h"

#include <algorithm>

#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

const std::string kCrossing = "config: {reentrancy: {enabled: true}}\nchains: [A -> B, B -> A]\n";

struct Checked {
  std::unique_ptr<const Program> program;
  Exploration exploration;
  std::vector<ExpectationResult> results;

  /// `never: deadlock: deadlock in some order`, `always: ok: passes`
  std::string said(std::size_t index) const {
    const ExpectationResult& result = results.at(index);
    return result.text + ": " + (result.passed ? "passes" : result.got);
  }
};

tl::expected<Checked, Diagnostics> try_to_check(const std::string& text, ExploreOptions options = {}) {
  const Scenario scenario = load_text(text);
  Checked checked{std::make_unique<const Program>(compile(scenario, "test.yaml")), {}, {}};
  options.goal = goal_for(scenario.expect);
  auto exploration = explore(*checked.program, options);
  if (!exploration) return tl::unexpected(Diagnostics(exploration.error()));
  checked.exploration = std::move(*exploration);
  auto results = check_all_orders(scenario.expect, *checked.program, checked.exploration, options);
  if (!results) return tl::unexpected(std::move(results.error()));
  checked.results = std::move(*results);
  return checked;
}

Checked check(const std::string& text, const ExploreOptions& options = {}) {
  auto checked = try_to_check(text, options);
  if (!checked) throw std::runtime_error(render(checked.error(), static_cast<const Source*>(nullptr)));
  return std::move(*checked);
}

std::string goal_of(const std::string& expect) {
  return std::string(to_word(goal_for(load_text(kCrossing + "expect: {" + expect + "}").expect)));
}

}  // namespace

TEST_CASE("never fails as soon as some order comes to it, and shows that order") {
  const Checked checked = check(kCrossing + "expect: {never: [stranded, deadlock]}");
  CHECK(checked.said(0) == "never: stranded: passes");
  CHECK(checked.said(1) == "never: deadlock: deadlock in some order");
  CHECK(checked.results[1].leads_to == "deadlock");
  REQUIRE(checked.results[1].schedule);
  const auto run = replay(*checked.program, *checked.results[1].schedule);
  REQUIRE(run);
  CHECK(run->verdict == Verdict::deadlock);
}

TEST_CASE("possible needs one order, and says what there is instead") {
  const Checked checked = check(kCrossing + "expect: {possible: [ok, deadlock, overlap]}");
  CHECK(checked.said(0) == "possible: ok: passes");
  CHECK(checked.said(1) == "possible: deadlock: passes");
  CHECK(checked.said(2) == "possible: overlap: only ok and deadlock");
  CHECK_FALSE(checked.results[2].schedule);
}

TEST_CASE("where only deadlock is asked for, nothing is said of the other verdicts") {
  const Checked checked = check("chains: [A -> B]\nexpect: {possible: deadlock}");
  CHECK(checked.exploration.goal == Goal::deadlock);
  CHECK(checked.said(0) == "possible: deadlock: no order that comes to it");
}

TEST_CASE("the verdicts of always are one set") {
  CHECK(check(kCrossing + "expect: {always: [ok, deadlock]}").said(0) == "always: ok or deadlock: passes");
  const Checked checked = check(kCrossing + "expect: {always: [ok, failed]}");
  CHECK(checked.said(0) == "always: ok or failed: deadlock in some order as well");
  CHECK(checked.results[0].leads_to == "deadlock");
}

TEST_CASE("what always says of two calls are two demands, and of one call one") {
  const Checked checked = check(kCrossing +
                                "expect:\n"
                                "  always:\n"
                                "    - {call: A/1.m1, outcome: entered}\n"
                                "    - {call: B/1.m1, outcome: entered}\n"
                                "    - {call: A/1.m1, outcome: blocked}\n");
  REQUIRE(checked.results.size() == 2);
  CHECK(checked.said(0) == "always: A/1.m1 entered or blocked: passes");
  CHECK(checked.said(1) == "always: B/1.m1 entered: blocked in some order as well");
  CHECK(checked.results[1].leads_to == "B/1.m1: blocked");
  REQUIRE(checked.results[1].schedule);
  const auto run = replay(*checked.program, *checked.results[1].schedule);
  REQUIRE(run);
  CHECK(std::any_of(run->calls.begin(), run->calls.end(),
                    [](const CallRecord& call) { return call.label == "B/1.m1" && call.outcome == Outcome::blocked; }));
}

TEST_CASE("what is said of a label holds for each of its calls") {
  const std::string three = "actors: {A: {m: []}}\nstart: [{call: A/1.m, as: c, count: 3}]\n";
  CHECK(check(three + "expect: {possible: {call: c, outcome: blocked}}").results[0].passed);
  CHECK(check(three + "expect: {possible: {call: c, outcome: entered}}").results[0].passed);
  CHECK(check(three + "expect: {never: {call: c, outcome: blocked}}").said(0) ==
        "never: c blocked: blocked in some order");
  CHECK_FALSE(check(three + "expect: {always: {call: c, outcome: entered}}").results[0].passed);
}

TEST_CASE("a call that is never made is skipped in every order") {
  const std::string text =
      "actors: {A: {m: [{fail: x}, {call: B.m}]}, B: {m: []}}\nstart: [{call: A/1.m}]\n"
      "expect: {always: {call: B/1.m, outcome: skipped}, never: {call: B/1.m, outcome: entered}}";
  const Checked checked = check(text);
  CHECK(checked.results[0].passed);
  CHECK(checked.results[1].passed);
}

TEST_CASE("a bound that is hit leaves open what has not been found") {
  ExploreOptions few;
  few.max_states = 3;
  few.reductions = Reductions::none();
  const Checked checked = check(kCrossing + "expect: {never: failed, possible: overlap, always: ok}", few);
  for (const ExpectationResult& result : checked.results) {
    CHECK_FALSE(result.passed);
    CHECK(result.is_undecided);
    CHECK(result.got == "no answer: 3 states were not enough (--max-states)");
  }
}

TEST_CASE("what was found before a bound was hit counts") {
  const std::string text = kCrossing + "expect: {never: deadlock, possible: [deadlock, ok], always: ok}";
  const Scenario scenario = load_text(text);
  const Program program = compile(scenario, "test.yaml");
  Exploration exploration;
  exploration.goal = Goal::verdicts;
  exploration.end = Exploration::End::time_limit;
  exploration.verdicts[static_cast<std::size_t>(Verdict::deadlock)] = true;
  const auto results = check_all_orders(scenario.expect, program, exploration);
  REQUIRE(results);
  CHECK(results->at(0).got == "deadlock in some order");
  CHECK_FALSE(results->at(0).is_undecided);
  CHECK(results->at(1).passed);
  CHECK(results->at(2).is_undecided);
  CHECK(results->at(2).got == "no answer: the time was not enough (--time-limit)");
  CHECK_FALSE(results->at(3).is_undecided);
}

TEST_CASE("a label that no call has in any order is the scenario's fault") {
  const auto checked = try_to_check(
      "actors: {A: {m: []}}\nstart: [{call: A/1.m, as: c$i, count: 2}]\n"
      "expect: {never: {call: c7, outcome: blocked}}");
  REQUIRE_FALSE(checked);
  CHECK(checked.error().items().front().code == "unknown-label");
  CHECK(checked.error().items().front().message == "no call is labelled 'c7' in any order");
  CHECK(checked.error().items().front().span.line == 4);
}

TEST_CASE("no more is asked of the exploration than the expectations need") {
  CHECK(goal_of("never: deadlock") == "deadlock");
  CHECK(goal_of("never: [deadlock, stranded], possible: deadlock") == "deadlock");
  CHECK(goal_of("never: [deadlock, timeout]") == "verdicts");
  CHECK(goal_of("possible: ok") == "verdicts");
  CHECK(goal_of("always: deadlock") == "verdicts");
  CHECK(goal_of("never: [deadlock, {call: A/1.m1, outcome: blocked}]") == "outcomes");
}

TEST_CASE("only never, possible and always speak of all orders") {
  CHECK(speaks_of_all_orders(load_text(kCrossing + "expect: {possible: ok}").expect));
  CHECK_FALSE(speaks_of_all_orders(load_text(kCrossing + "expect: {verdict: ok}").expect));
  CHECK_FALSE(speaks_of_all_orders(load_text(kCrossing).expect));
}
