// One round: the scenario once, by real threads, from its triggers to the end or to where nothing moves any more.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/explore/combinations.h"
#include "actorsim/stress/crew.h"
#include "actorsim/stress/stillness.h"

namespace actorsim {

/// What a lock was asked and said, for people.
struct LockLog {
  std::string actor;
  std::vector<std::string> events;
};

/// What came of a round.
struct RoundResult {
  bool counts = false;  ///< false: it did not come to its end, so nothing came of it, or a lock is out of order
  Combination combination;
  std::vector<std::string> defects;  ///< a lock or a thread that did not do what it must
  std::vector<LockLog> logs;         ///< of all locks, where they are wanted
  std::uint64_t operations = 0;      ///< on all locks
  std::optional<Diagnostic> problem;
};

/// More operations on locks, and handlers and branches that begin, are no round any more: what is remembered of them
/// takes memory.
inline constexpr std::uint64_t kMostEventsOfRound = 200'000;

struct RoundSettings {
  std::uint64_t seed = 0;
  std::chrono::milliseconds patience{10'000};  ///< after so long without any step, a thread has got lost
  std::uint64_t most_events = kMostEventsOfRound;
  std::function<bool()> must_end;                      ///< asked now and then, by the caller's thread: ends the round
  std::function<bool(const RoundResult&)> wants_logs;  ///< of a round that has just ended; those with defects have them
  std::function<void()> before_step;                   ///< for tests: every handler calls it before each of its steps
};

/// Plays `program`, whose loads are unrolled. All of its threads have come to an end afterwards, whatever happens.
/// Throws what a thread has thrown.
RoundResult play_round(const Program& program, Crew& crew, Stillness& stillness, const RoundSettings& settings);

}  // namespace actorsim
