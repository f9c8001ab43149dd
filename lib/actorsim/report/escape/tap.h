// TAP 14: descriptions of test points, and the YAML block below them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace actorsim {

/// A description on one line: nothing in it is taken for a directive.
std::string tap_description(std::string_view text);

/// A scalar of YAML on one line.
std::string yaml_quoted(std::string_view text);

/// A scalar of several lines, each `indent` blanks to the right; its key must stand two blanks further left.
std::string yaml_block(std::string_view text, std::size_t indent);

}  // namespace actorsim
