// Expectations in words.
#include "actorsim/explore/expectation_text.h"

#include "actorsim/explore/expectations.h"
#include "actorsim/model/compile.h"
#include "actorsim/scenario/loader.h"
#include "support/catch.h"

using namespace actorsim;

TEST_CASE("an expectation is called the same before a run and after it") {
  const Source source{"all.yaml", R"(actorsim: 1
config: {reentrancy: {enabled: true}}
chains: [A -> B -> A]
expect:
  verdict: ok
  calls:
    A/1.m1: entered
    A/1.m3: {outcome: re-entered, depth: ">= 2", waited: 0s, entered-at: 0s, ended-at: 0s, completed: true}
  counts: {calls: 3, blocked: "< 1"}
  order: [A/1.m1, [B/1.m2]]
  deadlock: none
  overlap: {actor: A/1, calls: [A/1.m1]}
  header: {A/1.m1: present, B/1.m2: {same-as: A/1.m1}, A/1.m3: "other", A/1.m1#1: absent}
  error: {call: A/1.m1, code: X, grpc: Internal, message: none, http: 500}
  deactivated: {A/1: {count: 0, at: 1s}}
  warnings: [something]
)"};
  const auto file = load_scenario_file(source);
  if (!file) FAIL(render(file.error(), &source));
  const auto scenario = file->load_case(0);
  REQUIRE(scenario);
  const Program program = compile(*scenario, source.name);
  const auto run = run_plainly(program);
  REQUIRE(run);
  const auto results = check_expectations(scenario->expect, program, *run);
  REQUIRE(results);
  const std::vector<ExpectationText> texts = describe_expectations(scenario->expect);
  REQUIRE(texts.size() == results->size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CHECK(texts[i].text == (*results)[i].text);
    CHECK(texts[i].span == (*results)[i].span);
  }
}

TEST_CASE("a deadlock that is expected says how it ends") {
  Expectations expect;
  expect.deadlock = DeadlockExpectation{};
  expect.deadlock->cycle = {"A/1", "B/1"};
  expect.deadlock->never_broken_up = true;
  const std::vector<ExpectationText> texts = describe_expectations(expect);
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].text == "deadlock: cycle [A/1, B/1]");
  CHECK(texts[1].text == "deadlock: broken-up-at never");
}

TEST_CASE("what holds in all interleavings is said with its quantifier") {
  Expectations expect;
  expect.never.push_back({Verdict::deadlock, std::nullopt, std::nullopt, Span{1, 1, 1}});
  expect.possible.push_back({std::nullopt, CallKey{"a", std::nullopt, {}}, Outcome::blocked, Span{2, 1, 1}});
  expect.always.push_back({Verdict::failed, std::nullopt, std::nullopt, Span{3, 1, 1}});
  expect.always.push_back({std::nullopt, CallKey{"a", std::nullopt, {}}, Outcome::blocked, Span{3, 9, 1}});
  expect.always.push_back({Verdict::ok, std::nullopt, std::nullopt, Span{3, 20, 1}});
  const std::vector<ExpectationText> texts = describe_expectations(expect);
  REQUIRE(texts.size() == 4);
  CHECK(texts[0].text == "never: deadlock");
  CHECK(texts[1].text == "possible: a blocked");
  CHECK(texts[2].text == "always: ok or failed");
  CHECK(texts[2].span == Span{3, 1, 1});
  CHECK(texts[3].text == "always: a blocked");
}
