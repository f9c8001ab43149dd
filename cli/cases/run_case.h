// One case from its scenario to its part of the report. Shared by the commands that run something.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "actorsim/explore/exploration.h"
#include "actorsim/report/report.h"
#include "actorsim/scenario/scenario.h"
#include "cli/options/explore_options.h"

namespace actorsim {

/// How a case is run.
struct CaseWishes {
  RunOptions run;                           ///< only the number of kept calls, film, schedule and progress are taken
  ExploreWishes exploring;                  ///< where the case expects something of all orders
  const std::atomic<bool>* stop = nullptr;  ///< looked at now and then: true ends run and exploration
  std::optional<Schedule> schedule;         ///< replayed instead of the plain run; all orders are not looked at then
  std::function<void(const ExploreProgress&)> on_explore_progress;
  /// The command that replays a schedule of this case; absent: none is told.
  std::function<std::string(const CaseReport& report, const Schedule& schedule)> replay_command;
};

/// Compiles, runs, checks and explains, and explores where something is expected of all orders. What is wrong or
/// noteworthy is added to `diagnostics`; a case that cannot be run has the status `error`, one whose run was stopped
/// the status `skipped`; an exploration that was stopped leaves undecided what it was for. `file_warnings`: of the file
/// as a whole, which the expectation `warnings` counts too.
CaseReport run_case(Scenario scenario, const std::string& file, Diagnostics& diagnostics,
                    const Diagnostics& file_warnings = {}, const CaseWishes& wishes = {});

}  // namespace actorsim
