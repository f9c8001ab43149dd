// Threads on demand: each task gets one of its own at once, or is not taken.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
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

  enum class Start : std::uint8_t {
    begun,
    all_busy,  ///< all of `most` threads, and they stay so for a tenth of a second (one that is done takes a moment to
               ///< come back)
    none_to_have  ///< the same, and the system gives no more of them, although `most` would allow it
  };
  /// Nothing was started, unless it has begun, also where it throws (std::bad_alloc). A task must not throw.
  Start start(std::function<void()> task);

  std::size_t most() const { return most_; }

  /// How many threads there are, which is the most that were ever busy together.
  std::size_t size() const;

 private:
  bool is_one_free() const { return tasks_.size() < idle_; }
  bool add_thread();
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
