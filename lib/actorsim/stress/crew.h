// Threads on demand: each task gets one of its own at once, or is not taken.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace actorsim {

/// A task never waits for another one's thread, so that tasks may wait for each other. Threads are kept and used again.
/// Thread-safe. The destructor waits for all tasks.
class Crew {
 public:
  explicit Crew(std::size_t most) : most_(most) {}
  ~Crew();

  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// False: all of `most` threads are busy, or the system gives no more; nothing was started. A task must not throw.
  bool start(std::function<void()> task);

  /// How many threads there are, which is the most that were ever busy together.
  std::size_t size() const;

 private:
  void serve();

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;  // never more than idle threads, and those that are being made
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool is_over_ = false;
};

}  // namespace actorsim
