// Putting text into columns: widths as a terminal counts them, shortening, wrapping, and tables that always fit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/report/pretty/style.h"

namespace actorsim {

/// Columns that a printable text takes. Style::paint may have coloured it.
std::size_t text_width(std::string_view text);

/// The text if it fits into `width` columns, else its beginning and end around an ellipsis.
std::string shorten_middle(std::string_view text, std::size_t width, std::string_view ellipsis);

/// Lines of at most `width` columns, broken at blanks, but not inside what belongs together (`A -> B`, `--set
/// KEY=VALUE`, short settings in brackets); a word that is longer stands alone and sticks out.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// Rows of cells, aligned. Cells are measured before they are painted.
class Table {
 public:
  struct Column {
    std::string title;
    bool right = false;     ///< numbers
    std::size_t least = 0;  ///< what its texts may be shortened to, prefixes not counted; 0: they never are
    std::size_t gap = 2;    ///< blanks before it
  };
  struct Cell {
    std::string text;
    Paint paint = Paint::plain;
    std::string prefix = {};  ///< stands before the text and is never shortened
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void add(std::vector<Cell> cells) { rows_.push_back({std::move(cells), {}}); }
  /// A faint line under the last row, at the column `column`.
  void add_note(std::size_t column, std::string text) { rows_.push_back({{}, std::move(text), column}); }

  /// The rows as lines without line ends and without blanks at their ends. Where they would not fit into `width` the
  /// columns that allow it are shortened, the widest first. `with_titles`: a faint line of titles comes first.
  std::vector<std::string> render(const Style& style, std::size_t width, bool with_titles) const;

 private:
  struct Row {
    std::vector<Cell> cells;
    std::string note;
    std::size_t note_column = 0;
  };
  std::vector<std::size_t> widths(std::size_t available, bool with_titles) const;
  std::vector<std::size_t> least_widths() const;
  std::string render_row(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths,
                         const Style& style) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace actorsim
