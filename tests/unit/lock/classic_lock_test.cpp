// The mutex of 1.2 to 1.14, with what is odd about it.
#include "support/catch.h"
#include "unit/lock/lock_driver.h"

using namespace actorsim;
using actorsim::testing::LockDriver;

TEST_CASE("classic refuses a stranger at full depth instead of queueing it") {
  LockDriver lock(LockClass::classic, {true, 2});
  lock.arrive('a', 'X');
  REQUIRE(lock.arrive('b', 'X') == Admission::re_entered);
  REQUIRE(lock.arrive('s', 'Y') == Admission::refused_depth);
}

TEST_CASE("classic with a limit of 1 has no queue, with reentrancy on or off") {
  for (const bool enabled : {true, false}) {
    LockDriver lock(LockClass::classic, {enabled, 1});
    REQUIRE(lock.arrive('a', 'X') == Admission::entered);
    REQUIRE(lock.arrive('b', 'Y') == Admission::refused_depth);
  }
}

TEST_CASE("classic waiters of one chain do not join") {
  LockDriver lock(LockClass::classic);
  lock.arrive('a', 'X');
  lock.arrive('b', 'Y');
  lock.arrive('c', 'Y');
  REQUIRE(lock.release('a') == "b");
  REQUIRE(lock.waiting() == "c");
  REQUIRE(lock.arrive('d', 'Y') == Admission::re_entered);  // a fresh call of the chain overtakes its waiting one
}

TEST_CASE("classic refuses every call at limit 0 and none at a negative limit") {
  LockDriver none(LockClass::classic, {true, 0});
  REQUIRE(none.arrive('a', 'X') == Admission::refused_depth);
  LockDriver unlimited(LockClass::classic, {true, -1});
  for (char call = 'a'; call <= 'z'; ++call) REQUIRE(is_admitted(unlimited.arrive(call, 'X')));
}

TEST_CASE("classic cuts the limit to 32 bits") {
  LockDriver lock(LockClass::classic, {true, std::int64_t{1} << 32});
  REQUIRE(lock.arrive('a', 'X') == Admission::refused_depth);
  LockDriver ring(LockClass::ring_1_18, {true, std::int64_t{1} << 32});
  REQUIRE(ring.arrive('a', 'X') == Admission::entered);
  REQUIRE(ring.arrive('b', 'X') == Admission::re_entered);
}

TEST_CASE("a close passes the classic lock by") {
  LockDriver lock(LockClass::classic);
  lock.arrive('a', 'X');
  lock.arrive('b', 'Y');
  lock.close('k');
  REQUIRE(lock.closes_returned() == "k");
  REQUIRE(lock.waiting() == "b");
  REQUIRE(lock.arrive('c', 'X') == Admission::re_entered);
}
