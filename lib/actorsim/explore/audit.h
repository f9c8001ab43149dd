// Two explorations of one program held against each other: with reductions and without any.
#pragma once

#include <string>
#include <vector>

#include "actorsim/explore/exploration.h"

namespace actorsim {

/// What differs in the answers, in sentences; empty: nothing. Both must be complete and have the same goal.
std::vector<std::string> differences_between(const Exploration& reduced, const Exploration& full);

}  // namespace actorsim
