// The other steps: reply, send, recurse, repeat, and which actor a target means.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

// ---- reply ----------------------------------------------------------------------------------------------------

TEST_CASE("reply answers the caller and gives the lock back, and the steps behind it go on outside") {
  const Ran ran = run_text(R"(
actors:
  A: {m: [{sleep: 1ms}, reply, {sleep: 9ms}, {call: B/1.k, as: late}]}
  B: {k: []}
  C: {c: [{call: A/1.m, as: first}]}
start: [{call: C/1.c}, {call: A/1.m, as: second}]
)");
  CHECK(ran.call("first").ended == 2 * kMillisecond);  // second came first, breadth first
  CHECK(ran.call("C/1.c").ended == 2 * kMillisecond);
  CHECK(ran.call("second").ended == 1 * kMillisecond);
  CHECK(ran.call("late").arrived == 10 * kMillisecond);
  CHECK(ran.run.overlap_count == 0);
  CHECK(ran.verdict() == "ok");
}

TEST_CASE("what fails behind a reply is nobody's failure") {
  const Ran ran = run_text(R"(
actors: {A: {m: [reply, {sleep: 1ms}, {fail: too late}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.outcome("A/1.m") == "entered");
  CHECK(ran.call("A/1.m").completed);
  CHECK(ran.verdict() == "ok");
}

TEST_CASE("a call behind a reply that fails counts for the verdict, but not for its caller") {
  const Ran ran = run_text(R"(
actors: {A: {m: [reply, {call: B/1.k}, {call: B/2.k}]}, B: {k: [{fail: no}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.call("A/1.m").completed);
  CHECK(ran.skipped() == "B/2.k");
  CHECK(ran.verdict() == "failed");
}

TEST_CASE("a second reply, and one in a branch, answer nothing twice") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{parallel: [reply, {steps: [{sleep: 1ms}, reply]}]}, reply, {sleep: 1ms}]}}
start: [{call: A/1.m}, {call: A/1.m, as: next}]
)");
  CHECK(ran.call("A/1.m").ended == 0);
  CHECK(ran.call("next").entered == 0);
  CHECK(ran.run.counts.completed == 2);
  CHECK(ran.run.ended_at == 2 * kMillisecond);
}

TEST_CASE("behind a reply a handler can call its own actor even without reentrancy") {
  const Ran ran = run_text(R"(
actors: {A: {m: [reply, {call: self.k}], k: []}}
start: [{call: A/1.m}]
)");
  CHECK(ran.outcome("A/1.k") == "entered");
  CHECK(ran.verdict() == "ok");
}

TEST_CASE("a call that a handler makes behind its reply carries its id on") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [reply, {sleep: 1ms}, {call: self.k}], k: [], hold: [{sleep: 5ms}]}}
start: [{call: A/1.m, header: x}, {call: A/1.hold, header: x, as: same-id}]
)");
  CHECK(ran.outcome("A/1.k") == "re-entered");
}

// ---- send ----------------------------------------------------------------------------------------------------

TEST_CASE("send does not wait, and what becomes of it never fails its sender") {
  const Ran ran = run_text(R"(
config: {entities: [A, B]}
actors:
  A: {m: [{send: B/1.bad}, {send: B/2.slow}, {send: C/1.gone}, {sleep: 1ms}]}
  B: {bad: [{fail: no}], slow: [{sleep: 9ms}]}
  C: {gone: []}
start: [{call: A/1.m}]
)");
  CHECK(ran.call("A/1.m").completed);
  CHECK(ran.call("A/1.m").ended == 1 * kMillisecond);
  CHECK(ran.call("B/2.slow").ended == 9 * kMillisecond);
  CHECK(ran.outcome("B/1.bad") == "failed");
  CHECK(ran.outcome("C/1.gone") == "not-hosted");
  CHECK(ran.verdict() == "failed");
}

TEST_CASE("a send to the own actor waits for the handler to end where there is no reentrancy, and harms nobody") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{send: self.k}, {sleep: 3ms}], k: []}}
start: [{call: A/1.m}]
)");
  CHECK(ran.outcome("A/1.k") == "blocked");
  CHECK(ran.call("A/1.k").entered == 3 * kMillisecond);
  CHECK(ran.verdict() == "ok");
}

TEST_CASE("a sent call that outlives its sender keeps the lock of its chain") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{send: self.k}], k: [{sleep: 5ms}]}}
start: [{call: A/1.m}, {call: A/1.m, at: 1ms, as: stranger}]
)");
  CHECK(ran.outcome("A/1.k") == "re-entered");
  CHECK(ran.call("A/1.m").ended == 0);
  CHECK(ran.call("stranger").entered == 5 * kMillisecond);
}

// ---- recurse ----------------------------------------------------------------------------------------------------

TEST_CASE("recurse nests calls until there are so many, the first one included") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{recurse: 4}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.run.counts.calls == 4);
  CHECK(ran.call("A/1.m#4").depth == 4);
  CHECK(ran.run.counts.re_entered == 3);
}

TEST_CASE("recurse 1 calls nobody") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{recurse: 1}, {sleep: 1ms}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.run.counts.calls == 1);
  CHECK(ran.call("A/1.m").ended == 1 * kMillisecond);
}

TEST_CASE("two recurse steps make a tree of calls") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{recurse: 3}, {recurse: 3}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.run.counts.calls == 7);
  CHECK(ran.call("A/1.m#7").depth == 3);
}

TEST_CASE("recurse in a loop recurses each time") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{repeat: 2, steps: [{recurse: 3}]}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.run.counts.calls == 7);
}

TEST_CASE("recurse counts anew where another method lies between") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{recurse: 2, as: down}, {call: self.k}], k: [{recurse: 3}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.run.counts.calls == 2 + 2 * 3);
}

TEST_CASE("steps behind recurse run at every level, innermost first") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{recurse: 3}, {sleep: 1ms}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.call("A/1.m#3").ended == 1 * kMillisecond);
  CHECK(ran.call("A/1.m#1").ended == 3 * kMillisecond);
}

TEST_CASE("recurse with the header dropped deadlocks on itself") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{recurse: 2, header: drop, as: inner}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.outcome("inner") == "deadlocked");
}

TEST_CASE("A.m x3 nests three calls and only the innermost goes on") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
chains: [A.m x3 -> B]
)");
  CHECK(ran.order() == "A/1.m A/1.m A/1.m B/1.m2");
}

// ---- repeat ----------------------------------------------------------------------------------------------------

TEST_CASE("$i counts from 0, and a loop inside hides the one outside") {
  const Ran ran = run_text(R"(
actors:
  A:
    m:
      - repeat: 2
        steps:
          - send: B/$i.k
            as: outer$i
          - repeat: 2
            steps: [{send: C/$i.k, as: inner$i}]
          - send: B/$i.k
            as: again$i
  B: {k: []}
  C: {k: []}
start: [{call: A/1.m, as: root}]
)");
  CHECK(ran.order() == "root outer0 inner0 inner1 again0 outer1 inner0 inner1 again1");
  CHECK(ran.call("again1").actor == "B/1");
}

TEST_CASE("repeat 0 does nothing, an empty loop costs nothing") {
  const Ran ran = run_text(R"(
actors:
  A:
    m:
      - {repeat: 0, steps: [{fail: no}]}
      - {repeat: 900000000, steps: []}
      - {repeat: 3, steps: [{repeat: 900, steps: []}]}
start: [{call: A/1.m}]
)");
  CHECK(ran.call("A/1.m").completed);
}

TEST_CASE("a failure ends the loop") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{repeat: 3, steps: [{call: B/1.k}]}]}, B: {k: [{fail: no}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.run.counts.calls == 2);
}

TEST_CASE("loops in parallel branches do not disturb each other") {
  const Ran ran = run_text(R"(
actors:
  A:
    m:
      - parallel:
          - repeat: 2
            steps: [{sleep: 2ms}, {send: B/1.k, as: b$i}]
          - repeat: 3
            steps: [{sleep: 1ms}, {send: C/1.k, as: c$i}]
  B: {k: []}
  C: {k: []}
start: [{call: A/1.m, as: root}]
)");
  CHECK(ran.run.counts.calls == 6);
  CHECK(ran.call("b1").arrived == 4 * kMillisecond);
  CHECK(ran.call("c2").arrived == 3 * kMillisecond);
}

// ---- targets ----------------------------------------------------------------------------------------------------

TEST_CASE("the id of a target is 1 if left out, and the method the type's only one") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{call: B/7}, {call: B.k}, {call: B}]}, B: {k: []}}
start: [{call: A}]
)");
  CHECK(ran.order() == "A/1.m B/7.k B/1.k B/1.k");
}

TEST_CASE("self is the running actor and caller the one that called it, over a send as well") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors:
  A: {m: [{call: B/2.k}, {send: B/3.k}], back: []}
  B: {k: [{call: self.own}, {call: caller.back}], own: []}
start: [{call: A/9.m}]
)");
  CHECK(ran.outcome("B/2.own") == "re-entered");
  CHECK(ran.outcome("A/9.back#1") == "re-entered");
  CHECK(ran.run.counts.calls == 7);
  CHECK(ran.call("A/9.back#2").caller == ran.call("B/3.k").serial);
}

TEST_CASE("caller of a self-call is the actor itself") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{call: self.k}], k: [{call: caller.back}], back: []}}
start: [{call: A/5.m}]
)");
  CHECK(ran.outcome("A/5.back") == "re-entered");
}

TEST_CASE("caller names nobody where a client called, and that is the scenario's error") {
  const Diagnostic problem = problem_of(R"(
actors: {A: {m: [{call: caller.m}]}}
start: [{call: A/1.m}]
)");
  CHECK(problem.code == "no-caller");
  CHECK(problem.span.line == 3);
}

TEST_CASE("a caller that has no such method is the scenario's error") {
  const Diagnostic problem = problem_of(R"(
actors: {A: {m: [{call: B/1.k}]}, B: {k: [{call: caller.back}], back: []}}
start: [{call: A/1.m}]
)");
  CHECK(problem.code == "unknown-method");
  CHECK(problem.message.find("'back'") != std::string::npos);
}

TEST_CASE("somebody else's type answers any method at once") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{call: External/1.anything}]}, External: {}}
start: [{call: A/1.m}]
)");
  CHECK(ran.outcome("External/1.anything") == "entered");
}

}  // namespace
