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

/// A task never waits for another one to end, so that tasks may wait for each other. Threads are kept and used again.
/// Thread-safe. The destructor waits for all tasks.
class Crew {
 public:
  explicit Crew(std::size_t most) : most_(most) {}
  ~Crew();

  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// False: all of `most` threads are busy and stay so for a tenth of a second (one that is done takes a moment to come
  /// back), or the system gives no more; nothing was started then. A task must not throw.
  bool start(std::function<void()> task);

  /// How many threads there are, which is the most that were ever busy together.
  std::size_t size() const;

 private:
  void serve();

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;          // there are tasks, or it is over
  std::condition_variable freed_;            // a thread has come back
  std::deque<std::function<void()>> tasks_;  // never more than idle threads, and those that are being made
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool is_over_ = false;
};

}  // namespace actorsim
