// Columns.
#include "actorsim/report/pretty/layout.h"

#include <algorithm>

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

std::string blanks(std::size_t count) { return std::string(count, ' '); }

std::string without_trailing_blanks(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

// How many bytes of `text` take at most `width` columns, combining marks included.
std::size_t bytes_within(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::size_t i = 0;
  while (i < text.size()) {
    const CodePoint code_point = decode_utf8(text, i);
    const auto columns = static_cast<std::size_t>(display_width(code_point.value));
    if (used + columns > width) break;
    used += columns;
    i += code_point.length;
  }
  return i;
}

// Where the end of `text` begins that takes at most `width` columns.
std::size_t tail_within(std::string_view text, std::size_t width) {
  std::size_t remaining = text_width(text);
  std::size_t i = 0;
  while (i < text.size() && remaining > width) {
    const CodePoint code_point = decode_utf8(text, i);
    remaining -= static_cast<std::size_t>(display_width(code_point.value));
    i += code_point.length;
  }
  return i;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

bool is_arrow(std::string_view word) { return word == "->" || word == "~>" || word == "-/>"; }

// Are there brackets open at its end?
bool is_open(std::string_view text) {
  const auto count = [&](std::string_view any) {
    return std::count_if(text.begin(), text.end(), [&](char c) { return any.find(c) != std::string_view::npos; });
  };
  return count("{[") > count("}]");
}

// Where the sequence ends that begins there. Only colours begin so: foreign text has been made printable.
std::size_t end_of_colour(std::string_view text, std::size_t at) {
  return std::min(text.find('m', at), text.size() - 1) + 1;
}

std::string without_colours(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\x1b') {
      i = end_of_colour(text, i);
    } else {
      plain += text[i++];
    }
  }
  return plain;
}

// What is better not broken: `A -> B`, `--set KEY=VALUE`, and settings in brackets if they are short.
std::vector<std::string> chunks_of(std::string_view text) {
  constexpr std::size_t kLongest = 48;
  std::vector<std::string> chunks;
  std::string last;  // of them, without colours
  bool glue = false;
  for (const std::string_view painted : words_of(text)) {
    const std::string word = without_colours(painted);
    const bool is_part = !chunks.empty() && (is_arrow(word) || (is_open(last) && last.size() + word.size() < kLongest));
    if (glue || is_part) {
      chunks.back().append(" ").append(painted);
      last += ' ' + word;
    } else {
      chunks.emplace_back(painted);
      last = word;
    }
    glue = is_arrow(word) || word == "--set" || word == "(here:" || word == "(config:";
  }
  return chunks;
}

}  // namespace

std::size_t text_width(std::string_view text) {
  std::size_t result = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\x1b') {
      i = end_of_colour(text, i);
      continue;
    }
    const CodePoint code_point = decode_utf8(text, i);
    result += static_cast<std::size_t>(display_width(code_point.value));
    i += code_point.length;
  }
  return result;
}

std::string shorten_middle(std::string_view text, std::size_t width, std::string_view ellipsis) {
  if (text_width(text) <= width) return std::string(text);
  const std::size_t mark = text_width(ellipsis);
  if (width <= mark) return std::string(text.substr(0, bytes_within(text, width)));
  const std::size_t kept = width - mark;
  const std::size_t tail = kept / 2;
  return std::string(text.substr(0, bytes_within(text, kept - tail))) + std::string(ellipsis) +
         std::string(text.substr(tail_within(text, tail)));
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  for (const std::string& chunk : chunks_of(text)) {
    if (!line.empty() && text_width(line) + 1 + text_width(chunk) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += chunk;
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::size_t> Table::widths(std::size_t available, bool with_titles) const {
  std::vector<std::size_t> result(columns_.size(), 0);
  std::size_t total = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (with_titles) result[i] = text_width(columns_[i].title);
    for (const Row& row : rows_) {
      if (i < row.cells.size())
        result[i] = std::max(result[i], text_width(row.cells[i].prefix) + text_width(row.cells[i].text));
    }
    total += result[i] + columns_[i].gap;
  }
  const std::vector<std::size_t> least = least_widths();
  while (total > available) {
    std::size_t widest = columns_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].least == 0 || result[i] <= least[i]) continue;
      if (widest == columns_.size() || result[i] > result[widest]) widest = i;
    }
    if (widest == columns_.size()) break;
    const std::size_t cut = std::min(total - available, std::max<std::size_t>(1, (result[widest] - least[widest]) / 2));
    result[widest] -= cut;
    total -= cut;
  }
  return result;
}

std::vector<std::size_t> Table::least_widths() const {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t prefix = 0;
    for (const Row& row : rows_) {
      if (i < row.cells.size()) prefix = std::max(prefix, text_width(row.cells[i].prefix));
    }
    result.push_back(prefix + columns_[i].least);
  }
  return result;
}

std::string Table::render_row(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths,
                              const Style& style) const {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    const std::size_t prefix = text_width(cell.prefix);
    const std::size_t room = widths[i] > prefix ? widths[i] - prefix : 1;
    const std::string text = shorten_middle(cell.text, room, style.glyphs().ellipsis);
    const std::size_t taken = prefix + text_width(text);
    const std::size_t padding = widths[i] > taken ? widths[i] - taken : 0;
    line += blanks(columns_[i].gap);
    if (columns_[i].right) line += blanks(padding);
    line += style.paint(Paint::faint, cell.prefix) + style.paint(cell.paint, text);
    if (!columns_[i].right) line += blanks(padding);
  }
  return without_trailing_blanks(std::move(line));
}

std::vector<std::string> Table::render(const Style& style, std::size_t width, bool with_titles) const {
  const std::vector<std::size_t> column_widths = widths(width, with_titles);
  std::vector<std::string> lines;
  if (with_titles) {
    std::vector<Cell> titles;
    for (const Column& column : columns_) titles.push_back({column.title, Paint::faint});
    lines.push_back(render_row(titles, column_widths, style));
  }
  for (const Row& row : rows_) {
    if (!row.cells.empty()) {
      lines.push_back(render_row(row.cells, column_widths, style));
      continue;
    }
    std::size_t indent = columns_[row.note_column].gap;
    for (std::size_t i = 0; i < row.note_column; ++i) indent += columns_[i].gap + column_widths[i];
    const std::size_t room = width > indent + 20 ? width - indent : 20;
    lines.push_back(blanks(indent) +
                    style.paint(Paint::faint, shorten_middle(row.note, room, style.glyphs().ellipsis)));
  }
  return lines;
}

}  // namespace actorsim
