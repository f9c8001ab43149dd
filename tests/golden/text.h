// Texts as lines: what differs between two of them, and what a document shows.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace golden {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text);
std::string join(const Lines& lines);

/// What differs, as a unified diff would say it: one hunk from the first to the last differing line, cut where it is
/// long. Empty if nothing differs.
std::string difference(const std::string& expected, const std::string& actual);

/// Whether a text is what a document shows of it: a line `…` stands for any number of lines.
bool shows(const Lines& shown, const Lines& actual);

/// One fenced block of a Markdown file.
struct Block {
  std::size_t line;    ///< of the opening fence, from 1
  std::size_t indent;  ///< blanks before the fence, which its lines have in common
  std::string language;
  Lines lines;       ///< without the indent
  std::string info;  ///< what stands behind the language: `wrong`
};

std::vector<Block> blocks_of(const std::string& markdown);

/// A scenario as documents show it: its file from the first line on that is neither a comment nor empty.
Lines without_opening_comment(const Lines& lines);

/// One command of a ```console block and the lines shown below it.
struct Shown {
  std::string command;  ///< without "$ "
  std::size_t line;     ///< from 0, in the block
  Lines output;
};

/// Lines before the first "$ " belong to no command and are left out.
std::vector<Shown> commands_of(const Block& block);

}  // namespace golden
