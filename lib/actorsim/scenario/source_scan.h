// What can be said of a text's bytes before and beside parsing it: defects that make parsing pointless, and where
// things stand that the parser itself does not tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace actorsim {

struct SourceDefect {
  std::string_view code;
  std::size_t offset;
  std::size_t length;
  std::string message;
  std::string help;
};

/// The first thing that makes the text unfit for the parser: not UTF-8, control characters, too large, a directive,
/// brackets nested beyond all bounds.
std::optional<SourceDefect> find_defect(std::string_view text);

/// Offsets of the first bytes of all lines.
std::vector<std::uint32_t> find_line_starts(std::string_view text);

/// The last tab before `offset`'s line end that indents a line: of the line itself or the two above it.
std::optional<std::size_t> find_tab_indentation(std::string_view text, std::size_t offset);

/// Where the quoted text begins that is still open at the end of the text.
std::size_t find_open_quote(std::string_view text);

/// Does the text end before the bracket at `offset` is closed? False where no bracket stands there.
bool is_open_bracket(std::string_view text, std::size_t offset);

/// The offset of the quote that ends the quoted text at `offset`, on whatever line; npos if there is none.
std::size_t end_of_quote(std::string_view text, std::size_t offset);

/// The dash of the list item that says nothing and ends before `offset`, if it is that.
std::optional<std::size_t> find_lonely_dash(std::string_view text, std::size_t offset);

/// Where the line of `offset` has its key, if the parser gave up on it for its length.
std::optional<std::size_t> find_long_key(std::string_view text, std::size_t offset);

/// The length of the quoted scalar at `offset`, quotes included, up to its end or the end of the line.
std::size_t quoted_length(std::string_view text, std::size_t offset);

/// The length of a missing value's place: the word `null`, or the key or dash that it would have followed.
std::size_t null_length(std::string_view text, std::size_t offset);

}  // namespace actorsim
