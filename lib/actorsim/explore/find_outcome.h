// The shortest way to an outcome of a call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/explore/exploration.h"

namespace actorsim {

/// A shortest schedule after which some call labelled `label` has had one of `outcomes` (bits 1 << Outcome); the first
/// in the order of Walker::list_moves. Nothing: there is none, or a bound of `options` was hit first, or 500,000
/// situations were looked at. Breadth first, over whole worlds.
tl::expected<std::optional<Schedule>, Diagnostic> find_outcome(const Program& program, const std::string& label,
                                                               std::uint16_t outcomes, const ExploreOptions& options);

}  // namespace actorsim
