// Threads that work through a queue, and the pattern that every command follows with them: do things side by side, take
// the results in order.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace actorsim {

/// First come, first served. With one job there are no threads: what is submitted runs when its result is asked for, so
/// that one thing is done, and in memory, at a time. Where the system has fewer threads to give, there are fewer. What
/// has not begun when the pool ends is dropped. Where memory is short, std::bad_alloc is thrown, and nothing was begun.
class WorkerPool {
 public:
  explicit WorkerPool(unsigned jobs);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  unsigned jobs() const { return jobs_; }
  bool is_lazy() const { return threads_.empty(); }

  /// What `work` throws is thrown where its result is asked for.
  template <typename Work>
  auto submit(Work work) -> std::future<std::invoke_result_t<Work&>> {
    if (is_lazy()) return std::async(std::launch::deferred, std::move(work));
    auto task = std::make_shared<std::packaged_task<std::invoke_result_t<Work&>()>>(std::move(work));
    auto result = task->get_future();
    run([task = std::move(task)] { (*task)(); });
    return result;
  }

  /// The same without a result, for pools with threads.
  void run(std::function<void()> task);

 private:
  void work();
  void end();

  const unsigned jobs_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
  bool is_over_ = false;
  std::vector<std::thread> threads_;
};

/// Can its result be taken without waiting for another thread?
template <typename Result>
bool is_ready(const std::future<Result>& future) {
  return future.wait_for(std::chrono::seconds(0)) != std::future_status::timeout;
}

/// Does things on the pool's threads and takes their results on this one, in the order in which they were pushed. How
/// far it runs ahead is bounded by what has not been done, not by what has not been taken: one that takes long delays
/// the taking of others, but not their doing.
template <typename Item, typename Result>
class InOrder {
 public:
  using Work = std::function<Result(Item)>;
  using Take = std::function<void(Result)>;

  InOrder(WorkerPool& pool, Work work, Take take)
      : pool_(pool), work_(std::move(work)), take_(std::move(take)), most_(kAhead * pool.jobs()) {}
  /// Results that were not taken are dropped.
  ~InOrder() {
    is_over_ = true;
    wait_for(0);
  }
  InOrder(const InOrder&) = delete;
  InOrder& operator=(const InOrder&) = delete;

  /// `cost`: how many bytes of memory it takes until it is taken, about.
  void push(Item item, std::size_t cost) {
    while (!slots_.empty() && (pool_.is_lazy() || cost_ >= kMostCost)) take_first();
    if (left_ >= most_) wait_for(most_ / 2);  // waking up for each would cost more than a small one takes
    while (!slots_.empty() && slots_.front()->is_done) take_first();
    Slot& slot = *slots_.emplace_back(std::make_unique<Slot>());
    slot.item.emplace(std::move(item));
    slot.cost = cost;
    cost_ += cost;
    if (pool_.is_lazy()) return;
    ++left_;
    try {
      pool_.run([this, &slot] { fill(slot); });
    } catch (...) {  // nobody would ever be done with it
      --left_;
      slots_.pop_back();
      cost_ -= cost;
      throw;
    }
  }

  void finish() {
    while (!slots_.empty()) take_first();
  }

 private:
  static constexpr std::size_t kAhead = 64;
  static constexpr std::size_t kMostCost = 64U << 20U;

  struct Slot {
    std::optional<Item> item;
    std::optional<Result> result;
    std::exception_ptr bug;
    std::size_t cost = 0;
    std::atomic<bool> is_done = false;
  };

  // On any thread. A future would do as well, with a call of the kernel for each.
  void fill(Slot& slot) {
    try {
      if (!is_over_) slot.result.emplace(work_(std::move(*slot.item)));
    } catch (...) {
      slot.bug = std::current_exception();
    }
    if (pool_.is_lazy()) return;
    const std::lock_guard lock(mutex_);
    slot.is_done = true;
    if (--left_ <= wanted_left_ || is_waiting_for_first_) changed_.notify_one();
  }

  void wait_for(std::size_t wanted_left) {
    std::unique_lock lock(mutex_);
    wanted_left_ = wanted_left;
    changed_.wait(lock, [&] { return left_ <= wanted_left; });
    wanted_left_ = 0;
  }

  void take_first() {
    const std::unique_ptr<Slot> slot = std::move(slots_.front());
    if (pool_.is_lazy()) {
      slots_.pop_front();
      fill(*slot);
    } else {
      std::unique_lock lock(mutex_);
      is_waiting_for_first_ = true;
      changed_.wait(lock, [&] { return slot->is_done.load(); });
      is_waiting_for_first_ = false;
      slots_.pop_front();
    }
    cost_ -= slot->cost;
    if (slot->bug) std::rethrow_exception(slot->bug);
    take_(std::move(*slot->result));
  }

  WorkerPool& pool_;
  const Work work_;
  const Take take_;
  const std::size_t most_;
  std::size_t cost_ = 0;
  std::deque<std::unique_ptr<Slot>> slots_;
  std::atomic<bool> is_over_ = false;
  std::atomic<std::size_t> left_ = 0;  // begun or waiting
  std::size_t wanted_left_ = 0;
  bool is_waiting_for_first_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace actorsim
