// A `#` begins a directive, and a backslash takes a mark's meaning away.
#include "actorsim/report/escape/tap.h"

#include <array>

#include "actorsim/base/text.h"
#include "actorsim/report/escape/safe_text.h"

namespace actorsim {

std::string tap_description(std::string_view text) {
  constexpr std::array<Replacement, 2> kSpecial{{{'#', "\\#"}, {'\\', "\\\\"}}};
  return replace(printable(text), kSpecial);
}

std::string yaml_quoted(std::string_view text) {
  constexpr std::array<Replacement, 2> kSpecial{{{'"', "\\\""}, {'\\', "\\\\"}}};
  return '"' + replace(printable(text), kSpecial) + '"';
}

std::string yaml_block(std::string_view text, std::size_t indent) {
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  // How far the lines are moved is said, as the first may begin with blanks of its own.
  std::string result = "|2-\n";
  bool begins_line = true;
  for (const char character : printable_lines(text)) {
    if (begins_line && character != '\n') result.append(indent, ' ');
    result += character;
    begins_line = character == '\n';
  }
  return result;
}

}  // namespace actorsim
