// How the loader comes to files that a scenario names. It opens none itself: whoever calls it says what may be read.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"

namespace actorsim {

/// Why a file that a scenario names cannot be read; `code` is one of diagnostic_codes().
struct FileProblem {
  std::string_view code;
  std::string message;
  std::string help;
};

/// Gives the text of a file that a scenario names, by its path as it is written there.
using FileReader = std::function<tl::expected<Source, FileProblem>(const std::string& path)>;

}  // namespace actorsim
