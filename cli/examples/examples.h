// The scenarios that `actorsim init` prints. They are the files of cli/examples, built into the program.
#pragma once

#include <string_view>
#include <vector>

namespace actorsim {

struct Example {
  std::string_view name;   ///< of the file, without its ending
  std::string_view title;  ///< what it shows
  std::string_view text;   ///< the whole file
};

/// By name.
const std::vector<Example>& starting_examples();

/// What is printed if none is named.
inline constexpr std::string_view kDefaultExample = "call-back";

}  // namespace actorsim
