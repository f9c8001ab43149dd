// Something goes wrong on purpose, and is noticed; bounds hold; nothing hangs.
#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "actorsim/lock/blocking_lock.h"
#include "actorsim/stress/crew.h"
#include "actorsim/stress/judge.h"
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
  const StressResult refused = stress(program, set, options);
  CHECK(refused.end == StressResult::End::problem);
  CHECK(refused.rounds == 0);
  REQUIRE(refused.problem);
  CHECK(refused.problem->code == "too-many-threads");
  CHECK(refused.problem->message == "the scenario takes more than 2 threads");
  options.threads = 1;
  CHECK(stress(program, set, options).problem.value().message == "the scenario takes more than 1 thread");
  options.threads = 3;
  CHECK(play(program, set, options).threads == 3);
}

TEST_CASE("a round that failed before there were too few threads still counts") {
  // Two threads are enough if B is quick, which it is in the first round only.
  const std::string others =
      "B: {n: [{sleep: 1ns}, {sleep: 1ns}, {sleep: 1ns}, {sleep: 1ns}, {sleep: 1ns}]}}\n"
      "start: [{call: A/1.m}, {call: B/1.n}]\n";
  const Program stuck = program_of("actors: {A: {m: [{sleep: 1ns}, {call: A/1.k}], k: []}, " + others);
  const Program fine = program_of("actors: {A: {m: [{sleep: 1ns}, {call: C/1.k}]}, C: {k: []}, " + others);
  const ExploredSet set = explored(fine);
  StressResult result;
  for (int i = 0; i < 20 && result.rounds == 0; ++i) {  // a busy machine may take its time for the first round, too
    std::atomic<bool> is_slow = false;
    StressOptions options;
    options.threads = 2;
    options.rounds = 2;
    options.on_progress = [&](std::uint64_t) { is_slow = true; };
    options.before_step = [&] {
      if (is_slow) std::this_thread::sleep_for(std::chrono::milliseconds(150));
    };
    result = stress(stuck, set, options);
  }
  REQUIRE(result.rounds == 1);
  CHECK(result.end == StressResult::End::problem);
  CHECK(result.problem.value().code == "too-many-threads");
  CHECK(result.failure_count == 1);
  REQUIRE(result.failures.size() == 1);
  CHECK(result.failures.front().combination.value().verdict == Verdict::deadlock);
}

TEST_CASE("once there are too few threads no other is asked for") {
  // Each refusal takes a tenth of a second: all of them would take half an hour.
  const Program program = program_of("actors: {A: {m: [{call: A/1.m}]}}\nstart: [{call: A/1.m, count: 18000}]\n");
  ExploredSet nothing;
  nothing.combinations.end = Exploration::End::max_states;
  StressOptions options;
  options.threads = 4;
  options.rounds = 1;
  const auto started = std::chrono::steady_clock::now();
  CHECK(stress(program, nothing, options).problem.value().code == "too-many-threads");
  CHECK(std::chrono::steady_clock::now() - started < std::chrono::minutes(2));
}

TEST_CASE("a stop ends a round while it begins, and what has begun of it does not count") {
  const Program program = program_of("actors: {A: {m: []}}\nstart: [{call: A/1.m, count: 9000}]\n");
  std::atomic<int> steps = 0;
  std::atomic<bool> stop = false;
  StressOptions options;
  options.threads = 1;  // so that the calls begin one after another
  options.rounds = 1;
  options.stop = &stop;
  options.before_step = [&] { stop = ++steps > 20; };
  ExploredSet nothing;
  nothing.combinations.end = Exploration::End::max_states;
  const StressResult result = play(program, nothing, options);
  CHECK(result.end == StressResult::End::stopped);
  CHECK(result.rounds == 0);
  CHECK(result.failure_count == 0);
  CHECK(result.combinations.empty());
  CHECK(steps < 10'000);  // two for each call
}

TEST_CASE("time ends a round that does not end by itself") {
  const Program program = program_of(
      "actors: {A: {m: [{repeat: 100000000, steps: [{sleep: 1ns}]}]}}\n"
      "start: [{call: A/1.m}]\n");
  std::atomic<int> steps = 0;
  StressOptions options;
  options.duration = std::chrono::hours(1);
  options.clock = [&] { return std::chrono::hours(steps > 50 ? 2 : 0); };
  options.before_step = [&] { ++steps; };
  const StressResult result = play(program, explored(program, 10), options);
  CHECK(result.end == StressResult::End::time);
  CHECK(result.rounds == 0);
  CHECK(result.failure_count == 0);
  CHECK(result.operations < 10);  // it arrived, got in, and was cut off
}

TEST_CASE("a round that takes too much to remember is given up") {
  ExploredSet nothing;
  nothing.combinations.end = Exploration::End::max_states;
  StressOptions options;
  options.rounds = 1;
  options.most_events = 500;
  const auto problem_of = [&](const std::string& handlers) {
    return stress(program_of("actors: {A: {m: [" + handlers + "]}, B: {n: [{fail: no}]}}\nstart: [{call: A/1.m}]\n"),
                  nothing, options)
        .problem;
  };
  for (const std::string endless : {"{call: B/1.n, retry: {max: 1000000000}}",
                                    "{repeat: 100000000, steps: [{parallel: [{sleep: 1ns}, {sleep: 1ns}]}]}"}) {
    const auto problem = problem_of(endless);
    REQUIRE(problem);
    CHECK(problem->code == "not-for-threads");
    CHECK(problem->message == "a round takes more than 500 operations on locks and branches");
  }
  CHECK_FALSE(problem_of("{call: B/1.n, retry: {max: 50}}"));
}

TEST_CASE("who comes back slowly but surely is not lost") {
  // A chain of calls whose callers go on, one after another, once the innermost one has been cut off.
  std::string actors = "actors: {A0: {m: [{sleep: 1ns}]}";
  constexpr int kChain = 16;
  for (int i = 1; i < kChain; ++i) {
    const std::string number = std::to_string(i);
    actors += ", A" + number + ": {m: [{call: A" + std::to_string(i - 1) + "/1.m, on-error: continue}, {sleep: 1ns}]}";
  }
  const Program program = program_of(actors + "}\nstart: [{call: A" + std::to_string(kChain - 1) + "/1.m}]\n");
  std::atomic<int> steps = 0;
  std::atomic<bool> stop = false;
  StressOptions options;
  options.rounds = 1;
  options.stop = &stop;
  options.patience = std::chrono::milliseconds(500);
  options.before_step = [&] {
    if (++steps <= 2 * kChain) return;  // all are inside: each step takes its time from here on
    stop = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
  };
  const StressResult result = play(program, explored(program, 10), options);
  CHECK(result.end == StressResult::End::stopped);
  for (const StressFailure& failure : result.failures) FAIL_CHECK(to_text(failure));
  CHECK(result.rounds == 0);
}

TEST_CASE("each round that fails has a number of its own") {
  const Program program = program_of("chains: [A]\n");
  std::atomic<bool> may_go_on = false;
  std::atomic<int> lost = 0;
  StressOptions options;
  options.patience = std::chrono::milliseconds(60);
  options.rounds = 1;
  options.on_progress = [&](std::uint64_t) { may_go_on = false; };
  options.before_step = [&] {
    ++lost;
    while (!may_go_on) std::this_thread::yield();
  };
  std::atomic<bool> is_over = false;
  std::thread rescuer([&] {
    while (!is_over) {
      std::this_thread::sleep_for(std::chrono::milliseconds(400));
      may_go_on = true;
    }
  });
  const StressResult result = play(program, explored(program), options);
  is_over = true;
  rescuer.join();
  CHECK(result.end == StressResult::End::failures);
  REQUIRE(result.failures.size() == kKeptFailures);
  for (std::size_t i = 0; i < kKeptFailures; ++i) CHECK(result.failures[i].round == i + 1);
}

TEST_CASE("both searches together keep to the time") {
  const Program program = program_of("chains: [A -> B -> C, B -> C -> D, C -> D -> A, D -> A -> B, A -> C, B -> D]\n");
  std::chrono::nanoseconds now{0};
  ExploreOptions options;
  options.reductions = Reductions::none();
  options.time_limit = std::chrono::milliseconds(20);
  options.clock = [&] { return now += std::chrono::microseconds(500); };
  const auto set = explore_set(program, options);
  REQUIRE(set);
  CHECK(set->combinations.end == Exploration::End::time_limit);
  REQUIRE(set->exploration);
  CHECK(set->exploration->end == Exploration::End::time_limit);
  CHECK(now >= options.time_limit);
  CHECK(now < options.time_limit + std::chrono::milliseconds(5));
  // A limit of nothing would be none: the second search is left out then.
  options.time_limit = std::chrono::milliseconds(1);
  options.clock = [&] { return now += std::chrono::milliseconds(1); };
  const auto short_of_time = explore_set(program, options);
  REQUIRE(short_of_time);
  CHECK_FALSE(short_of_time->exploration);
  CHECK(short_of_time->membership({Verdict::ok, {}}) == ExploredSet::Membership::undecided);
}

TEST_CASE("a lock out of order is a defect, before anything is made of what it says") {
  const Program program = program_of("chains: [A]\n");
  Stillness stillness;
  Crew crew(1);
  Stage stage(program, crew, stillness, nullptr, kMostEventsOfRound);
  StagedActor& actor = stage.actor(0, "1");
  REQUIRE(stage.new_call() != nullptr);
  LockEvent event;
  event.arrival = {Header::present, 1, kNoId, false, {}};
  event.answer.admission = Admission::entered;
  actor.happened(event);
  actor.happened(event);  // the same call, which is inside
  RoundResult result;
  CHECK_FALSE(replay_logs(stage, result));
  REQUIRE(result.defects.size() == 1);
  CHECK(result.operations == 2);
  // A close by a call that is inside, which no machine takes.
  const LockRules rules = rules_for(LockClass::ring_1_16_0);
  std::vector<LockEvent> log = a_log(rules);
  log.resize(1);
  log.push_back(log.front());
  log.back().kind = LockEvent::Kind::close;
  CHECK(replay_lock_log(rules, kLock, log).value_or("").find("there already") != std::string::npos);
}

TEST_CASE("a scenario without end comes to a bound, and its threads end") {
  const Program program = program_of("actors: {A: {m: [{send: A/1.m}]}}\nstart: [{call: A/1.m}]\n");
  ExploredSet set;
  set.combinations.end = Exploration::End::max_states;  // nothing is known
  StressOptions options;
  options.rounds = 1;
  options.threads = 8;
  const StressResult refused = stress(program, set, options);
  REQUIRE(refused.problem);
  CHECK((refused.problem->code == "too-many-threads" || refused.problem->code == "not-for-threads"));
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
  std::chrono::milliseconds now{0};
  StressOptions options;
  options.duration = std::chrono::milliseconds(10);
  options.clock = [&] { return now; };
  options.on_progress = [&](std::uint64_t rounds) { now = std::chrono::milliseconds(rounds < 4 ? 9 : 10); };
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
    CHECK(crew.start(task) == Crew::Start::begun);
    CHECK(crew.start(task) == Crew::Start::begun);
    CHECK(crew.start(task) == Crew::Start::all_busy);
    CHECK(crew.size() == 2);
    may_end = true;
  }
  CHECK(done == 2);
}
