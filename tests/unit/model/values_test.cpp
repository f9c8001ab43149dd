// Values while a scenario runs: what has none is told with its place, what nobody reads changes nothing.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

// A handler that is called with n = 0, and the step on line 6.
Diagnostic problem_of_step(const std::string& step) {
  return problem_of("actors:\n  A:\n    m:\n      - " + step +
                    "\n    k: [{call: B/$n.k}]\n  B: {k: []}\nstart: [{call: A/1.m, with: {n: 0}}]\n");
}

Diagnostic problem_of_trigger(const std::string& trigger) {
  return problem_of("actors: {A: {m: [{call: B/$n.k}]}, B: {k: []}}\nstart:\n  - {" + trigger + "}\n");
}

}  // namespace

TEST_CASE("a step's expression that has no value ends the run at its place") {
  for (const char* step : {"{recurse: 1 / $n}", "{repeat: 1 / $n, steps: [{call: B/1.k}]}",
                           "{call: B/1.k, when: 1 / $n > 0}", "{call: B/$(1 / $n).k}", "{call: B/1.k, as: x$(1 / $n)}",
                           "{call: A/2.k, with: {n: $(1 / $n)}}", "{call: B/1.k, header: {id: x$(1 / $n)}}"}) {
    INFO(step);
    const Diagnostic problem = problem_of_step(step);
    CHECK(problem.code == "bad-expression");
    CHECK(problem.message == "this expression divides by zero");
    CHECK(problem.span.line == 5);
  }
}

TEST_CASE("a trigger's expression that has no value ends the run at its place") {
  for (const char* trigger :
       {"call: A/$(1 / $i).m, count: 1, with: {n: 1}", "call: A/1.m, count: 1, with: {n: $(1 / $i)}",
        "reminder: A/$(1 / $i).m, count: 1, with: {n: 1}", "timer: A/$(1 / $i).m, count: 1, with: {n: 1}"}) {
    INFO(trigger);
    const Diagnostic problem = problem_of_trigger(trigger);
    CHECK(problem.code == "bad-expression");
    CHECK(problem.span.line == 4);
  }
}

TEST_CASE("a timer whose later firings have no actor ends the run there") {
  const std::string actors = "actors: {A: {m: [{sleep: 1s}]}}\n";
  for (const char* every : {"2s", "1s"}) {  // is it due while the callback runs, or later?
    INFO(every);
    const Diagnostic problem =
        problem_of(actors + "start: [{timer: A/$(2 / (1 - $i)).m, count: 2, every: " + every + "}]");
    CHECK(problem.code == "bad-expression");
  }
}

TEST_CASE("what a call binds and its handler does not read changes nothing") {
  const Ran ran = run_text(R"(
actors:
  A: {m: [{call: B/$to.k, with: {unread: 7}}, {call: C/1.k, with: {unread: 8}}]}
  B: {k: []}
  C: {k: [{call: B/$x.k}]}
start: [{call: A/1.m, with: {to: east, unread: 1}}]
vars: {x: 3}
)");
  CHECK(ran.outcome("B/east.k") == "entered");
  CHECK(ran.outcome("B/3.k") == "entered");
}

TEST_CASE("a value goes to whoever is called back, too") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors:
  A: {m: [{call: B/1.k}], back: [{call: C/$to.k}]}
  B: {k: [{call: caller.back, with: {to: 5, unread: 6}}]}
  C: {k: []}
start: [{call: A/1.m}]
)");
  CHECK(ran.outcome("C/5.k") == "entered");
}

TEST_CASE("a client that would keep an id has none") {
  const auto keep = [](Scenario& scenario) {
    for (Trigger& trigger : scenario.start) trigger.options.header.kind = HeaderRule::Kind::keep;
  };
  const Ran ran = run_text(
      "config: {reentrancy: {enabled: true}}\nactors: {A: {m: [{sleep: 1s}]}}\n"
      "start: [{call: A/1.m}, {call: A/1.m}]\n",
      keep);
  CHECK(ran.outcome("A/1.m") == "entered");
  CHECK(ran.outcome("A/1.m#2") == "blocked");
}

TEST_CASE("a handler knows nothing of the variables of the calls before it") {
  const Ran ran = run_text(R"(
actors:
  A: {m: [{call: B/$east.k}, {call: B/$west.k}]}
  B: {k: []}
  C: {m: [{repeat: 2, steps: [{call: B/$i.k}]}]}
start:
  - {call: A/1.m, with: {east: japan, west: iceland}}
  - {call: C/1.m, at: 1s}
)");
  CHECK(ran.order() == "A/1.m B/japan.k B/iceland.k C/1.m B/0.k B/1.k");
}
