// `actorsim run`: every chosen file, case by case.
#include <ostream>
#include <utility>

#include "cli/commands.h"
#include "cli/load_files.h"
#include "cli/output.h"
#include "cli/problems.h"
#include "cli/progress.h"
#include "cli/run_case.h"

namespace actorsim {
namespace {

CaseReport not_run(const std::string& file, const CaseTitle& title = {}) {
  CaseReport report;
  report.file = file;
  report.name = title.name;
  report.axes = title.axes;
  for (const auto& [axis, value] : title.axes) {
    if (axis == "dapr") report.dapr = value;
  }
  report.status = Status::error;
  return report;
}

}  // namespace

int command_run(const Options& options, Session& session) {
  Report report;
  Progress progress(session.err, shows_progress(options, session.environment));
  RunOptions wishes;
  wishes.kept_calls = options.kept_calls;
  wishes.on_progress = [&](std::uint64_t calls, Nanoseconds now) { progress.tell(calls, now); };
  const auto run_one = [&](Scenario scenario, const std::string& name, Diagnostics& diagnostics,
                           const Diagnostics& warnings) {
    progress.begin_case(scenario.name);
    CaseReport entry = run_case(std::move(scenario), name, diagnostics, warnings, wishes);
    progress.end_case();
    const bool is_done_with = entry.status == Status::pass && !wants_calls_of_passed(options);
    if (is_done_with && entry.run)
      std::vector<CallRecord>().swap(entry.run->calls);  // thousands of cases need not stay in memory
    return entry;
  };
  Told told = load_files(
      options, options.releases, session,
      [&](const std::string& name, std::optional<ScenarioFile> file, Diagnostics& diagnostics) {
        if (!file) {
          report.cases.push_back(not_run(name));
          return;
        }
        const Diagnostics warnings = file->warnings();
        visit_cases(std::move(*file), diagnostics, [&](std::optional<Scenario> scenario, const CaseTitle& title) {
          report.cases.push_back(scenario ? run_one(std::move(*scenario), name, diagnostics, warnings)
                                          : not_run(name, title));
        });
        progress.clear();
      });
  if (report.cases.empty()) {
    const Diagnostic problem =
        usage_problem("no case is left to run: 'exclude' drops every combination of --dapr and --set",
                      "leave --dapr and --set out, or name others");
    session.err << render_problem(problem);
    return kExitBadInput;
  }
  report.diagnostics = std::move(told.diagnostics);
  report.sources = std::move(told.sources);
  return write_reports(report, Shape::cases, options, session);
}

}  // namespace actorsim
