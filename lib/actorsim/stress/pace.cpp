// Pauses. Short ones are spun, because no system wakes a thread that fast.
#include "actorsim/stress/pace.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace actorsim {
namespace {

constexpr std::uint64_t kMostSpins = 2'000;  // a few microseconds
constexpr Nanoseconds kLongestSpin = 10'000;
constexpr std::uint64_t kMostRest = 40'000;  // nanoseconds

void spin(std::uint64_t times) {
  for (std::uint64_t i = 0; i < times; ++i) std::atomic_signal_fence(std::memory_order_seq_cst);
}

void rest(Nanoseconds time) {
  if (time <= kLongestSpin) {
    spin(static_cast<std::uint64_t>(time));
  } else {
    std::this_thread::sleep_for(std::chrono::nanoseconds(time));
  }
}

}  // namespace

void take_time(Random& random, Nanoseconds time) {
  const Nanoseconds scaled = std::min(time / kScale, kLongestSleep);
  // Half of it to one and a half.
  rest(scaled / 2 + static_cast<Nanoseconds>(random.below(static_cast<std::uint64_t>(scaled) + 1)));
}

void dawdle(Random& random) {
  constexpr std::uint64_t kWays = 5;  // two of them: at once
  switch (random.below(kWays)) {
    case 0: std::this_thread::yield(); break;
    case 1: spin(random.below(kMostSpins)); break;
    case 2: rest(static_cast<Nanoseconds>(random.below(kMostRest))); break;
    default: break;
  }
}

Random offspring(Random& random) { return Random(random.next()); }

}  // namespace actorsim
