// The headline word of a call, from how it got in and how it ended.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actorsim/base/outcome.h"
#include "actorsim/model/model.h"

namespace actorsim {

/// What becomes of a call that has ended like this.
Outcome outcome_of(const Call& call, const CallEnd& end);

/// How a call that is inside, or was, got in.
Outcome admission_word(const Call& call);

/// The labels that calls of a skipped site would have had. `self` may be any actor of the type that the scenario names.
std::vector<std::string> labels_of_skipped(const Program& program, const CallSite& skipped);

/// The labels of all sites that a run could have come to, and did not.
std::vector<std::string> skipped_labels(const Program& program, const std::vector<bool>& was_reached);

}  // namespace actorsim
