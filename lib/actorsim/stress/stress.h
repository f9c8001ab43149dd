// Real threads against the explorer: a scenario again and again by threads that really wait, and whether what comes of
// it is among what the explorer says can come of it.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/explore/combinations.h"
#include "actorsim/explore/exploration.h"
#include "actorsim/model/program.h"
#include "actorsim/stress/round.h"

namespace actorsim {

/// What threads cannot do of this scenario, the first in file order; nothing: they can do it all.
std::optional<Diagnostic> why_not_for_threads(const Program& program);

/// What the explorer says can come of a scenario.
struct ExploredSet {
  Combinations combinations;
  /// Where the combinations were too many: verdicts, and the outcomes of each call by itself. Nothing: there was no
  /// time left for it.
  std::optional<Exploration> exploration;

  enum class Membership : std::uint8_t {
    inside,
    undecided,  ///< nothing speaks against it, but not everything was looked at
    outside,
  };
  Membership membership(const Combination& combination) const;
};
std::string_view to_word(ExploredSet::Membership membership);

inline constexpr std::uint64_t kMostCombinationStates = 300'000;

/// Looks at all orders within the bounds of `options`: at which outcomes go together in not more than
/// kMostCombinationStates states and half of the time, then, if that was not enough, at each by itself, in what is left
/// of the time. The first search has given back its memory then, so each of them may take all of it. The error is as
/// for explore().
tl::expected<ExploredSet, Diagnostic> explore_set(const Program& program, const ExploreOptions& options);

struct StressOptions {
  std::uint64_t seed = 1;                                 ///< of pauses; what comes of them is the system's to say
  std::uint64_t rounds = 0;                               ///< 0: as many as the time allows
  std::chrono::nanoseconds duration{0};                   ///< 0: until all rounds have been played; ends a round, too
  std::size_t threads = 64;                               ///< at most
  std::chrono::milliseconds patience{10'000};             ///< as in RoundSettings
  std::uint64_t most_events = kMostEventsOfRound;         ///< as in Stage
  std::function<std::chrono::nanoseconds()> clock;        ///< for the duration; none: there is no limit
  std::function<void(std::uint64_t rounds)> on_progress;  ///< told after each round
  const std::atomic<bool>* stop = nullptr;                ///< asked for now and then: true ends it
  std::function<void()> before_step;                      ///< as in RoundSettings
};

struct ObservedCombination {
  Combination combination;
  std::uint64_t rounds = 0;
  ExploredSet::Membership membership = ExploredSet::Membership::inside;
};

/// A round that should not have come about.
struct StressFailure {
  std::uint64_t round = 0;                 ///< from 1, of all that have begun
  std::vector<std::string> defects;        ///< empty: what came of it is outside of the explored set
  std::optional<Combination> combination;  ///< none: the round did not come to its end, or a lock is out of order
  std::vector<LockLog> logs;
};

inline constexpr std::size_t kKeptFailures = 3;

struct StressResult {
  enum class End : std::uint8_t { rounds, time, stopped, failures, problem };
  End end = End::rounds;
  std::uint64_t seed = 0;
  std::uint64_t rounds = 0;                                                  ///< that came to their ends
  std::uint64_t operations = 0;                                              ///< on locks, replayed
  std::size_t threads = 0;                                                   ///< the most at the same time
  std::array<std::uint64_t, kVerdictCount> verdicts{};                       ///< rounds
  std::map<std::string, std::array<std::uint64_t, kOutcomeCount>> outcomes;  ///< by label: rounds with such a call
  std::vector<ObservedCombination> combinations;                             ///< the worst verdict first
  std::uint64_t failure_count = 0;
  std::vector<StressFailure> failures;  ///< the first kKeptFailures, where it ends
  std::optional<Diagnostic> problem;    ///< the scenario goes beyond a bound, in the last round that began

  std::uint64_t rounds_with(ExploredSet::Membership membership) const;
};
std::string_view to_word(StressResult::End end);

/// Plays rounds until something of `options` ends it, or kKeptFailures rounds have failed, or the scenario goes beyond
/// a bound, which may depend on who is fast: the rounds before still count. A round that the time or a stop ends in the
/// middle does not. All threads have ended afterwards. `set` is of the same program. Throws what a thread has thrown,
/// such as std::bad_alloc.
StressResult stress(const Program& program, const ExploredSet& set, const StressOptions& options);

}  // namespace actorsim
