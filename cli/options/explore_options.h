// How far and in which way orders are explored: --max-states and its neighbours, shared by all commands that explore.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "actorsim/explore/exploration.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

struct RawOptions;

/// What the command line says of it. What it leaves out is the scenario's to say, in `limits`.
struct ExploreWishes {
  std::optional<std::uint64_t> max_states;
  std::optional<std::uint64_t> max_memory;  ///< bytes
  std::optional<std::chrono::milliseconds> time_limit;
  std::optional<unsigned> threads;
  Reductions reductions;
};

/// Fills `wishes`. What is wrong with the values is added to `problems`.
void read_explore_wishes(const RawOptions& raw, ExploreWishes& wishes, Diagnostics& problems);

/// The options of one exploration, with a clock: the wishes, else the scenario's limits, else the defaults.
ExploreOptions explore_options(const ExploreWishes& wishes, const Limits& limits);

}  // namespace actorsim
