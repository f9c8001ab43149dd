// Threads that work through a queue, and the pattern that every command follows with them: do things side by side, take
// the results in order.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace actorsim {

/// First come, first served. With one job there are no threads: what is submitted runs when its result is asked for, so
/// that one thing is done, and in memory, at a time. What has not begun when the pool ends is dropped.
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
    enqueue([task = std::move(task)] { (*task)(); });
    return result;
  }

 private:
  void enqueue(std::function<void()> task);
  void work();

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

/// Calls `work` for each item on the pool's threads and `take` with each result on this one, in the order of the items.
/// `cost_of(item)` is how many bytes of memory it may take: items begin only as long as their sum is within bounds.
template <typename Item, typename Cost, typename Work, typename Take>
void in_order(WorkerPool& pool, std::vector<Item> items, Cost cost_of, Work work, Take take) {
  constexpr std::size_t kAhead = 16;
  constexpr std::size_t kMostCost = 64U << 20U;
  using Result = std::invoke_result_t<Work&, Item>;
  std::deque<std::pair<std::future<Result>, std::size_t>> running;
  const std::size_t window = pool.is_lazy() ? 1 : kAhead * pool.jobs();
  std::size_t cost = 0;
  for (std::size_t next = 0; next < items.size() || !running.empty();) {
    while (next < items.size() && running.size() < window && (running.empty() || cost < kMostCost)) {
      const std::size_t own = cost_of(items[next]);
      running.emplace_back(
          pool.submit([item = std::move(items[next]), &work]() mutable { return work(std::move(item)); }), own);
      cost += own;
      ++next;
    }
    auto [result, own] = std::move(running.front());
    running.pop_front();
    cost -= own;
    take(result.get());
  }
}

}  // namespace actorsim
