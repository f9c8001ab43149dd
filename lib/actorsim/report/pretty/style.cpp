// Colors and glyphs.
#include "actorsim/report/pretty/style.h"

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

constexpr Glyphs kUnicode{
    "✓", "✗", "!", "─▶", "├─▶", "└─▶", "├╌▶", "└╌▶", "│", "──", "──▶", "⋮", "…", "·", "–", "→", "≠", "╌▶", "├─", "└─",
};
constexpr Glyphs kAscii{
    "+", "x", "!", "->", "|->", "`->", "|~>", "`~>", "|", "--", "-->", ":", "..", "-", "-", "->", "*", "~>", "|-", "`-",
};

std::string_view escape_sequence(Paint paint) {
  switch (paint) {
    case Paint::plain: return "";
    case Paint::good: return "\x1b[32m";
    case Paint::bad: return "\x1b[31m";
    case Paint::caution: return "\x1b[33m";
    case Paint::faint: return "\x1b[2m";
    case Paint::strong: return "\x1b[1m";
  }
  return "";
}

std::string ascii_only(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint code_point = decode_utf8(text, i);
    const bool is_ascii = code_point.valid && code_point.value < 0x80;
    result += is_ascii ? std::string(text.substr(i, code_point.length)) : escape(code_point);
    i += code_point.length;
  }
  return result;
}

}  // namespace

Paint paint_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::exceeded:
    case Outcome::closed:
    case Outcome::not_hosted:
    case Outcome::deadlocked:
    case Outcome::stranded:
    case Outcome::timed_out:
    case Outcome::cancelled:
    case Outcome::failed: return Paint::bad;
    case Outcome::blocked: return Paint::caution;
    case Outcome::re_entered: return Paint::good;
    case Outcome::entered: return Paint::plain;
    case Outcome::skipped: return Paint::faint;
  }
  return Paint::plain;
}

const Glyphs& Style::glyphs() const { return ascii_ ? kAscii : kUnicode; }

std::string Style::paint(Paint paint, std::string_view text) const {
  if (!color_ || paint == Paint::plain || text.empty()) return std::string(text);
  return std::string(escape_sequence(paint)) + std::string(text) + "\x1b[0m";
}

std::string Style::text(std::string_view foreign) const {
  const std::string safe = printable(foreign);
  return ascii_ ? ascii_only(safe) : safe;
}

}  // namespace actorsim
