// Why a run came to its verdict, and what would help: plain words from a program and its run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "actorsim/explore/run.h"
#include "actorsim/model/program.h"
#include "actorsim/report/report.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// The name of the text that was given on the command line as a question, not in a file.
inline constexpr std::string_view kAskedFile = "<ask>";

struct Diagnosis {
  std::string headline;          ///< what happened, in half a sentence
  std::vector<std::string> why;  ///< sentences, the cause first; empty for `ok`
  std::vector<std::string> fix;  ///< independent suggestions, the most useful first; lower case, no full stop
};

/// `scenario` is what `program` was compiled from, and `run` a run of it. Names come as they stand in the scenario:
/// escaping them is up to who shows them.
Diagnosis diagnose(const Scenario& scenario, const Program& program, const Run& run);

/// `reentrancy on`, `reentrancy off`, `reentrancy on for A, off for B`: what is effective for the types that the run
/// can come to.
std::string describe_setting(const Program& program);

/// Of a case that is about to run; `program` is compiled from `scenario`.
CaseHead head_of(std::string file, const Scenario& scenario, const Program& program);

}  // namespace actorsim
