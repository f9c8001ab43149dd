// The version of actorsim, as reports and `--version` print it, and as a compiler can ask for it.
#pragma once

#include <string_view>

/// The version of these headers: what the build file's project() says.
#define ACTORSIM_VERSION_MAJOR 0
#define ACTORSIM_VERSION_MINOR 1
#define ACTORSIM_VERSION_PATCH 0
#define ACTORSIM_VERSION "0.1.0"

namespace actorsim {

/// "0.1.0": the version of the library that the program runs with; nothing that differs from one build to the next.
/// Other than ACTORSIM_VERSION where somebody compiled with one version's headers and linked another version's library.
std::string_view version();

}  // namespace actorsim
