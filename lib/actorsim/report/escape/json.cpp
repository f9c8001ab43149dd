// Outside of ASCII a dumped value has nothing but parts of strings.
#include "actorsim/report/escape/json.h"

#include <cstdint>

#include <fmt/format.h>

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

constexpr std::uint32_t kDelete = 0x7F;
constexpr std::uint32_t kFirstOfPairs = 0x10000;

std::string escaped(std::uint32_t value) {
  if (value < kFirstOfPairs) return fmt::format("\\u{:04x}", value);
  const std::uint32_t rest = value - kFirstOfPairs;
  return fmt::format("\\u{:04x}\\u{:04x}", 0xD800U + (rest >> 10U), 0xDC00U + (rest & 0x3FFU));
}

}  // namespace

std::string json_safe(std::string_view dumped) {
  std::string result;
  result.reserve(dumped.size());
  for (std::size_t i = 0; i < dumped.size();) {
    const CodePoint code_point = decode_utf8(dumped, i);
    const auto value = static_cast<std::uint32_t>(code_point.value);
    const bool is_hidden = code_point.valid && value >= kDelete && is_hostile(code_point.value);
    result += is_hidden ? escaped(value) : dumped.substr(i, code_point.length);
    i += code_point.length;
  }
  return result;
}

}  // namespace actorsim
