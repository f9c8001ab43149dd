// The report as JUnit's XML, in the form that Jenkins, GitLab, Azure and the readers of Maven Surefire's files take.
#pragma once

#include <iosfwd>

#include "actorsim/report/format.h"

namespace actorsim {

/// A suite for each file, a test case for each case. What failed carries the place in the file with its line, and the
/// run. Inconclusive cases and those that could not be run are errors; those that were not run are skipped. Times are
/// 0: a virtual one would be taken for a measured one.
void write_junit(std::ostream& out, const Report& report, const ReportOptions& options);

}  // namespace actorsim
