// A line on standard error that says how far a long run has come.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <mutex>
#include <string>

#include "actorsim/base/virtual_time.h"
#include "actorsim/explore/exploration.h"

namespace actorsim {

/// Silent for the first half second, then renewed ten times a second at most; gone when it is cleared. Costs a look at
/// the clock each time it is told something. Thread-safe. Cases are known by their place in the input; where several
/// are at work, the first of them is shown.
class Progress {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  /// `is_shown` false: nothing is ever written.
  Progress(std::ostream& err, bool is_shown, Clock clock = &std::chrono::steady_clock::now);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  bool is_shown() const { return is_shown_; }

  void begin_case(std::size_t place, const std::string& name);
  void end_case(std::size_t place);
  /// The case has made so many calls up to this virtual time.
  void tell(std::size_t place, std::uint64_t calls, Nanoseconds now);
  /// Its exploration has come so far. `levels`: about how many there may be; 0: nobody knows.
  void tell(std::size_t place, const ExploreProgress& progress, std::uint64_t levels);
  void tell_runs(std::size_t place, std::uint64_t runs, std::uint64_t of);
  void tell_rounds(std::size_t place, std::uint64_t rounds);
  /// Takes the line away.
  void clear() { pause({}); }
  /// Takes the line away and keeps it away while something else is written to the terminal.
  void pause(const std::function<void()>& write);

 private:
  struct Work {
    std::string name;  // shortened
    std::string text;  // how far it has come
    std::chrono::steady_clock::time_point began;
  };

  bool is_due() const;
  void tell(std::size_t place, const std::function<std::string(const Work&)>& text);
  void show();

  std::ostream& err_;
  const bool is_shown_;
  const Clock clock_;
  std::atomic<std::chrono::steady_clock::time_point> next_;
  std::mutex mutex_;
  std::map<std::size_t, Work> work_;
  std::uint64_t done_ = 0;
  bool is_visible_ = false;
};

}  // namespace actorsim
