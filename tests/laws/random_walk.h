// One order of a scenario's steps, drawn at random.
#pragma once

#include <functional>
#include <vector>

#include "actorsim/base/random.h"
#include "actorsim/explore/walker.h"
#include "support/catch.h"

namespace actorsim::testing {

/// To the end, or for `steps_at_most`; `look` sees the world before the first step and after each. Returns the
/// schedule.
inline Schedule walk_at_random(Walker& walker, Random& random, std::size_t steps_at_most,
                               const std::function<void(const Situation&)>& look = {}) {
  Schedule schedule;
  Situation situation = walker.initial();
  std::vector<Move> moves;
  std::vector<CallOutcome> outcomes;
  while (true) {
    if (look) look(situation);
    moves.clear();
    walker.list_moves(situation, moves);
    if (moves.empty() || schedule.size() == steps_at_most) return schedule;
    const Move& move = moves[static_cast<std::size_t>(random.below(moves.size()))];
    schedule.push_back(move.choice);
    REQUIRE_FALSE(walker.take(situation, move, outcomes));
  }
}

}  // namespace actorsim::testing
