// DOT, the language of Graphviz: quoted strings, and texts in labels that are like HTML.
#pragma once

#include <string>
#include <string_view>

namespace actorsim {

/// `"text"`, as it may stand for a label, a tooltip or a title. Line ends break the label's lines.
std::string dot_quoted(std::string_view text);

/// The same, its lines flush left instead of centred.
std::string dot_quoted_left(std::string_view text);

/// A text between the tags of such a label, on one line. Never empty: Graphviz takes no tags around nothing.
std::string dot_html(std::string_view text);

}  // namespace actorsim
