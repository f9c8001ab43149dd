// What came of a round in which nobody moves any more, and whether its locks did what the pure machine does.
#pragma once

#include "actorsim/stress/round.h"
#include "actorsim/stress/stage.h"

namespace actorsim {

/// Replays what has happened to each lock. Nobody moves. False: one did not do what the machine does, which is a
/// defect.
bool replay_logs(const Stage& stage, RoundResult& result);

/// The verdict and the outcome of each call. Nobody moves, and the logs have been replayed without a difference. What
/// is stuck is told by the model's wait-for graph, over a world made of what the threads and the locks have come to.
void judge(const Stage& stage, RoundResult& result);

/// The same for people.
std::vector<LockLog> lock_logs(const Stage& stage);

}  // namespace actorsim
