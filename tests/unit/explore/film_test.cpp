// What a film shows of a run.
#include "actorsim/explore/film.h"

#include <algorithm>

#include "actorsim/explore/exploration.h"
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;
using What = Film::What;
using Reason = Film::Reason;

Run filmed(const std::string& text, std::size_t kept_calls = 10'000) {
  RunOptions options;
  options.wants_film = true;
  options.kept_calls = kept_calls;
  Run run = run_text(text, {}, options).run;
  REQUIRE(run.film);
  return run;
}

Run filmed_replay(const std::string& text, const std::string& schedule) {
  const Program program = compile(load_text(text), "test.yaml");
  const auto parsed = parse_schedule(schedule, "test");
  REQUIRE(parsed);
  RunOptions options;
  options.wants_film = true;
  auto run = replay(program, *parsed, options);
  if (!run) FAIL(run.error().message);
  REQUIRE(run->film);
  return std::move(*run);
}

const Film::Event& event_of(const Film& film, std::uint32_t call, What what) {
  for (const Film::Frame& frame : film.frames) {
    for (const Film::Event& event : frame.events) {
      if (event.call == call && event.what == what) return event;
    }
  }
  FAIL("no such event");
  throw 0;
}

}  // namespace

TEST_CASE("no run has a film that was not asked for") { CHECK_FALSE(run_text("chains: [A -> B]\n").run.film); }

TEST_CASE("a film shows who holds a lock, who waits for it, and who comes next") {
  const Run run = filmed("actors: {A: {m: [{sleep: 5ms}]}}\nstart: [{call: A/1.m}, {call: A/1.m, at: 1ms}]\n");
  const Film& film = *run.film;
  REQUIRE(film.frames.size() == 4);  // two arrive, then one after the other ends
  CHECK(film.locks.front().actor == "A/1");
  const auto& first = film.frames[0];
  CHECK(first.mover == Film::Mover::trigger);
  CHECK(first.events.front().what == What::entered);
  REQUIRE(first.locks.size() == 1);
  CHECK_FALSE(first.locks[0].is_free);
  CHECK(first.locks[0].inside == std::vector<std::uint32_t>{0});
  const auto& second = film.frames[1];
  CHECK(second.at == 1'000'000);
  CHECK(second.events.front().what == What::waits);
  CHECK(second.events.front().other == 0);
  REQUIRE(second.locks.size() == 1);
  REQUIRE(second.locks[0].come.size() == 1);
  CHECK(second.locks[0].come[0].call == 1);
  const auto& handover = film.frames[2];
  CHECK(handover.at == 5'000'000);
  REQUIRE(handover.events.size() == 2);
  CHECK(handover.events[0].what == What::answered);
  CHECK(handover.events[1].what == What::admitted);
  REQUIRE(handover.locks.size() == 1);
  CHECK(handover.locks[0].gone == std::vector<std::uint32_t>{0});
  CHECK(handover.locks[0].inside == std::vector<std::uint32_t>{1});
  CHECK(film.frames.back().locks.front().is_free);
}

TEST_CASE("a film says why a call has to wait") {
  const std::string on = "config: {reentrancy: {enabled: true}}\n", off = "config: {reentrancy: {enabled: false}}\n";
  CHECK(event_of(*filmed(off + "chains: [A -> A]\n").film, 1, What::waits).reason == Reason::own_chain_off);
  CHECK(event_of(*filmed(on + "chains: [A -/> A]\n").film, 1, What::waits).reason == Reason::own_chain_lost);
  CHECK(event_of(*filmed(on + "chains: [A -> B, B -> A]\n").film, 2, What::waits).reason == Reason::other_chain);
  CHECK(event_of(*filmed(off + "chains: [A -> B, B -> A]\n").film, 2, What::waits).reason == Reason::one_at_a_time);
  const Run leak = filmed(
      "dapr: \"1.17\"\nconfig: {reentrancy: {enabled: true, maxStackDepth: 1}}\nactors: {A: {m: [{call: self.n, "
      "on-error: continue}], n: []}}\nstart: [{call: A/1.m}, {call: A/1.n, at: 1s}]\n");
  const Film::Event& stranded = event_of(*leak.film, 2, What::waits);
  CHECK(stranded.reason == Reason::nobody_inside);
  CHECK(stranded.other == kNone);
}

TEST_CASE("a film names ids as the calls of its run do") {
  const Run run = filmed("config: {reentrancy: {enabled: true}}\nchains: [A -> B -> A]\n");
  const Film& film = *run.film;
  REQUIRE(film.ids == std::vector<std::string>{"r1"});
  CHECK(run.calls[0].id == "r1");
  CHECK(film.frames[2].locks.front().id == 0);
  CHECK(film.frames[2].locks.front().depth == 2);
  CHECK(film.frames[2].locks.front().inside == std::vector<std::uint32_t>{0, 2});
  CHECK(film.locks.front().max_depth == 32);
  const Run off = filmed("chains: [A]\n");
  CHECK(off.film->ids.empty());
  CHECK(off.film->frames[0].locks.front().id == kNone);
}

TEST_CASE("a film knows with which step the circle of a deadlock closes, and says at its end who is stuck") {
  const std::string text = "actors: {C: {m: []}}\nchains: [A -> B, B -> A]\nstart: [{call: C/1.m, at: 1s}]\n";
  const Run run = filmed(text);
  const Film& film = *run.film;
  REQUIRE(film.circles.size() == 1);
  CHECK(film.circles[0].closed_by == 3);
  CHECK(film.circles[0].broken_by == kNone);
  REQUIRE(film.frames.size() == 7);  // four arrivals, C comes and goes, and the end
  CHECK(film.frames.back().mover == Film::Mover::nobody);
  CHECK(film.frames.back().events.size() == 2);
  CHECK(film.frames.back().events[0].what == What::deadlocked);

  const Run replayed = filmed_replay(text, "t2.t1.t1.t2");
  CHECK(replayed.film->circles[0].closed_by == 3);
  CHECK(replayed.film->frames.size() == 5);
}

TEST_CASE("a film ends before the first call that is not kept, and says how much it leaves out") {
  const std::string text = "actors: {A: {m: []}}\nstart: [{call: A/1.m, count: 10, every: 1ms}]\n";
  const Run run = filmed(text, 4);
  CHECK(run.film->frames.size() == 8);
  CHECK(run.film->frames_left_out == 12);
  CHECK(filmed(text).film->frames_left_out == 0);
}
