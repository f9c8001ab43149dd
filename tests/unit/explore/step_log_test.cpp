// What each step does, as data.
#include "actorsim/explore/step_log.h"

#include "actorsim/explore/exploration.h"
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;
using What = StepEvent::What;

std::vector<StepRecord> steps_of(const std::string& text, const std::string& schedule) {
  const Program program = compile(load_text(text), "test.yaml");
  const auto parsed = parse_schedule(schedule, "test");
  REQUIRE(parsed);
  const auto run = replay(program, *parsed);
  if (!run) FAIL(run.error().message);
  auto steps = tell_steps(program, *parsed);
  REQUIRE(steps);
  return std::move(*steps);
}

}  // namespace

TEST_CASE("a call that waits says who is inside, and gets in with the holder's step") {
  const auto steps =
      steps_of("actors: {A: {m: []}}\nstart: [{call: A/1.m, as: a}, {call: A/1.m, as: b}]\n", "t1.t2.t1.t2");
  REQUIRE(steps.size() == 4);
  REQUIRE(steps[0].events.size() == 1);
  CHECK(steps[0].events[0].what == What::entered);
  CHECK(steps[0].events[0].call.label == "a");
  CHECK(steps[0].events[0].call.caller.empty());
  REQUIRE(steps[1].events.size() == 1);
  CHECK(steps[1].events[0].what == What::waits);
  REQUIRE(steps[1].events[0].others.size() == 1);
  CHECK(steps[1].events[0].others[0].label == "a");
  REQUIRE(steps[1].locks.size() == 1);
  CHECK(steps[1].locks[0].actor == "A/1");
  CHECK(steps[1].locks[0].inside == std::vector<std::uint32_t>{0});
  CHECK(steps[1].locks[0].waiting == std::vector<std::uint32_t>{1});
  CHECK(steps[2].subject == "a");
  REQUIRE(steps[2].events.size() == 2);
  CHECK(steps[2].events[0].what == What::answered);
  CHECK(steps[2].events[1].what == What::admitted);
  CHECK(steps[2].events[1].call.chain.trigger == 1);
  CHECK(steps[3].locks.empty());
}

TEST_CASE("a nested call names its caller, a refused one its end") {
  const auto steps = steps_of("config: {reentrancy: {enabled: true, maxStackDepth: 2}}\nchains: [A x3]\n", "t1.t1.t1");
  REQUIRE(steps.size() == 3);
  CHECK(steps[1].events[0].what == What::re_entered);
  CHECK(steps[1].events[0].depth == 2);
  CHECK(steps[1].events[0].call.caller == "A/1");
  CHECK(steps[2].events[0].what == What::ended_badly);
  CHECK(steps[2].events[0].outcome == Outcome::exceeded);
}

TEST_CASE("a lock that is free and waits to be handed over is told where releases do so") {
  const auto steps = steps_of(
      "dapr: \"1.14\"\nactors: {A: {m: []}}\nstart: [{call: A/1.m, as: a}, {call: A/1.m, as: b}]\n", "t1.t2.t1.t2");
  REQUIRE(steps[2].locks.size() == 1);
  CHECK(steps[2].locks[0].is_free);
  CHECK(steps[2].locks[0].waiting == std::vector<std::uint32_t>{1});
  CHECK(steps[3].kind == Mover::Kind::grant);
  CHECK(steps[3].events[0].what == What::admitted);
}
