// Who is deadlocked and who is stranded once nothing moves any more.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

TEST_CASE("two crossing chains make one cycle over both actors") {
  const Ran ran = run_text("config: {reentrancy: {enabled: true}}\nchains: [A -> B.x, B -> A.y]\n");
  CHECK(ran.verdict() == "deadlock");
  CHECK(ran.count(Outcome::deadlocked) == 2);
  REQUIRE(ran.run.deadlocks.size() == 1);
  CHECK(ran.run.deadlocks.front().root_calls == 2);
  CHECK(ran.cycles() == "B/1 A/1");
  CHECK(ran.outcome("A/1.m1") == "entered");
  CHECK_FALSE(ran.call("A/1.m1").completed);
}

TEST_CASE("a chain that waits for itself is a cycle of one root call") {
  const Ran ran = run_text("chains: [A -> B -> C -> A]\n");
  REQUIRE(ran.run.deadlocks.size() == 1);
  CHECK(ran.run.deadlocks.front().root_calls == 1);
  CHECK(ran.cycles() == "A/1");
  CHECK(ran.run.deadlocks.front().hops.size() == 4);
}

TEST_CASE("who waits behind a deadlock is stranded, and is not part of the cycle") {
  const Ran ran = run_text(R"(
chains: [A -> A]
actors: {B: {m: [{call: A/1.k, as: tail}]}, C: {m: [{call: B/1.m, as: second}]}}
start: [{call: B/1.m, at: 1ms, as: first}, {call: C/1.m, at: 2ms, as: third}]
)");
  CHECK(ran.outcome("A/1.m2") == "deadlocked");
  CHECK(ran.outcome("tail") == "stranded");
  CHECK(ran.outcome("second") == "stranded");
  CHECK(ran.outcome("first") == "entered");
  CHECK(ran.cycles() == "A/1");
}

TEST_CASE("two independent cycles are two deadlocks, the oldest waiting call's first") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{sleep: 2ms}, {call: self.k}], k: []}, B: {m: [{sleep: 1ms}, {call: self.k}], k: []}}
start: [{call: A/1.m}, {call: B/1.m}]
)");
  CHECK(ran.cycles() == "B/1 | A/1");
}

TEST_CASE("a cycle through one of several branches is a deadlock") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{parallel: [{call: B/1.ok}, {parallel: [{sleep: 1ms}, {call: self.k}]}]}], k: []}, B: {ok: []}}
start: [{call: A/1.m}]
)");
  CHECK(ran.outcome("A/1.k") == "deadlocked");
  CHECK(ran.outcome("B/1.ok") == "entered");
}

TEST_CASE("two branches may each close a cycle; both calls are deadlocked") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{parallel: [{call: self.k}, {call: self.k}]}], k: []}}
start: [{call: A/1.m}]
)");
  CHECK(ran.count(Outcome::deadlocked) == 2);
  CHECK(ran.run.deadlocks.size() == 1);
}

TEST_CASE("with join any a cycle alone is no deadlock") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{parallel: [{call: self.k, as: cycle}, {sleep: 5ms}], join: any}], k: []}}
start: [{call: A/1.m}]
)");
  CHECK(ran.outcome("cycle") == "blocked");
  CHECK(ran.call("cycle").entered == 5 * kMillisecond);
  CHECK(ran.verdict() == "ok");
}

TEST_CASE("with join any it is a deadlock that no branch can move") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{parallel: [{call: self.k, as: one}, {call: self.k, as: two}, {fail: no}], join: any}], k: []}}
start: [{call: A/1.m}]
)");
  CHECK(ran.outcome("one") == "deadlocked");
  CHECK(ran.outcome("two") == "deadlocked");
}

TEST_CASE("a leaked entry strands whoever comes, and the stranger behind that one") {
  for (const char* release : {"1.15.5", "1.16.0", "1.16", "1.17", "1.18"}) {
    INFO(release);
    const Ran ran = run_text(std::string("dapr: \"") + release + R"("
config: {reentrancy: {enabled: true, maxStackDepth: 1}}
actors: {A: {m: [{call: self.k}], k: []}, B: {m: [{call: A/1.k, as: one}]}, C: {m: [{call: B/1.m, as: two}]}}
start: [{call: A/1.m}, {call: B/1.m, at: 1ms}, {call: C/1.m, at: 2ms}]
)");
    CHECK(ran.outcome("A/1.k") == "exceeded");
    CHECK(ran.outcome("one") == "stranded");
    CHECK(ran.outcome("two") == "stranded");
    CHECK(ran.verdict() == "stranded");
  }
}

TEST_CASE("nothing leaks before 1.15 and in docs") {
  for (const char* release : {"1.7", "1.14", "docs"}) {
    INFO(release);
    const Ran ran = run_text(std::string("dapr: \"") + release + R"("
config: {reentrancy: {enabled: true, maxStackDepth: 2}}
actors: {A: {m: [{recurse: 3}], k: []}}
start: [{call: A/1.m}, {call: A/1.k, at: 1ms, as: later}]
)");
    CHECK(ran.outcome("A/1.m#3") == "exceeded");
    CHECK(ran.outcome("later") == "entered");
    CHECK(ran.verdict() == "exceeded");
  }
}

TEST_CASE("who waits for a call inside a leaked entry is stranded: its leaving moves nothing") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true, maxStackDepth: 1}}
actors:
  A: {m: [{call: self.k, as: refused, on-error: continue}, {call: self.k, header: drop, as: waits}], k: []}
start: [{call: A/1.m}]
)");
  CHECK(ran.outcome("refused") == "exceeded");
  CHECK(ran.outcome("waits") == "stranded");
}

TEST_CASE("waiters of one id that wait for each other: classic deadlocks, the rings join them") {
  // first and joined wait for A/1 with one id. first, once in, calls C/1, which joined's caller holds; C knows no ids.
  const std::string text = R"(
config: {reentrancy: {enabled: true}, entitiesConfig: [{entities: [C], reentrancy: {enabled: false}}]}
actors:
  A: {hold: [{sleep: 5ms}], m: [{call: C/1.n, as: crossing}], k: []}
  C: {m: [{call: A/1.k, as: joined}], n: []}
start:
  - {call: A/1.hold}
  - {call: A/1.m, header: x, at: 1ms, as: first}
  - {call: C/1.m, header: x, at: 2ms}
)";
  const Ran ring = run_text("dapr: \"1.18\"" + text);
  CHECK(ring.verdict() == "ok");
  CHECK(ring.call("joined").entered == ring.call("first").entered);
  const Ran classic = run_text("dapr: \"1.14\"" + text);
  CHECK(classic.outcome("joined") == "deadlocked");
  CHECK(classic.outcome("crossing") == "deadlocked");
  CHECK(classic.cycles() == "A/1 C/1");
}

TEST_CASE("a handler does not wait for a branch that it left behind: its call is stranded, not deadlocked") {
  const Ran ran = run_text(R"(
dapr: "1.18"
config: {reentrancy: {enabled: true, maxStackDepth: 1}}
actors:
  A:
    m:
      - parallel:
          - steps: [{sleep: 1ms}, {call: self.k, header: drop, as: orphan}]
          - sleep: 0s
        join: any
      - sleep: 2ms
      - call: B.k
        header: new
        as: behind-the-leak
    k: []
  B: {leak: [{recurse: 2}], k: []}
start: [{call: B/1.leak}, {call: A/1.m, at: 1ms}]
)");
  CHECK(ran.outcome("behind-the-leak") == "stranded");
  CHECK(ran.outcome("orphan") == "stranded");
  CHECK(ran.run.deadlocks.empty());
  CHECK(ran.verdict() == "stranded");
}

TEST_CASE("a sender does not wait for what it sent") {
  const Ran ran = run_text(R"(
actors:
  A: {m: [{send: self.k, as: sent}, {call: B/1.k, as: stuck}], k: []}
  B: {m: [{call: self.k, as: loop}], k: []}
start: [{call: B/1.m}, {call: A/1.m, at: 1ms}]
)");
  CHECK(ran.outcome("loop") == "deadlocked");
  CHECK(ran.outcome("stuck") == "stranded");
  CHECK(ran.outcome("sent") == "stranded");
}

TEST_CASE("the caller of a handler that has replied waits for nothing of it") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{call: B/1.k}], back: []}, B: {k: [reply, {call: A/1.back}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.verdict() == "ok");
  CHECK(ran.call("A/1.m").completed);
}

TEST_CASE("a long cycle is told in the order in which it waits") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
chains: [A -> B.x, B -> C.x, C -> D.x, D -> A.x]
)");
  CHECK(ran.cycles() == "B/1 C/1 D/1 A/1");
  CHECK(ran.run.deadlocks.front().root_calls == 4);
}

TEST_CASE("a call is stuck as soon as one of those inside can never leave, whatever the others do") {
  // At 1 s A/1 is closed under a call that works and one of the same chain that waits for itself.
  const Ran ran = run_text(R"(
dapr: "1.18"
config: {reentrancy: {enabled: true}}
actors: {A: {works: [{sleep: 10s}], waits: [{call: self.k, header: drop, as: never}], k: []}}
start:
  - {call: A/1.waits, header: x}
  - {call: A/1.works, header: x}
  - {deactivate: A/1, at: 1s}
)");
  CHECK(ran.outcome("never") == "deadlocked");
  CHECK(ran.verdict() == "deadlock");
}

TEST_CASE("whoever gives up in time is in no deadlock") {
  const auto run_for = [](const std::string& until) {
    return run_text("until: " + until + R"(
dapr: "1.18"
actors: {A: {m: [{call: self.k, timeout: 5s, on-error: continue, as: gives-up}], k: []}}
start: [{call: A/1.m}]
)");
  };
  CHECK(run_for("1s").outcome("gives-up") == "blocked");
  CHECK(run_for("1s").run.deadlocks.empty());
  CHECK(run_for("6s").outcome("gives-up") == "timed-out");
  CHECK(run_for("6s").call("A/1.m").completed);
}

TEST_CASE("up to 1.13 a caller that gives up frees no lock: who waits for it is deadlocked before") {
  const auto outcome_in = [](const std::string& release) {
    return run_text("dapr: \"" + release + R"("
until: 1s
actors: {A: {m: [{call: self.k}], k: []}}
start: [{call: A/1.m, timeout: 5s}]
)")
        .outcome("A/1.k");
  };
  for (const char* release : {"1.2", "1.13"}) CHECK(outcome_in(release) == "deadlocked");
  for (const char* release : {"1.14", "1.18", "docs"}) CHECK(outcome_in(release) == "blocked");
}

TEST_CASE("with join any nobody is in a deadlock while one branch can still come back") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{parallel: [{call: self.k, as: cycle}, {sleep: 5s}], join: any}], k: []}}
start: [{call: A/1.m}]
until: 1s
)");
  CHECK(ran.outcome("cycle") == "blocked");
  CHECK(ran.run.deadlocks.empty());
}

TEST_CASE("a call that was given up is in no deadlock, though it stays in the queue up to 1.15") {
  for (const char* release : {"1.2", "1.14", "1.15"}) {
    INFO(release);
    const Ran ran = run_text(std::string("dapr: \"") + release + R"("
actors:
  A:
    m: [{call: self.k, timeout: 1s, on-error: continue, as: given-up}, {call: self.k, as: waits}]
    k: []
start: [{call: A/1.m}]
)");
    CHECK(ran.outcome("given-up") == "timed-out");
    CHECK(ran.outcome("waits") == "deadlocked");
    CHECK(ran.count(Outcome::stranded) == 0);
  }
}

}  // namespace
