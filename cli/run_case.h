// One case from its scenario to its part of the report. Shared by the commands that run something.
#pragma once

#include <string>

#include "actorsim/report/report.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// Compiles, runs, checks and explains. What is wrong or noteworthy is added to `diagnostics`; a case that cannot be
/// run has the status `error`. `file_warnings`: of the file as a whole, which the expectation `warnings` counts too.
CaseReport run_case(Scenario scenario, const std::string& file, Diagnostics& diagnostics,
                    const Diagnostics& file_warnings = {});

}  // namespace actorsim
