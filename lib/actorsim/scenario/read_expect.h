// What must come out: `expect`. Internal to scenario/.
#pragma once

#include <vector>

#include "actorsim/scenario/matrix.h"
#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// One entry of `expect`: it counts where all tests of `when` pass. Without any it always counts.
struct ConditionalExpectations {
  std::vector<AxisTest> when;
  Expectations expectations;
};

/// `expect: {…}` or a list of such with `when`.
std::vector<ConditionalExpectations> read_expect(Reader& reader, DocumentNode node);

}  // namespace actorsim
