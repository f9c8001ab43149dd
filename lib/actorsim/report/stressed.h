// What `actorsim stress` saw, case by case, and its two formats.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/report/format.h"
#include "actorsim/report/report.h"
#include "actorsim/stress/stress.h"

namespace actorsim {

/// One case that was played. Its status is pass: all that came of the rounds can come of the scenario; fail: something
/// else came of one, or a lock did not do what the machine does; inconclusive: nothing speaks against it, but not all
/// orders were looked at, or no round came to its end; error: it could not be played, or went beyond a bound before
/// anything failed; skipped: it was interrupted before.
struct StressedCase : CaseHead {
  std::optional<ExploredSet> set;
  std::optional<StressResult> result;
};

/// From what was seen. What failed counts for more than a bound that was hit afterwards.
Status status_of(const StressedCase& stressed);

struct StressedReport {
  std::vector<StressedCase> cases;
  std::vector<Diagnostic> diagnostics;  ///< as in Report

  Status status() const { return worst_of(count_statuses(cases), diagnostics); }
};

/// For people: how often what came of it, whether the explorer knows it, and the logs of the locks where it does not.
void write_stressed(std::ostream& out, const StressedReport& report, const ReportOptions& options);

/// For programs: one JSON document; its keys stand in json/README.md.
void write_json_stressed(std::ostream& out, const StressedReport& report);

}  // namespace actorsim
