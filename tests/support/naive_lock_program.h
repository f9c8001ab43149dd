// All orders of a lock program, counted by the plainest search there is. A twin of the exploration of the scenario that
// the lock program was made from, and of the models that are exported.
#pragma once

#include <cstdint>

#include "actorsim/model/lock_program.h"

namespace actorsim::testing {

struct LockStateCount {
  std::uint64_t states = 0;
  std::uint64_t steps = 0;
  std::uint64_t stuck = 0;     ///< states in which nobody moves and not all have ended
  std::uint64_t shortest = 0;  ///< steps to the first of them
};

/// Gives up beyond `limit` states: `states` is greater then.
LockStateCount count_states(const LockProgram& program, std::uint64_t limit);

}  // namespace actorsim::testing
