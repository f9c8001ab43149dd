// yaml-cpp's complaints in the words of this program. Internal to scenario/.
#pragma once

#include <string_view>

namespace actorsim {

struct YamlWording {
  std::string_view theirs;  ///< the beginning of yaml-cpp's text
  const char* message;
  const char* help;
};

/// Null for a text that is not known.
const YamlWording* find_yaml_wording(std::string_view theirs);

}  // namespace actorsim
