// What the documentation promises, and no release keeps.
#include "support/catch.h"
#include "unit/lock/lock_driver.h"

using namespace actorsim;
using actorsim::testing::LockDriver;

TEST_CASE("in docs a refused call leaves nothing behind") {
  LockDriver lock(LockClass::docs, {true, 2});
  lock.arrive('a', 'X');
  lock.arrive('b', 'X');
  REQUIRE(lock.arrive('c', 'X') == Admission::refused_depth);
  REQUIRE(lock.ring() == "X2*");
  lock.arrive('s', 'Y');
  lock.release('b');
  REQUIRE(lock.release('a') == "s");
}

TEST_CASE("in docs a cancelled waiter leaves the queue and nothing else") {
  LockDriver lock(LockClass::docs);
  lock.arrive('a', 'X');
  lock.arrive('b', 'Y');
  lock.arrive('c', 'Z');
  REQUIRE(lock.cancel('b').empty());
  REQUIRE(lock.refused() == "b");
  REQUIRE(lock.ring() == "X1* Z1");
  REQUIRE(lock.arrive('d', 'X') == Admission::re_entered);
  lock.release('d');
  REQUIRE(lock.release('a') == "c");
}

TEST_CASE("in docs one of two waiting calls of a chain may give up") {
  LockDriver lock(LockClass::docs);
  lock.arrive('a', 'X');
  lock.arrive('b', 'Y');
  lock.arrive('c', 'Y');
  lock.cancel('c');
  REQUIRE(lock.ring() == "X1* Y1");
  REQUIRE(lock.release('a') == "b");
}

TEST_CASE("in docs limits below 1 act as 1") {
  for (const std::int64_t limit : {0, -1}) {
    LockDriver lock(LockClass::docs, {true, limit});
    REQUIRE(lock.arrive('a', 'X') == Admission::entered);
    REQUIRE(lock.arrive('b', 'X') == Admission::refused_depth);
  }
}

TEST_CASE("in docs a close leaves an empty queue once the calls inside have left") {
  LockDriver lock(LockClass::docs);
  lock.arrive('a', 'X');
  lock.arrive('b', 'Y');
  lock.arrive('c', 'Z');
  lock.close('k');
  REQUIRE(lock.refused() == "bc");
  REQUIRE(lock.reason() == Admission::refused_closed);
  REQUIRE(lock.cancelled_holders() == "a");
  REQUIRE(lock.closes_returned() == "k");
  REQUIRE(lock.arrive('d', 'X') == Admission::refused_closed);
  REQUIRE(lock.ring() == "X1*");
  REQUIRE(lock.release('a').empty());
  REQUIRE(lock.ring().empty());
  lock.close('l');
  REQUIRE(lock.closes_returned() == "l");
}
