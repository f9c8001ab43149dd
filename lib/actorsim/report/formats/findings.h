// What formats that list problems have in common: one finding for each expectation that does not hold, and for each
// diagnostic.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/report/report.h"

namespace actorsim {

/// Refers to the report that it was found in.
struct Finding {
  Severity severity = Severity::error;  ///< `warning` for an expectation that is not decided
  std::string_view rule;                ///< what `actorsim explain` tells more about: a verdict or a diagnostic's code
  std::string_view file;
  Span span;            ///< line 0: no place in the file
  std::string message;  ///< printable: `expected verdict: ok, got deadlock`
  std::string excerpt;  ///< the place, the message and the line of the file with a caret, as a diagnostic looks
  std::string help;     ///< of a diagnostic; may be empty
  const CaseReport* entry = nullptr;    ///< whose expectation it is; null: it is a diagnostic
  const ReplayedRun* replay = nullptr;  ///< the run that shows it; null: that of `entry`, if it has one

  // Of the run that shows it; empty where there is none.
  const Run* run() const;
  std::string_view headline() const;
  const std::vector<std::string>& why() const;
  const std::vector<std::string>& fix() const;
};

/// Of one case, in the order of its expectations.
std::vector<Finding> findings_of(const CaseReport& entry, const Report& report);
Finding finding_of(const Diagnostic& diagnostic, const Report& report);
/// Diagnostics first, then the cases'.
std::vector<Finding> all_findings(const Report& report);

/// What a format that holds text says of a case that did not pass: excerpts, then the runs. Colors are left out.
std::string text_of_failure(const CaseReport& entry, const Report& report);

/// `name (axis=value)`, printable: as `actorsim run --case` takes it; `not read` where the file could not be.
std::string case_title(const CaseReport& entry);

/// `Dapr 1.18, reentrancy on`; empty where nothing is known.
std::string case_setting(const CaseReport& entry);

/// `deadlock: A/1 waits for itself`; empty where nothing ran.
std::string case_result(const CaseReport& entry);

}  // namespace actorsim
