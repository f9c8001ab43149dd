// What is not known to be harmless is escaped: the grammar of each kind of diagram has marks of its own, and which of
// them end a label depends on where it stands.
#include "actorsim/report/escape/mermaid.h"

#include <fmt/format.h>

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

constexpr char32_t kFirstBeyondAscii = 0x80;
constexpr std::string_view kHarmless = " ./,_+!?=:-()'";

bool is_harmless(char character) {
  const bool is_letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  return is_letter || is_digit(character) || kHarmless.find(character) != std::string_view::npos;
}

}  // namespace

std::string mermaid_text(std::string_view text) {
  const std::string safe = printable(text);
  std::string result;
  for (std::size_t i = 0; i < safe.size();) {
    const CodePoint code_point = decode_utf8(safe, i);
    const std::string_view character = std::string_view(safe).substr(i, code_point.length);
    if (code_point.value >= kFirstBeyondAscii || is_harmless(character.front())) {
      result += character;
    } else {
      result += fmt::format("#{};", static_cast<unsigned>(code_point.value));
    }
    i += code_point.length;
  }
  return result;
}

}  // namespace actorsim
