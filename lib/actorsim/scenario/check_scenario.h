// What can be said about a scenario as a whole before it runs: names that lead nowhere, things that can never happen.
// Internal to scenario/.
#pragma once

#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// Complains through `reader` about everything that the parts of `scenario` say about each other and that is not so.
void check_scenario(Reader& reader, const Scenario& scenario);

}  // namespace actorsim
