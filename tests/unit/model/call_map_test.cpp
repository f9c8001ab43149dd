// Who calls whom, read from a program, and which calls can be part of a deadlock.
#include "actorsim/model/call_map.h"

#include <algorithm>

#include "support/catch.h"
#include "support/run_text.h"

using namespace actorsim;
using namespace actorsim::testing;
using actorsim::testing::Contains;

namespace {

std::string name_of(const Program& program, const CallMap& map, Index handler) {
  const CallMap::Actor& actor = map.actors[map.handlers[handler].actor];
  const std::string id = actor.id + (actor.is_several ? "*" : "");
  return program.types[actor.type].name + "/" + id + "." + map.handlers[handler].method;
}

// One call a line: `->` waits for its answer, `=>` can be part of a deadlock, `~>` is sent.
std::string text_of(const Program& program, const CallMap& map) {
  std::string text;
  for (const CallMap::Call& call : map.calls) {
    const std::string start = call.trigger == kNone ? "deactivation" : "t" + std::to_string(call.trigger + 1);
    text += call.from == kNone ? start : name_of(program, map, call.from);
    text += call.one_way ? " ~> " : (call.is_on_circle ? " => " : " -> ");
    text += name_of(program, map, call.to);
    if (call.from != kNone && !call.hands_id_on) text += " without id";
    if (call.places > 1) text += " x" + std::to_string(call.places);
    text += '\n';
  }
  return text;
}

std::string calls_of(const std::string& scenario, std::size_t most_actors = 100) {
  const Scenario loaded = load_text(scenario);
  const Program program = compile(loaded, "test.yaml");
  return text_of(program, map_calls(program, most_actors));
}

bool has_circle(const std::string& scenario) { return calls_of(scenario).find("=>") != std::string::npos; }

const std::string kOn = "config: {reentrancy: {enabled: true}}\n";

}  // namespace

TEST_CASE("calls are told by actor, method and way, each once") {
  CHECK(calls_of("actors: {A: {m: [{call: B/1.k}, {call: B/1.k}, {send: B/2.k}]}, B: {k: []}}\n"
                 "start: [{call: A/1.m}, {call: A/1.m, at: 1s}]") ==
        "t1 -> A/1.m\nt2 -> A/1.m\nA/1.m -> B/1.k x2\nA/1.m ~> B/2.k\n");
}

TEST_CASE("an actor that calls itself waits for itself, unless the lock lets it back in") {
  CHECK(calls_of("chains: [A.m -> A.k]") == "t1 -> A/1.m\nA/1.m => A/1.k\n");
  CHECK_FALSE(has_circle(kOn + "chains: [A.m -> A.k]"));
  CHECK_FALSE(has_circle("chains: [A.m ~> A.k]"));
}

TEST_CASE("a chain that comes back is on a circle while reentrancy is off, with all calls on the way") {
  CHECK(calls_of("chains: [C.m -> A.m -> B.m -> A.k -> D.m]") ==
        "t1 -> C/1.m\nC/1.m -> A/1.m\nA/1.m => B/1.m\nB/1.m => A/1.k\nA/1.k -> D/1.m\n");
  CHECK_FALSE(has_circle(kOn + "chains: [A.m -> B.m -> A.k]"));
}

TEST_CASE("a type whose own setting is off, or a hop that drops the id, closes the circle again") {
  const std::string actors =
      "actors: {A: {m: [{call: B/1.m}], k: []}, B: {m: [{call: A/1.k}]}}\nstart: [{call: A/1.m}]";
  CHECK_FALSE(has_circle(kOn + actors));
  CHECK(has_circle(
      "config: {reentrancy: {enabled: true}, entitiesConfig: [{entities: [A], reentrancy: {enabled: false}}]}\n" +
      actors));
  const std::string dropped =
      "actors: {A: {m: [{call: B/1.m, header: drop}], k: []}, B: {m: [{call: A/1.k}]}}\nstart: [{call: A/1.m}]";
  CHECK_THAT(calls_of(kOn + dropped), Contains("A/1.m => B/1.m without id") && Contains("B/1.m => A/1.k"));
}

TEST_CASE("chains that cross are on a circle whether reentrancy is on or off") {
  const std::string crossing = "chains: [A.m -> B.k, B.m -> A.k]";
  CHECK(has_circle(crossing));
  CHECK(has_circle(kOn + crossing));
  CHECK(has_circle(kOn + "chains: [A -> B, B -> C, C -> A]"));
}

TEST_CASE("chains that take the actors in one order, or behind one door, are not on a circle") {
  CHECK_FALSE(has_circle(kOn + "chains: [A.m -> B.k, A.k -> B.m]"));
  CHECK_FALSE(has_circle(kOn + "chains: [A -> B -> C, A -> C, B -> C]"));
  CHECK_FALSE(has_circle(kOn + "chains: [G -> A -> B, G -> B -> A]"));  // whoever holds G is alone
  CHECK(has_circle(kOn + "chains: [G/1 -> A -> B, G/2 -> B -> A]"));
}

TEST_CASE("one chain alone crosses nobody, but its branches can") {
  const std::string handlers =
      "B: {m: [{call: C/1.k}], k: []}, C: {m: [{call: B/1.k}], k: []}}\nstart: [{call: A/1.m}]";
  CHECK_FALSE(has_circle("actors: {A: {m: [{call: B/1.m}, {call: C/1.m}]}, " + handlers));
  CHECK(has_circle("actors: {A: {m: [parallel: [{call: B/1.m}, {call: C/1.m}]]}, " + handlers));
}

TEST_CASE("an actor that goes may call others, without an id") {
  CHECK(calls_of(kOn + "actors: {A: {m: [], on-deactivate: [{call: B/1.m}]}, B: {m: [{call: self.k}], k: []}}\n"
                       "start: [{call: A/1.m}]") ==
        "t1 -> A/1.m\ndeactivation -> A/1.on-deactivate\nA/1.on-deactivate -> B/1.m without id\nB/1.m -> B/1.k\n");
}

TEST_CASE("an id that a value gives is known where the value is") {
  CHECK(calls_of("actors: {A: {pay: [{call: A/$to.take}], take: []}}\n"
                 "start: [{call: A/1.pay, with: {to: 2}}, {call: A/2.pay, with: {to: 1}}]") ==
        "t1 -> A/1.pay\nt2 -> A/2.pay\nA/1.pay => A/2.take\nA/2.pay => A/1.take\n");
}

TEST_CASE("a condition that cannot hold hides what stands under it") {
  const std::string actors =
      "actors: {A: {m: [{call: self.m, when: $deep > 0, with: {deep: 0}}]}}\nstart: [{call: A/1.m, with: {deep: ";
  CHECK(calls_of(actors + "1}}]") == "t1 -> A/1.m\nA/1.m => A/1.m\n");
  CHECK(calls_of(actors + "0}}]") == "t1 -> A/1.m\n");
}

TEST_CASE("what a value that is not known decides is shown") {
  const std::string actors = "actors: {A: {m: [{call: B/1.k, when: $n > 0}], on-deactivate: []}, B: {k: []}}\n";
  const std::string shown = "A/1.m -> B/1.k\n";
  CHECK_THAT(calls_of(actors + "start: [{call: A/1.m, with: {n: 1}}]"), Contains(shown));
  CHECK_THAT(calls_of(actors + "start: [{call: A/1.m, with: {n: some}}]"), Contains(shown));
  CHECK_THAT(calls_of(actors + "start: [{call: A/1.m, count: 100, with: {n: $i}}]"), Contains(shown));
  CHECK_THAT(calls_of(actors + "start: [{call: A/1.m, with: {n: 0}}]"), !Contains(shown));
}

TEST_CASE("a loop that goes round no time calls nobody") {
  const auto with_times = [](const std::string& times) {
    return calls_of(
        "actors: {A: {m: [{repeat: $n, steps: [{call: B/1.k}]}]}, B: {k: []}}\n"
        "start: [{call: A/1.m, with: {n: " +
        times + "}}]");
  };
  CHECK_THAT(with_times("1"), Contains("B/1.k"));
  CHECK_THAT(with_times("0"), !Contains("B/1.k"));
  CHECK_THAT(with_times("-1"), !Contains("B/1.k"));
}

TEST_CASE("an id that is reckoned is shown where it can be, and else how it is written") {
  const std::string actors = "actors: {A: {m: [{call: B/x$($n + 1).k}, {call: B/y$(1 / $n).k}]}, B: {k: []}}\n";
  CHECK(calls_of(actors + "start: [{call: A/1.m, with: {n: 0}}]") ==
        "t1 -> A/1.m\nA/1.m -> B/x1.k\nA/1.m -> B/y$(1 / $n)*.k\n");
  CHECK(calls_of(actors + "start: [{call: A/1.m, with: {n: some}}]") ==
        "t1 -> A/1.m\nA/1.m -> B/x$($n + 1)*.k\nA/1.m -> B/y$(1 / $n)*.k\n");
}

TEST_CASE("nobody is called back where a client calls, or where the caller has no such method") {
  const std::string actors = "actors: {A: {m: [{call: B/1.k}]}, B: {k: [{call: caller.back}]}, C: {back: []}}\n";
  CHECK(calls_of(actors + "start: [{call: B/1.k}]") == "t1 -> B/1.k\n");
  CHECK(calls_of(actors + "start: [{call: A/1.m}]") == "t1 -> A/1.m\nA/1.m -> B/1.k\n");
}

TEST_CASE("what is too much is told with less detail") {
  const std::string load =
      "actors: {A: {m: [{call: B/$n.m}]}, B: {m: []}}\nstart: [{call: A/$i.m, count: 3, with: {n: $i}}]";
  CHECK_THAT(calls_of(load), Contains("A/0.m -> B/0.m") && Contains("A/2.m -> B/2.m"));
  CHECK_THAT(calls_of(load, 4), Contains("t1 -> A/$i*.m"));
  CHECK(calls_of("chains: [A/1 -> B/1 -> C/1, A/2 -> B/2 -> C/2]", 2) ==
        "t1 -> A/*.m1\nt2 -> A/*.m1\nA/*.m1 -> B/*.m2 x2\nB/*.m2 -> C/*.m3 x2\n");
}

TEST_CASE("a circle may be long, and one actor short of it there is none") {
  constexpr int kCount = 60;
  std::string open = "chains: [";
  for (int i = 1; i < kCount; ++i)
    open += (i == 1 ? "F/" : ", F/") + std::to_string(i) + " -> F/" + std::to_string(i + 1);
  CHECK_FALSE(has_circle(kOn + open + "]"));
  const std::string closed = calls_of(kOn + open + ", F/" + std::to_string(kCount) + " -> F/1]");
  CHECK(std::count(closed.begin(), closed.end(), '=') == kCount);
}

TEST_CASE("where there are too many ways, all that leads round is marked, and that is said") {
  const auto ladder = [](const std::string& last) {
    std::string text = "actors:\n";
    for (int i = 0; i < 18; ++i) {
      const std::string next = "T" + std::to_string(i + 1);
      text += "  T" + std::to_string(i) + ": {m: [{call: " + next + "/1.m}, {call: " + next + "/2.m}]}\n";
    }
    return text + "  T18: {m: [" + last + "], k: []}\nstart: [{call: T0/1.m}, {call: T18/1.k}]\n";
  };
  for (const bool leads_round : {false, true}) {
    const Scenario scenario = load_text(ladder(leads_round ? "call: T0/1.m" : ""));
    const CallMap map = map_calls(compile(scenario, "test.yaml"), 100);
    CHECK_FALSE(map.circles_are_precise);
    for (const CallMap::Call& call : map.calls) CHECK(call.is_on_circle == (leads_round && call.from != kNone));
  }
}

TEST_CASE("a deep chain takes no long time") {
  std::string chain = "chains: ['A/0";
  for (int i = 1; i < 2'000; ++i) chain += " -> A/" + std::to_string(i);
  CHECK(has_circle(chain + "']"));
}

TEST_CASE("actors that may be several may be each other") {
  CHECK(has_circle(kOn + "actors: {A: {m: [{call: A/$to.k, with: {to: 1}}], k: []}}\n"
                         "start: [{call: A/$i.m, count: 100, with: {to: $i}}]"));
}
