// How long a handler takes: the scenario's times, scaled, and a little disorder by chance.
#pragma once

#include "actorsim/base/random.h"
#include "actorsim/base/virtual_time.h"

namespace actorsim {

/// A millisecond of the scenario is a microsecond here; nothing takes longer than `kLongestSleep`.
inline constexpr Nanoseconds kScale = 1'000;
inline constexpr Nanoseconds kLongestSleep = kMillisecond;

/// Works or rests for about a scaled `time`.
void take_time(Random& random, Nanoseconds time);

/// Between two steps: does nothing, gives way, spins or rests, by chance.
void dawdle(Random& random);

/// The generator of somebody whom this one starts.
Random offspring(Random& random);

}  // namespace actorsim
