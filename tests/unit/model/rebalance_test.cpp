// Actors that move to another host: what is waited for, what is cut, and where calls go meanwhile.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

Ran run_in(const std::string& release, const std::string& text) {
  return run_text("dapr: \"" + release + "\"\n" + text);
}

Nanoseconds moved_at(const Ran& ran, const std::string& actor) {
  for (const DeactivationRecord& record : ran.run.deactivations) {
    if (record.actor == actor) return record.at;
  }
  return -1;
}

const std::string kWorks = R"(
actors: {A: {m: [{sleep: 20s}], n: [{sleep: 1s}]}}
start:
  - {call: A/1.m}
  - {rebalance: A/1, at: 1s}
)";

TEST_CASE("up to 1.14 a call for an actor that moves goes to its new host beside the old one") {
  for (const char* release : {"1.2", "1.7"}) {  // the tables are not blocked
    INFO(release);
    const Ran ran = run_in(release, kWorks + "  - {call: A/1.n, at: 2s}\n");
    CHECK(ran.call("A/1.n").entered == 2 * kSecond);
    CHECK(ran.verdict() == "overlap");
  }
  for (const char* release : {"1.8", "1.14"}) {  // they are blocked for five seconds at most
    INFO(release);
    const Ran ran = run_in(release, kWorks + "  - {call: A/1.n, at: 2s}\n  - {call: A/2.n, at: 3s}\n");
    CHECK(ran.outcome("A/1.n") == "blocked");
    CHECK(ran.call("A/1.n").entered == 6 * kSecond);
    CHECK(ran.call("A/2.n").entered == 6 * kSecond);
    CHECK(ran.verdict() == "overlap");
    CHECK(ran.call("A/1.m").completed);
    CHECK(moved_at(ran, "A/1") == 20 * kSecond);
  }
}

TEST_CASE("from 1.8 to 1.14 a call waits until the actor has moved, where that is soon") {
  const Ran ran = run_in("1.14", R"(
actors: {A: {m: [{sleep: 2250ms}], n: [{sleep: 1s}]}}
start:
  - {call: A/1.m}
  - {rebalance: A/1, at: 1s}
  - {call: A/1.n, at: 2s}
)");
  CHECK(ran.call("A/1.n").entered == 2300 * kMillisecond);
  CHECK(ran.run.overlap_count == 0);
}

TEST_CASE("up to 1.14 a chain comes back to its actor at the new host") {
  for (const char* release : {"1.7", "1.14"}) {
    for (const char* drains : {"false", "true"}) {
      INFO(release << " " << drains);
      const Ran ran =
          run_in(release, std::string("config: {reentrancy: {enabled: true}, drainRebalancedActors: ") + drains + R"(}
actors: {A: {m: [{sleep: 2s}, {call: self.n}], n: [{sleep: 1s}]}}
start:
  - {call: A/1.m}
  - {rebalance: A/1, at: 1s}
)");
      CHECK(ran.verdict() == "ok");
      CHECK(ran.call("A/1.n").depth == 1);
      CHECK(ran.call("A/1.n").entered == (std::string(release) == "1.7" ? 2 : 6) * kSecond);
    }
  }
}

TEST_CASE("up to 1.14 an actor that moves is looked at again at fixed times") {
  const auto moves_at = [](const std::string& release, const std::string& work) {
    return moved_at(run_in(release, "actors: {A: {m: [{sleep: " + work + R"(}]}}
start:
  - {call: A/1.m}
  - {rebalance: A/1, at: 1s}
)"),
                    "A/1");
  };
  CHECK(moves_at("1.12", "1200ms") == 1500 * kMillisecond);
  CHECK(moves_at("1.12", "1500ms") == 1500 * kMillisecond);  // an end comes before a look at the same instant
  CHECK(moves_at("1.12", "1501ms") == 2 * kSecond);
  CHECK(moves_at("1.13", "1210ms") == 1300 * kMillisecond);
}

TEST_CASE("from 1.8 to 1.14 one rebalance waits for the other") {
  const std::string text = R"(
actors: {A: {m: [{sleep: 9s}]}}
start:
  - {call: A/1.m}
  - {call: A/2.m}
  - {rebalance: A/1, at: 1s}
  - {rebalance: A/2, at: 2s}
  - {call: A/2.m, at: 7s, as: late}
)";
  CHECK(run_in("1.14", text).outcome("late") == "blocked");  // A/2 still lives here
  CHECK(run_in("1.7", text).outcome("late") == "entered");
}

TEST_CASE("from 1.17 on a chain that is cut is tried again from its beginning, with its id") {
  for (const char* release : {"1.17.0", "1.17", "1.18", "docs"}) {
    INFO(release);
    const Ran ran = run_in(release, R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{sleep: 1500ms}, {call: self.n}], n: []}}
start:
  - {call: A/1.m}
  - {rebalance: A/1, at: 1s}
)");
    CHECK(ran.outcome("A/1.n") == "cancelled");  // it waited until the drain was over
    CHECK(ran.call("A/1.m").attempts == 2);
    CHECK(ran.call("A/1.m").ended == 5500 * kMillisecond);
    CHECK(ran.outcome("A/1.n#2") == "re-entered");
  }
  for (const char* release : {"1.15", "1.16"}) {
    INFO(release);
    const Ran ran = run_in(release, R"(
actors: {A: {m: [{sleep: 1500ms}, {call: B/1.n}]}, B: {n: []}}
start:
  - {call: A/1.m}
  - {rebalance: A/1, at: 1s}
)");
    CHECK(ran.outcome("A/1.m") == "cancelled");
    CHECK(ran.call("A/1.m").ended == 3 * kSecond);
    CHECK(ran.call("A/1.m").attempts == 1);
  }
}

TEST_CASE("a call that comes during a drain waits before the lock") {
  const Ran ran = run_in("1.18", R"(
actors: {A: {m: [{sleep: 2s}], n: []}}
start:
  - {call: A/1.m}
  - {rebalance: A/1, at: 1s}
  - {call: A/1.n, at: 1500ms}
)");
  CHECK(ran.outcome("A/1.n") == "blocked");
  CHECK(ran.call("A/1.n").entered == 2 * kSecond);
  CHECK(ran.run.counts.blocked == 1);
}

TEST_CASE("from 1.17 on whether to drain is said at the top level alone") {
  const std::string text = R"(
config:
  entities: [A]
  drainRebalancedActors: TOP
  entitiesConfig: [{entities: [A], drainRebalancedActors: OWN}]
actors: {A: {m: [{sleep: 20s}]}}
start: [{call: A/1.m}, {rebalance: A/1, at: 1s}]
)";
  const auto with = [&](const std::string& top, const std::string& own) {
    std::string result = text;
    result.replace(result.find("TOP"), 3, top);
    return result.replace(result.find("OWN"), 3, own);
  };
  for (const char* release : {"1.17.0", "1.17", "1.18"}) {
    INFO(release);
    CHECK(moved_at(run_in(release, with("true", "false")), "A/1") == 3 * kSecond);
    CHECK(moved_at(run_in(release, with("false", "true")), "A/1") == kSecond);
  }
}

TEST_CASE("the end of a drain lets in the calls that it kept from other actors") {
  std::string text = "actors: {A: {m: [{sleep: 2s}]}}\nstart:\n  - {call: A/1.m}\n  - {rebalance: A/1, at: 1s}\n";
  for (int i = 0; i < 100; ++i) text += "  - {call: A/c" + std::to_string(i) + ".m, at: 1500ms}\n";
  const Ran ran = run_in("1.14", "config: {drainRebalancedActors: true}\n" + text);
  CHECK(ran.call("A/c99.m").entered == 2 * kSecond);
  CHECK(ran.run.counts.completed == 101);
}

TEST_CASE("calls that a rebalance cuts together are tried again in the order in which they came") {
  const Ran ran = run_in("1.17", R"(
actors: {A: {m: [{sleep: 5s}]}}
start:
  - {call: A/1.m, as: runs}
  - {call: A/1.m, as: waits, at: 500ms}
  - {rebalance: A/1, at: 1s}
)");
  CHECK(ran.call("runs").entered == 4 * kSecond);
  CHECK(ran.call("waits").entered == 9 * kSecond);
  CHECK(ran.run.counts.entered == 3);  // who waits does not get in by the end of who runs
}

TEST_CASE("a rebalance holds calls of timers from 1.15 on only") {
  const std::string text = kWorks + "  - {timer: A/1.n, at: 2s, as: tick}\n";
  for (const char* release : {"1.8", "1.14"}) {
    INFO(release);
    const Ran ran = run_in(release, text);
    CHECK(ran.outcome("tick") == "entered");
    CHECK(ran.call("tick").entered == 2 * kSecond);
  }
  for (const char* release : {"1.15", "1.17", "1.18", "docs"}) {
    INFO(release);
    CHECK(run_in(release, text).outcome("tick") == "blocked");
  }
}

TEST_CASE("how long a rebalance may take is counted from its own beginning") {
  const std::string text = R"(
actors: {A: {m: [{sleep: 1500ms}], n: [{sleep: 20s}]}}
start:
  - {call: A/1.m}
  - {rebalance: A/1, at: 1s}
  - {call: A/2.n, at: 1700ms}
  - {rebalance: A/2, at: 2s}
  - {call: A/3.m, at: 2500ms, as: held}
)";
  for (const char* release : {"1.8", "1.14"}) CHECK(run_in(release, text).call("held").entered == 7 * kSecond);
  for (const char* release : {"1.15", "1.16", "1.17", "1.18", "docs"}) {
    INFO(release);
    CHECK(moved_at(run_in(release, text), "A/1") == 1500 * kMillisecond);
    CHECK(moved_at(run_in(release, text), "A/2") == 4 * kSecond);
    CHECK(run_in(release, text).call("held").entered == 4 * kSecond);
  }
}

TEST_CASE("a rebalance that has waited for another one begins when that is over") {
  const std::string text = R"(
actors: {A: {m: [{sleep: 9s}]}}
start:
  - {call: A/1.m}
  - {call: A/2.m, at: 500ms}
  - {rebalance: A/1, at: 1s}
  - {rebalance: A/2, at: 2s}
)";
  const Ran old = run_in("1.14", text);
  CHECK(moved_at(old, "A/1") == 9 * kSecond);
  CHECK(moved_at(old, "A/2") == 9500 * kMillisecond);
  CHECK(run_in("1.14", text + "  - {call: A/2.m, at: 8s, as: late}\n").outcome("late") == "blocked");
  for (const char* release : {"1.15", "1.18"}) {
    INFO(release);
    CHECK(moved_at(run_in(release, text), "A/1") == 3 * kSecond);
    CHECK(moved_at(run_in(release, text), "A/2") == 3 * kSecond);  // nobody is inside any more
  }
}

}  // namespace
