// A line on standard error that says how far a long run has come.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>

#include "actorsim/base/virtual_time.h"
#include "actorsim/explore/exploration.h"

namespace actorsim {

/// Silent for the first half second, then renewed ten times a second at most; gone when it is cleared. Costs a look at
/// the clock each time it is told something.
class Progress {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  /// `is_shown` false: nothing is ever written.
  Progress(std::ostream& err, bool is_shown, Clock clock = &std::chrono::steady_clock::now);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void begin_case(const std::string& name);
  void end_case() { ++done_; }
  /// The case at hand has made so many calls up to this virtual time.
  void tell(std::uint64_t calls, Nanoseconds now);
  /// Its exploration has come so far. `levels`: about how many there may be; 0: nobody knows.
  void tell(const ExploreProgress& progress, std::uint64_t levels);
  void tell_runs(std::uint64_t runs, std::uint64_t of);
  /// Takes the line away, before something else is written to the terminal.
  void clear();

 private:
  void show(const std::string& text);

  std::ostream& err_;
  bool is_shown_;
  Clock clock_;
  std::chrono::steady_clock::time_point next_;
  std::chrono::steady_clock::time_point case_began_;
  std::string name_;
  std::uint64_t done_ = 0;
  bool is_visible_ = false;
};

}  // namespace actorsim
