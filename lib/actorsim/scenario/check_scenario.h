// What can be said about a scenario as a whole before it runs: names that lead nowhere, things that can never happen.
// Internal to scenario/.
#pragma once

#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// What became of reading the parts, so that one error does not cause others.
struct ReadState {
  bool names_a_start = true;     ///< there is something in `start` or `chains`
  bool knows_all_types = true;   ///< `actors` and `chains` could be read
  bool knows_all_labels = true;  ///< everything could be read
};

/// Complains through `reader` about everything that the parts of `scenario` say about each other and that is not so.
void check_scenario(Reader& reader, const Scenario& scenario, const ReadState& state);

}  // namespace actorsim
