// The report as Markdown, for a comment on a pull request or the summary of a job.
#pragma once

#include <iosfwd>

#include "actorsim/report/format.h"

namespace actorsim {

/// A table of what did not pass, and each of these cases in a block that unfolds: the places, the run, why, what would
/// help, and a sequence diagram where it is small. Then what passed. What GitHub would not take in a comment (65,536
/// characters) is left out, which is said.
void write_markdown(std::ostream& out, const Report& report, const ReportOptions& options);

}  // namespace actorsim
