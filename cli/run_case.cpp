// The way of one case through the library.
#include "cli/run_case.h"

#include <algorithm>

#include "actorsim/explore/expectations.h"
#include "actorsim/explore/run.h"
#include "actorsim/model/compile.h"
#include "actorsim/report/diagnosis.h"

namespace actorsim {
namespace {

void explain(CaseReport& report, const Scenario& scenario, const Program& program) {
  Diagnosis diagnosis = diagnose(scenario, program, *report.run);
  report.headline = std::move(diagnosis.headline);
  report.why = std::move(diagnosis.why);
  report.fix = std::move(diagnosis.fix);
}

void check(CaseReport& report, const Scenario& scenario, const Program& program, Diagnostics& diagnostics,
           const Diagnostics& file_warnings) {
  std::vector<Diagnostic> warnings = file_warnings.items();
  warnings.insert(warnings.end(), program.warnings.begin(), program.warnings.end());
  auto results = check_expectations(scenario.expect, program, *report.run, warnings);
  if (!results) {
    diagnostics.add_all(results.error());
    report.status = Status::error;
    return;
  }
  report.expectations = std::move(*results);
  const bool all_hold = std::all_of(report.expectations.begin(), report.expectations.end(),
                                    [](const ExpectationResult& result) { return result.passed; });
  report.status = all_hold ? Status::pass : Status::fail;
}

}  // namespace

CaseReport run_case(Scenario scenario, const std::string& file, Diagnostics& diagnostics,
                    const Diagnostics& file_warnings) {
  CaseReport report;
  report.file = file;
  report.name = scenario.name;
  report.axes = scenario.axes;
  report.dapr = to_string(scenario.dapr);
  const Program program = compile(scenario, file);
  std::vector<Trigger>().swap(scenario.start);  // compiled; thousands of them need not stay in memory during the run
  report.setting = describe_setting(program);
  for (const Diagnostic& warning : program.warnings) diagnostics.add(warning);
  auto run = run_plainly(program, options_for(scenario.expect));
  if (!run) {
    diagnostics.add(std::move(run.error()));
    report.status = Status::error;
    return report;
  }
  report.run = std::move(*run);
  explain(report, scenario, program);
  check(report, scenario, program, diagnostics, file_warnings);
  return report;
}

}  // namespace actorsim
