// The tables behind `explain`. Internal to report/explain/.
#pragma once

#include <vector>

#include "actorsim/report/explain/explain.h"

namespace actorsim {

std::vector<Explanation> explanations_of_outcomes();
std::vector<Explanation> explanations_of_verdicts();
std::vector<Explanation> explanations_of_quantifiers();
std::vector<Explanation> explanations_of_ideas();
std::vector<Explanation> explanations_of_diagnostics();

}  // namespace actorsim
