// The report as sequence diagrams of Mermaid.
#pragma once

#include <iosfwd>

#include "actorsim/report/format.h"

namespace actorsim {

/// The runs that show why cases did not pass; where all passed, the run of each case. One diagram stands alone, as a
/// file of Mermaid. Several are a Markdown document, each below a heading; mermaid-cli takes both.
void write_mermaid(std::ostream& out, const Report& report, const ReportOptions& options);

}  // namespace actorsim
