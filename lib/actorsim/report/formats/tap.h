// The report as TAP, the Test Anything Protocol, version 14
// (https://testanything.org/tap-version-14-specification.html).
#pragma once

#include <iosfwd>

#include "actorsim/report/format.h"

namespace actorsim {

/// A test point for each case. What did not pass has a block of YAML below it; what was not run is skipped.
void write_tap(std::ostream& out, const Report& report, const ReportOptions& options);

}  // namespace actorsim
