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

bool Crew::start(std::function<void()> task) {
  std::unique_lock guard(mutex_);
  const auto is_one_free = [this] { return tasks_.size() < idle_; };
  if (threads_.size() >= most_ && !freed_.wait_for(guard, kComingBack, is_one_free)) return false;
  const bool needs_another = !is_one_free();
  tasks_.push_back(std::move(task));
  if (!needs_another) {
    changed_.notify_one();
    return true;
  }
  try {
    threads_.emplace_back([this] { serve(); });
  } catch (const std::system_error&) {
    tasks_.pop_back();
    return false;
  }
  return true;
}

std::size_t Crew::size() const {
  const std::lock_guard guard(mutex_);
  return threads_.size();
}

void Crew::serve() {
  std::unique_lock guard(mutex_);
  for (;;) {
    ++idle_;
    freed_.notify_all();
    changed_.wait(guard, [this] { return is_over_ || !tasks_.empty(); });
    --idle_;
    if (tasks_.empty()) return;
    std::function<void()> task = std::move(tasks_.front());
    tasks_.pop_front();
    guard.unlock();
    task();
    task = nullptr;
    guard.lock();
  }
}

}  // namespace actorsim
