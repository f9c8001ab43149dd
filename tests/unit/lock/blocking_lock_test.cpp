// The lock between real threads. A thread that should wait is known to wait because the lock says so, never because
// time has passed.
#include "actorsim/lock/blocking_lock.h"

#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.h"

using namespace actorsim;

namespace {

const LockConfig kOn{true, 32};

Arrival with_id(ReentrancyId id) { return {Header::present, id, kNoId, false, {}}; }

void await_waiting(const BlockingLock& lock, std::size_t count) {
  while (lock.waiting() != count) std::this_thread::yield();
}

// What `enter` answered in a thread of its own.
class Enterer {
 public:
  Enterer(BlockingLock& lock, ReentrancyId id) : Enterer(lock, id, {}) {}
  Enterer(BlockingLock& lock, ReentrancyId id, std::stop_token stop)
      : thread_([this, &lock, id, stop] { turn_.emplace(lock.enter(with_id(id), stop)); }) {}

  tl::expected<BlockingLock::Turn, Admission>& join() {
    thread_.join();
    return *turn_;
  }

 private:
  std::optional<tl::expected<BlockingLock::Turn, Admission>> turn_;
  std::thread thread_;
};

}  // namespace

TEST_CASE("between threads one chain at a time is inside") {
  for (const LockClass lock_class :
       {LockClass::classic, LockClass::ring_1_15, LockClass::ring_1_16_0, LockClass::ring_1_18, LockClass::docs}) {
    constexpr int kThreads = 4;
    constexpr int kTurns = 500;
    BlockingLock lock(rules_for(lock_class), kOn);
    FreshIds ids;
    int counter = 0;  // unguarded but for the lock
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        for (int turn_number = 0; turn_number < kTurns; ++turn_number) {
          const auto turn = lock.enter({Header::absent, kNoId, ids.next(), false, {}});
          ++counter;
          const auto nested = lock.enter(with_id(turn->header()));
          if (nested && nested->has_re_entered()) ++counter;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    REQUIRE(counter == 2 * kThreads * kTurns);
  }
}

TEST_CASE("threads enter in the order in which they came") {
  for (const LockClass lock_class : {LockClass::classic, LockClass::ring_1_18, LockClass::docs}) {
    BlockingLock lock(rules_for(lock_class), kOn);
    std::vector<int> order;
    std::vector<std::thread> threads;
    {
      const auto holder = lock.enter(with_id(100));
      for (int i = 0; i < 5; ++i) {
        threads.emplace_back([&lock, &order, i] {
          const auto turn = lock.enter(with_id(static_cast<ReentrancyId>(i + 1)));
          order.push_back(i);
        });
        await_waiting(lock, static_cast<std::size_t>(i) + 1);
      }
    }
    for (std::thread& thread : threads) thread.join();
    REQUIRE(order == std::vector<int>{0, 1, 2, 3, 4});
  }
}

TEST_CASE("a call of the chain inside enters from another thread") {
  BlockingLock lock(rules_for(kDocs), kOn);
  const auto turn = lock.enter(with_id(1));
  Enterer nested(lock, 1);
  const auto& result = nested.join();
  REQUIRE(result.has_value());
  REQUIRE(result->has_re_entered());
  REQUIRE_FALSE(turn->has_re_entered());
}

TEST_CASE("a turn that is moved is released once") {
  BlockingLock lock(rules_for(kDocs), kOn);
  auto turn = lock.enter(with_id(1));
  BlockingLock::Turn moved = std::move(*turn);
  Enterer other(lock, 2);
  await_waiting(lock, 1);
  {
    const BlockingLock::Turn last = std::move(moved);
    REQUIRE(lock.waiting() == 1);
  }
  REQUIRE(other.join().has_value());
}

TEST_CASE("a turn that another one takes the place of is released") {
  BlockingLock first(rules_for(kDocs), kOn);
  BlockingLock second(rules_for(kDocs), kOn);
  auto turn = first.enter(with_id(1));
  auto other = second.enter(with_id(2));
  Enterer waits(first, 3);
  await_waiting(first, 1);
  *turn = std::move(*other);
  REQUIRE(waits.join().has_value());
  REQUIRE(turn->header() == 2);
  Enterer waits_too(second, 4);
  await_waiting(second, 1);  // the second lock is held by what was moved
  *other = std::move(*turn);
  REQUIRE(second.waiting() == 1);
  other = tl::unexpected(Admission::refused_closed);
  REQUIRE(waits_too.join().has_value());
}

TEST_CASE("a turn that is assigned to itself stays inside") {
  BlockingLock lock(rules_for(kDocs), kOn);
  auto turn = lock.enter(with_id(1));
  BlockingLock::Turn& same = *turn;
  *turn = std::move(same);
  REQUIRE(turn->header() == 1);
  Enterer other(lock, 2);
  await_waiting(lock, 1);
  turn = tl::unexpected(Admission::refused_closed);
  REQUIRE(other.join().has_value());
}

TEST_CASE("the depth limit refuses at once") {
  BlockingLock lock(rules_for(kDocs), {true, 1});
  const auto turn = lock.enter(with_id(1));
  const auto nested = lock.enter(with_id(1));
  REQUIRE_FALSE(nested.has_value());
  REQUIRE(nested.error() == Admission::refused_depth);
}

TEST_CASE("a stopped thread leaves the queue with an error from 1.16 on") {
  for (const LockClass lock_class : {LockClass::ring_1_16_2, LockClass::ring_1_18, LockClass::docs}) {
    BlockingLock lock(rules_for(lock_class), kOn);
    const auto holder = lock.enter(with_id(1));
    std::stop_source stop;
    Enterer waiter(lock, 2, stop.get_token());
    await_waiting(lock, 1);
    stop.request_stop();
    const auto& result = waiter.join();
    REQUIRE_FALSE(result.has_value());
    REQUIRE(result.error() == Admission::refused_cancelled);
    REQUIRE(lock.waiting() == 0);
  }
}

TEST_CASE("a thread that was stopped before it came is refused from 1.16 on") {
  std::stop_source stop;
  stop.request_stop();
  BlockingLock ring(rules_for(LockClass::ring_1_18), kOn);
  REQUIRE(ring.enter(with_id(1), stop.get_token()).error() == Admission::refused_cancelled);
  Arrival dead = with_id(1);
  dead.given_up = true;
  REQUIRE(ring.enter(dead).error() == Admission::refused_cancelled);
  BlockingLock classic(rules_for(LockClass::classic), kOn);
  REQUIRE(classic.enter(with_id(1), stop.get_token()).has_value());
}

TEST_CASE("before 1.16 a stopped thread waits on for its turn") {
  for (const LockClass lock_class : {LockClass::classic, LockClass::ring_1_15}) {
    BlockingLock lock(rules_for(lock_class), kOn);
    auto holder = std::make_optional(lock.enter(with_id(1)));
    std::stop_source stop;
    Enterer waiter(lock, 2, stop.get_token());
    await_waiting(lock, 1);
    stop.request_stop();
    REQUIRE(lock.waiting() == 1);
    holder.reset();
    REQUIRE(waiter.join().has_value());
  }
}

// Stops a thread at the moment at which somebody leaves: after the lock has let the thread in, before it can know.
class StopOnRelease : public LockWatch {
 public:
  explicit StopOnRelease(std::stop_source stop) : stop_(std::move(stop)) {}
  ~StopOnRelease() override {
    if (stopper_.joinable()) stopper_.join();
  }

  void happened(const LockEvent& event) override {
    if (event.kind != LockEvent::Kind::release || stopper_.joinable()) return;
    stopper_ = std::thread([this] { stop_.request_stop(); });
    while (!stop_.stop_requested()) std::this_thread::yield();
  }

 private:
  std::stop_source stop_;
  std::thread stopper_;
};

TEST_CASE("a thread that is stopped when its turn has just come has its turn") {
  for (const LockClass lock_class : {LockClass::ring_1_16_2, LockClass::ring_1_18, LockClass::docs}) {
    std::stop_source stop;
    StopOnRelease watch(stop);
    BlockingLock lock(rules_for(lock_class), kOn, &watch);
    auto holder = std::make_optional(lock.enter(with_id(1)));
    Enterer waiter(lock, 2, stop.get_token());
    await_waiting(lock, 1);
    holder.reset();
    REQUIRE(waiter.join().has_value());
    REQUIRE(stop.stop_requested());
  }
}

TEST_CASE("a lock that is broken up is not closed any more, and nobody waits for that") {
  BlockingLock lock(rules_for(LockClass::ring_1_16_0), kOn);
  const auto holder = lock.enter(with_id(1));
  lock.break_up();
  lock.close();  // would wait for its turn
  REQUIRE_FALSE(holder->is_cancelled());
}

TEST_CASE("a close of 1.16.0 that waits when its lock is broken up returns") {
  BlockingLock lock(rules_for(LockClass::ring_1_16_0), kOn);
  const auto holder = lock.enter(with_id(1));
  std::thread closer([&lock] { lock.close(); });
  await_waiting(lock, 1);
  lock.break_up();
  closer.join();
  REQUIRE(lock.waiting() == 0);
}

TEST_CASE("a cancelled waiter of 1.18 lets the next thread in beside the holder") {
  BlockingLock lock(rules_for(LockClass::ring_1_18), kOn);
  const auto holder = lock.enter(with_id(1));
  Enterer next(lock, 2);
  await_waiting(lock, 1);
  std::stop_source stop;
  Enterer impatient(lock, 3, stop.get_token());
  await_waiting(lock, 2);
  stop.request_stop();
  REQUIRE_FALSE(impatient.join().has_value());
  REQUIRE(next.join().has_value());  // while the holder is inside
}

TEST_CASE("a close wakes the waiting threads and cancels the turns inside") {
  BlockingLock lock(rules_for(kDocs), kOn);
  const auto turn = lock.enter(with_id(1));
  Enterer first(lock, 2);
  await_waiting(lock, 1);
  Enterer second(lock, 3);
  await_waiting(lock, 2);
  REQUIRE_FALSE(turn->is_cancelled());
  lock.close();
  REQUIRE(first.join().error() == Admission::refused_closed);
  REQUIRE(second.join().error() == Admission::refused_closed);
  REQUIRE(turn->is_cancelled());
  REQUIRE(lock.enter(with_id(4)).error() == Admission::refused_closed);
  lock.close();  // a second time: nothing
}

TEST_CASE("a close of 1.16.0 returns when its turn has come") {
  BlockingLock lock(rules_for(LockClass::ring_1_16_0), kOn);
  auto holder = std::make_optional(lock.enter(with_id(1)));
  std::thread closer([&lock] { lock.close(); });
  await_waiting(lock, 1);
  Enterer behind(lock, 2);
  await_waiting(lock, 2);
  holder.reset();
  closer.join();
  REQUIRE(behind.join().error() == Admission::refused_closed);
}

TEST_CASE("a waiting close of 1.16.0 that is stopped closes at once") {
  BlockingLock lock(rules_for(LockClass::ring_1_16_0), kOn);
  const auto holder = lock.enter(with_id(1));
  std::stop_source stop;
  std::thread closer([&lock, token = stop.get_token()] { lock.close(token); });
  await_waiting(lock, 1);
  stop.request_stop();
  closer.join();
  REQUIRE(holder->is_cancelled());
}

TEST_CASE("threads that give up at random never break exclusion in docs") {
  constexpr int kThreads = 4;
  constexpr int kTurns = 300;
  BlockingLock lock(rules_for(kDocs), kOn);
  int inside = 0;  // unguarded but for the lock
  bool broken = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      for (int turn_number = 0; turn_number < kTurns; ++turn_number) {
        std::stop_source stop;
        std::thread stopper;
        if (turn_number % 3 == i % 3) stopper = std::thread([&stop] { stop.request_stop(); });
        {
          const auto turn = lock.enter(with_id(static_cast<ReentrancyId>(i + 1)), stop.get_token());
          if (turn) {
            if (++inside != 1) broken = true;
            --inside;
          }
        }
        if (stopper.joinable()) stopper.join();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  REQUIRE_FALSE(broken);
  REQUIRE(lock.waiting() == 0);
}
