// Knows of TOML where texts and comments begin and end, and no more.
#include "cli/options/toml_dangers.h"

#include <algorithm>
#include <cstdint>

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

constexpr std::size_t kMostParts = 100;  // a table is made for each part of a key, inside of the last one
constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kBetweenKeys = "\n=,[{";

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::optional<TomlDanger> scan() {
    while (at_ < text_.size() && !danger_) step();
    return danger_;
  }

 private:
  void step() {
    const char character = text_[at_];
    if (character == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (character == '"' || character == '\'') {
      skip_quoted(character);
    } else if (is_beyond_ascii(at_)) {
      tell(at_, "a letter beyond ASCII outside of quotes", "a text stands in quotes: color = \"never\"");
    } else {
      if (kBetweenKeys.find(character) != std::string_view::npos) dots_ = 0;
      if (character == '.') ++dots_;
      if (dots_ >= kMostParts) tell(at_, "a key of more than 100 parts", "a key has one part, or two: run.color");
      ++at_;
    }
  }

  // From the quote on: to the end of the text, or of the line where it must end there.
  void skip_quoted(char quote) {
    const std::string_view three = quote == '"' ? "\"\"\"" : "'''";
    const bool has_lines = text_.substr(at_, three.size()) == three;
    const std::string_view end = has_lines ? three : three.substr(0, 1);
    for (at_ += end.size(); at_ < text_.size() && !danger_;) {
      if (text_.substr(at_, end.size()) == end) {
        at_ += end.size();
        return;
      }
      if (text_[at_] == '\n' && !has_lines) return;
      if (text_[at_] == '\\' && quote == '"') {
        skip_escape();
      } else {
        ++at_;
      }
    }
  }

  // A backslash at the end of a line takes all blanks with it.
  void skip_escape() {
    const std::size_t next = std::min(text_.find_first_not_of(kBlanks, at_ + 1), text_.size());
    const bool ends_line = text_.substr(at_, next - at_).find('\n') != std::string_view::npos;
    if (ends_line && next < text_.size() && is_beyond_ascii(next))
      tell(next, "a letter beyond ASCII behind a backslash that ends a line", "leave the backslash out");
    at_ = ends_line ? next : std::min(at_ + 2, text_.size());
  }

  bool is_beyond_ascii(std::size_t at) const { return static_cast<unsigned char>(text_[at]) >= 0x80; }

  void tell(std::size_t at, const char* message, const char* help) {
    const std::string_view before = text_.substr(0, at);
    const std::size_t line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t last_break = before.rfind('\n');  // none: one before the beginning
    const std::size_t column = last_break == std::string_view::npos ? at : at - last_break - 1;
    const std::size_t length = std::max<std::size_t>(1, decode_utf8(text_, at).length);
    danger_ = TomlDanger{Span{static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(column + 1),
                              static_cast<std::uint32_t>(length)},
                         message, help};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t dots_ = 0;
  std::optional<TomlDanger> danger_;
};

}  // namespace

std::optional<TomlDanger> danger_in_toml(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.substr(0, kByteOrderMark.size()) != kByteOrderMark) return Scanner(text).scan();
  text.remove_prefix(kByteOrderMark.size());
  std::optional<TomlDanger> danger = Scanner(text).scan();
  if (danger && danger->span.line == 1) danger->span.column += static_cast<std::uint32_t>(kByteOrderMark.size());
  return danger;
}

}  // namespace actorsim
