// The report as SARIF 2.1.0, the Static Analysis Results Interchange Format, as GitHub's code scanning and editors read
// it. Source: docs.oasis-open.org/sarif/sarif/v2.1.0.
#pragma once

#include <iosfwd>

#include "actorsim/report/format.h"

namespace actorsim {

/// A result for each expectation that does not hold and for each diagnostic. Rules are the verdicts and the codes of
/// diagnostics that occur, with the text of `actorsim explain`. The calls of the run that shows a result are its code
/// flow; those on a wait-for cycle are its related places. Names of files are relative to where actorsim was called.
void write_sarif(std::ostream& out, const Report& report, const ReportOptions& options);

}  // namespace actorsim
