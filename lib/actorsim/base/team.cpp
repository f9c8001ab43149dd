// A round begins when its number changes and ends when nobody is at work.
#include "actorsim/base/team.h"

#include <system_error>

namespace actorsim {
namespace {

constexpr int kLooks = 2'000;  // before a thread goes to sleep: some microseconds

// Returns when the value is another, which it says.
std::uint32_t wait_while(const std::atomic<std::uint32_t>& value, std::uint32_t is) {
  for (int i = 0; i < kLooks; ++i) {
    const std::uint32_t now = value.load(std::memory_order_acquire);
    if (now != is) return now;
  }
  value.wait(is, std::memory_order_acquire);
  return value.load(std::memory_order_acquire);
}

}  // namespace

Team::Team(std::size_t size) : errors_(size) {
  try {
    for (std::size_t number = 1; number < size; ++number) others_.emplace_back([this, number] { serve(number); });
  } catch (const std::system_error&) {  // no more of them: run() does without
  } catch (...) {
    end();
    throw;
  }
}

Team::~Team() { end(); }

void Team::end() {
  work_ = nullptr;
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  for (std::thread& other : others_) other.join();
}

void Team::run(const std::function<void(std::size_t)>& work) {
  for (std::exception_ptr& error : errors_) error = nullptr;
  work_ = &work;
  at_work_.store(static_cast<std::uint32_t>(others_.size()), std::memory_order_relaxed);
  if (!others_.empty()) {
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
  }
  guarded(0);
  for (std::size_t number = others_.size() + 1; number < size(); ++number) guarded(number);
  for (std::uint32_t left = at_work_.load(std::memory_order_acquire); left > 0;) left = wait_while(at_work_, left);
  for (const std::exception_ptr& error : errors_) {
    if (error) std::rethrow_exception(error);
  }
}

void Team::serve(std::size_t number) {
  for (std::uint32_t round = 0;;) {
    round = wait_while(round_, round);
    if (work_ == nullptr) return;
    guarded(number);
    if (at_work_.fetch_sub(1, std::memory_order_acq_rel) == 1) at_work_.notify_all();
  }
}

void Team::guarded(std::size_t number) {
  try {
    (*work_)(number);
  } catch (...) {
    errors_[number] = std::current_exception();
  }
}

}  // namespace actorsim
