// Diagnostics about the command line and files, which have no place in any text.
#pragma once

#include <string>

#include "actorsim/base/diagnostic.h"

namespace actorsim {

Diagnostic usage_problem(std::string message, std::string help);

/// About a file as a whole; `code` is one of diagnostic_codes().
Diagnostic file_problem(std::string_view code, std::string file, std::string message, std::string help = {});

/// As it is shown on standard error.
std::string render_problem(const Diagnostic& problem);

}  // namespace actorsim
