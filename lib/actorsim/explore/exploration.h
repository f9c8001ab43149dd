// Exploring: what every order of a scenario's steps can come to.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/base/outcome.h"
#include "actorsim/explore/run.h"
#include "actorsim/explore/schedule.h"
#include "actorsim/model/program.h"

namespace actorsim {

/// What the exploration has to answer, from little to much. The less is asked, the more can be left out.
enum class Goal : std::uint8_t {
  deadlock,  ///< can anything get stuck: verdicts `deadlock` and `stranded`; `ok` is everything else
  verdicts,  ///< which verdicts are possible?
  outcomes,  ///< which verdicts, and which outcomes of every call?
};
std::string_view to_word(Goal goal);

/// Ways to look at fewer states without another answer. One that is not sound for the scenario and the goal at hand is
/// not used, wished or not; Exploration::reductions says which were.
struct Reductions {
  bool movers = true;      ///< a handler's return is taken at once where it disturbs nobody (Lipton)
  bool stubborn = true;    ///< stubborn sets (Valmari)
  bool symmetry = true;    ///< chains and actors that can be exchanged
  bool lock_graph = true;  ///< what cannot deadlock any more is not looked at
  bool queue = true;       ///< calls arrive when they are let in: the order in a lock's queue is left open

  static Reductions none() { return {false, false, false, false, false}; }
  friend bool operator==(const Reductions&, const Reductions&) = default;
};

struct ExploreProgress {
  std::uint64_t states = 0, steps = 0;
  std::uint64_t frontier = 0;  ///< states whose steps have not been taken yet
  std::uint64_t level = 0;     ///< steps from the beginning
};

struct ExploreOptions {
  Goal goal = Goal::outcomes;
  Reductions reductions;
  bool wants_schedules = true;  ///< the shortest one to each verdict
  std::uint64_t max_states = 50'000'000;
  std::uint64_t max_memory = 4ULL << 30U;   ///< bytes, of states and tables
  std::chrono::milliseconds time_limit{0};  ///< 0: none
  unsigned threads = 1;
  /// States of several words are known by a hash of 63 bits: two that share one are taken for one, so that something
  /// may be missed. Exploration::omission says how likely that is.
  bool is_lossy = false;
  std::function<void(const ExploreProgress&)> on_progress;  ///< told a few times a second
  std::function<std::chrono::nanoseconds()> clock;          ///< for the time limit and the progress; none: neither
  const std::atomic<bool>* stop = nullptr;                  ///< asked for now and then: true ends the exploration
};

/// A schedule that leads to a verdict.
struct Witness {
  Verdict verdict = Verdict::ok;
  Schedule schedule;  ///< ends where the verdict is certain: for `ok` at the end, else as soon as it has happened
  std::uint32_t switches = 0;  ///< how often the step is another chain's than the one before
  bool is_shortest = true;     ///< proved; among the shortest it has the fewest switches, then comes first in order
};

struct Exploration {
  /// Why it ended.
  enum class End : std::uint8_t { complete, max_states, max_memory, time_limit, stopped };
  End end = End::complete;
  Goal goal = Goal::outcomes;
  std::array<bool, kVerdictCount> verdicts{};  ///< possible; where not complete: seen so far
  /// By label: the outcomes that calls of that label can have, as bits 1 << Outcome. Goal outcomes only.
  std::map<std::string, std::uint16_t> outcomes;
  std::uint64_t states = 0;  ///< stored
  std::uint64_t steps = 0;   ///< taken
  std::uint64_t levels = 0;  ///< the longest shortest way to a state, in steps
  std::uint64_t bytes = 0;   ///< of states and tables at most
  double omission = 0;       ///< how probable it is that any state was taken for another; 0: all are known exactly
  std::vector<std::string> reductions;  ///< that were used, in words: `stubborn sets`, `symmetry: 10 rotations`
  std::vector<Witness> witnesses;       ///< by verdict, the worst first; those that were found
  bool is_complete() const { return end == End::complete; }
  bool can(Verdict verdict) const { return verdicts[static_cast<std::size_t>(verdict)]; }
};
std::string_view to_word(Exploration::End end);

/// Looks at all orders. Deterministic: the same answer on any number of threads. The error is the scenario's fault: it
/// goes beyond a bound, or has no end (a timer or a reminder with `every` but without `count`).
tl::expected<Exploration, Diagnostic> explore(const Program& program, const ExploreOptions& options = {});

/// Runs one schedule, as far as it goes. The error says at which step it does not fit, and what could be done there.
tl::expected<Run, Diagnostic> replay(const Program& program, const Schedule& schedule, const RunOptions& options = {});

}  // namespace actorsim
