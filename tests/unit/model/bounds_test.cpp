// Programs that never end by their own text end in an error that says where, and soon.
#include <chrono>
#include <string>

#include "actorsim/explore/exploration.h"
#include "actorsim/model/compile.h"
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

TEST_CASE("a handler that calls itself without end goes beyond the depth of calls") {
  const Diagnostic problem = problem_of(R"(
config: {reentrancy: {enabled: true, maxStackDepth: 1000000}}
actors:
  A:
    m:
      - call: self.m
start: [{call: A/1.m}]
)");
  CHECK(problem.code == "endless-calls");
  CHECK(problem.span.line == 7);
  CHECK(problem.message.find("100000") != std::string::npos);
}

TEST_CASE("a self-call that a limit or a deadlock stops is a verdict and no error") {
  CHECK(run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{call: self.m}]}}
start: [{call: A/1.m}]
)")
            .count(Outcome::exceeded) == 1);
  CHECK(run_text(R"(
actors: {A: {m: [{call: self.m}]}}
start: [{call: A/1.m}]
)")
            .verdict() == "deadlock");
}

TEST_CASE("100000 calls may be nested") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true, maxStackDepth: 100000}}
actors: {A: {m: [{recurse: 100000}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.run.counts.completed == 100'000);
  CHECK(ran.verdict() == "ok");
}

TEST_CASE("the one below 100000 nested calls deadlocks, and the graph of it is walked without recursion") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true, maxStackDepth: 100000}}
actors: {A: {m: [{recurse: 99000}, {call: self.k, header: drop}], k: []}}
start: [{call: A/1.m}]
)");
  CHECK(ran.verdict() == "deadlock");
}

TEST_CASE("a handler that sends to itself without end is stopped, whether or not time passes") {
  const Diagnostic still = problem_of(R"(
actors:
  A:
    m:
      - send: self.m
start: [{call: A/1.m}]
)");
  CHECK((still.code == "endless-calls" || still.code == "endless-events"));
  CHECK(still.span.line == 6);
  const Diagnostic moving = problem_of(R"(
actors:
  A:
    m:
      - sleep: 1s
      - send: self.m
start: [{call: A/1.m}]
)");
  CHECK(moving.code == "endless-calls");
  CHECK(moving.span.line == 7);
}

TEST_CASE("a loop of a million calls at one instant is stopped with its place") {
  const Diagnostic problem = problem_of(R"(
actors:
  A:
    m:
      - repeat: 900000000
        steps:
          - call: B/1.k
  B: {k: []}
start: [{call: A/1.m}]
)");
  CHECK(problem.code == "endless-events");
  CHECK(problem.span.line >= 5);
}

TEST_CASE("limits.calls bounds the number of calls") {
  const Diagnostic problem = problem_of(R"(
limits: {calls: 3}
actors:
  A:
    m:
      - repeat: 3
        steps:
          - call: B/1.k
  B: {k: []}
start: [{call: A/1.m}]
)");
  CHECK(problem.code == "too-many-calls");
  CHECK(problem.span.line == 9);
  CHECK(run_text(R"(
limits: {calls: 3}
actors: {A: {m: [{repeat: 2, steps: [{call: B/1.k}]}]}, B: {k: []}}
start: [{call: A/1.m}]
)")
            .run.counts.calls == 3);
}

TEST_CASE("limits.calls bounds the number of further attempts as well") {
  const std::string scenario = "actors: {A: {m: [{fail: no}]}}\nstart: [{call: A/1.m, retry: {max: 4, delay: 1ms}}]\n";
  const Diagnostic problem = problem_of("limits: {calls: 3}\n" + scenario);
  CHECK(problem.code == "too-many-calls");
  CHECK_THAT(problem.message, Contains("more than 3 further attempts of calls were made"));
  CHECK(run_text("limits: {calls: 4}\n" + scenario).run.counts.attempts == 5);
}

// Their number has 16 bits, or 24, in a careless table.
TEST_CASE("a call may be tried again very often, in a run and in all orders") {
  const std::string before = "actors: {A: {m: [{fail: no}]}}\nstart: [{call: A/1.m, retry: {max: ";
  CHECK(run_text(before + "16777300, delay: 1ns}}]\n").run.counts.attempts == 16'777'301);
  const auto explored = explore(compile(load_text(before + "65536, delay: 1ns}}]\n"), "<test>"));
  REQUIRE(explored);
  CHECK(explored->is_complete());
  CHECK(explored->can(Verdict::failed));
}

TEST_CASE("a loop in which nothing happens is stopped with its place") {
  const Diagnostic problem = problem_of(R"(
actors:
  A:
    m:
      - repeat: 900000000
        steps:
          - recurse: 1
start: [{call: A/1.m}]
)");
  CHECK(problem.code == "endless-loop");
  CHECK(problem.span.line >= 5);
}

TEST_CASE("a loop of empty branches is stopped with its place", "[bounds]") {
  const Diagnostic problem = problem_of(R"(
actors:
  A:
    m:
      - repeat: 900000000
        steps:
          - parallel: [{steps: []}, {steps: []}]
start: [{call: A/1.m}]
)");
  CHECK(problem.span.line >= 5);
}

TEST_CASE("a long loop of empty branches ends", "[bounds]") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{repeat: 100000, steps: [{parallel: [{steps: []}, {steps: []}]}]}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.verdict() == "ok");
}

TEST_CASE("virtual time that would go beyond its range is the scenario's error", "[bounds]") {
  const auto ran = try_text(R"(
dapr: "1.14"
actors: {A: {m: [{sleep: 2000000h}, {sleep: 2000000h}, {sleep: 2000000h}]}}
start: [{call: A/1.m}]
)");
  REQUIRE_FALSE(ran.has_value());
  CHECK(ran.error().span.line == 4);
}

double seconds_of(const std::string& text) {
  const auto begin = std::chrono::steady_clock::now();
  const Ran ran = run_text(text);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Hidden, since they measure time: linear work takes a tenth of the bound even with sanitizers.
TEST_CASE("many waiters behind many holders are classified without looking at every pair", "[.][time]") {
  CHECK(seconds_of(R"(
config: {reentrancy: {enabled: true, maxStackDepth: 100000}}
actors:
  A:
    hold: [{recurse: 4000}, {call: self.flood}]
    flood:
      - repeat: 4000
        steps: [{send: self.k, header: drop}]
      - call: self.k
        header: drop
    k: []
start: [{call: A/1.hold}]
)") < 3);
}

TEST_CASE("a join any does not look at the branches of others", "[.][time]") {
  CHECK(seconds_of(R"(
actors: {A: {m: [{repeat: 20000, steps: [{parallel: [{sleep: 1h}, {sleep: 0s}], join: any}]}]}}
start: [{call: A/1.m}]
)") < 3);
}

}  // namespace
