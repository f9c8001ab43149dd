// Hashes from hexadecimal into base64.
#include "actorsim/report/html/policy.h"

#include <cstdint>

#include <fmt/format.h>

#include "actorsim/base/check.h"

namespace actorsim {
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

std::string page_policy(std::string_view style_hash, std::string_view script_hash) {
  return fmt::format(
      "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
      policy_hash(style_hash), policy_hash(script_hash));
}

}  // namespace actorsim
