// A place in a source text.
#pragma once

#include <cstdint>

namespace actorsim {

/// Where something stands in its source: line and column in bytes from 1, and how many bytes of that line it covers.
/// Line 0: nowhere (made by the program).
struct Span {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 1;

  friend constexpr bool operator==(const Span&, const Span&) = default;
};

}  // namespace actorsim
