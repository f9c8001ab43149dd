// Everything that a whole run can come to: not what each call may become by itself, but which outcomes go together.
#pragma once

#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/base/outcome.h"
#include "actorsim/explore/exploration.h"
#include "actorsim/model/program.h"

namespace actorsim {

/// What became of the calls of one label.
struct LabelOutcome {
  std::string label;
  Outcome outcome = Outcome::entered;

  friend auto operator<=>(const LabelOutcome&, const LabelOutcome&) = default;
};

/// What came of a run: its verdict, and an entry for each of its calls and each site that was skipped, sorted.
struct Combination {
  Verdict verdict = Verdict::ok;
  std::vector<LabelOutcome> calls;

  friend auto operator<=>(const Combination&, const Combination&) = default;
};

struct Combinations {
  Exploration::End end = Exploration::End::complete;
  std::set<Combination> found;  ///< where not complete: so far
  std::uint64_t states = 0;     ///< looked at: a state counts once for each past of its calls
  bool is_complete() const { return end == Exploration::End::complete; }
};

/// Looks at all orders without any reduction, depth first, and remembers with each state what became of the calls that
/// have ended. Goal, reductions, threads and schedules of `options` mean nothing here. Deterministic, unless time ends
/// it. The error is as for explore().
tl::expected<Combinations, Diagnostic> explore_combinations(const Program& program, const ExploreOptions& options);

}  // namespace actorsim
