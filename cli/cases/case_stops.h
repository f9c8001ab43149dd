// Who tells running cases to stop: an interrupt, or enough failures before them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace actorsim {

/// Cases are known by their place in the input. Thread-safe.
class CaseStops {
 public:
  /// `interrupted` may be null. `max_failures`: after so many what comes behind is not wanted. With `is_concurrent`
  /// cases run beside each other, and one that runs is stopped as well.
  CaseStops(const std::atomic<bool>* interrupted, std::optional<std::size_t> max_failures, bool is_concurrent);
  ~CaseStops();
  CaseStops(const CaseStops&) = delete;
  CaseStops& operator=(const CaseStops&) = delete;

  bool is_interrupted() const { return interrupted_ != nullptr && *interrupted_; }

  /// Is it known that the case need not run?
  bool is_unwanted(std::size_t place) const { return is_interrupted() || place > last_wanted_; }

  /// The flag that a running case has to look at; null: nobody will stop it. Valid until end().
  const std::atomic<bool>* begin(std::size_t place);
  void end(std::size_t place);

  /// The case has failed: with enough failures up to some place, what is behind it is unwanted, whoever comes first.
  void add_failure(std::size_t place);

 private:
  void watch();

  const std::atomic<bool>* interrupted_;
  const std::optional<std::size_t> max_failures_;
  bool is_concurrent_;
  std::atomic<std::size_t> last_wanted_ = std::numeric_limits<std::size_t>::max();
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_over_ = false;
  std::map<std::size_t, std::unique_ptr<std::atomic<bool>>> running_;
  std::set<std::size_t> failures_;  // the first max_failures_ known
  std::thread watcher_;             // passes an interrupt on
};

}  // namespace actorsim
