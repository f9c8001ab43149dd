// As much of Markdown as the pages of words need, and what it looks like on a terminal. Internal to report/explain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace actorsim {

/// A part of a page. In `text`, links are what they are called, and `code` is 'code'.
struct MarkdownBlock {
  enum class Kind : std::uint8_t { title, heading, paragraph, item, code };
  Kind kind = Kind::paragraph;
  std::string text;      ///< one line, however it was wrapped; of code: its lines, each with a line end
  std::string language;  ///< of code: all that stands behind the fence
};

/// Headings `#` and `##`, paragraphs, items `- `, fenced code. Anything else is taken for a paragraph.
std::vector<MarkdownBlock> parse_markdown(std::string_view text);

/// Paragraphs and items wrapped, code as it is; all but headings is indented.
std::string render_markdown(const std::vector<MarkdownBlock>& blocks, std::size_t width);

}  // namespace actorsim
