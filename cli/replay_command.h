// The command that runs one order of one case again.
#pragma once

#include <string>

#include "actorsim/explore/schedule.h"
#include "actorsim/report/report.h"
#include "cli/options.h"

namespace actorsim {

/// `actorsim run shop.yaml --dapr 1.14 --schedule t1.t2`, with what `options` change and what chooses this case among
/// those of its file. `names_scenario`: the file has several scenarios. Words are quoted for a shell where they need
/// it.
std::string replay_command(const CaseReport& report, const Schedule& schedule, const Options& options,
                           bool names_scenario);

}  // namespace actorsim
