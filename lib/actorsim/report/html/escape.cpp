// Character by character.
#include "actorsim/report/html/escape.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

#include "actorsim/base/check.h"
#include "actorsim/base/text.h"

namespace actorsim {

std::string escape_html(std::string_view text) {
  std::string result;
  for (const char character : text) {
    switch (character) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      case '\'': result += "&#39;"; break;
      default: result += character;
    }
  }
  return result;
}

std::string escape_json_for_script(std::string_view json) {
  constexpr char32_t kFirstBeyondOneUnit = 0x10000;
  std::string result;
  result.reserve(json.size());
  for (std::size_t i = 0; i < json.size();) {
    const CodePoint code_point = decode_utf8(json, i);
    const char32_t value = code_point.value;
    const bool is_markup = value == U'<' || value == U'>' || value == U'&';
    const bool is_hostile_text = code_point.valid && value >= 0x80 && is_hostile(value);
    if (is_markup || (is_hostile_text && value < kFirstBeyondOneUnit)) {
      result += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(value));
    } else if (is_hostile_text) {
      const std::uint32_t rest = static_cast<std::uint32_t>(value) - 0x10000;
      result += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (rest >> 10U), 0xDC00 + (rest & 0x3FFU));
    } else {
      result += json.substr(i, code_point.length);
    }
    i += code_point.length;
  }
  return result;
}

namespace {

std::uint32_t digit_of(char character) {
  if (character >= '0' && character <= '9') return static_cast<std::uint32_t>(character - '0');
  ACTORSIM_CHECK(character >= 'a' && character <= 'f');
  return static_cast<std::uint32_t>(character - 'a') + 10;
}

}  // namespace

std::string policy_hash(std::string_view hexadecimal) {
  static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result = "sha256-";
  std::uint32_t bits = 0;
  unsigned count = 0;  // of bits that are not written yet
  for (const char character : hexadecimal) {
    bits = (bits << 4U) | digit_of(character);
    count += 4;
    if (count < 6) continue;
    count -= 6;
    result += kDigits[(bits >> count) & 63U];
  }
  if (count > 0) result += kDigits[(bits << (6U - count)) & 63U];
  while ((result.size() - 7) % 4 != 0) result += '=';
  return result;
}

}  // namespace actorsim
