// One queue, one mutex.
#include "cli/cases/worker_pool.h"

#include <system_error>

namespace actorsim {

WorkerPool::WorkerPool(unsigned jobs) : jobs_(jobs) {
  if (jobs <= 1) return;
  threads_.reserve(jobs);
  try {
    for (unsigned i = 0; i < jobs; ++i) threads_.emplace_back([this] { work(); });
  } catch (const std::system_error&) {  // the system has no more of them: those that there are do it all
  } catch (...) {
    end();
    throw;
  }
}

WorkerPool::~WorkerPool() { end(); }

void WorkerPool::end() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
    queue_.clear();
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::run(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(task));
  }
  changed_.notify_one();
}

void WorkerPool::work() {
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return is_over_ || !queue_.empty(); });
      if (is_over_) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    task();
  }
}

}  // namespace actorsim
