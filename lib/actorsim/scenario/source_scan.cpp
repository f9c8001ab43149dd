// Looking at a text byte by byte.
#include "actorsim/scenario/source_scan.h"

#include <algorithm>

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

constexpr std::size_t kMaximumSize = std::size_t{1} << 30U;

// The parser reads a whole bracket before it tells anything of it, so that a file of brackets would cost its size many
// times over. So many in a row mean nothing sensible, not even inside a quoted text.
constexpr std::size_t kMaximumBracketsInRow = 1000;

std::optional<SourceDefect> find_bad_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte < 0x7F) {
      ++i;
      continue;
    }
    if (byte == '\n' || byte == '\t' || (byte == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) {
      ++i;
      continue;
    }
    if (byte == '\r')
      return SourceDefect{"control-character", i, 1, "a carriage return without a line feed",
                          "end lines with a line feed"};
    const CodePoint code_point = decode_utf8(text, i);
    if (!code_point.valid)
      return SourceDefect{"not-utf8", i, 1, "the byte " + escape(code_point) + " is not UTF-8",
                          "save the file as UTF-8"};
    if (code_point.value < 0x20 || (code_point.value >= 0x7F && code_point.value < 0xA0)) {
      return SourceDefect{"control-character", i, code_point.length,
                          "the control character " + escape(code_point) + " cannot stand in a scenario",
                          "inside \"…\" it can be written as an escape sequence"};
    }
    i += code_point.length;
  }
  return std::nullopt;
}

std::optional<SourceDefect> find_bracket_run(std::string_view text) {
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[' || text[i] == '{') {
      if (++run > kMaximumBracketsInRow) return SourceDefect{"too-deep", i, 1, "nested more than 100 deep", ""};
    } else if (!is_blank(text[i]) && text[i] != '\n' && text[i] != '\r') {
      run = 0;
    }
  }
  return std::nullopt;
}

// `%YAML 1.2` and the like before the document.
std::optional<SourceDefect> find_directive(std::string_view text) {
  std::size_t start = text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = text.substr(start, end - start);
    if (!line.empty() && line.front() == '%') {
      return SourceDefect{"yaml-feature", start, line.size(), "directives (%…) are not part of the format",
                          "leave the line out"};
    }
    const std::size_t content = line.find_first_not_of(" \t\r");
    if (content != std::string_view::npos && line[content] != '#') return std::nullopt;
    start = end + 1;
  }
  return std::nullopt;
}

}  // namespace

std::optional<SourceDefect> find_defect(std::string_view text) {
  if (text.size() > kMaximumSize) return SourceDefect{"too-large", 0, 1, "the file is larger than 1 GiB", ""};
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF") {
    return SourceDefect{"not-utf8", 0, 1, "the file is UTF-16, not UTF-8", "save the file as UTF-8"};
  }
  if (auto defect = find_bad_character(text)) return defect;
  if (auto defect = find_directive(text)) return defect;
  return find_bracket_run(text);
}

std::vector<std::uint32_t> find_line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts{0};
  for (std::size_t i = text.find('\n'); i != std::string_view::npos; i = text.find('\n', i + 1)) {
    starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
  if (text.substr(0, 3) == "\xEF\xBB\xBF") starts.front() = 3;
  return starts;
}

std::optional<std::size_t> find_tab_indentation(std::string_view text, std::size_t offset) {
  if (text.empty()) return std::nullopt;
  std::size_t start = std::min(offset, text.size() - 1);
  for (int lines = 0; lines < 3; ++lines) {
    start = start == 0 ? 0 : text.rfind('\n', start - 1);
    start = start == std::string_view::npos ? 0 : start + (text[start] == '\n' ? 1 : 0);
    const std::size_t content = std::min(text.find_first_not_of(" \t", start), text.size());
    const std::size_t tab = text.substr(start, content - start).find('\t');
    if (tab != std::string_view::npos) return start + tab;
    if (start == 0) return std::nullopt;
    --start;
  }
  return std::nullopt;
}

std::size_t find_open_quote(std::string_view text) {
  // Between values a quote opens a text only after a blank, a bracket, a comma or a line's beginning.
  std::size_t open = text.size();
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char character = text[i];
    if (quote != '\0') {
      if (quote == '"' && character == '\\')
        ++i;
      else if (character == quote)
        quote = '\0';
      continue;
    }
    if (character == '#' && (i == 0 || is_blank(text[i - 1]) || text[i - 1] == '\n')) {
      i = std::min(text.find('\n', i), text.size());
      continue;
    }
    const bool can_open = i == 0 || std::string_view(" \t\n[{,").find(text[i - 1]) != std::string_view::npos;
    if ((character == '"' || character == '\'') && can_open) {
      quote = character;
      open = i;
    }
  }
  return quote != '\0' ? open : text.size();
}

std::size_t quoted_length(std::string_view text, std::size_t offset) {
  const char quote = text[offset];
  if (quote != '"' && quote != '\'') return 1;
  for (std::size_t i = offset + 1; i < text.size() && text[i] != '\n' && text[i] != '\r'; ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '\'' && i + 1 < text.size() && text[i + 1] == '\'') {
        ++i;
      } else {
        return i + 1 - offset;
      }
    }
  }
  return std::min(text.find_first_of("\r\n", offset), text.size()) - offset;
}

std::size_t null_length(std::string_view text, std::size_t offset) {
  if (offset < text.size() && (text[offset] == '"' || text[offset] == '\'')) return quoted_length(text, offset);
  std::size_t end = offset;
  while (end < text.size() && is_name_part(text[end])) ++end;
  return std::max<std::size_t>(1, end - offset);
}

}  // namespace actorsim
