// The table of a run's calls, in two shapes: the full one with what the lock was like, and a compact one beside a
// failure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "actorsim/explore/run.h"
#include "actorsim/report/format.h"
#include "actorsim/report/pretty/style.h"

namespace actorsim {

/// `#  t  call  lock  depth  outcome` with titles; with Verbosity::full each call has a second line: what it carried,
/// saw and met.
std::vector<std::string> full_call_table(const Run& run, const Style& style, std::size_t width, Verbosity verbosity);

/// `#  call  outcome  who holds or is in the way`, without titles; with the time where any call came later than 0.
std::vector<std::string> compact_call_table(const Run& run, const Style& style, std::size_t width);

/// `call 2 ── lock A/1 ──▶ call 1 ── reply ──▶ call 2`, broken into lines between its parts.
std::vector<std::string> draw_cycle(const DeadlockCycle& cycle, const Run& run, const Style& style, std::size_t width);

}  // namespace actorsim
