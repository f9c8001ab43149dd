// What the searches through a scenario's orders have in common. Private to explore/.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/explore/exploration.h"
#include "actorsim/explore/walker.h"

namespace actorsim {

/// Watches the bounds of an exploration, and tells its progress. `look` is for one thread; `is_over` for all.
class SearchLimits {
 public:
  explicit SearchLimits(const ExploreOptions& options);

  /// The bound that has been reached, if any. Cheap: the clock is read once in a few thousand calls.
  std::optional<Exploration::End> reached(const ExploreProgress& progress, std::uint64_t bytes);

  /// Is the time over, or was it asked to stop? Reads the clock.
  bool is_over() const;

  /// The same, always with a look at the clock.
  std::optional<Exploration::End> look(const ExploreProgress& progress, std::uint64_t bytes);

 private:
  const ExploreOptions& options_;
  std::chrono::nanoseconds started_{0};
  std::chrono::nanoseconds last_told_{0};
  std::uint32_t calls_ = 0;
};

/// Collects what was seen.
void note_outcome(Exploration& exploration, const Walker& walker, const CallOutcome& outcome);

/// A circle of waiting calls that was found, told so that it can be looked for: for which actor's lock each root call
/// on it waits, and how many steps it has taken then. Only for chains whose steps follow from their number.
struct CirclePlace {
  Index trigger;  ///< of the unrolled program
  std::uint32_t steps;
  Index actor;

  friend auto operator<=>(const CirclePlace&, const CirclePlace&) = default;
};
using CircleHint = std::vector<CirclePlace>;

/// What a search has learned that helps to find schedules.
struct SearchHints {
  bool are_sequential = false;  ///< every chain takes the same steps in any order: circles tells all there are
  std::vector<CircleHint> circles;
};

/// The search that knows nothing but the model: whole situations, breadth first. Any scenario.
std::optional<Diagnostic> search_worlds(Walker& walker, const ExploreOptions& options, SearchLimits& limits,
                                        Exploration& result);

/// The search for scenarios of calls and locks (see Automaton), with reductions. False: it is not one; `result` means
/// nothing then.
bool search_tables(Walker& walker, const ExploreOptions& options, SearchLimits& limits, Exploration& result,
                   SearchHints& hints, std::optional<Diagnostic>& problem);

/// Looks for the shortest schedule to each verdict that `result` has found possible.
std::optional<Diagnostic> find_witnesses(Walker& walker, const ExploreOptions& options, SearchLimits& limits,
                                         const SearchHints& hints, Exploration& result);

}  // namespace actorsim
