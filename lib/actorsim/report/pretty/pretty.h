// The report for people.
#pragma once

#include <iosfwd>
#include <string>

#include "actorsim/report/format.h"

namespace actorsim {

/// A heading for each file, a line for each case, failures with what was expected, the calls, the cycle, why and how to
/// fix it, and a sum.
void write_pretty(std::ostream& out, const Report& report, const ReportOptions& options);

/// The same facts as answers to questions: verdict first, calls in any case, no sum.
void write_pretty_answers(std::ostream& out, const Report& report, const ReportOptions& options);

/// What the report has below a case that did not pass, but for what was expected of it: the runs that show it, the
/// cycle, why, and what would help. For formats that hold such text; lines are not indented.
std::string pretty_details(const CaseReport& entry, const ReportOptions& options);

}  // namespace actorsim
