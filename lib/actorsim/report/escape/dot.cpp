// Besides quotes and backslashes Graphviz knows HTML's entities, in every label.
#include "actorsim/report/escape/dot.h"

#include <array>

#include "actorsim/base/text.h"
#include "actorsim/report/escape/safe_text.h"
#include "actorsim/report/escape/xml.h"

namespace actorsim {
namespace {

std::string escaped(std::string_view text, std::string_view line_end) {
  const std::array<Replacement, 4> special{{
      {'"', "\\\""},
      {'\\', "\\\\"},  // also what would be `\N`, the node's name
      {'&', "&amp;"},
      {'\n', line_end},
  }};
  return replace(printable_lines(text), special);
}

}  // namespace

std::string dot_quoted(std::string_view text) { return '"' + escaped(text, "\\n") + '"'; }

std::string dot_quoted_left(std::string_view text) { return '"' + escaped(text, "\\l") + "\\l\""; }

std::string dot_html(std::string_view text) {
  constexpr std::array<Replacement, 1> kEscape{{{'\\', "&#92;&#92;"}}};  // else `\N` would be the node's name
  return text.empty() ? "&#160;" : replace(xml_text(printable(text)), kEscape);
}

}  // namespace actorsim
