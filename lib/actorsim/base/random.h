// Random numbers that are the same on every machine.
#pragma once

#include <cstdint>

namespace actorsim {

/// SplitMix64 (Steele, Lea, Flood 2014): one 64-bit word of state, a full period, and good enough for choosing.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t word = state_;
    word = (word ^ (word >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    word = (word ^ (word >> 27U)) * 0x94D049BB133111EBULL;
    return word ^ (word >> 31U);
  }

  /// From 0 up to but not `count`, which is above 0; all equally likely.
  std::uint64_t below(std::uint64_t count) {
    const std::uint64_t uneven =
        (0 - count) % count;  // 2^64 modulo count: so many words would favour the small numbers
    std::uint64_t word = next();
    while (word < uneven) word = next();
    return word % count;
  }

 private:
  std::uint64_t state_;
};

}  // namespace actorsim
