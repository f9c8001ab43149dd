// Which case it is, and sums over a report.
#include "actorsim/report/report.h"

#include <algorithm>
#include <utility>

namespace actorsim {
namespace {

void add(Counts& sum, const Counts& counts) {
  sum.calls += counts.calls;
  sum.attempts += counts.attempts;
  sum.entered += counts.entered;
  sum.re_entered += counts.re_entered;
  sum.blocked += counts.blocked;
  sum.completed += counts.completed;
  for (std::size_t i = 0; i < kOutcomeCount; ++i) sum.by_outcome[i] += counts.by_outcome[i];
}

}  // namespace

std::string_view to_word(Status status) {
  switch (status) {
    case Status::pass: return "pass";
    case Status::fail: return "fail";
    case Status::inconclusive: return "inconclusive";
    case Status::error: return "error";
    case Status::skipped: return "skipped";
  }
  return "error";
}

CaseHead head_of(std::string file, const CaseTitle& title, Status status) {
  CaseHead head;
  head.file = std::move(file);
  head.name = title.name;
  head.axes = title.axes;
  for (const auto& [axis, value] : title.axes) {
    if (axis == "dapr") head.dapr = value;
  }
  head.status = status;
  return head;
}

Summary Report::summary() const {
  Summary result;
  result.cases = cases.size();
  for (const CaseReport& entry : cases) {
    switch (entry.status) {
      case Status::pass: ++result.passed; break;
      case Status::fail: ++result.failed; break;
      case Status::inconclusive: ++result.inconclusive; break;
      case Status::error: ++result.errors; break;
      case Status::skipped: ++result.skipped; break;
    }
    if (entry.run) add(result.counts, entry.run->counts);
  }
  return result;
}

Status Report::status() const {
  const auto has_error = [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; };
  const Summary sums = summary();
  if (sums.errors > 0 || std::any_of(diagnostics.begin(), diagnostics.end(), has_error)) return Status::error;
  if (sums.failed > 0) return Status::fail;
  if (sums.inconclusive > 0 || sums.skipped > 0) return Status::inconclusive;  // what did not run says nothing
  return Status::pass;
}

const Source* Report::find_source(std::string_view name) const {
  const auto found =
      std::find_if(sources.begin(), sources.end(), [&](const Source& source) { return source.name == name; });
  return found == sources.end() ? nullptr : &*found;
}

}  // namespace actorsim
