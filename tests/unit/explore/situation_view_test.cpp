// What a person is shown of a situation: who waits for what, and who is in which lock.
#include "actorsim/explore/situation_view.h"

#include "actorsim/explore/orders.h"
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;
using By = BlockedCall::By;
using Outlook = BlockedCall::Outlook;
using Numbers = std::vector<std::uint32_t>;

// The situation after a schedule.
SituationView view_of(const std::string& text, const std::string& schedule) {
  const Program program = compile(load_text(text), "test.yaml");
  Walker walker(program);
  Situation situation = walker.initial();
  IdNames ids;
  const auto choices = parse_schedule(schedule, "test");
  if (!schedule.empty()) REQUIRE(choices);
  std::vector<Move> moves;
  std::vector<CallOutcome> outcomes;
  for (std::size_t i = 0; !schedule.empty() && i < choices->size(); ++i) {
    walker.list_moves(situation, moves);
    REQUIRE_FALSE(walker.take(situation, find_move(moves, (*choices)[i]), outcomes));
  }
  auto view = view_situation(walker, situation, ids);
  REQUIRE(view);
  return std::move(*view);
}

const std::string kOn = "config: {reentrancy: {enabled: true}}\n";

}  // namespace

TEST_CASE("in the beginning nobody is blocked, and every chain could start") {
  const SituationView view = view_of("chains: [A -> B, B -> A]\n", "");
  CHECK(view.steps.size() == 2);
  CHECK(schedule_text({view.steps[1].choice}) == "t2");
  REQUIRE(view.steps[1].events.size() == 1);
  CHECK(view.steps[1].events[0].what == StepEvent::What::entered);
  CHECK(view.calls.empty());
  CHECK(view.blocked.empty());
  CHECK(view.locks.empty());
  CHECK(view.verdict == Verdict::ok);
  CHECK_FALSE(view.is_end);
}

TEST_CASE("a waiting call says who is inside, with which ids, and who waits before it") {
  const SituationView view =
      view_of(kOn + "actors: {A: {m: []}}\nstart: [{call: A/1.m, as: a}, {call: A/1.m, as: b}, {call: A/1.m, as: c}]\n",
              "t3.t1.t2");
  REQUIRE(view.blocked.size() == 2);
  const BlockedCall& last = view.blocked[1];
  CHECK(last.by == By::lock);
  CHECK(last.actor == "A/1");
  CHECK(view.find(last.call)->label == "b");
  CHECK(last.others == Numbers{0});
  CHECK(last.ahead == Numbers{1});
  CHECK(last.id == "r3");
  CHECK(last.held_by == "r1");
  CHECK_FALSE(last.behind_own_chain);
  CHECK(last.outlook == Outlook::open);
  REQUIRE(view.locks.size() == 1);
  REQUIRE(view.locks[0].seats.size() == 3);
  CHECK(view.locks[0].seats[0].inside == Numbers{0});
  CHECK(view.locks[0].seats[0].id == "r1");
  CHECK(view.locks[0].seats[0].depth == 1);
  CHECK(view.locks[0].seats[2].waiting == Numbers{2});
}

TEST_CASE("a handler that waits for an answer says whose") {
  const SituationView view = view_of(kOn + "chains: [A -> B]\n", "t1.t1");
  REQUIRE(view.blocked.size() == 1);
  CHECK(view.blocked[0].by == By::answer);
  CHECK(view.blocked[0].call == 0);
  CHECK(view.blocked[0].others == Numbers{1});
}

TEST_CASE("calls that will never move are told apart") {
  const std::string text = "chains: [A -> B -> A, B]\n";
  const SituationView view = view_of(text, "t1.t1.t1.t2");
  CHECK(view.is_stuck);
  CHECK(view.is_end);
  CHECK(view.verdict == Verdict::deadlock);
  REQUIRE(view.blocked.size() == 4);
  CHECK(view.blocked[0].outlook == Outlook::behind);
  CHECK(view.blocked[1].outlook == Outlook::behind);
  CHECK(view.blocked[2].outlook == Outlook::deadlocked);
  CHECK(view.blocked[2].behind_own_chain);
  CHECK_FALSE(view.blocked[2].reentrancy);
  CHECK(view.blocked[3].outlook == Outlook::stranded);
}

TEST_CASE("a lock that is re-entered shows its depth") {
  const SituationView view = view_of(kOn + "chains: [A -> B -> A]\n", "t1.t1.t1");
  REQUIRE(view.locks.size() == 2);
  CHECK(view.locks[0].actor == "A/1");
  REQUIRE(view.locks[0].seats.size() == 1);
  CHECK(view.locks[0].seats[0].depth == 2);
  CHECK(view.locks[0].seats[0].inside == Numbers{0, 2});
  CHECK(view.locks[0].max_depth == 32);
}

TEST_CASE("a released lock of an early release is free while a call still waits for it") {
  const SituationView view = view_of(
      "dapr: \"1.14\"\nactors: {A: {m: []}}\nstart: [{call: A/1.m, as: a}, {call: A/1.m, as: b}]\n", "t1.t2.t1");
  REQUIRE(view.locks.size() == 1);
  CHECK(view.locks[0].is_free);
  REQUIRE(view.locks[0].seats.size() == 1);
  CHECK(view.locks[0].seats[0].waiting == Numbers{1});
  REQUIRE(view.steps.size() == 1);
  CHECK(view.steps[0].kind == Mover::Kind::grant);
  CHECK_FALSE(view.is_stuck);
  REQUIRE(view.blocked.size() == 1);
  CHECK(view.blocked[0].outlook == Outlook::open);
}

TEST_CASE("a holder that its lock has forgotten is still shown inside") {
  const SituationView view = view_of(
      "dapr: \"1.17\"\nactors: {A: {m: [{sleep: 1s}]}}\n"
      "start: [{call: A/1.m, as: a}, {call: A/1.m, as: b, timeout: 1s}, {call: A/1.m, as: c}]\n",
      "t1.t2.t3.t2");
  REQUIRE(view.locks.size() == 1);
  const LockSeat& last = view.locks[0].seats.back();
  CHECK(last.is_evicted);
  CHECK(last.inside == Numbers{0});
}

TEST_CASE("a header that somebody wrote is shown as it is") {
  const SituationView view =
      view_of(kOn + "actors: {A: {m: []}}\nstart: [{call: A/1.m, header: mine}, {call: A/1.m}]\n", "t1.t2");
  REQUIRE(view.locks.size() == 1);
  REQUIRE(view.locks[0].seats.size() == 2);
  CHECK(view.locks[0].seats[0].id == "mine");
  CHECK(view.locks[0].seats[1].id == "r1");
}

TEST_CASE("of an entry that a defect has left behind, the id is shown that somebody wrote") {
  const SituationView view = view_of("dapr: \"1.17\"\n" + kOn +
                                         "actors: {A: {m: [{sleep: 1s}]}}\n"
                                         "start: [{call: A/1.m, header: a}, {call: A/1.m, header: b, timeout: 1s}]\n",
                                     "t1.t2.t2");
  REQUIRE(view.locks.size() == 1);
  REQUIRE(view.locks[0].seats.size() == 2);
  CHECK(view.locks[0].seats[0].id == "b");
  CHECK(view.locks[0].seats[0].inside.empty());
  CHECK(view.locks[0].seats[1].is_evicted);
}
