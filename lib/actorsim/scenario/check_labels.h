// Whether the labels that a scenario names are labels of calls. Internal to scenario/.
#pragma once

#include "actorsim/scenario/name_table.h"
#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// Complains about labels in `expect` that no call can have, and about `after` that names no trigger, several, or
/// itself by way of others. The labels must be in their full form (normalise_labels).
void check_labels(Reader& reader, const Scenario& scenario, const NameTable& names);

}  // namespace actorsim
