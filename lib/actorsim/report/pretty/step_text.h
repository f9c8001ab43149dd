// Steps of a schedule in words.
#pragma once

#include <string>
#include <vector>

#include "actorsim/explore/step_log.h"
#include "actorsim/report/pretty/style.h"

namespace actorsim {

/// `client ─▶ A/1.m1 (call 1) arrives and enters`. `run`: the replay of the schedule, for the numbers of calls and
/// their ids; null: neither is told, and words are spared.
std::string step_text(const StepRecord& step, const Run* run, const Style& style);

/// `A/1: call 1 (r1), call 3 waits`, one text for each lock.
std::vector<std::string> lock_texts(const std::vector<LockLine>& locks, const Run& run, const Style& style);

}  // namespace actorsim
