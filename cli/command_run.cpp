// `actorsim run`: every chosen file, case by case.
#include <utility>

#include "cli/commands.h"
#include "cli/load_files.h"
#include "cli/output.h"
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
  const auto run_one = [&](Scenario scenario, const std::string& name, Diagnostics& diagnostics,
                           const Diagnostics& warnings) {
    CaseReport entry = run_case(std::move(scenario), name, diagnostics, warnings);
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
      });
  report.diagnostics = std::move(told.diagnostics);
  report.sources = std::move(told.sources);
  return write_reports(report, Shape::cases, options, session);
}

}  // namespace actorsim
