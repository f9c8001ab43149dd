// The calls of a run as a tree of who called whom, cut down to what a reader can take in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "actorsim/explore/run.h"
#include "actorsim/report/pretty/style.h"

namespace actorsim {

/// One row of a call table: a call, or a gap that stands for calls left out.
struct TreeRow {
  const CallRecord* call = nullptr;  ///< null: a gap
  std::size_t left_out = 0;          ///< of a gap: how many calls
  std::string prefix;                ///< the branches drawn before the name
  std::string under;                 ///< of a call: the branches that go on below it, for lines about it
};

/// Depth first, siblings by arrival. Where there are more than `limit` calls, or calls nested deeper than a line has
/// room for, the rows are those that explain the verdict (calls that ended badly of themselves, calls on a wait-for
/// cycle, and who called them), then as many others as there is room for, from the first on; gaps say how many are
/// missing. Cost: n log n in the calls kept by the run.
std::vector<TreeRow> call_tree(const Run& run, std::size_t limit, const Glyphs& glyphs);

}  // namespace actorsim
