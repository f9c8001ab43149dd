// The version of actorsim, as reports and `--version` print it.
#pragma once

#include <string_view>

namespace actorsim {

/// "0.1.0": what the build file's project() says, and nothing that differs from one build to the next.
std::string_view version();

}  // namespace actorsim
