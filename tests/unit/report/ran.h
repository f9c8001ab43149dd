// A scenario from its text to a case of a report, for tests of reports.
#pragma once

#include <string>

#include "actorsim/explore/expectations.h"
#include "actorsim/model/compile.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "actorsim/report/report.h"
#include "actorsim/scenario/loader.h"
#include "support/catch.h"

namespace actorsim {

/// The first case of a scenario text (without its first line), run, checked and explained. Fails the test where that
/// cannot be.
inline CaseReport run_text(const std::string& text, const std::string& name = "test.yaml") {
  const Source source{name, "actorsim: 1\n" + text};
  const auto file = load_scenario_file(source);
  if (!file) FAIL(render(file.error(), &source));
  const auto scenario = file->load_case(0);
  if (!scenario) FAIL(render(scenario.error(), &source));
  const Program program = compile(*scenario, name);
  auto run = run_plainly(program);
  if (!run) FAIL(render(run.error(), &source));
  CaseReport report;
  report.file = name;
  report.name = scenario->name;
  report.dapr = to_string(scenario->dapr);
  report.setting = describe_setting(program);
  Diagnosis diagnosis = diagnose(*scenario, program, *run);
  report.headline = diagnosis.headline;
  report.why = diagnosis.why;
  report.fix = diagnosis.fix;
  const auto results = check_expectations(scenario->expect, program, *run);
  if (!results) FAIL(render(results.error(), &source));
  report.expectations = *results;
  for (const ExpectationResult& result : *results) {
    if (!result.passed) report.status = Status::fail;
  }
  report.run = std::move(*run);
  return report;
}

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace actorsim
