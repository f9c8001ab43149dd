// A flag for each case that runs.
#include "cli/cases/case_stops.h"

#include <chrono>
#include <iterator>
#include <system_error>

namespace actorsim {

CaseStops::CaseStops(const std::atomic<bool>* interrupted, std::optional<std::size_t> max_failures, bool is_concurrent)
    : interrupted_(interrupted), max_failures_(max_failures), is_concurrent_(is_concurrent) {
  if (!is_concurrent_ || interrupted_ == nullptr) return;
  try {
    watcher_ = std::thread([this] { watch(); });
  } catch (const std::system_error&) {  // no thread to pass an interrupt on: every case looks at it itself
    is_concurrent_ = false;
  }
}

CaseStops::~CaseStops() {
  if (!watcher_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  changed_.notify_all();
  watcher_.join();
}

const std::atomic<bool>* CaseStops::begin(std::size_t place) {
  if (!is_concurrent_) return interrupted_;
  const std::lock_guard lock(mutex_);
  return (running_[place] = std::make_unique<std::atomic<bool>>(is_unwanted(place))).get();
}

void CaseStops::end(std::size_t place) {
  if (!is_concurrent_) return;
  const std::lock_guard lock(mutex_);
  running_.erase(place);
}

void CaseStops::add_failure(std::size_t place) {
  if (!max_failures_) return;
  const std::lock_guard lock(mutex_);
  failures_.insert(place);
  if (failures_.size() > *max_failures_) failures_.erase(std::prev(failures_.end()));
  if (failures_.size() < *max_failures_) return;
  last_wanted_ = *failures_.rbegin();
  for (const auto& [running, flag] : running_) {
    if (running > last_wanted_) *flag = true;
  }
}

// A signal handler can set a flag and not much else: somebody has to look.
void CaseStops::watch() {
  constexpr auto kBetweenLooks = std::chrono::milliseconds(20);
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kBetweenLooks, [&] { return is_over_; })) {
    if (!*interrupted_) continue;
    for (const auto& [running, flag] : running_) *flag = true;
    return;
  }
}

}  // namespace actorsim
