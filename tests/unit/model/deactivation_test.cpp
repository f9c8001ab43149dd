// Idle deadlines and `deactivate`: who is looked at when, and what becomes of those who are busy.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

Ran run_in(const std::string& release, const std::string& text) {
  RunOptions options;
  options.idle_deadlines_matter = true;
  return run_text("dapr: \"" + release + "\"\n" + text, {}, options);
}

// When A/1 was deactivated, in milliseconds, with blanks between.
std::string times(const Ran& ran) {
  std::string text;
  for (const DeactivationRecord& record : ran.run.deactivations) {
    if (record.actor == "A/1") text += (text.empty() ? "" : " ") + std::to_string(record.at / kMillisecond);
  }
  return text;
}

const std::string kBusy = R"(
config: {actorIdleTimeout: 2s}
actors: {A: {m: [{sleep: 5s}], n: [{sleep: 100ms}]}}
start:
  - {call: A/1.m}
)";

TEST_CASE("in 1.14 a busy actor is put off by ten seconds, and a call that gets in sets the deadline anew") {
  CHECK(times(run_in("1.14", kBusy)) == "12000");
  CHECK(times(run_in("1.14", kBusy + "  - {call: A/1.n, at: 1s}\n")) == "7000");
  CHECK(times(run_in("1.14", kBusy + "  - {call: A/1.n, at: 11s}\n")) == "13000");
}

TEST_CASE("in 1.14 deactivating a busy actor puts its deadline off") {
  const std::string text = R"(
actors: {A: {m: [{sleep: 4s}], n: []}}
start:
  - {call: A/1.m}
  - {deactivate: A/1, at: 1s}
)";
  CHECK(times(run_in("1.14", "config: {actorIdleTimeout: 5s}" + text)) == "11000");
  CHECK(times(run_in("1.14", "config: {actorIdleTimeout: 1h}" + text)) == "11000");
  CHECK(times(run_in("1.14", "config: {actorIdleTimeout: 5s}" + text + "  - {call: A/1.n, at: 2s}\n")) == "9000");
}

TEST_CASE("up to 1.13 and in docs deactivating a busy actor does nothing") {
  for (const char* release : {"1.2", "1.12", "1.13", "docs"}) {
    INFO(release);
    const Ran ran = run_in(release, R"(
actors: {A: {m: [{sleep: 4s}]}}
start:
  - {call: A/1.m}
  - {deactivate: A/1, at: 1s}
until: 10m
)");
    CHECK(times(ran).empty());
    CHECK(ran.verdict() == "ok");
  }
}

TEST_CASE("deactivating a deadlocked actor ends, whether it breaks the deadlock up or not") {
  const std::string text = R"(
actors: {A: {m: [{call: self.n}], n: []}}
start:
  - {call: A/1.m}
  - {deactivate: A/1, at: 1s}
until: 10m
)";
  for (const char* release : {"1.2", "1.13", "1.14", "docs"}) {
    INFO(release);
    const Ran ran = run_in(release, text);
    CHECK(times(ran).empty());
    CHECK(ran.verdict() == "deadlock");
  }
  for (const char* release : {"1.15", "1.16", "1.17", "1.18"}) {
    INFO(release);
    const Ran ran = run_in(release, text);
    CHECK(times(ran) == "1000");
    CHECK(ran.verdict() == "deadlock");
  }
}

TEST_CASE("in 1.16.0 a deactivation takes its turn, and the actor goes when that comes") {
  const Ran ran = run_in("1.16.0", kBusy + "  - {call: A/1.n, at: 1s}\n  - {call: A/1.n, at: 3s, as: late}\n");
  CHECK(ran.call("A/1.m").completed);
  CHECK(ran.call("A/1.n").entered == 5 * kSecond);
  CHECK(ran.outcome("late") == "closed");
  CHECK(times(ran) == "5100");
}

}  // namespace
