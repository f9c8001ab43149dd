// DOT, the language of Graphviz: quoted strings.
#pragma once

#include <string>
#include <string_view>

namespace actorsim {

/// `"text"`, as it may stand for a label, a tooltip or a title. Line ends break the label's lines.
std::string dot_quoted(std::string_view text);

}  // namespace actorsim
