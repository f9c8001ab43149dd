// Who can still move: the count by which a deadlock is seen the moment it is complete, without waiting for it.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace actorsim {

/// Counts threads of control that can go on by themselves. One that begins to wait for another is taken off by itself;
/// whoever lets it go on adds it again *before* taking itself off. So the count is 0 only if nobody will ever move
/// again. Thread-safe.
class Stillness {
 public:
  void more(std::int64_t count) { moving_.fetch_add(count, std::memory_order_acq_rel); }
  void less() {
    if (moving_.fetch_sub(1, std::memory_order_acq_rel) == 1) tell();
  }

  /// A task is handed to a thread, and comes to its end; it counts as moving in between.
  void task_begins() {
    tasks_.fetch_add(1, std::memory_order_acq_rel);
    more(1);
  }
  void task_ends() {
    const bool was_last = tasks_.fetch_sub(1, std::memory_order_acq_rel) == 1;
    step();
    less();
    if (was_last) tell();
  }

  /// Something was done: whoever looks on can tell slow from stuck.
  void step() { steps_.fetch_add(1, std::memory_order_relaxed); }
  std::uint64_t steps() const { return steps_.load(std::memory_order_relaxed); }

  bool has_tasks() const { return tasks_.load(std::memory_order_acquire) > 0; }

  /// Waits until nobody moves; until there is no task. False: it took longer than `most`.
  bool wait_until_still(std::chrono::milliseconds most) {
    std::unique_lock guard(mutex_);
    return changed_.wait_for(guard, most, [this] { return moving_.load(std::memory_order_acquire) == 0; });
  }
  bool wait_until_over(std::chrono::milliseconds most) {
    std::unique_lock guard(mutex_);
    return changed_.wait_for(guard, most, [this] { return !has_tasks(); });
  }

 private:
  void tell() {
    const std::lock_guard guard(mutex_);
    changed_.notify_all();
  }

  std::atomic<std::int64_t> moving_ = 0, tasks_ = 0;
  std::atomic<std::uint64_t> steps_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace actorsim
