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

}  // namespace
