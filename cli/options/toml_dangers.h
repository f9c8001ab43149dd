// What toml++ must not be given.
#pragma once

#include <optional>
#include <string_view>

#include "actorsim/base/span.h"

namespace actorsim {

struct TomlDanger {
  Span span;
  const char* message;
  const char* help;
};

/// The first place outside of texts in quotes and comments that has no meaning in actorsim.toml and is a danger: toml++
/// 3.3 would look up whether a letter beyond ASCII is a blank, which is undefined there; or a key has so many parts
/// that the tables made for them cannot be undone on an ordinary stack. One pass.
std::optional<TomlDanger> danger_in_toml(std::string_view text);

}  // namespace actorsim
