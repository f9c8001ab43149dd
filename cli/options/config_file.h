// actorsim.toml as keys and values with their places. What they mean is the options' business.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"

namespace actorsim {

/// The name that is looked for.
inline constexpr std::string_view kConfigFileName = "actorsim.toml";

/// The value of an option as a text, or as several.
struct ConfigValue {
  enum class Kind : std::uint8_t { boolean, number, text, list };
  Kind kind = Kind::text;
  std::vector<std::string> texts;  ///< one, unless it is a list
};

struct ConfigEntry {
  std::string command;  ///< of whose table; empty: it stands at the top, for all commands
  std::string key;
  ConfigValue value;
  Span span;  ///< of the value
};

/// The entries in the order of the file. Every key is checked, also those of commands that do not run now: what is no
/// option, or may not stand in a file, is an error with its place.
tl::expected<std::vector<ConfigEntry>, Diagnostics> parse_config(const Source& source);

}  // namespace actorsim
