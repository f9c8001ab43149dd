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

TEST_CASE("a DELETE that waits for a call that it holds back strands it, and all who come later") {
  const std::string text = R"(
actors: {A: {m: [], on-deactivate: [{call: A/2.m}]}}
start:
  - {call: A/1.m}
  - {deactivate: A/1, at: 1s}
  - {call: A/3.m, at: 2s}
until: 10m
)";
  for (const char* release : {"1.15", "1.16", "1.18", "docs"}) {
    INFO(release);
    const Ran ran = run_in(release, text);
    CHECK(ran.verdict() == "stranded");
    CHECK(ran.outcome("A/2.m") == "stranded");
    CHECK(ran.outcome("A/3.m") == "stranded");
  }
  for (const char* release : {"1.12", "1.13", "1.14"}) CHECK(run_in(release, text).verdict() == "ok");
}

TEST_CASE("a DELETE can call actors of other types from 1.16 on, and of none in 1.15") {
  const std::string text = R"(
actors: {A: {m: [], on-deactivate: [{call: B/1.m}]}, B: {m: []}}
start:
  - {call: A/1.m}
  - {deactivate: A/1, at: 1s}
)";
  CHECK(run_in("1.15", text).outcome("B/1.m") == "stranded");
  for (const char* release : {"1.14", "1.16", "1.18"}) CHECK(run_in(release, text).outcome("B/1.m") == "entered");
}

TEST_CASE("up to 1.12 an actor whose DELETE always fails stays, and the run ends all the same") {
  const std::string text = R"(
actors: {A: {m: [], on-deactivate: [{fail: no}]}}
start:
  - {call: A/1.m}
  - {deactivate: A/1, at: 1s}
  - {call: A/1.m, at: 2s}
)";
  for (const char* release : {"1.2", "1.12"}) CHECK(run_in(release, text).verdict() == "ok");
}

TEST_CASE("deactivations that cause each other without end are an error at the handler") {
  const std::string text = R"(
dapr: "1.14"
actors: {A: {m: [], on-deactivate: [{call: A/2.m}]}}
start: [{call: A/1.m}, {deactivate: A/1, at: 1s}]
)";
  const Scenario scenario = load_text(text);
  const Program program = compile(scenario, "test.yaml");
  const auto run = run_plainly(program);
  REQUIRE_FALSE(run.has_value());
  CHECK(run.error().code == "endless-events");
  CHECK(run.error().span.line == 4);
}

TEST_CASE("a report says who made a call that no call made") {
  const Ran ran = run_in("1.14", R"(
actors: {A: {m: [], t: [], r: [], on-deactivate: [{call: B/1.m}]}, B: {m: []}}
start:
  - {call: A/1.m}
  - {timer: A/1.t}
  - {reminder: A/1.r}
  - {deactivate: A/1, at: 1s}
until: 1m
)");
  CHECK(to_word(ran.call("A/1.m").starter) == "client");
  CHECK(to_word(ran.call("A/1.t").starter) == "timer");
  CHECK(to_word(ran.call("A/1.r").starter) == "reminder");
  CHECK(to_word(ran.call("B/1.m").starter) == "deactivation");
}

TEST_CASE("a call that came after the close is told from one that was closed while it waited") {
  const Ran waited = run_in("1.16.0", kBusy + "  - {call: A/1.n, at: 3s, as: late}\n");
  CHECK(waited.outcome("late") == "closed");
  CHECK_FALSE(waited.call("late").met_closed_lock);
  const Ran came = run_in("1.16.0", R"(
actors: {A: {m: [], on-deactivate: [{sleep: 5s}]}}
start:
  - {call: A/1.m}
  - {deactivate: A/1, at: 1s}
  - {call: A/1.m, at: 2s, as: late}
until: 1m
)");
  CHECK(came.outcome("late") == "closed");
  CHECK(came.call("late").met_closed_lock);
}

TEST_CASE("up to 1.14 an actor that has refused a call for its depth is busy for ever") {
  const auto text = [](int limit) {
    return "config: {actorIdleTimeout: 1h, reentrancy: {maxStackDepth: " + std::to_string(limit) + R"(}}
actors: {A: {m: [{sleep: 2s}], n: []}}
start:
  - {call: A/1.m}
  - {call: A/1.n, at: 1s}
  - {deactivate: A/1, at: 5s}
until: 10m
)";
  };
  for (const char* release : {"1.2", "1.7", "1.12", "1.13", "1.14"}) {
    INFO(release);
    const Ran ran = run_in(release, text(1));
    CHECK(ran.outcome("A/1.n") == "exceeded");
    CHECK(times(ran).empty());
    CHECK(times(run_in(release, text(2))) == "5000");
  }
  CHECK(times(run_in("1.15", text(1))) == "5000");
}

TEST_CASE("up to 1.12 an actor whose DELETE fails stays, and is deactivated again when it is to be") {
  const std::string text = R"(
actors: {A: {m: [], on-deactivate: [{fail: no}]}}
start:
  - {call: A/1.m}
  - {deactivate: A/1, at: 1s}
  - {deactivate: A/1, at: 2s}
until: 10s
)";
  for (const char* release : {"1.2", "1.12"}) CHECK(times(run_in(release, text)) == "1000 2000");
  for (const char* release : {"1.13", "1.14", "1.15", "1.18", "docs"}) CHECK(times(run_in(release, text)) == "1000");
}

TEST_CASE("a call waits for all the DELETEs that hold it, and for no other") {
  const std::string text = R"(
actors: {A: {m: [], on-deactivate: [{sleep: 1s}]}, B: {m: [], on-deactivate: [{sleep: 4s}]}}
start:
  - {call: A/1.m}
  - {call: B/1.m}
  - {call: B/2.m}
  - {deactivate: A/1, at: 1s}
  - {deactivate: B/1, at: 1s}
  - {deactivate: B/2, at: 3s}
  - {call: A/1.m, at: 1500ms, as: of-A}
  - {call: B/1.m, at: 1500ms, as: of-B}
)";
  for (const char* release : {"1.16", "1.18", "docs"}) {
    INFO(release);
    CHECK(run_in(release, text).call("of-A").entered == 2 * kSecond);
    CHECK(run_in(release, text).call("of-B").entered == 7 * kSecond);
  }
  CHECK(run_in("1.15", text).call("of-A").entered == 7 * kSecond);
}

}  // namespace
