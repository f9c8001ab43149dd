// The order of the plain run: virtual time first, then the order in which events came to be.
#include <atomic>
#include <string>

#include "actorsim/explore/exploration.h"
#include "actorsim/model/compile.h"
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

TEST_CASE("triggers of one instant start in file order") {
  const Ran ran = run_text(R"(
actors: {A: {m: []}}
start:
  - {call: A/3.m, as: c}
  - {call: A/1.m, as: a, at: 1ms}
  - {call: A/2.m, as: b}
  - {call: A/4.m, as: d, at: 1ms}
)");
  CHECK(ran.order() == "c b a d");
}

TEST_CASE("chains and triggers of one instant start in the order of the file") {
  const Ran ran = run_text(R"(
chains: [A/1.one, A/2.two]
actors: {B: {m: []}}
start: [{call: B/1.m}]
)");
  CHECK(ran.order() == "A/1.one A/2.two B/1.m");
  const Ran other = run_text(R"(
actors: {B: {m: []}}
start: [{call: B/1.m}]
chains: [A/1.one]
)");
  CHECK(other.order() == "B/1.m A/1.one");
}

TEST_CASE("what triggers cause comes breadth first") {
  const Ran ran = run_text(R"(
chains: [A -> B -> C, D -> E -> F]
)");
  CHECK(ran.order() == "A/1.m1 D/1.m1 B/1.m2 E/1.m2 C/1.m3 F/1.m3");
}

TEST_CASE("an instant's triggers come before what earlier events put at that instant") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{sleep: 5ms}, {send: B/1.k, as: sent}]}, B: {k: []}}
start: [{call: A/1.m, as: early}, {call: B/2.k, at: 5ms, as: late}]
)");
  CHECK(ran.order() == "early late sent");
}

TEST_CASE("of two sleeps that end at one instant the one that began first ends first") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{sleep: 5ms}, {send: B/1.k, as: long}], n: [{sleep: 2ms}, {send: B/2.k, as: short}]}, B: {k: []}}
start: [{call: A/1.m, as: m}, {call: A/2.n, at: 3ms, as: n}]
)");
  CHECK(ran.order() == "m n long short");
}

TEST_CASE("sleeps in a row add up, and a sleep of 0s takes no time") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{sleep: 5ms}, {sleep: 0s}, {sleep: 2ms}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.call("A/1.m").ended == 7 * kMillisecond);
  CHECK(ran.run.ended_at == 7 * kMillisecond);
}

TEST_CASE("a trigger after another starts once that one is answered, and adds its own time") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{sleep: 5ms}], bad: [{sleep: 1ms}, {fail: no}]}}
start:
  - {call: A/1.m, after: first, at: 2ms, as: second}
  - {call: A/1.m, as: first}
  - {call: A/2.bad, as: bad}
  - {call: A/3.m, after: bad, as: third}
)");
  CHECK(ran.call("second").arrived == 7 * kMillisecond);
  CHECK(ran.call("third").arrived == 1 * kMillisecond);
}

TEST_CASE("a trigger after one that replies early does not wait for the rest of its handler") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{sleep: 1ms}, reply, {sleep: 5ms}], k: []}}
start: [{call: A/1.m, as: first}, {call: A/1.k, after: first, as: second}]
)");
  CHECK(ran.call("second").arrived == 1 * kMillisecond);
  CHECK(ran.outcome("second") == "entered");
  CHECK(ran.run.ended_at == 6 * kMillisecond);
}

TEST_CASE("a trigger after one that is never answered is skipped") {
  const Ran ran = run_text(R"(
dapr: "1.14"
actors: {A: {m: [{call: self.m2}], m2: []}, B: {k: []}}
start: [{call: A/1.m, as: first}, {call: B/1.k, after: first, as: second}]
)");
  CHECK(ran.skipped() == "second");
  CHECK(ran.verdict() == "deadlock");
}

TEST_CASE("triggers can follow each other in a row, refused ones too") {
  const Ran ran = run_text(R"(
config: {entities: [A]}
actors: {A: {m: [{sleep: 1ms}]}, B: {k: []}}
start: [{call: A/1.m, as: a}, {call: B/1.k, after: a, as: b}, {call: A/1.m, after: b, at: 1ms, as: c}]
)");
  CHECK(ran.outcome("b") == "not-hosted");
  CHECK(ran.call("c").entered == 2 * kMillisecond);
}

TEST_CASE("waiting calls get in first come, first served, in every release") {
  for (const char* release : {"1.2", "1.6", "1.14", "1.15.0", "1.15", "1.16.0", "1.16", "1.17", "1.18", "docs"}) {
    INFO(release);
    const Ran ran = run_text(std::string("dapr: \"") + release + R"("
actors: {A: {m: [{sleep: 1ms}]}}
start:
  - {call: A/1.m, as: a}
  - {call: A/1.m, as: b}
  - {call: A/1.m, as: c}
  - {call: A/1.m, as: d, at: 1ms}
)");
    CHECK(ran.order() == "a b c d");
    CHECK(ran.call("d").entered == 3 * kMillisecond);
  }
}

TEST_CASE("a call that ends lets the next one in at the same instant") {
  const Ran ran = run_text(R"(
actors: {A: {m: []}}
start: [{call: A/1.m, as: a}, {call: A/1.m, as: b}]
)");
  CHECK(ran.outcome("b") == "blocked");
  CHECK(ran.call("b").entered == 0);
  CHECK(ran.run.counts.blocked == 1);
}

TEST_CASE("the order of entering counts all calls, the waiting ones where they get in") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{sleep: 2ms}]}, B: {k: []}}
start: [{call: A/1.m, as: a}, {call: A/1.m, as: b}, {call: B/1.k, as: c, at: 1ms}]
)");
  CHECK(ran.call("a").entered_order == 1);
  CHECK(ran.call("c").entered_order == 2);
  CHECK(ran.call("b").entered_order == 3);
}

std::string schedule_of_run(const std::string& text) {
  RunOptions options;
  options.wants_schedule = true;
  return schedule_text(run_text(text, {}, options).run.schedule);
}

TEST_CASE("a run tells who moved, step by step, if it is asked") {
  CHECK(schedule_of_run("dapr: '1.18'\nchains: [A ~> B, A]\n") == "t1.t2.t1.t1/2.t1.t2");
  CHECK(run_text("chains: [A ~> B, A]\n").run.schedule.empty());
}

TEST_CASE("a run tells which of several steps it was") {
  CHECK(schedule_of_run("chains: [A -> (B & C)]\n") == "t1.t1.t1.t1.t1.t1");
}

TEST_CASE("where locks are handed over, that is a step of who gets in") {
  const std::string text = "actors: {A: {m: [{sleep: 1s}]}}\nstart: [{call: A/1.m}, {call: A/1.m}]\n";
  CHECK(schedule_of_run("dapr: '1.15'\n" + text) == "t1.t2.t1.t2");
  CHECK(schedule_of_run("dapr: '1.14'\n" + text) == "t1.t2.t1.t2.t2");
}

TEST_CASE("of branches that wait for the same lock it tells which moved") {
  const std::string text =
      "actors: {A: {n: [{parallel: [{call: B/1.m}, {call: C/1.n}]}]}, B: {m: [{send: C/1.n}]}, C: {n: []}}\n"
      "start: [{call: A/1.n}]\n";
  for (const char* release : {"1.7", "1.14", "1.15", "1.18"}) {
    INFO(release);
    CHECK(schedule_of_run("dapr: '" + std::string(release) + "'\n" + text) != "");
  }
}

TEST_CASE("an id that is generated again where all orders are looked at has a name of its own in a replay") {
  const std::string text = R"(
config: {reentrancy: {enabled: true}}
actors: {A: {sdk: java, m: [{repeat: 2, steps: [{call: B/1.k}]}]}, B: {k: []}}
start: [{call: A/1.m}]
)";
  CHECK(schedule_of_run("dapr: '1.18'" + text) == "t1.t1.t1.t1.t1.t1");
  const Program program = compile(load_text("dapr: '1.18'" + text), "test.yaml");
  const auto run = replay(program, parse_schedule("t1.t1.t1.t1.t1.t1", "test").value());
  REQUIRE(run);
  REQUIRE(run->calls.size() == 3);
  CHECK(run->calls[1].id == "r2");
  CHECK(run->calls[2].id == "r3");
}

TEST_CASE("an actor that is gone for long costs nothing where steps are told") {
  const std::string text =
      "dapr: '1.18'\nactors: {A: {m: []}, B: {m: []}}\n"
      "start: [{call: A/1.m}, {deactivate: A/1, at: 1s}, {call: B/$i.m, count: 500, at: 1m}]\n";
  CHECK(schedule_of_run(text) != "");
}

TEST_CASE("a run is stopped where only idle actors are left, too") {
  const std::atomic<bool> stop = true;
  RunOptions options;
  options.stop = &stop;
  CHECK(run_text("dapr: '1.18'\nchains: [A -> A]\n", {}, options).run.was_stopped);
  options.stop = nullptr;
  CHECK_FALSE(run_text("dapr: '1.18'\nchains: [A -> A]\n", {}, options).run.was_stopped);
}

TEST_CASE("there is no schedule for what comes of it that an actor is idle") {
  const std::string text = R"(
config: {actorIdleTimeout: 10s}
actors: {A: {work: [{call: self.more}], more: [], visit: []}}
start: [{call: A/1.work}, {call: A/1.visit, at: 20s}]
)";
  CHECK(schedule_of_run("dapr: '1.14'" + text) == "t1.t1.t2");
  CHECK(schedule_of_run("dapr: '1.15'" + text) == "");
}

TEST_CASE("call n of a rate comes n periods after the first: no rounding adds up") {
  const Ran ran = run_text(R"(
actors: {A: {m: []}}
start: [{call: A/$i.m, count: 7, rate: 3/s, as: call}]
)");
  CHECK(ran.call("call#2").arrived == 333'333'333);
  CHECK(ran.call("call#3").arrived == 666'666'666);
  CHECK(ran.call("call#4").arrived == kSecond);
  CHECK(ran.call("call#7").arrived == 2 * kSecond);
}

}  // namespace
