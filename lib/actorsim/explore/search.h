// What the searches through a scenario's orders have in common. Private to explore/.
#pragma once

#include <optional>
#include <string>

#include "actorsim/explore/exploration.h"
#include "actorsim/explore/walker.h"

namespace actorsim {

/// Watches the bounds of a search, and tells its progress.
class SearchLimits {
 public:
  explicit SearchLimits(const ExploreOptions& options);

  /// The bound that has been reached, if any. Cheap: the clock is read once in a few thousand calls.
  std::optional<Exploration::End> reached(const ExploreProgress& progress, std::uint64_t bytes);

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

/// The search that knows nothing but the model: whole situations, breadth first. Any scenario.
std::optional<Diagnostic> search_worlds(Walker& walker, const ExploreOptions& options, Exploration& result);

/// The search for scenarios of calls and locks (see Automaton), with reductions. False: it is not one; `result` means
/// nothing then.
bool search_tables(Walker& walker, const ExploreOptions& options, Exploration& result,
                   std::optional<Diagnostic>& problem);

/// Looks for the shortest schedule to each verdict that `result` has found possible.
std::optional<Diagnostic> find_witnesses(Walker& walker, const ExploreOptions& options, Exploration& result);

}  // namespace actorsim
