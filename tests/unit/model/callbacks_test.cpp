// Timers and reminders: the lock, the reentrancy id, and taking turns.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

Ran run_in(const std::string& release, const std::string& text) {
  return run_text("dapr: \"" + release + "\"\n" + text);
}

const std::string kOn = "config: {reentrancy: {enabled: true}}\n";
const std::string kCallsItself = R"(
actors: {A: {tick: [{call: self.again}], again: []}}
)";

TEST_CASE("a callback calls its own actor where its handler learns of an id") {
  for (const char* kind : {"timer", "reminder"}) {
    for (const char* release : {"1.7", "1.12", "1.14", "1.17.0", "1.17", "docs"}) {
      INFO(kind << " " << release);
      const Ran ran = run_in(release, kOn + kCallsItself + "start: [{" + kind + ": A/1.tick}]\n");
      CHECK(ran.verdict() == "ok");
      CHECK(ran.outcome("A/1.again") == "re-entered");
      CHECK(ran.call("A/1.tick").header.has_value());
      CHECK(ran.call("A/1.again").header == ran.call("A/1.tick").header);
    }
    for (const char* release : {"1.15.0", "1.15", "1.16.0", "1.16", "1.18.0", "1.18"}) {
      INFO(kind << " " << release);
      const Ran ran = run_in(release, kOn + kCallsItself + "start: [{" + kind + ": A/1.tick}]\n");
      CHECK(ran.verdict() == "deadlock");
      CHECK(ran.outcome("A/1.again") == "deadlocked");
      CHECK_FALSE(ran.call("A/1.tick").header.has_value());
    }
  }
}

TEST_CASE("with reentrancy off only 1.2 makes up an id for a callback") {
  for (const char* release : {"1.3", "1.14", "1.15.0", "1.16", "1.17", "1.18", "docs"}) {
    INFO(release);
    const Ran ran = run_in(release, "actors: {A: {tick: []}}\nstart: [{timer: A/1.tick}]\n");
    CHECK_FALSE(ran.call("A/1.tick").header.has_value());
  }
  CHECK(run_in("1.2", "actors: {A: {tick: []}}\nstart: [{timer: A/1.tick}]\n").call("A/1.tick").header.has_value());
}

TEST_CASE("callbacks of a .NET handler hand no id on") {
  const Ran ran = run_in("1.17", kOn + R"(
actors: {A: {sdk: dotnet, tick: [{call: self.again}], again: []}}
start: [{timer: A/1.tick}]
)");
  CHECK(ran.verdict() == "deadlock");
}

TEST_CASE("two timers of one actor take turns in every release") {
  for (const char* release : {"1.2", "1.13", "1.14", "1.15", "1.18.1", "1.18", "docs"}) {
    INFO(release);
    const Ran ran = run_in(release, R"(
actors: {A: {a: [{sleep: 40ms}], b: []}}
start: [{timer: A/1.a}, {timer: A/1.b, at: 5ms}]
)");
    CHECK(ran.order() == "A/1.a A/1.b");
    CHECK(ran.call("A/1.b").entered == 40 * kMillisecond);
    CHECK(ran.run.overlap_count == 0);
  }
}

const std::string kTimerAndCall = R"(
actors: {A: {a: [{sleep: 40ms}], b: [], c: []}}
start: [{timer: A/1.a}, {timer: A/1.b, at: 5ms}, {call: A/1.c, at: 10ms}]
)";

TEST_CASE("a timer waits for another one before the lock, up to 1.13 and in docs at the lock") {
  for (const char* release : {"1.2", "1.13", "docs"}) {
    INFO(release);
    CHECK(run_in(release, kTimerAndCall).order() == "A/1.a A/1.b A/1.c");
    CHECK(run_in(release, kTimerAndCall).outcome("A/1.b") == "blocked");
  }
  for (const char* release : {"1.14", "1.15", "1.18.1", "1.18.2", "1.18"}) {
    INFO(release);
    CHECK(run_in(release, kTimerAndCall).order() == "A/1.a A/1.c A/1.b");
    CHECK(run_in(release, kTimerAndCall).outcome("A/1.b") == "entered");
  }
}

const std::string kTwoActors = R"(
actors: {A: {slow: [{sleep: 5s}], fast: []}}
start: [{timer: A/1.slow}, {timer: A/2.fast, at: 1s, every: 2s, count: 3}]
)";

TEST_CASE("timers of two actors take turns from 1.14.0 to 1.18.1 only") {
  for (const char* release : {"1.2", "1.13", "1.18.2", "1.18", "docs"}) {
    INFO(release);
    CHECK(run_in(release, kTwoActors).call("A/2.fast").entered == kSecond);
  }
  for (const char* release : {"1.14.0", "1.14", "1.15", "1.16", "1.17", "1.18.0", "1.18.1"}) {
    INFO(release);
    const Ran ran = run_in(release, kTwoActors);
    CHECK(ran.call("A/2.fast#1").entered == 5 * kSecond);  // due at 1 s, 3 s and 5 s
    CHECK(ran.call("A/2.fast#2").entered == 5 * kSecond);
    CHECK(ran.call("A/2.fast#3").entered == 5 * kSecond);
  }
}

TEST_CASE("of the timers that wait the one that was due first is next") {
  const Ran ran = run_in("1.17", R"(
actors: {A: {slow: [{sleep: 5s}], fast: []}}
start:
  - {timer: A/1.slow, count: 2, every: 2s}
  - {timer: A/2.fast, at: 3s}
  - {timer: A/3.fast, at: 1s}
)");
  CHECK(ran.order() == "A/1.slow A/3.fast A/1.slow A/2.fast");
}

TEST_CASE("one callback that never ends stops every timer of the sidecar where they take turns") {
  const std::string text = kOn + R"(
actors: {A: {tick: [{call: self.again}], again: [], other: []}}
start: [{timer: A/1.tick}, {timer: A/2.other, at: 1s}, {reminder: A/3.other, at: 1s}]
)";
  const Ran stopped = run_in("1.18.1", text);
  CHECK(stopped.run.counts.calls == 3);
  CHECK(stopped.call("A/3.other").completed);
  CHECK(run_in("1.18.2", text).call("A/2.other").completed);
}

TEST_CASE("a timer whose callback failed is deleted from 1.15.0 to 1.15.2") {
  const std::string text = R"(
actors: {A: {tick: [{fail: oops}]}}
start: [{timer: A/1.tick, every: 1s, count: 3}, {reminder: A/2.tick, every: 1s, count: 3, as: reminder}]
)";
  for (const char* release : {"1.15.0", "1.15.2"}) {
    INFO(release);
    CHECK(run_in(release, text).run.counts.calls == 4);
  }
  for (const char* release : {"1.2", "1.14", "1.15.3", "1.15", "1.18", "docs"}) {
    INFO(release);
    CHECK(run_in(release, text).run.counts.calls == 6);
  }
}

TEST_CASE("the actors of a timer may differ from firing to firing") {
  for (const char* release : {"1.13", "1.17", "1.18"}) {
    INFO(release);
    const Ran ran = run_in(release, R"(
actors: {A: {tick: [{sleep: 10ms}]}}
start: [{timer: "A/$(i).tick", every: 1s, count: 3}, {timer: A/1.tick, at: 1s, as: other}]
)");
    CHECK(ran.call("A/2.tick").completed);
    CHECK(ran.call("other").completed);
  }
}

TEST_CASE("of two timers that are due at one time the one that has waited longer is next") {
  for (const char* release : {"1.14", "1.17", "1.18.1"}) {
    INFO(release);
    const Ran ran = run_in(release, R"(
actors: {A: {slow: [{sleep: 5s}], fast: [{sleep: 1s}]}}
start:
  - {timer: A/1.slow}
  - {timer: A/3.fast, at: 1s}
  - {timer: A/2.fast, at: 1s}
)");
    CHECK(ran.order() == "A/1.slow A/3.fast A/2.fast");
  }
}

TEST_CASE("from 1.18.2 on a timer waits for the timers of its own actor alone, however long others wait") {
  for (const char* release : {"1.18.2", "1.18"}) {
    INFO(release);
    const Ran ran = run_in(release, R"(
actors: {A: {five: [{sleep: 5s}], ten: [{sleep: 10s}], next: []}}
start:
  - {timer: A/1.five}
  - {timer: A/2.ten}
  - {timer: A/2.next, at: 1s}
  - {timer: A/1.next, at: 2s}
)");
    CHECK(ran.call("A/1.next").entered == 5 * kSecond);
    CHECK(ran.call("A/2.next").entered == 10 * kSecond);
    CHECK(ran.outcome("A/2.next") == "entered");  // it has not waited for the lock
  }
}

}  // namespace
