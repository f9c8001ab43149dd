// Code spans and fences are longer than any run of backticks inside them.
#include "actorsim/report/escape/markdown.h"

#include <algorithm>
#include <array>

#include "actorsim/base/text.h"
#include "actorsim/report/escape/safe_text.h"
#include "actorsim/report/escape/xml.h"

namespace actorsim {
namespace {

constexpr std::string_view kNothing = "–";
constexpr std::size_t kShortestFence = 3;

std::size_t longest_run(std::string_view text, char of) {
  std::size_t longest = 0, run = 0;
  for (const char character : text) {
    run = character == of ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::string code_span(const std::string& text) {
  const std::string ticks(longest_run(text, '`') + 1, '`');
  const auto is_eaten = [](char character) { return character == '`' || character == ' '; };
  const std::string_view pad = is_eaten(text.front()) || is_eaten(text.back()) ? " " : "";
  return ticks + std::string(pad) + text + std::string(pad) + ticks;
}

}  // namespace

std::string markdown_code(std::string_view text, MarkdownPlace place) {
  const std::string safe = printable(text);
  if (safe.find_first_not_of(' ') == std::string::npos) return std::string(kNothing);
  constexpr std::array<Replacement, 1> kBar{{{'|', "\\|"}}};  // of a table, which is looked at before the code in it
  switch (place) {
    case MarkdownPlace::text: return code_span(safe);
    case MarkdownPlace::table: return code_span(replace(safe, kBar));
    case MarkdownPlace::html: return "<code>" + xml_text(safe) + "</code>";
  }
  return {};
}

std::string markdown_block(std::string_view text, std::string_view language) {
  std::string safe = printable_lines(text);
  if (!safe.empty() && safe.back() != '\n') safe += '\n';
  const std::string fence(std::max(kShortestFence, longest_run(safe, '`') + 1), '`');
  return fence + std::string(language) + '\n' + safe + fence + '\n';
}

}  // namespace actorsim
