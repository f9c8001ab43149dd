// What was seen as one of a few words.
#include "actorsim/report/stressed.h"

#include <algorithm>

namespace actorsim {

Status status_of(const StressedCase& stressed) {
  if (!stressed.result) return Status::skipped;
  if (stressed.result->failure_count > 0) return Status::fail;
  const bool is_decided = stressed.result->rounds_with(ExploredSet::Membership::undecided) == 0;
  return is_decided && stressed.result->rounds > 0 ? Status::pass : Status::inconclusive;
}

Status StressedReport::status() const {
  const auto has = [&](Status status) {
    return std::any_of(cases.begin(), cases.end(), [&](const StressedCase& entry) { return entry.status == status; });
  };
  const bool has_errors = std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& diagnostic) {
    return diagnostic.severity == Severity::error;
  });
  if (has_errors || has(Status::error)) return Status::error;
  if (has(Status::fail)) return Status::fail;
  if (has(Status::inconclusive) || has(Status::skipped)) return Status::inconclusive;
  return Status::pass;
}

}  // namespace actorsim
