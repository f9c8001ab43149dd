// Timeouts, what becomes of a call that nobody waits for any more, and further attempts.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

Ran run_in(const std::string& release, const std::string& text) {
  return run_text("dapr: \"" + release + "\"\n" + text);
}

TEST_CASE("a timeout goes on over the attempts that the runtime adds") {
  const std::string text = R"(
config: {reentrancy: {enabled: true, maxStackDepth: 1}}
actors: {A: {m: [{sleep: 20s}], n: []}}
start:
  - {call: A/1.m, header: x}
  - {call: A/1.n, header: x, at: 1s, timeout: 3500ms}
)";
  const Ran ran = run_in("1.15", text);
  CHECK(ran.outcome("A/1.n") == "timed-out");
  CHECK(ran.call("A/1.n").ended == 4500 * kMillisecond);
  CHECK(ran.call("A/1.n").attempts == 4);
  CHECK(run_in("1.15.5", text).outcome("A/1.n") == "exceeded");
}

TEST_CASE("every attempt that the caller asks for has a timeout of its own") {
  for (const char* release : {"1.2", "1.13", "1.14", "1.15", "docs"}) {
    INFO(release);
    const Ran ran = run_in(release, R"(
actors: {A: {m: [{sleep: 10s}], n: []}}
start:
  - {call: A/1.m}
  - {call: A/1.n, at: 1s, timeout: 2s, retry: {max: 2, delay: 1s}}
)");
    CHECK(ran.outcome("A/1.n") == "timed-out");
    CHECK(ran.call("A/1.n").attempts == 3);
    CHECK(ran.call("A/1.n").ended == 9 * kSecond);  // 1–3, 4–6, 7–9
  }
}

TEST_CASE("an attempt of the runtime's own begins no timeout of its own: there is one, and nothing comes behind it") {
  const auto with = [](const std::string& more) {
    return run_in("1.15", R"(
config: {actorIdleTimeout: 30s, reentrancy: {enabled: true, maxStackDepth: 1}}
actors: {A: {m: [{sleep: 20s}], n: []}}
start:
  - {call: A/1.m, header: x}
  - {call: A/1.n, header: x, timeout: 60s}
)" + more);
  };
  CHECK(with("").call("A/1.n").attempts == 6);  // the last at 5 s
  CHECK(with("until: 59s\n").run.reached_horizon);
  CHECK_FALSE(with("until: 60s\n").run.reached_horizon);
}

TEST_CASE("where a timeout ends what the runtime was about to try again, only the caller's next attempt follows") {
  for (const char* release : {"1.15", "1.17", "1.18"}) {
    INFO(release);
    const Ran ran = run_in(release, R"(
actors: {A: {m: [{sleep: 10s}], n: []}}
start:
  - {call: A/1.m}
  - {call: A/1.n, at: 100ms, timeout: 1500ms, retry: {max: 1, delay: 3s}}
  - {deactivate: A/1, at: 1s}
)");
    CHECK(ran.call("A/1.n").attempts == 3);
    CHECK(ran.call("A/1.n").entered == 4600 * kMillisecond);  // the runtime would have tried again at 2 s
  }
}

TEST_CASE("the timeout of an attempt that has failed does not end the next one") {
  for (const char* release : {"1.7", "1.13", "1.14", "docs"}) {
    INFO(release);
    const Ran ran = run_in(release, R"(
config: {reentrancy: {enabled: true, maxStackDepth: 1}}
actors: {A: {m: [{sleep: 1s}], n: [{sleep: 500ms}]}}
start:
  - {call: A/1.m, header: x}
  - {call: A/1.n, header: x, at: 500ms, timeout: 1s, retry: {max: 1, delay: 700ms}}
)");
    CHECK(ran.outcome("A/1.n") == "entered");
    CHECK(ran.call("A/1.n").attempts == 2);
    CHECK(ran.call("A/1.n").ended == 1700 * kMillisecond);  // the first attempt's timeout would have come at 1.5 s
  }
}

TEST_CASE("the timeout of a call that was answered ends no later call") {
  for (const char* release : {"1.2", "1.14", "1.15", "1.18", "docs"}) {
    INFO(release);
    const Ran ran = run_in(release, R"(
actors: {A: {m: [{sleep: 1s}], n: [{sleep: 4s}]}}
start:
  - {call: A/1.m, timeout: 5s}
  - {call: A/1.n, at: 2s, timeout: 5s}
)");
    CHECK(ran.outcome("A/1.n") == "entered");
    CHECK(ran.call("A/1.n").ended == 6 * kSecond);
  }
}

TEST_CASE("a handler does not wait for the attempt of a call that it left behind") {
  // A/1.first has called in vain and goes on to C/1, which is deadlocked. A/1.second, inside with it, waits for B/1,
  // whose call waits for A/1.first. Nobody waits for A/1.second.
  const Ran ran = run_in("1.14", R"(
config: {reentrancy: {enabled: true}}
actors:
  A:
    first:
      - {call: self.k, header: drop, timeout: 1s, retry: {max: 1, delay: 1s}, on-error: continue, as: in-vain}
      - {call: C/1.m, header: drop, as: into-the-deadlock}
    second: [{call: B/1.k, header: drop, as: behind}]
    k: []
  B: {m: [{call: A/1.first}], k: []}
  C: {m: [{call: self.m, header: drop, as: loop}]}
start:
  - {call: C/1.m, header: c}
  - {call: B/1.m, header: x}
  - {call: A/1.second, header: x, at: 500ms}
)");
  CHECK(ran.outcome("loop") == "deadlocked");
  CHECK(ran.outcome("in-vain") == "timed-out");
  CHECK(ran.outcome("into-the-deadlock") == "stranded");
  CHECK(ran.outcome("behind") == "stranded");
  CHECK(ran.cycles() == "C/1");
}

}  // namespace
