// What the locks of all releases have in common, and the ids that they go by.
#include "support/catch.h"
#include "unit/lock/lock_driver.h"

using namespace actorsim;
using actorsim::testing::LockDriver;

namespace {

std::vector<LockClass> every_class() {
  std::vector<LockClass> result;
  for (std::size_t i = 0; i < kLockClassCount; ++i) result.push_back(static_cast<LockClass>(i));
  return result;
}

Arrival with(Header header) { return Arrival{header, kNoId, kNoId, false, {}}; }

}  // namespace

TEST_CASE("a queued chain starts when the holder leaves") {
  for (const LockClass lock_class : every_class()) {
    INFO(to_word(lock_class));
    LockDriver lock(lock_class);
    REQUIRE(lock.arrive('a', 'X') == Admission::entered);
    REQUIRE(lock.arrive('b', 'Y') == Admission::queued);
    REQUIRE(lock.arrive('c', 'Z') == Admission::queued);
    REQUIRE(lock.release('a') == "b");
    REQUIRE(lock.release('b') == "c");
    REQUIRE(lock.release('c').empty());
    REQUIRE(lock.inside().empty());
  }
}

TEST_CASE("a call of the chain inside re-enters, and the lock is free only when all of it has left") {
  for (const LockClass lock_class : every_class()) {
    INFO(to_word(lock_class));
    LockDriver lock(lock_class);
    lock.arrive('a', 'X');
    REQUIRE(lock.arrive('b', 'X') == Admission::re_entered);
    REQUIRE(lock.last().depth == 2);
    REQUIRE(lock.arrive('c', 'Y') == Admission::queued);
    REQUIRE(lock.can_move_queue('a'));
    REQUIRE(lock.release('a').empty());  // the parent first: the lock stays with the child
    REQUIRE(lock.inside() == "b");
    REQUIRE(lock.release('b') == "c");
  }
}

TEST_CASE("with reentrancy off every call waits for the one inside") {
  for (const LockClass lock_class : every_class()) {
    INFO(to_word(lock_class));
    LockDriver lock(lock_class, {false, 32});
    REQUIRE(lock.arrive('a', 'X') == Admission::entered);
    REQUIRE(lock.arrive('b', 'X') == Admission::queued);
    REQUIRE(lock.last().lock_id == kNoId);
    REQUIRE(lock.release('a') == "b");
  }
}

TEST_CASE("two calls without a header are strangers") {
  for (const LockClass lock_class : every_class()) {
    INFO(to_word(lock_class));
    LockDriver lock(lock_class);
    REQUIRE(lock.arrive('a') == Admission::entered);
    REQUIRE(lock.arrive('b') == Admission::queued);
  }
}

TEST_CASE("a generated id is seen by the application and lets its chain re-enter") {
  for (const LockClass lock_class : every_class()) {
    INFO(to_word(lock_class));
    LockDriver lock(lock_class);
    lock.arrive('a');
    REQUIRE(lock.last().header_seen == lock.last_fresh());
    REQUIRE(lock.last().lock_id == lock.last_fresh());
    const Arrival handed_on{Header::present, lock.last().header_seen, kNoId, false, {}};
    REQUIRE(lock.arrive('b', handed_on) == Admission::re_entered);
  }
}

TEST_CASE("with reentrancy off only 1.2 and 1.15.0 generate a header, and all pass on what they got") {
  for (const LockClass lock_class : every_class()) {
    INFO(to_word(lock_class));
    LockDriver lock(lock_class, {false, 32});
    lock.arrive('a');
    const bool generates = lock_class == LockClass::classic_uuid || lock_class == LockClass::ring_1_15_0;
    REQUIRE(lock.last().header_seen == (generates ? lock.last_fresh() : kNoId));
    lock.arrive('b', 'X');
    REQUIRE(lock.last().header_seen == LockDriver::id_of('X'));
  }
}

TEST_CASE("a header without values counts as none, and classic does not overwrite it") {
  for (const LockClass lock_class : every_class()) {
    INFO(to_word(lock_class));
    LockDriver lock(lock_class);
    REQUIRE(lock.arrive('a', with(Header::without_values)) == Admission::entered);
    const bool is_classic = !rules_for(lock_class).queues_entries;
    REQUIRE(lock.last().header_seen == (is_classic ? kNoId : lock.last_fresh()));
    REQUIRE(lock.last().lock_id == lock.last().header_seen);
    REQUIRE(lock.arrive('b', with(Header::without_values)) == Admission::queued);
  }
}

TEST_CASE("a call without a request is anonymous in the rings and an ordinary call elsewhere") {
  for (const LockClass lock_class : every_class()) {
    INFO(to_word(lock_class));
    LockDriver lock(lock_class);
    REQUIRE(lock.arrive('a', with(Header::no_request)) == Admission::entered);
    const bool is_anonymous = rules_for(lock_class).no_request_is_anonymous;
    REQUIRE(is_anonymous == (rules_for(lock_class).queues_entries && lock_class != LockClass::docs));
    REQUIRE(lock.last().lock_id == (is_anonymous ? kNoId : lock.last_fresh()));
    REQUIRE(lock.last().header_seen == (is_anonymous ? kNoId : lock.last_fresh()));
  }
}

TEST_CASE("a refused call is neither inside nor waiting and may arrive again") {
  for (const LockClass lock_class : every_class()) {
    INFO(to_word(lock_class));
    LockDriver lock(lock_class, {true, 1});
    lock.arrive('a', 'X');
    REQUIRE(lock.arrive('b', 'X') == Admission::refused_depth);
    REQUIRE(lock.last().depth == 0);
    REQUIRE(lock.inside() == "a");
    REQUIRE(lock.waiting().empty());
    REQUIRE(lock.arrive('b', 'X') == Admission::refused_depth);
  }
}

TEST_CASE("a limit of N lets N calls of a chain in and refuses the next") {
  for (const LockClass lock_class : every_class()) {
    INFO(to_word(lock_class));
    LockDriver lock(lock_class, {true, 3});
    lock.arrive('a', 'X');
    REQUIRE(lock.arrive('b', 'X') == Admission::re_entered);
    REQUIRE(lock.arrive('c', 'X') == Admission::re_entered);
    REQUIRE(lock.arrive('d', 'X') == Admission::refused_depth);
  }
}

TEST_CASE("before 1.16 nobody notices a cancelled request") {
  for (const LockClass lock_class : every_class()) {
    if (rules_for(lock_class).notices_cancellation) continue;
    INFO(to_word(lock_class));
    LockDriver lock(lock_class);
    Arrival given_up = with(Header::absent);
    given_up.given_up = true;
    REQUIRE(lock.arrive('a', given_up) == Admission::entered);
    lock.arrive('b', 'Y');
    lock.cancel('a');
    lock.cancel('b');
    REQUIRE(lock.cancelled_holders().empty());
    REQUIRE(lock.waiting() == "b");
    REQUIRE(lock.release('a') == "b");
  }
}

TEST_CASE("from 1.16 on a call whose request is dead on arrival is refused and changes nothing") {
  for (const LockClass lock_class : every_class()) {
    if (!rules_for(lock_class).notices_cancellation) continue;
    INFO(to_word(lock_class));
    LockDriver lock(lock_class);
    lock.arrive('a', 'X');
    const LockStateView before = lock.state();
    REQUIRE(lock.arrive('b', Arrival{Header::present, LockDriver::id_of('X'), kNoId, true, {}}) ==
            Admission::refused_cancelled);
    REQUIRE(lock.state() == before);
  }
}

TEST_CASE("the cancellation of a call inside is reported once and the call stays") {
  for (const LockClass lock_class : every_class()) {
    if (!rules_for(lock_class).notices_cancellation) continue;
    INFO(to_word(lock_class));
    LockDriver lock(lock_class);
    lock.arrive('a', 'X');
    lock.cancel('a');
    REQUIRE(lock.cancelled_holders() == "a");
    lock.cancel('a');
    REQUIRE(lock.cancelled_holders().empty());
    REQUIRE(lock.inside() == "a");
  }
}
