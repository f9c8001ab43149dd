// What came of a round in which nobody moves any more, and whether its locks did what the pure machine does.
#pragma once

#include "actorsim/stress/round.h"
#include "actorsim/stress/stage.h"

namespace actorsim {

/// The verdict and the outcome of each call. Nobody moves. What is stuck is told by the model's wait-for graph, over a
/// world made of what the threads and the locks have come to.
void judge(const Stage& stage, RoundResult& result);

/// Replays what happened to each lock. All threads have come to an end.
void replay_logs(const Stage& stage, RoundResult& result);

/// The same for people.
std::vector<LockLog> lock_logs(const Stage& stage);

}  // namespace actorsim
