// Logs of locks: told by real threads they are the same on the pure machine, and what never happened is noticed.
#include "actorsim/lock/lock_log.h"

#include <algorithm>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "actorsim/lock/blocking_lock.h"
#include "support/catch.h"

using namespace actorsim;

namespace {

using Kind = LockEvent::Kind;

const LockConfig kOn{true, 32};

Arrival with_id(ReentrancyId id) { return {Header::present, id, kNoId, false, {}}; }

class Recorder : public LockWatch {
 public:
  void happened(const LockEvent& event) override { log.push_back(event); }
  std::vector<LockEvent> log;
};

void await_waiting(const BlockingLock& lock, std::size_t count) {
  while (lock.waiting() != count) std::this_thread::yield();
}

// Somebody inside, one who gives up if that is noticed, one who waits for the close that comes, and one who is late.
std::vector<LockEvent> log_of_a_close(const LockRules& rules) {
  Recorder recorder;
  BlockingLock lock(rules, kOn, &recorder);
  std::stop_source stop;
  std::thread behind;
  bool got_in = false;  // one of the threads, of which one runs at a time; assertions are for one thread alone
  {
    const auto holder = lock.enter(with_id(1));
    std::thread impatient;
    if (rules.notices_cancellation) {
      impatient = std::thread([&] { got_in = lock.enter(with_id(2), stop.get_token()).has_value(); });
      await_waiting(lock, 1);
    }
    stop.request_stop();
    if (impatient.joinable()) impatient.join();
    CHECK_FALSE(got_in);
    behind = std::thread([&] { got_in = lock.enter(with_id(3)).has_value(); });
    await_waiting(lock, 1);
    lock.close(stop.get_token());
    CHECK_FALSE(lock.enter(with_id(4)));
    behind.join();
    CHECK_FALSE(got_in);
  }
  return recorder.log;
}

std::vector<LockEvent> without(std::vector<LockEvent> log, Kind kind) {
  std::erase_if(log, [kind](const LockEvent& event) { return event.kind == kind; });
  return log;
}

// What a machine says to operations, as a watch would be told.
class Maker {
 public:
  explicit Maker(LockClass lock_class = LockClass::ring_1_18) : rules_(rules_for(lock_class)), lock_(rules_, kOn) {}

  Maker& arrive(CallSlot call, ReentrancyId id) {
    LockEvent event = event_of(Kind::arrive, call);
    event.arrival = with_id(id);
    event.answer = lock_.arrive(call, event.arrival, event.effects);
    return add(event);
  }
  Maker& close(CallSlot closer) {
    LockEvent event = event_of(Kind::close, closer);
    lock_.close(closer, false, event.effects);
    return add(event);
  }
  Maker& returned(CallSlot call, Admission told) {
    LockEvent event = event_of(Kind::returned, call);
    event.told = told;
    return add(event);
  }
  /// What no machine was asked.
  Maker& claim(Kind kind, CallSlot call) { return add(event_of(kind, call)); }

  /// Empty: nothing is wrong with it.
  std::string problem() const { return replay_lock_log(rules_, kOn, log_).value_or(""); }
  std::string last() const { return to_string(log_.back()); }

 private:
  static LockEvent event_of(Kind kind, CallSlot call) {
    LockEvent event;
    event.kind = kind;
    event.call = call;
    return event;
  }
  Maker& add(const LockEvent& event) {
    log_.push_back(event);
    return *this;
  }

  LockRules rules_;
  ActorLock lock_;
  std::vector<LockEvent> log_;
};

}  // namespace

TEST_CASE("a log with a close and a cancelled request is the same on the pure machine") {
  for (const LockClass lock_class : {LockClass::ring_1_15_0, LockClass::ring_1_15, LockClass::ring_1_16_0,
                                     LockClass::ring_1_16_2, LockClass::ring_1_18, LockClass::docs}) {
    const LockRules rules = rules_for(lock_class);
    INFO(to_word(lock_class));
    const std::vector<LockEvent> log = log_of_a_close(rules);
    CHECK(replay_lock_log(rules, kOn, log).value_or("") == "");
    CHECK(replay_lock_log(rules, kOn, without(log, Kind::close)));
    if (rules.notices_cancellation) {
      CHECK_THAT(replay_lock_log(rules, kOn, without(log, Kind::cancel)).value_or(""),
                 actorsim::testing::Contains("the machine did not refuse it"));
    }
  }
}

TEST_CASE("a close that does not say that its request was dead is noticed where it would have waited") {
  const LockRules rules = rules_for(LockClass::ring_1_16_0);
  std::vector<LockEvent> log = log_of_a_close(rules);
  for (LockEvent& event : log) event.given_up = false;
  CHECK_THAT(replay_lock_log(rules, kOn, log).value_or(""),
             actorsim::testing::Contains("close call") &&
                 actorsim::testing::Contains("the machine does something else to other calls"));
}

TEST_CASE("what cannot have happened to a lock is told, and at which event") {
  CHECK(Maker().arrive(0, 1).claim(Kind::arrive, 0).problem() ==
        "event 2, arrive call 0 without id -> entered, depth 0: this call is there already");
  CHECK(Maker().arrive(0, 1).arrive(1, 2).claim(Kind::arrive, 1).problem() ==
        "event 3, arrive call 1 without id -> entered, depth 0: this call is there already");
  CHECK(Maker().claim(Kind::release, 0).problem() == "event 1, release call 0: this call is not inside");
  CHECK(Maker().arrive(0, 1).arrive(1, 2).claim(Kind::release, 1).problem() ==
        "event 3, release call 1: this call is not inside");
  CHECK(Maker().claim(Kind::cancel, 7).problem() == "event 1, cancel call 7: this call is neither in nor waiting");
  CHECK(Maker().arrive(0, 1).returned(0, Admission::entered).problem().empty());
  CHECK(Maker().arrive(0, 1).arrive(1, 2).returned(1, Admission::entered).problem() ==
        "event 3, returned call 1 -> entered: the machine did not let it in");
  CHECK(Maker().arrive(0, 1).returned(0, Admission::refused_closed).problem() ==
        "event 2, returned call 0 -> refused: closed: the machine did not refuse it");
  CHECK(Maker().arrive(0, 1).arrive(1, 2).close(2).returned(1, Admission::refused_closed).problem().empty());
  CHECK(Maker().arrive(0, 1).arrive(1, 2).close(2).returned(1, Admission::refused_depth).problem() ==
        "event 4, returned call 1 -> refused: too deep: the machine refused it otherwise: refused: closed");
}

TEST_CASE("a close by a call that is busy cannot have happened in any release") {
  for (const LockClass lock_class : {LockClass::classic, LockClass::ring_1_16_0, LockClass::ring_1_18}) {
    CHECK(Maker(lock_class).arrive(0, 1).claim(Kind::close, 0).problem() ==
          "event 2, close call 0: this call is there already");
    CHECK(Maker(lock_class).arrive(0, 1).arrive(1, 2).claim(Kind::close, 1).problem() ==
          "event 3, close call 1: this call is there already");
  }
}

TEST_CASE("nothing behind a break-up is held against the machine") {
  CHECK(Maker().arrive(0, 1).claim(Kind::break_up, 0).claim(Kind::release, 9).problem().empty());
}

TEST_CASE("an event is told on one line, with what it did to others") {
  CHECK(Maker().arrive(0, 5).last() == "arrive call 0 id 5 -> entered, depth 1");
  CHECK(Maker().arrive(0, 5).arrive(1, 5).last() == "arrive call 1 id 5 -> re-entered, depth 2");
  CHECK(Maker().arrive(0, 5).arrive(1, 6).close(2).last() == "close call 2, refuses 1, cancels 0");
  CHECK(Maker().arrive(0, 5).close(1).arrive(2, 6).last() == "arrive call 2 without id -> refused: closed, depth 0");
  CHECK(Maker().returned(3, Admission::refused_cancelled).last() == "returned call 3 -> refused: cancelled");
  CHECK(Maker().claim(Kind::break_up, 0).last() == "break-up");
  LockEvent release;
  release.kind = Kind::release;
  release.call = 4;
  release.effects.admitted = {1, 2};
  CHECK(to_string(release) == "release call 4, lets in 1 2");
}
