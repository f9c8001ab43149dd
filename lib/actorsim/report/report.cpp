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

void StatusCounts::add(Status status) {
  ++cases;
  switch (status) {
    case Status::pass: ++passed; break;
    case Status::fail: ++failed; break;
    case Status::inconclusive: ++inconclusive; break;
    case Status::error: ++errors; break;
    case Status::skipped: ++skipped; break;
  }
}

Status worst_of(const StatusCounts& counts, const std::vector<Diagnostic>& diagnostics) {
  const auto is_error = [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; };
  if (counts.errors > 0 || std::any_of(diagnostics.begin(), diagnostics.end(), is_error)) return Status::error;
  if (counts.failed > 0) return Status::fail;
  if (counts.inconclusive > 0 || counts.skipped > 0) return Status::inconclusive;  // what did not run says nothing
  return Status::pass;
}

Summary Report::summary() const {
  Summary result{count_statuses(cases), {}};
  for (const CaseReport& entry : cases) {
    if (entry.run) add(result.counts, entry.run->counts);
  }
  return result;
}

const Source* Report::find_source(std::string_view name) const {
  const auto found =
      std::find_if(sources.begin(), sources.end(), [&](const Source& source) { return source.name == name; });
  return found == sources.end() ? nullptr : &*found;
}

}  // namespace actorsim
