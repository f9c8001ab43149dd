// The part of base/text.h about UTF-8 and terminals.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

struct Range {
  char32_t first, last;
};

template <std::size_t Size>
bool contains(const std::array<Range, Size>& ranges, char32_t code_point) {
  const auto found = std::lower_bound(ranges.begin(), ranges.end(), code_point,
                                      [](const Range& range, char32_t value) { return range.last < value; });
  return found != ranges.end() && found->first <= code_point;
}

// The combining blocks that occur in practice; a mark that is missing here shifts a caret, nothing worse.
constexpr std::array<Range, 19> kCombining{{{0x0300, 0x036F},
                                            {0x0483, 0x0489},
                                            {0x0591, 0x05BD},
                                            {0x05BF, 0x05C7},
                                            {0x0610, 0x061A},
                                            {0x064B, 0x065F},
                                            {0x0670, 0x0670},
                                            {0x06D6, 0x06DC},
                                            {0x0900, 0x0902},
                                            {0x093C, 0x093C},
                                            {0x0941, 0x0948},
                                            {0x0E31, 0x0E31},
                                            {0x0E34, 0x0E3A},
                                            {0x0E47, 0x0E4E},
                                            {0x1AB0, 0x1AFF},
                                            {0x1DC0, 0x1DFF},
                                            {0x20D0, 0x20FF},
                                            {0xFE00, 0xFE0F},
                                            {0xFE20, 0xFE2F}}};

// East Asian wide and full-width blocks, and emoji shown as pictures.
constexpr std::array<Range, 22> kWide{
    {{0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x2614, 0x2615},  {0x26A1, 0x26A1}, {0x2705, 0x2705},
     {0x274C, 0x274C},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},  {0x4E00, 0x9FFF}, {0xA000, 0xA4CF},
     {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},  {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
     {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}}};

// Control characters, formatting characters that reorder, hide or break text, and what is no character (XML cannot
// hold it).
constexpr std::array<Range, 14> kHostile{{{0x0000, 0x001F},
                                          {0x007F, 0x009F},
                                          {0x00AD, 0x00AD},
                                          {0x061C, 0x061C},
                                          {0x115F, 0x1160},
                                          {0x180E, 0x180E},
                                          {0x200B, 0x200F},
                                          {0x2028, 0x202E},
                                          {0x2060, 0x206F},
                                          {0xFEFF, 0xFEFF},
                                          {0xFFF9, 0xFFFB},
                                          {0xFFFE, 0xFFFF},
                                          {0xE0000, 0xE007F},
                                          {0x10FFFE, 0x10FFFF}}};

constexpr std::size_t kQuotedWidth = 60;

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, true};
  const CodePoint invalid{first, 1, false};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() - offset < length) return invalid;
  char32_t value = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return invalid;
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return invalid;
  return {value, length, true};
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const CodePoint code_point = decode_utf8(text, i);
    if (!code_point.valid) return i;
    i += code_point.length;
  }
  return std::nullopt;
}

int display_width(char32_t code_point) {
  if (code_point < 0x300) return 1;
  if (contains(kCombining, code_point)) return 0;
  return contains(kWide, code_point) ? 2 : 1;
}

bool is_hostile(char32_t code_point) { return contains(kHostile, code_point); }

std::string escape(const CodePoint& code_point) {
  const auto value = static_cast<std::uint32_t>(code_point.value);
  if (code_point.valid && value == '\n') return "\\n";
  if (code_point.valid && value == '\r') return "\\r";
  if (code_point.valid && value == '\t') return "\\t";
  if (!code_point.valid || value < 0x80) return fmt::format("\\x{:02x}", value);
  return value <= 0xFFFF ? fmt::format("\\u{:04x}", value) : fmt::format("\\U{:08x}", value);
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint code_point = decode_utf8(text, i);
    if (!code_point.valid || is_hostile(code_point.value)) {
      result += escape(code_point);
    } else {
      result += text.substr(i, code_point.length);
    }
    i += code_point.length;
  }
  return result;
}

std::string in_quotes(std::string_view text) {
  std::string result = "'";
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++width) {
    if (width == kQuotedWidth) return result + "…'";
    const CodePoint code_point = decode_utf8(text, i);
    result += printable(text.substr(i, code_point.length));
    i += code_point.length;
  }
  return result + "'";
}

}  // namespace actorsim
