// Plain loops over lines; nothing here is worth an algorithm.
#include "golden/text.h"

#include <algorithm>
#include <regex>
#include <sstream>

namespace golden {
namespace {

constexpr std::size_t kContext = 3;
constexpr std::size_t kMostLines = 15;  // of each side

void add_lines(std::string& result, const char* mark, const Lines& lines, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < std::min(to, from + kMostLines); ++i) result += mark + lines[i] + "\n";
  if (to > from + kMostLines) result += std::string(mark) + "(" + std::to_string(to - from - kMostLines) + " more)\n";
}

}  // namespace

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  if (!text.empty() && text.back() != '\n') lines.back() += "\\ (the line does not end)";
  return lines;
}

std::string join(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string difference(const std::string& expected, const std::string& actual) {
  if (expected == actual) return "";
  const Lines old_lines = lines_of(expected);
  const Lines new_lines = lines_of(actual);
  const std::size_t shorter = std::min(old_lines.size(), new_lines.size());
  std::size_t same_before = 0;
  while (same_before < shorter && old_lines[same_before] == new_lines[same_before]) ++same_before;
  std::size_t same_after = 0;
  while (same_after < shorter - same_before &&
         old_lines[old_lines.size() - 1 - same_after] == new_lines[new_lines.size() - 1 - same_after]) {
    ++same_after;
  }
  const std::size_t from = same_before - std::min(same_before, kContext);
  std::string result = "@@ line " + std::to_string(same_before + 1) + " @@\n";
  add_lines(result, " ", old_lines, from, same_before);
  add_lines(result, "-", old_lines, same_before, old_lines.size() - same_after);
  add_lines(result, "+", new_lines, same_before, new_lines.size() - same_after);
  add_lines(result, " ", old_lines, old_lines.size() - same_after,
            old_lines.size() - same_after + std::min(same_after, kContext));
  return result;
}

bool shows(const Lines& shown, const Lines& actual) {
  // matches[j]: the lines shown so far can stand for the first j actual lines.
  std::vector<bool> matches(actual.size() + 1, false);
  matches[0] = true;
  for (const std::string& line : shown) {
    const bool gap = line == "…";
    std::vector<bool> next(actual.size() + 1, false);
    for (std::size_t j = 0; j <= actual.size(); ++j) {
      if (gap) {
        next[j] = matches[j] || (j > 0 && next[j - 1]);
      } else {
        next[j] = j > 0 && matches[j - 1] && actual[j - 1] == line;
      }
    }
    matches = std::move(next);
  }
  return matches[actual.size()];
}

std::vector<Block> blocks_of(const std::string& markdown) {
  static const std::regex kOpening("^( *)```([a-z]*) *(.*)$");
  std::vector<Block> blocks;
  bool inside = false;
  const Lines lines = lines_of(markdown);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    std::smatch match;
    if (inside) {
      Block& block = blocks.back();
      const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
      const std::string text = line.substr(std::min(block.indent, blanks));
      inside = text != "```";
      if (inside) block.lines.push_back(text);
    } else if (std::regex_match(line, match, kOpening)) {
      blocks.push_back({i + 1, match[1].str().size(), match[2], {}, match[3]});
      inside = true;
    }
  }
  return blocks;
}

Lines without_opening_comment(const Lines& lines) {
  const auto opens = [](const std::string& line) { return line.empty() || line.front() == '#'; };
  return {std::find_if_not(lines.begin(), lines.end(), opens), lines.end()};
}

std::vector<Shown> commands_of(const Block& block) {
  std::vector<Shown> commands;
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    const std::string& line = block.lines[i];
    if (line.rfind("$ ", 0) == 0) {
      commands.push_back({line.substr(2), i, {}});
    } else if (!commands.empty()) {
      commands.back().output.push_back(line);
    }
  }
  return commands;
}

}  // namespace golden
