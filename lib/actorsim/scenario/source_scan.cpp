// Looking at a text byte by byte.
#include "actorsim/scenario/source_scan.h"

#include <algorithm>

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

constexpr std::size_t kMaximumSize = std::size_t{1} << 30U;

// The parser reads a bracket to its end before it tells anything of it, so that a file of open brackets would cost its
// size many times over. The count below is not exact where plain texts contain brackets and quotes; so many are not
// reached by accident.
constexpr std::size_t kMaximumOpenBrackets = 1000;

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

std::optional<SourceDefect> find_open_brackets(std::string_view text) {
  std::size_t open = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char character = text[i];
    if (character == '[' || character == '{') {
      if (++open > kMaximumOpenBrackets) return SourceDefect{"too-deep", i, 1, "nested more than 100 deep", ""};
    } else if (character == ']' || character == '}') {
      open -= open > 0 ? 1 : 0;
    } else if (character == '"' || character == '\'' || character == '#') {
      if (i > 0 && std::string_view(" \t\n[{,").find(text[i - 1]) == std::string_view::npos) continue;
      i = character == '#' ? text.find('\n', i) : end_of_quote(text, i);
      if (i == std::string_view::npos) return std::nullopt;
    }
  }
  return std::nullopt;
}

// `%YAML 1.2` and the like. The parser passes over such lines wherever they stand.
std::optional<SourceDefect> find_directive(std::string_view text) {
  std::size_t start = text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    if (text[start] == '%') {
      return SourceDefect{"yaml-feature", start, end - start,
                          "directives (lines that begin with '%') are not part of the format",
                          "leave the line out, or quote the text"};
    }
    start = end + 1;
  }
  return std::nullopt;
}

}  // namespace

std::size_t end_of_quote(std::string_view text, std::size_t offset) {
  const char quote = text[offset];
  for (std::size_t i = offset + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != quote) return i;
      ++i;
    }
  }
  return std::string_view::npos;
}

std::optional<SourceDefect> find_defect(std::string_view text) {
  if (text.size() > kMaximumSize) return SourceDefect{"too-large", 0, 1, "the file is larger than 1 GiB", ""};
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF") {
    return SourceDefect{"not-utf8", 0, 1, "the file is UTF-16, not UTF-8", "save the file as UTF-8"};
  }
  if (auto defect = find_bad_character(text)) return defect;
  if (auto defect = find_directive(text)) return defect;
  return find_open_brackets(text);
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

bool is_open_bracket(std::string_view text, std::size_t offset) {
  if (offset >= text.size() || (text[offset] != '[' && text[offset] != '{')) return false;
  std::size_t open = 0;
  for (std::size_t i = offset; i < text.size(); ++i) {
    const char character = text[i];
    const bool can_open = std::string_view(" \t\n[{,").find(i > 0 ? text[i - 1] : '\n') != std::string_view::npos;
    if (can_open && (character == '"' || character == '\'')) {
      i = end_of_quote(text, i);
      if (i == std::string_view::npos) return true;
    } else if (can_open && character == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else if (character == '[' || character == '{') {
      ++open;
    } else if ((character == ']' || character == '}') && --open == 0) {
      return false;
    }
  }
  return true;
}

std::optional<std::size_t> find_lonely_dash(std::string_view text, std::size_t offset) {
  std::size_t end = std::min(offset, text.size());  // of the line before
  while (true) {
    const std::size_t before = end == 0 ? std::string_view::npos : text.rfind('\n', end - 1);
    const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
    const std::string_view line = trim(text.substr(start, end - start));
    const bool says_nothing = line.empty() || line == "\r" || line.front() == '#';
    if (!says_nothing) {
      if (line.front() != '-') return std::nullopt;
      return text.find('-', start);
    }
    if (start == 0) return std::nullopt;
    end = start - 1;
  }
}

std::optional<std::size_t> find_long_key(std::string_view text, std::size_t offset) {
  constexpr std::size_t kLongest = 1024;
  if (offset >= text.size() || text[offset] != ':') return std::nullopt;
  const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t start = text.find_first_not_of(" -\t", before == std::string_view::npos ? 0 : before + 1);
  if (offset - start <= kLongest || text.substr(start, offset - start).find(": ") != std::string_view::npos)
    return std::nullopt;
  return start;
}

std::size_t find_open_quote(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    // Between values a quote opens a text, and a '#' a comment, only here.
    const bool can_open = i == 0 || std::string_view(" \t\n[{,").find(text[i - 1]) != std::string_view::npos;
    if (!can_open) continue;
    if (text[i] == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else if (text[i] == '"' || text[i] == '\'') {
      const std::size_t end = end_of_quote(text, i);
      if (end == std::string_view::npos) return i;
      i = end;
    }
  }
  return text.size();
}

std::size_t quoted_length(std::string_view text, std::size_t offset) {
  if (text[offset] != '"' && text[offset] != '\'') return 1;
  const std::size_t line_end = std::min(text.find_first_of("\r\n", offset), text.size());
  return std::min(end_of_quote(text, offset), line_end - 1) + 1 - offset;
}

std::size_t null_length(std::string_view text, std::size_t offset) {
  if (offset < text.size() && (text[offset] == '"' || text[offset] == '\'')) return quoted_length(text, offset);
  std::size_t end = offset;
  while (end < text.size() && is_name_part(text[end])) ++end;
  return std::max<std::size_t>(1, end - offset);
}

}  // namespace actorsim
