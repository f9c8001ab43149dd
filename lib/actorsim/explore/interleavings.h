// All complete interleavings of a tiny scenario as a tree, and an estimate of how many a larger one has.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/base/outcome.h"
#include "actorsim/explore/step_log.h"
#include "actorsim/model/program.h"

namespace actorsim {

inline constexpr std::uint64_t kMostInterleavings = 2'000;

struct Interleavings {
  /// A step with what stands before it in the tree: two interleavings share the steps up to where they differ.
  struct Step {
    StepRecord record;
    std::uint32_t before = 0;        ///< how many steps come before it
    std::uint32_t alternatives = 1;  ///< how many steps could be taken instead of it, itself included
    std::uint32_t alternative = 0;   ///< which of them it is
    std::optional<Verdict> verdict;  ///< the interleaving ends with it
  };
  std::vector<Step> steps;                              ///< in preorder, as Walker::list_moves lists them
  std::uint64_t count = 0;                              ///< complete interleavings
  std::array<std::uint64_t, kVerdictCount> verdicts{};  ///< of them, by verdict
};

/// Every order in which the steps can be taken to the end. Nothing where there are more than `most` of them, or where
/// one is thousands of steps long. The error is the scenario's fault.
tl::expected<std::optional<Interleavings>, Diagnostic> list_interleavings(const Program& program,
                                                                          std::uint64_t most = kMostInterleavings);

struct InterleavingEstimate {
  double count = 0;           ///< of interleavings; its expectation is the true number, its spread may be large
  std::uint64_t walks = 0;    ///< that it was made from
  std::uint64_t longest = 0;  ///< steps of the longest walk
};

/// Knuth's estimator (1975): random walks from the root to a leaf; the product of the numbers of choices on a walk is
/// right on average. Deterministic by seed.
tl::expected<InterleavingEstimate, Diagnostic> estimate_interleavings(const Program& program, std::uint64_t walks,
                                                                      std::uint64_t seed);

}  // namespace actorsim
