// The ring of 1.15 and later, defect by defect.
#include "support/catch.h"
#include "unit/lock/lock_driver.h"

using namespace actorsim;
using actorsim::testing::LockDriver;

namespace {

constexpr LockClass kRings[] = {LockClass::ring_1_15_0, LockClass::ring_1_15, LockClass::ring_1_16_0,
                                LockClass::ring_1_16_2, LockClass::ring_1_18};
constexpr LockClass kCancellingRings[] = {LockClass::ring_1_16_0, LockClass::ring_1_16_2, LockClass::ring_1_18};
constexpr LockClass kRingsThatCanLoseCount[] = {LockClass::ring_1_16_0, LockClass::ring_1_16_2};

// Leaves the ring empty with a call inside: b's ghost was joined and left, and a is outside of the ring.
void evict_holder_and_use_up_ghost(LockDriver& lock) {
  lock.arrive('a', 'X');
  lock.arrive('b', 'Y');
  lock.cancel('b');
  lock.arrive('c', 'Y');
  lock.release('c');
}

}  // namespace

TEST_CASE("waiting calls of one chain share an entry and start together") {
  for (const LockClass lock_class : kRings) {
    LockDriver lock(lock_class);
    lock.arrive('a', 'X');
    lock.arrive('b', 'Y');
    lock.arrive('c', 'Z');
    REQUIRE(lock.arrive('d', 'Y') == Admission::queued);  // overtakes c
    REQUIRE(lock.ring() == "X1* Y2 Z1");
    REQUIRE(lock.release('a') == "bd");
    REQUIRE(lock.waiting() == "c");
  }
}

TEST_CASE("a ring queues a stranger whatever the depth") {
  for (const LockClass lock_class : kRings) {
    LockDriver lock(lock_class, {true, 1});
    lock.arrive('a', 'X');
    REQUIRE(lock.arrive('b', 'Y') == Admission::queued);
  }
}

TEST_CASE("limits below 1 act as 1 in the rings") {
  for (const LockClass lock_class : kRings) {
    for (const std::int64_t limit : {0, -1}) {
      LockDriver lock(lock_class, {true, limit});
      REQUIRE(lock.arrive('a', 'X') == Admission::entered);
      REQUIRE(lock.arrive('b', 'X') == Admission::refused_depth);
    }
  }
}

TEST_CASE("the depth leak: a refused call strands all who wait, while its chain still enters") {
  for (const LockClass lock_class : kRings) {
    LockDriver lock(lock_class, {true, 2});
    lock.arrive('a', 'X');
    lock.arrive('b', 'X');
    REQUIRE(lock.arrive('c', 'X') == Admission::refused_depth);
    REQUIRE(lock.ring() == "X3*");
    REQUIRE_FALSE(lock.can_move_queue('a'));
    lock.arrive('s', 'Y');
    REQUIRE(lock.release('b').empty());
    REQUIRE(lock.release('a').empty());
    REQUIRE(lock.inside().empty());
    REQUIRE(lock.waiting() == "s");
    REQUIRE(lock.arrive('d', 'X') == Admission::re_entered);
  }
}

TEST_CASE("a waiting entry leaks depth too") {
  LockDriver lock(LockClass::ring_1_18, {true, 2});
  lock.arrive('a', 'X');
  lock.arrive('b', 'Y');
  lock.arrive('c', 'Y');
  REQUIRE(lock.arrive('d', 'Y') == Admission::refused_depth);
  REQUIRE(lock.ring() == "X1* Y3");
}

TEST_CASE("the evicted holder: a cancelled waiter lets the next chain in beside the one inside") {
  for (const LockClass lock_class : kCancellingRings) {
    LockDriver lock(lock_class);
    lock.arrive('a', 'X');
    lock.arrive('b', 'Y');
    lock.arrive('c', 'Z');
    REQUIRE(lock.cancel('c') == "b");
    REQUIRE(lock.refused() == "c");
    REQUIRE(lock.reason() == Admission::refused_cancelled);
    REQUIRE(lock.inside() == "ab");
    REQUIRE(lock.ring() == "Y1* Z0");
    REQUIRE(lock.can_move_queue('a'));
    REQUIRE(lock.arrive('d', 'X') == Admission::queued);  // the holder's own nested call: it can wait for itself
  }
}

TEST_CASE("the ghost: who comes with a cancelled waiter's id enters beside the holder") {
  for (const LockClass lock_class : kCancellingRings) {
    LockDriver lock(lock_class);
    lock.arrive('a', 'X');
    lock.arrive('b', 'Y');
    REQUIRE(lock.cancel('b').empty());
    REQUIRE(lock.ring() == "Y0*");
    REQUIRE(lock.arrive('c', 'Y') == Admission::re_entered);
    REQUIRE(lock.inside() == "ac");
  }
}

TEST_CASE("a limit of 0 refuses the call that would join a ghost") {
  LockDriver lock(LockClass::ring_1_18, {true, 0});
  lock.arrive('a', 'X');
  lock.arrive('b', 'Y');
  lock.cancel('b');
  REQUIRE(lock.arrive('c', 'Y') == Admission::refused_depth);
}

TEST_CASE("cancelling one of two waiting calls of a chain harms nobody") {
  LockDriver lock(LockClass::ring_1_18);
  lock.arrive('a', 'X');
  lock.arrive('b', 'Y');
  lock.arrive('c', 'Y');
  lock.cancel('b');
  REQUIRE(lock.ring() == "X1* Y1");
  REQUIRE(lock.release('a') == "c");
}

TEST_CASE("a cancelled waiter removes a leaked entry") {
  LockDriver lock(LockClass::ring_1_18, {true, 1});
  lock.arrive('a', 'X');
  lock.arrive('b', 'X');
  lock.release('a');
  lock.arrive('s', 'Y');
  lock.arrive('t', 'Z');
  REQUIRE(lock.cancel('s').empty());
  REQUIRE(lock.ring() == "Y0* Z1");
  REQUIRE(lock.cancel('t').empty());
  REQUIRE(lock.ring() == "Z0*");
}

TEST_CASE("before 1.18 removing the front of an empty ring makes its length negative") {
  for (const LockClass lock_class : kRingsThatCanLoseCount) {
    LockDriver lock(lock_class);
    evict_holder_and_use_up_ghost(lock);
    REQUIRE(lock.release('a').empty());
    REQUIRE(lock.state().length == -1);
    // The next call never starts, though nobody is inside; the one after it does.
    REQUIRE(lock.arrive('d', 'X') == Admission::queued);
    REQUIRE(lock.state().length == 0);
    REQUIRE(lock.state().stray.size() == 1);
    REQUIRE(lock.arrive('e', 'Z') == Admission::entered);
    REQUIRE(lock.waiting() == "d");
  }
}

TEST_CASE("before 1.18 an entry can be started twice, which panics") {
  for (const LockClass lock_class : kRingsThatCanLoseCount) {
    LockDriver lock(lock_class);
    evict_holder_and_use_up_ghost(lock);
    lock.release('a');
    REQUIRE(lock.arrive('d', Arrival{Header::no_request, kNoId, kNoId, false, {}}) == Admission::entered);
    lock.release('d');
    REQUIRE(lock.effects().panics == std::vector<LockPanic>{{LockDriver::slot('d'), true}});
  }
}

TEST_CASE("from 1.18 on removing the front of an empty ring does nothing") {
  LockDriver lock(LockClass::ring_1_18);
  evict_holder_and_use_up_ghost(lock);
  lock.release('a');
  REQUIRE(lock.state().length == 0);
  REQUIRE(lock.arrive('d', 'X') == Admission::entered);
}

TEST_CASE("close in 1.15 refuses the waiting and leaves the calls inside alone") {
  LockDriver lock(LockClass::ring_1_15);
  lock.arrive('a', 'X');
  lock.arrive('b', 'Y');
  lock.close('k');
  REQUIRE(lock.refused() == "b");
  REQUIRE(lock.reason() == Admission::refused_closed);
  REQUIRE(lock.cancelled_holders().empty());
  REQUIRE(lock.closes_returned() == "k");
  REQUIRE(lock.ring() == "X1* Y1");
  REQUIRE(lock.arrive('c', 'X') == Admission::refused_closed);
  REQUIRE(lock.release('a').empty());
  REQUIRE(lock.ring() == "Y1*");
  lock.close('l');
  REQUIRE(lock.closes_returned() == "l");
}

TEST_CASE("close from 1.16.2 on cancels the calls inside and refuses the waiting, who evict them") {
  for (const LockClass lock_class : {LockClass::ring_1_16_2, LockClass::ring_1_18}) {
    LockDriver lock(lock_class);
    lock.arrive('a', 'X');
    lock.arrive('b', 'Y');
    lock.close('k');
    REQUIRE(lock.refused() == "b");
    REQUIRE(lock.cancelled_holders() == "a");
    REQUIRE(lock.inside() == "a");
    REQUIRE(lock.ring() == "Y0*");
    lock.close('l');
    REQUIRE(lock.closes_returned().empty());
    REQUIRE(lock.effects().panics == std::vector<LockPanic>{{LockDriver::slot('l'), false}});
  }
}

TEST_CASE("a close of 1.16.0 waits for its turn") {
  LockDriver lock(LockClass::ring_1_16_0);
  lock.arrive('a', 'X');
  lock.close('k');
  REQUIRE(lock.closes_returned().empty());
  REQUIRE(lock.waiting() == "k");
  REQUIRE(lock.arrive('b', 'X') == Admission::re_entered);
  lock.arrive('c', 'Y');
  lock.release('b');
  REQUIRE(lock.release('a').empty());
  REQUIRE(lock.closes_returned() == "k");
  REQUIRE(lock.refused() == "c");
}

TEST_CASE("a close of 1.16.0 whose context is dead does not wait") {
  LockDriver lock(LockClass::ring_1_16_0);
  lock.arrive('a', 'X');
  lock.close('k', true);
  REQUIRE(lock.closes_returned() == "k");
  REQUIRE(lock.cancelled_holders() == "a");
}

TEST_CASE("a waiting close of 1.16.0 that is cancelled closes at once, and evicts the holder") {
  LockDriver lock(LockClass::ring_1_16_0);
  lock.arrive('a', 'X');
  lock.arrive('b', 'Y');
  lock.close('k');
  REQUIRE(lock.cancel('k') == "b");
  REQUIRE(lock.closes_returned() == "k");
  REQUIRE(lock.cancelled_holders() == "ba");
}

TEST_CASE("a call after the close is refused, or goes one of the other ways of 1.16 and later") {
  const auto arrival = [](AfterClose after_close) { return Arrival{Header::absent, kNoId, kNoId, false, after_close}; };
  for (const LockClass lock_class : kCancellingRings) {
    LockDriver idle(lock_class);
    idle.close('k', true);
    const LockStateView closed = idle.state();
    REQUIRE(idle.arrive('a', arrival(AfterClose::refused)) == Admission::refused_closed);
    REQUIRE(idle.arrive('a', arrival(AfterClose::refused_in_queue)) == Admission::refused_closed);
    REQUIRE(idle.state() == closed);
    REQUIRE(idle.arrive('a', arrival(AfterClose::entered)) == Admission::entered);
    REQUIRE(idle.cancelled_holders() == "a");

    LockDriver busy(lock_class);
    busy.arrive('a', 'X');
    busy.close('k', true);
    REQUIRE(busy.arrive('b', arrival(AfterClose::entered)) == Admission::refused_closed);
    REQUIRE(busy.ring() == "?0*");  // the holder's entry is evicted
  }
}
