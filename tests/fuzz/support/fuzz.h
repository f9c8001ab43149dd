// What every fuzz target begins with: the input as text or as decisions, a check that is always on and says what is
// wrong, and what holds for every complaint about an input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "actorsim/base/diagnostic.h"

namespace actorsim::fuzz {

/// Ends the process with `what` on standard error, so that libFuzzer keeps the input.
[[noreturn]] void fail(const std::string& what);

inline void demand(bool holds, std::string_view what) {
  if (!holds) fail(std::string(what));
}

inline std::string text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// The input as a sequence of decisions. Where it has ended, every decision is the first possible one.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  bool is_at_end() const { return at_ == size_; }
  std::uint8_t take() { return is_at_end() ? std::uint8_t{0} : data_[at_++]; }
  /// From 0 up to but not `bound`, which is 256 at most.
  std::uint32_t below(std::uint32_t bound) { return take() % bound; }
  bool one_in(std::uint32_t count) { return below(count) == count - 1; }
  /// Up to the next byte 0, which is taken too, or to the end.
  std::string take_text();
  std::string rest() { return text_of(data_ + at_, size_ - at_); }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

/// Nothing in it controls a terminal or hides: valid UTF-8 without hostile characters, but for line ends.
void demand_printable(std::string_view text, std::string_view what);

/// What holds for all complaints: none is empty, their codes are known, not too many are shown, and as they are
/// rendered, in every way, a terminal can show them.
void demand_good_complaints(const Diagnostics& diagnostics, const Source& source);

}  // namespace actorsim::fuzz
