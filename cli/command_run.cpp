// `actorsim run`: every chosen file, case by case.
#include "cli/commands.h"
#include "cli/load_files.h"
#include "cli/output.h"
#include "cli/run_case.h"

namespace actorsim {
namespace {

CaseReport not_run(const std::string& file) {
  CaseReport report;
  report.file = file;
  report.status = Status::error;
  return report;
}

}  // namespace

int command_run(const Options& options, Session& session) {
  Report report;
  const auto run_one = [&](const Scenario& scenario, const std::string& name, Diagnostics& diagnostics) {
    CaseReport entry = run_case(scenario, name, diagnostics);
    const bool is_done_with = entry.status == Status::pass && !wants_calls_of_passed(options);
    if (is_done_with && entry.run)
      std::vector<CallRecord>().swap(entry.run->calls);  // thousands of cases need not stay in memory
    return entry;
  };
  Told told = load_files(
      options, options.releases, session,
      [&](const std::string& name, const ScenarioFile* file, Diagnostics& diagnostics) {
        if (file == nullptr) {
          report.cases.push_back(not_run(name));
          return;
        }
        visit_cases(*file, diagnostics, [&](const Scenario* scenario) {
          report.cases.push_back(scenario == nullptr ? not_run(name) : run_one(*scenario, name, diagnostics));
        });
      });
  report.diagnostics = std::move(told.diagnostics);
  report.sources = std::move(told.sources);
  return write_reports(report, Shape::cases, options, session);
}

}  // namespace actorsim
