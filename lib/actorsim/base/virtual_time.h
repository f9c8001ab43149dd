// Virtual time: what a scenario's durations and a report's instants are counted in. No clock is ever read.
#pragma once

#include <cstdint>

namespace actorsim {

/// Nanoseconds of virtual time since the start of the scenario, or between two such instants. Never negative in a
/// scenario.
using Nanoseconds = std::int64_t;

inline constexpr Nanoseconds kMillisecond = 1'000'000;
inline constexpr Nanoseconds kSecond = 1'000 * kMillisecond;

}  // namespace actorsim
