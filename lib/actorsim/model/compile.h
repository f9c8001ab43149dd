// From a typed scenario to a program.
#pragma once

#include "actorsim/model/program.h"

namespace actorsim {

/// Compiles one case. The scenario has been checked by the loader, so this does not fail; what the release makes of its
/// configuration stands in `Program::warnings`. `file` is the name that diagnostics carry.
Program compile(const Scenario& scenario, std::string_view file);

}  // namespace actorsim
