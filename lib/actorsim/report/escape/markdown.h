// Markdown as GitHub and GitLab read it. Foreign text stands in code only: there nothing is a link, a mention, an issue
// or markup.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace actorsim {

enum class MarkdownPlace : std::uint8_t {
  text,   ///< a paragraph, a heading, a list
  table,  ///< a cell
  html,   ///< inside a block of HTML, such as `<summary>`
};

/// `text` on one line, as code. An empty text is `–`.
std::string markdown_code(std::string_view text, MarkdownPlace place);

/// A fenced block of several lines, with its line ends. `language`: what the program itself says of it.
std::string markdown_block(std::string_view text, std::string_view language = "");

}  // namespace actorsim
