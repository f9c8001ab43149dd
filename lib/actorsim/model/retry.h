// Whether a call that ended badly is tried again.
#pragma once

#include <cstdint>
#include <optional>

#include "actorsim/model/model.h"
#include "actorsim/model/program.h"
#include "actorsim/model/world.h"

namespace actorsim {

/// The attempts that the caller has made; the others are the runtime's.
std::uint32_t own_attempts(const Call& call);

/// How long until the next attempt; nothing if there is none. The runtime's own retries come before those that the
/// scenario asks for; one that is used is counted in `call`.
std::optional<Nanoseconds> retry_delay(const Program& program, Call& call, const CallEnd& end);

}  // namespace actorsim
