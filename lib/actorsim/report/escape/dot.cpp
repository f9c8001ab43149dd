// Besides quotes and backslashes Graphviz knows HTML's entities, in every label.
#include "actorsim/report/escape/dot.h"

#include <array>

#include "actorsim/report/escape/safe_text.h"

namespace actorsim {

std::string dot_quoted(std::string_view text) {
  constexpr std::array<Replacement, 4> kSpecial{{
      {'"', "\\\""},
      {'\\', "\\\\"},  // also what would be `\N`, the node's name
      {'&', "&amp;"},
      {'\n', "\\n"},
  }};
  return '"' + replace(printable_lines(text), kSpecial) + '"';
}

}  // namespace actorsim
