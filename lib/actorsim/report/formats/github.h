// The report as annotations of GitHub Actions.
#pragma once

#include <iosfwd>

#include "actorsim/report/format.h"

namespace actorsim {

/// A workflow command for each expectation that does not hold (an error; a warning where it is not decided) and for
/// each diagnostic, with its place in the file. Of warnings that differ only in the case that they speak of, the first
/// is told. GitHub shows ten errors and ten warnings of a step.
void write_github(std::ostream& out, const Report& report, const ReportOptions& options);

}  // namespace actorsim
