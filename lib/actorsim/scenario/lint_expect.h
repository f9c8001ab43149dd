// Expectations that would hold whatever happens. Internal to scenario/.
#pragma once

#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// Warns of an `expect` that says nothing about what becomes of the calls.
void lint_expect(Reader& reader, const Scenario& scenario);

}  // namespace actorsim
