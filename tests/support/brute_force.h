// All orders of a scenario's steps, one complete schedule after another: no state is recognised, nothing is left out.
// What the explorer is compared with where there are few enough.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "actorsim/explore/walker.h"

namespace actorsim::testing {

struct BruteForce {
  std::uint64_t schedules = 0;
  std::array<bool, kVerdictCount> verdicts{};
  std::map<std::string, std::uint16_t> outcomes;  ///< bits, by label
  /// Steps until the verdict is certain for the first time: for `ok` at the end. None: it never is.
  std::array<std::optional<std::size_t>, kVerdictCount> shortest;
};

/// Nothing: there are more than `schedules_at_most`, or the scenario is at fault.
std::optional<BruteForce> try_all_orders(Walker& walker, std::uint64_t schedules_at_most);

}  // namespace actorsim::testing
