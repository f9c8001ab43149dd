// A queue that is never longer than the number of threads that wait for it.
#include "actorsim/stress/crew.h"

#include <chrono>
#include <system_error>
#include <utility>

namespace actorsim {
namespace {

constexpr std::chrono::milliseconds kComingBack{100};

}  // namespace

Crew::~Crew() {
  {
    const std::lock_guard guard(mutex_);
    is_over_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

Crew::Start Crew::start(std::function<void()> task) {
  std::unique_lock guard(mutex_);
  const auto comes_back = [&] { return freed_.wait_for(guard, kComingBack, [this] { return is_one_free(); }); };
  const bool is_full = threads_.size() >= most_;
  if (is_full && !comes_back()) return Start::all_busy;
  // The thread first: it waits for the mutex, and then for the task.
  if (!is_one_free() && !add_thread() && !comes_back()) return Start::none_to_have;
  tasks_.push_back(std::move(task));
  changed_.notify_one();
  return Start::begun;
}

// False: the system has no more. Counts as idle at once, so that nobody else gets it.
bool Crew::add_thread() {
  try {
    threads_.emplace_back([this] { serve(); });
  } catch (const std::system_error&) {
    return false;
  }
  ++idle_;
  return true;
}

std::size_t Crew::size() const {
  const std::lock_guard guard(mutex_);
  return threads_.size();
}

void Crew::serve() {
  std::unique_lock guard(mutex_);
  for (;;) {
    changed_.wait(guard, [this] { return is_over_ || !tasks_.empty(); });
    --idle_;
    if (tasks_.empty()) return;
    std::function<void()> task = std::move(tasks_.front());
    tasks_.pop_front();
    guard.unlock();
    task();
    task = nullptr;
    guard.lock();
    ++idle_;
    freed_.notify_all();
  }
}

}  // namespace actorsim
