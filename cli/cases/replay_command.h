// The command that runs one order of one case again.
#pragma once

#include <string>
#include <string_view>

#include "actorsim/explore/schedule.h"
#include "actorsim/scenario/loader.h"
#include "cli/options/options.h"

namespace actorsim {

/// A case, as a command line finds it.
struct CasePlace {
  std::string file;
  CaseTitle title;
  std::string dapr;                ///< `1.15`, `1.15.3`, `docs`
  bool is_one_of_several = false;  ///< its file has other scenarios, too
};

/// Has the file scenarios of different names?
bool has_several_scenarios(const ScenarioFile& file);

/// `actorsim run shop.yaml --dapr 1.14 --schedule t1.t2`, with what `options` change. Words are quoted for a shell
/// where that is needed. `command`: what is done with the schedule.
std::string replay_command(const CasePlace& place, const Schedule& schedule, const Options& options,
                           std::string_view command = "run");

}  // namespace actorsim
