// What the escaping of every syntax begins with: text in which nothing hides, moves or breaks. Each syntax has its own
// file beside this one; whoever writes a syntax writes foreign text through it and no other way.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace actorsim {

/// Printable text of several lines: as printable() has it, but line ends stay.
std::string printable_lines(std::string_view text);

/// A character that means something in a syntax, and what stands for it.
struct Replacement {
  char character;
  std::string_view by;
};

/// Every character of the table replaced. The result is not looked at again.
template <std::size_t Size>
std::string replace(std::string_view text, const std::array<Replacement, Size>& table) {
  std::string result;
  result.reserve(text.size());
  for (const char character : text) {
    const Replacement* found = nullptr;
    for (const Replacement& entry : table) {
      if (entry.character == character) found = &entry;
    }
    if (found == nullptr) {
      result += character;
    } else {
      result += found->by;
    }
  }
  return result;
}

}  // namespace actorsim
