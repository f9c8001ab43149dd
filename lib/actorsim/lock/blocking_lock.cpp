// Mutex, condition variables and stop tokens around the machine; no rule of any release is written here.
#include "actorsim/lock/blocking_lock.h"

#include <utility>

namespace actorsim {
namespace {

void wake(std::condition_variable* sleeper) {
  if (sleeper != nullptr) sleeper->notify_one();
}

}  // namespace

BlockingLock::Turn::Turn(Turn&& other) noexcept
    : lock_(std::exchange(other.lock_, nullptr)),
      call_(other.call_),
      header_(other.header_),
      re_entered_(other.re_entered_) {}

BlockingLock::Turn& BlockingLock::Turn::operator=(Turn&& other) noexcept {
  if (this == &other) return *this;
  if (lock_ != nullptr) lock_->leave(call_);
  lock_ = std::exchange(other.lock_, nullptr);
  call_ = other.call_;
  header_ = other.header_;
  re_entered_ = other.re_entered_;
  return *this;
}

BlockingLock::Turn::~Turn() {
  if (lock_ != nullptr) lock_->leave(call_);
}

bool BlockingLock::Turn::is_cancelled() const {
  const std::lock_guard guard(lock_->mutex_);
  return lock_->waiters_[call_].cancelled;
}

BlockingLock::BlockingLock(const LockRules& rules, const LockConfig& config, LockWatch* watch)
    : lock_(rules, config), watch_(watch) {}

tl::expected<BlockingLock::Turn, Admission> BlockingLock::enter(const Arrival& wanted, std::stop_token stop,
                                                                std::uint32_t caller) {
  std::unique_lock guard(mutex_);
  if (why_) std::rethrow_exception(why_);
  if (is_broken_up_) return tl::unexpected(Admission::refused_cancelled);
  const CallSlot call = take_slot();
  Arrival arrival = wanted;
  arrival.given_up = arrival.given_up || stop.stop_requested();
  ArrivalResult arrived;
  const auto arrive = [&] {
    arrived = lock_.arrive(call, arrival, effects_);
    if (watch_ != nullptr)
      watch_->happened({LockEvent::Kind::arrive, call, caller, arrival, false, arrived, Admission::entered, effects_});
  };
  if (!is_done(arrive)) std::rethrow_exception(why_);
  wake(apply_effects());
  if (arrived.admission == Admission::queued) {
    wait(call, stop, guard);
    if (waiters_[call].progress == Progress::refused) arrived.admission = waiters_[call].reason;
  }
  const Admission told = is_refused(arrived.admission) ? arrived.admission : Admission::entered;
  const auto say_so = [&] { watch_->happened({LockEvent::Kind::returned, call, caller, {}, false, {}, told, {}}); };
  if (watch_ != nullptr && !is_broken_up_ && !is_done(say_so)) std::rethrow_exception(why_);
  if (is_refused(arrived.admission)) {
    free_slots_.push_back(call);
    return tl::unexpected(arrived.admission);
  }
  return Turn(*this, call, arrived);
}

void BlockingLock::close(std::stop_token stop) {
  std::unique_lock guard(mutex_);
  if (why_) std::rethrow_exception(why_);
  if (is_broken_up_) return;
  const CallSlot closer = take_slot();
  const bool given_up = stop.stop_requested();
  const auto close = [&] {
    lock_.close(closer, given_up, effects_);
    if (watch_ != nullptr)
      watch_->happened({LockEvent::Kind::close, closer, 0, {}, given_up, {}, Admission::entered, effects_});
  };
  if (!is_done(close)) std::rethrow_exception(why_);
  wake(apply_effects());
  if (lock_.is_waiting(closer)) wait(closer, stop, guard);
  free_slots_.push_back(closer);
}

void BlockingLock::break_up() {
  const std::lock_guard guard(mutex_);
  if (is_broken_up_) return;
  is_broken_up_ = true;
  effects_.clear();
  const auto refuse_all = [this] {
    for (CallSlot call = 0; call < waiters_.size(); ++call) {
      if (waiters_[call].waits && waiters_[call].progress == Progress::waiting)
        effects_.refused.push_back({call, Admission::refused_cancelled});
    }
    tell(LockEvent::Kind::break_up, 0);
  };
  if (!is_done(refuse_all)) return;
  wake(apply_effects());
  // Whoever was settled before and has not noticed is woken once more.
  for (Waiter& waiter : waiters_) waiter.wake.notify_one();
}

std::size_t BlockingLock::waiting() const {
  const std::lock_guard guard(mutex_);
  return waiting_;
}

void BlockingLock::leave(CallSlot call) noexcept {
  std::condition_variable* last = nullptr;
  {
    const std::lock_guard guard(mutex_);
    if (is_broken_up_) return;
    const auto release = [&] {
      lock_.release(call, effects_);
      free_slots_.push_back(call);
      tell(LockEvent::Kind::release, call);
    };
    if (!is_done(release)) return;
    last = apply_effects();
  }
  wake(last);
}

void BlockingLock::cancel(CallSlot call) noexcept {
  const std::lock_guard guard(mutex_);
  if (is_broken_up_ || !lock_.is_waiting(call)) return;
  const auto cancel = [&] {
    lock_.cancel(call, effects_);
    tell(LockEvent::Kind::cancel, call);
  };
  if (is_done(cancel)) wake(apply_effects());
}

// What the watch is told comes last in every operation: it knows of none that was not done to its end.
template <typename Operation>
bool BlockingLock::is_done(const Operation& operation) noexcept {
  try {
    operation();
    return true;
  } catch (...) {
    break_down(std::current_exception());
    return false;
  }
}

// Takes no memory: there may be none.
void BlockingLock::break_down(std::exception_ptr why) noexcept {
  is_broken_up_ = true;
  why_ = std::move(why);
  std::size_t woken = 0;
  for (Waiter& waiter : waiters_) {
    if (!waiter.waits || waiter.progress != Progress::waiting) continue;
    waiter.progress = Progress::refused;
    waiter.reason = Admission::refused_cancelled;
    ++woken;
  }
  if (watch_ != nullptr) watch_->broke(why_, woken);
  for (Waiter& waiter : waiters_) waiter.wake.notify_one();
}

// With what the operation did to other calls.
void BlockingLock::tell(LockEvent::Kind kind, CallSlot call) {
  if (watch_ != nullptr) watch_->happened({kind, call, 0, {}, false, {}, Admission::entered, effects_});
}

CallSlot BlockingLock::take_slot() {
  if (free_slots_.empty()) {
    waiters_.emplace_back();
    return static_cast<CallSlot>(waiters_.size() - 1);
  }
  const CallSlot call = free_slots_.back();
  free_slots_.pop_back();
  waiters_[call].progress = Progress::waiting;
  waiters_[call].cancelled = false;
  return call;
}

// Returns with the guard held and the call settled.
void BlockingLock::wait(CallSlot call, const std::stop_token& stop, std::unique_lock<std::mutex>& guard) {
  ++waiting_;
  Waiter& waiter = waiters_[call];
  waiter.waits = true;
  const auto settled = [&waiter] { return waiter.progress != Progress::waiting; };
  if (!stop.stop_possible() || !lock_.rules().notices_cancellation) {
    waiter.wake.wait(guard, settled);
  } else {
    // The callback takes the mutex, and may run in its own constructor and for as long as its destructor: neither under
    // the guard.
    guard.unlock();
    {
      const std::stop_callback on_stop(stop, [this, call] { cancel(call); });
      guard.lock();
      waiter.wake.wait(guard, settled);
      guard.unlock();
    }
    guard.lock();
  }
  waiter.waits = false;
  --waiting_;
}

// Settles every call that the last operation moved and wakes its thread, except for the last one: waking that is left
// to the caller, who does it best without the mutex, which the thread wants as soon as it wakes. Null: nobody is left
// to wake.
std::condition_variable* BlockingLock::apply_effects() {
  std::condition_variable* last = nullptr;
  const auto settle = [&](CallSlot call, Progress progress, Admission reason) {
    Waiter& waiter = waiters_[call];
    waiter.progress = progress;
    waiter.reason = reason;
    if (last != nullptr) last->notify_one();
    last = &waiter.wake;
  };
  for (const CallSlot call : effects_.admitted) settle(call, Progress::done, Admission::entered);
  for (const Refusal& refusal : effects_.refused) settle(refusal.call, Progress::refused, refusal.reason);
  for (const CallSlot call : effects_.cancelled_holders) waiters_[call].cancelled = true;
  for (const CallSlot closer : effects_.closes_returned) settle(closer, Progress::done, Admission::entered);
  for (const LockPanic& panic : effects_.panics) {
    if (!panic.in_release) settle(panic.call, Progress::refused, Admission::refused_closed);
  }
  return last;
}

}  // namespace actorsim
