// What those who look at many orders have in common. Private to explore/.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "actorsim/explore/walker.h"

namespace actorsim {

/// Orders without end, or far too many: they are refused before anything is done.
std::optional<Diagnostic> find_unbounded(const Program& program);

/// Memory that a situation takes, about.
std::uint64_t bytes_of(const Situation& situation);

/// How often the step is another chain's than the one before.
std::uint32_t switches_of(const Schedule& schedule);

/// The move that makes this choice, which is among them.
const Move& find_move(const std::vector<Move>& moves, const Choice& choice);

/// Shortens a schedule that ends with a verdict to where that verdict is certain.
std::optional<Diagnostic> cut_where_certain(Walker& walker, Verdict verdict, Schedule& schedule);

}  // namespace actorsim
