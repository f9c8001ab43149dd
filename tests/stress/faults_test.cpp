// Something goes wrong on purpose, and is noticed; bounds hold; nothing hangs.
#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "actorsim/lock/blocking_lock.h"
#include "actorsim/stress/crew.h"
#include "stress/stress_text.h"
#include "support/catch.h"

using namespace actorsim;
using namespace actorsim::testing;

namespace {

const std::string kOn = "config: {reentrancy: {enabled: true}}\n";
const LockConfig kLock{true, 32};

std::string problem_of_threads(const std::string& text) {
  const auto problem = why_not_for_threads(program_of(text));
  REQUIRE(problem);
  CHECK(problem->code == "not-for-threads");
  CHECK_FALSE(problem->help.empty());
  return problem->message;
}

// Keeps what it is told.
class Recorder : public LockWatch {
 public:
  void happened(const LockEvent& event) override { log.push_back(event); }
  std::vector<LockEvent> log;
};

Arrival with_id(ReentrancyId id) { return {Header::present, id, kNoId, false, {}}; }

// One chain inside twice, another one that waited for it.
std::vector<LockEvent> a_log(const LockRules& rules) {
  Recorder recorder;
  BlockingLock lock(rules, kLock, &recorder);
  std::thread other;
  {
    const auto turn = lock.enter(with_id(1));
    const auto nested = lock.enter(with_id(1));
    other = std::thread([&lock] { const auto waits = lock.enter(with_id(2)); });
    while (lock.waiting() != 1) std::this_thread::yield();
  }
  other.join();
  return recorder.log;
}

}  // namespace

TEST_CASE("an outcome that the explorer does not know is a failure") {
  // What threads play has no reentrancy; what it is held against has.
  const Program played = program_of("chains: [A -> B -> A]\n");
  const Program other = program_of(kOn + "chains: [A -> B -> A]\n");
  StressOptions options;
  options.rounds = 100;
  const StressResult result = play(played, explored(other), options);
  CHECK(result.end == StressResult::End::failures);
  CHECK(result.rounds == kKeptFailures);
  CHECK(result.failure_count == kKeptFailures);
  CHECK(result.rounds_with(ExploredSet::Membership::outside) == kKeptFailures);
  REQUIRE(result.failures.size() == kKeptFailures);
  const StressFailure& failure = result.failures.front();
  CHECK(failure.round == 1);
  CHECK(failure.defects.empty());
  REQUIRE(failure.combination);
  CHECK(to_text(*failure.combination) == "deadlock: A/1.m1=entered A/1.m3=deadlocked B/1.m2=entered");
  REQUIRE(failure.logs.size() == 2);
  CHECK(failure.logs.front().actor == "A/1");
  REQUIRE(failure.logs.front().events.size() >= 3);
  CHECK(failure.logs.front().events[2] == "arrive call 1 without id -> queued, depth 1");
}

TEST_CASE("outcomes that go together in no order are noticed, although each is possible by itself") {
  const Program program = program_of("chains: [A, A]\n");
  ExploredSet set = explored(program);
  REQUIRE(set.combinations.is_complete());
  const Combination impossible{Verdict::ok, {{"A/1.m1", Outcome::blocked}, {"A/1.m1", Outcome::blocked}}};
  CHECK(set.membership(impossible) == ExploredSet::Membership::outside);
  const Combination possible{Verdict::ok, {{"A/1.m1", Outcome::blocked}, {"A/1.m1", Outcome::entered}}};
  CHECK(set.membership(possible) == ExploredSet::Membership::inside);
}

TEST_CASE("what was not looked at is not pretended to be known") {
  const Program program = program_of("chains: [A -> B, B -> C, C -> A, A -> C]\n");
  ExploredSet set = explored(program, 10);
  CHECK_FALSE(set.combinations.is_complete());
  StressOptions options;
  options.rounds = 5;
  CHECK(play(program, set, options).rounds_with(ExploredSet::Membership::outside) == 0);
  // Each by itself is known; what is impossible by itself is outside, anything else is undecided.
  ExploreOptions all;
  all.wants_schedules = false;
  set.exploration = explore(program, all).value();
  REQUIRE(set.exploration->is_complete());
  CHECK(set.membership({Verdict::exceeded, {}}) == ExploredSet::Membership::outside);
  CHECK(set.membership({Verdict::ok, {{"A/1.m1", Outcome::failed}}}) == ExploredSet::Membership::outside);
  CHECK(set.membership({Verdict::ok, {{"Z/1.m1", Outcome::entered}}}) == ExploredSet::Membership::outside);
  CHECK(set.membership({Verdict::ok, {{"A/1.m1", Outcome::entered}}}) == ExploredSet::Membership::undecided);
}

TEST_CASE("what threads cannot do is refused, feature by feature") {
  const std::string actors = "actors: {A: {m: []}}\n";
  CHECK(problem_of_threads(actors + "start: [{reminder: A/1.m}]\n") ==
        "a reminder fires in virtual time, which threads do not have");
  CHECK(problem_of_threads(actors + "start: [{timer: A/1.m}]\n") ==
        "a timer fires in virtual time, which threads do not have");
  CHECK(problem_of_threads(actors + "start: [{call: A/1.m}, {deactivate: A/1}]\n") ==
        "deactivating an actor takes a runtime around the lock, which threads do not have");
  CHECK(problem_of_threads(actors + "start: [{call: A/1.m}, {rebalance: A/1}]\n") ==
        "a rebalance takes a runtime around the lock, which threads do not have");
  CHECK(problem_of_threads(actors + "start: [{call: A/1.m, timeout: 1s}]\n") ==
        "a timeout passes in virtual time, which threads do not have");
  CHECK(problem_of_threads("actors: {A: {m: [{call: B/1.n, timeout: 1s}]}, B: {n: []}}\nstart: [{call: A/1.m}]\n") ==
        "a timeout passes in virtual time, which threads do not have");
  CHECK_FALSE(why_not_for_threads(program_of(actors + "start: [{call: A/1.m}]\n")));
}

TEST_CASE("a scenario that takes more threads than there may be is refused, and its threads end") {
  const Program program = program_of(kOn + "chains: [A -> B -> C]\n");
  const ExploredSet set = explored(program);
  StressOptions options;
  options.rounds = 5;
  options.threads = 2;
  const auto refused = stress(program, set, options);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "too-many-threads");
  options.threads = 3;
  CHECK(play(program, set, options).threads == 3);
}

TEST_CASE("a scenario without end comes to a bound, and its threads end") {
  const Program program = program_of("actors: {A: {m: [{send: A/1.m}]}}\nstart: [{call: A/1.m}]\n");
  ExploredSet set;
  set.combinations.end = Exploration::End::max_states;  // nothing is known
  StressOptions options;
  options.rounds = 1;
  options.threads = 8;
  const auto refused = stress(program, set, options);
  REQUIRE_FALSE(refused);
  CHECK((refused.error().code == "too-many-threads" || refused.error().code == "not-for-threads"));
}

TEST_CASE("a thread that gets lost is a defect, and the command does not hang") {
  const Program program = program_of("chains: [A]\n");
  std::atomic<bool> may_go_on = false;
  std::atomic<int> steps = 0;
  StressOptions options;
  options.rounds = 1;
  options.patience = std::chrono::milliseconds(60);
  options.before_step = [&] {
    // The first step of the first round takes longer than anybody's patience.
    if (steps++ == 0) {
      while (!may_go_on) std::this_thread::yield();
    }
  };
  std::thread rescuer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    may_go_on = true;
  });
  const StressResult result = play(program, explored(program), options);
  rescuer.join();
  CHECK(result.failure_count == 1);
  CHECK(result.rounds == 1);  // the next one is as it should be
  REQUIRE(result.failures.size() == 1);
  REQUIRE_FALSE(result.failures.front().defects.empty());
  CHECK(result.failures.front().defects.front().find("has not moved") != std::string::npos);
  CHECK_FALSE(result.failures.front().combination);
}

TEST_CASE("an exception in a thread reaches the caller, and nobody is left waiting") {
  const Program program = program_of(kOn + "chains: [A -> B -> A]\n");
  std::atomic<int> steps = 0;
  StressOptions options;
  options.rounds = 5;
  options.before_step = [&] {
    if (++steps == 4) throw std::runtime_error("a fault");
  };
  CHECK_THROWS_WITH(stress(program, explored(program), options), "a fault");
}

TEST_CASE("a stop ends it with what was seen so far") {
  const Program program = program_of("chains: [A -> A]\n");
  std::atomic<bool> stop = false;
  StressOptions options;
  options.stop = &stop;
  options.on_progress = [&](std::uint64_t rounds) { stop = rounds == 3; };
  const StressResult result = play(program, explored(program), options);
  CHECK(result.end == StressResult::End::stopped);
  CHECK(result.rounds == 3);
  CHECK(result.failure_count == 0);
}

TEST_CASE("time ends it as well") {
  const Program program = program_of("chains: [A]\n");
  std::chrono::nanoseconds now{0};
  StressOptions options;
  options.duration = std::chrono::milliseconds(10);
  options.clock = [&] { return now += std::chrono::milliseconds(2); };
  const StressResult result = play(program, explored(program), options);
  CHECK(result.end == StressResult::End::time);
  CHECK(result.rounds == 4);
}

TEST_CASE("the log of a lock is the same on the pure machine, and a changed one is not") {
  for (const LockClass lock_class : {LockClass::classic, LockClass::ring_1_15, LockClass::ring_1_18, LockClass::docs}) {
    const LockRules rules = rules_for(lock_class);
    const std::vector<LockEvent> log = a_log(rules);
    CHECK_FALSE(replay_lock_log(rules, kLock, log));
    // arrive 1, returned, arrive 1, returned, arrive 2, release, release, returned, release
    REQUIRE(log.size() == 9);
    const auto differs = [&](std::size_t event, auto change) {
      std::vector<LockEvent> changed = log;
      change(changed[event]);
      const auto difference = replay_lock_log(rules, kLock, changed);
      return difference.has_value() && difference->rfind("event " + std::to_string(event + 1) + ",", 0) == 0;
    };
    CHECK(differs(2, [](LockEvent& event) { event.answer.admission = Admission::queued; }));
    CHECK(differs(2, [](LockEvent& event) { event.answer.depth = 1; }));
    CHECK(differs(4, [](LockEvent& event) { event.answer.admission = Admission::entered; }));
    CHECK(differs(6, [](LockEvent& event) { event.effects.admitted.clear(); }));
    CHECK(differs(7, [](LockEvent& event) { event.told = Admission::refused_closed; }));
    std::vector<LockEvent> early = log;
    std::swap(early[5], early[7]);  // the waiting thread is told before it was let in
    CHECK(replay_lock_log(rules, kLock, early));
    std::vector<LockEvent> lost = log;
    lost.erase(lost.begin() + 5);
    CHECK(replay_lock_log(rules, kLock, lost));
  }
}

TEST_CASE("a lock that is broken up lets everybody go, whatever its release") {
  for (const LockClass lock_class : {LockClass::classic, LockClass::ring_1_15, LockClass::ring_1_18, LockClass::docs}) {
    Recorder recorder;
    BlockingLock lock(rules_for(lock_class), kLock, &recorder);
    std::vector<std::thread> waiting;
    std::atomic<int> refused = 0;
    {
      const auto turn = lock.enter(with_id(1));
      for (ReentrancyId id = 2; id < 6; ++id) {
        waiting.emplace_back([&, id] { refused += lock.enter(with_id(id)).has_value() ? 0 : 1; });
      }
      while (lock.waiting() != waiting.size()) std::this_thread::yield();
      lock.break_up();
      lock.break_up();
      for (std::thread& thread : waiting) thread.join();
      CHECK(lock.waiting() == 0);
      CHECK_FALSE(lock.enter(with_id(1)));
    }
    CHECK(refused == 4);
    CHECK(recorder.log.back().kind == LockEvent::Kind::break_up);
    CHECK(recorder.log.back().effects.refused.size() == 4);
    CHECK_FALSE(replay_lock_log(rules_for(lock_class), kLock, recorder.log));
  }
}

TEST_CASE("a crew has a thread for every task or does not take it") {
  std::atomic<int> done = 0;
  {
    Crew crew(2);
    std::atomic<bool> may_end = false;
    const auto task = [&] {
      while (!may_end) std::this_thread::yield();
      ++done;
    };
    CHECK(crew.start(task));
    CHECK(crew.start(task));
    CHECK_FALSE(crew.start(task));
    CHECK(crew.size() == 2);
    may_end = true;
  }
  CHECK(done == 2);
}
