// What a plain run is among all orders: the schedule by which a replay comes to the same.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "actorsim/explore/run.h"
#include "actorsim/explore/schedule.h"
#include "actorsim/model/model.h"

namespace actorsim {

/// A step of a plain run, and whose it was.
struct PlainStep {
  Mover mover;
  Choice choice;
  std::uint32_t call = kNone;  ///< serial of the call whose handler goes on
};

/// The serial of the call whose handler goes on in a mover's step; kNone: there is none, or it answers a DELETE.
std::uint32_t serial_of(const World& world, const Mover& mover);

/// The schedule by which replay() comes to `run`, in all but times and what happens because actors are idle, of which
/// orders without a clock know nothing. Where locks are handed over (up to 1.14) that is a step of its own in it.
/// Nothing: there is none, as where idle actors or the end of the looking (`until`) have changed what came of it; or it
/// would take too long to find, or `options.stop` has ended the looking. Cost: a walk through the steps, each linear in
/// the world's size; at most about half a second.
std::optional<Schedule> schedule_of(const Program& program, const std::vector<PlainStep>& steps, const Run& run,
                                    const RunOptions& options);

}  // namespace actorsim
