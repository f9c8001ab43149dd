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

// Leaves the ring empty with the calls from 'a' on inside: each was evicted by the waiter that came after it.
void evict_holders(LockDriver& lock, int count) {
  lock.arrive('a', 'A');
  for (int i = 1; i <= count; ++i) {
    const auto id = static_cast<char>('A' + i);
    lock.arrive('z', id);
    lock.cancel('z');
    lock.arrive(static_cast<char>('a' + i), id);  // joins the ghost
  }
  lock.release(static_cast<char>('a' + count));
}

// The next so many of them leave, which finds nothing to remove.
void lose_count(LockDriver& lock, char first, int count) {
  for (int i = 0; i < count; ++i) lock.release(static_cast<char>(first + i));
}

// A ring gets its third to tenth slot with its third entry.
void grow_to_ten_slots(LockDriver& lock) {
  for (const char call : {'a', 'b', 'c'}) lock.arrive(call, call);
  for (const char call : {'a', 'b', 'c'}) lock.release(call);
}

// `4 5 6`: where entries are that the ring does not count, in slots behind its front.
std::string strays(LockDriver& lock) {
  std::string text;
  for (const StrayView& stray : lock.state().stray) text += (text.empty() ? "" : " ") + std::to_string(stray.position);
  return text;
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

TEST_CASE("before 1.18 a ring that has lost count gives slots back once more than 16 are free") {
  for (const LockClass lock_class : kRingsThatCanLoseCount) {
    LockDriver ten(lock_class);
    grow_to_ten_slots(ten);
    evict_holders(ten, 6);
    lose_count(ten, 'a', 6);
    REQUIRE(ten.state().length == -6);  // of 10 slots 16 are free
    for (char call = 'k'; call < 'k' + 6; ++call) REQUIRE(ten.arrive(call, call) == Admission::queued);
    REQUIRE(strays(ten) == "4 5 6 7 8 9");

    LockDriver eight(lock_class);
    grow_to_ten_slots(eight);
    evict_holders(eight, 7);
    lose_count(eight, 'a', 7);
    REQUIRE(eight.state().length == -7);  // of 10 slots 17 were free: the other way round the circle 8 are left
    for (char call = 'k'; call < 'k' + 7; ++call) REQUIRE(eight.arrive(call, call) == Admission::queued);
    REQUIRE(strays(eight) == "1 2 3 4 5 6 7");
  }
}

TEST_CASE("before 1.18 the slots that a ring gives back are forgotten with the calls that wait in them") {
  for (const LockClass lock_class : kRingsThatCanLoseCount) {
    LockDriver lock(lock_class);
    grow_to_ten_slots(lock);
    evict_holders(lock, 8);
    lose_count(lock, 'a', 6);
    REQUIRE(lock.arrive('p', 'P') == Admission::queued);
    lose_count(lock, 'g', 1);
    REQUIRE(strays(lock) == "3");
    lose_count(lock, 'h', 1);
    REQUIRE(lock.state().length == -7);
    REQUIRE(strays(lock).empty());
    REQUIRE(lock.waiting() == "p");
  }
}

TEST_CASE("a close lets none of the calls in that it refuses, not even in a ring that has lost count") {
  for (const LockClass lock_class : kRingsThatCanLoseCount) {
    LockDriver lock(lock_class);
    evict_holders(lock, 2);
    lose_count(lock, 'a', 2);
    REQUIRE(lock.arrive('p', 'P') == Admission::queued);
    REQUIRE(lock.arrive('q', 'Q') == Admission::queued);
    REQUIRE(lock.close('k', true).empty());
    REQUIRE(lock.refused() == "pq");
    REQUIRE(lock.inside().empty());
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

TEST_CASE("from 1.16.2 on a close refuses the waiting by their places in the queue, not by when they came") {
  for (const LockClass lock_class : {LockClass::ring_1_16_2, LockClass::ring_1_18}) {
    LockDriver lock(lock_class);
    lock.arrive('a', 'X');
    lock.arrive('b', 'Y');
    lock.arrive('c', 'Z');
    lock.arrive('d', 'Y');
    lock.close('k');
    REQUIRE(lock.refused() == "bdc");
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
