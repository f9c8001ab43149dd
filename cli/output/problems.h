// Diagnostics about the command line and files, which have no place in any text; and how problems are told.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "actorsim/base/diagnostic.h"

namespace actorsim {

enum class ErrorFormat : std::uint8_t { detailed, brief, json };

/// How problems are told.
struct Telling {
  ErrorFormat format = ErrorFormat::detailed;
  bool warnings_are_errors = false;
};

Diagnostic usage_problem(std::string message, std::string help);

/// About a file as a whole; `code` is one of diagnostic_codes().
Diagnostic file_problem(std::string_view code, std::string file, std::string message, std::string help = {});

/// Warnings as errors, where that is asked for.
Diagnostics judged(const Diagnostics& problems, const Telling& telling);

/// As they are shown on standard error; excerpts come from the source of the same name. In words no more than a screen
/// is shown, as JSON all of them: a line for each with an object, as the diagnostics of the JSON report are.
std::string render_problems(const Diagnostics& problems, const std::vector<const Source*>& sources,
                            const Telling& telling);

}  // namespace actorsim
