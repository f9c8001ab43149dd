// The lock machine between real threads: one actor's lock under a mutex, with a condition variable for each call that
// waits.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>
#include <stop_token>
#include <tl/expected.hpp>
#include <vector>

#include "actorsim/lock/actor_lock.h"
#include "actorsim/lock/lock_log.h"

namespace actorsim {

/// Ids for calls that carry none: each different from all others of this source. One source serves all locks between
/// which ids are handed on. Thread-safe. Ids that come from elsewhere must be below `kFirstFreshId`.
class FreshIds {
 public:
  static constexpr ReentrancyId kFirstFreshId = 0x8000'0000U;

  ReentrancyId next() { return next_.fetch_add(1, std::memory_order_relaxed); }

 private:
  std::atomic<ReentrancyId> next_ = kFirstFreshId;
};

/// One actor's lock for threads, with every rule and every defect of its release: a thread may wait for ever where the
/// original would.
///
/// Thread-safe. Threads are admitted in the machine's order, whichever of them wakes first. It must outlive all of its
/// turns, and every `enter` and `close` must have returned before it is destroyed. What panics in the original changes
/// nothing here. Cost: a mutex around each operation of the machine; a waiting thread sleeps on its own condition
/// variable.
///
/// Where memory runs out in the middle of an operation, the lock is broken up, because nobody knows how much of it has
/// been done: whoever waits is refused, and std::bad_alloc comes out of the operation. The end of a turn and a
/// cancellation throw nothing; it comes out of every later `enter` and `close` then.
class BlockingLock {
 public:
  /// A call inside. Leaves when it is destroyed.
  class Turn {
   public:
    Turn(Turn&& other) noexcept;
    Turn& operator=(Turn&& other) noexcept;
    ~Turn();

    /// The id that the application sees and may hand on to calls of its chain; kNoId: none.
    ReentrancyId header() const { return header_; }

    /// Did it enter at once beside a call of its own chain?
    bool has_re_entered() const { return re_entered_; }

    /// Has a close cancelled its request? (1.16 and later; the turn stays until released.)
    bool is_cancelled() const;

   private:
    friend class BlockingLock;
    Turn(BlockingLock& lock, CallSlot call, const ArrivalResult& arrived)
        : lock_(&lock),
          call_(call),
          header_(arrived.header_seen),
          re_entered_(arrived.admission == Admission::re_entered) {}

    BlockingLock* lock_;
    CallSlot call_;
    ReentrancyId header_;
    bool re_entered_;
  };

  /// `watch` (may be null, must outlive the lock) is told of every operation.
  BlockingLock(const LockRules& rules, const LockConfig& config, LockWatch* watch = nullptr);
  BlockingLock(const BlockingLock&) = delete;
  BlockingLock& operator=(const BlockingLock&) = delete;

  /// Waits for a turn. Refused with one of the refused_… admissions; where the release notices cancelled requests,
  /// also when `stop` is requested before the turn comes. `caller` is for the watch: who asks.
  tl::expected<Turn, Admission> enter(const Arrival& arrival, std::stop_token stop = {}, std::uint32_t caller = 0);

  /// Closes the lock. In 1.16.0 and 1.16.1 waits for its turn first, until `stop` is requested.
  void close(std::stop_token stop = {});

  /// Ends every wait, now and later, whatever the release would do: who waits or comes is refused with
  /// refused_cancelled. Turns may still end; they let nobody in. For whoever gives up on a deadlock.
  void break_up();

  /// How many calls wait at this moment. For tests and displays.
  std::size_t waiting() const;

 private:
  enum class Progress : std::uint8_t { waiting, done, refused };

  struct Waiter {
    std::condition_variable wake;
    Progress progress = Progress::waiting;
    Admission reason = Admission::entered;  // where refused
    bool cancelled = false;
    bool waits = false;  // its thread is on its way into the wait, or in it
  };

  void leave(CallSlot call) noexcept;
  void cancel(CallSlot call) noexcept;
  template <typename Operation>
  bool is_done(const Operation& operation) noexcept;
  void break_down(std::exception_ptr why) noexcept;
  void tell(LockEvent::Kind kind, CallSlot call);
  CallSlot take_slot();
  void wait(CallSlot call, const std::stop_token& stop, std::unique_lock<std::mutex>& guard);
  [[nodiscard]] std::condition_variable* apply_effects();

  mutable std::mutex mutex_;
  ActorLock lock_;
  LockWatch* watch_;
  bool is_broken_up_ = false;
  std::exception_ptr why_;  // an operation that was not done to its end has broken it up
  LockEffects effects_;
  std::deque<Waiter> waiters_;  // by slot; a deque, because condition variables do not move
  std::vector<CallSlot> free_slots_;
  std::size_t waiting_ = 0;
};

}  // namespace actorsim
