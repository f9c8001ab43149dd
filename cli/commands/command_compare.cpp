// `actorsim compare`: each scenario on many releases. What it expects is not checked.
#include <algorithm>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "actorsim/explore/expectations.h"
#include "actorsim/explore/run.h"
#include "actorsim/model/compile.h"
#include "actorsim/report/compare/compare.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "cli/commands/commands.h"
#include "cli/files/load_files.h"
#include "cli/output/output.h"
#include "cli/output/problems.h"

namespace actorsim {
namespace {

using Axes = std::vector<std::pair<std::string, std::string>>;

// Those that were asked for, each by itself, or every group of releases that behave alike.
std::vector<ReleaseGroup> groups_of(const Options& options) {
  if (options.releases.empty()) return release_groups();
  std::vector<ReleaseGroup> groups;
  for (const Release& release : options.releases) groups.push_back({release, release});
  std::sort(groups.begin(), groups.end(), [](const ReleaseGroup& left, const ReleaseGroup& right) {
    const auto age = [](const Release& release) {
      return std::make_tuple(release.is_docs, release.minor, release.patch);
    };
    return age(left.first) < age(right.first);
  });
  return groups;
}

// Each release asked for stands for its group: its newest patch runs.
std::vector<Release> releases_of(const std::vector<ReleaseGroup>& groups) {
  std::vector<Release> releases;
  for (const ReleaseGroup& group : groups) releases.push_back(group.last);
  return releases;
}

// The cases of a file that differ in nothing but their release, as one.
class Comparison {
 public:
  Comparison(std::string file, const Scenario& scenario) {
    result_.file = std::move(file);
    result_.name = scenario.name;
    result_.axes = axes_of(scenario);
  }

  static Axes axes_of(const Scenario& scenario) {
    Axes axes;
    std::copy_if(scenario.axes.begin(), scenario.axes.end(), std::back_inserter(axes),
                 [](const auto& axis) { return axis.first != "dapr"; });
    return axes;
  }

  void run(const Scenario& scenario, const ReleaseGroup& releases, Diagnostics& diagnostics) {
    Program program = compile(scenario, result_.file);
    auto run = run_plainly(program, options_for(scenario.expect));
    if (!run) {
      diagnostics.add(std::move(run.error()));
      result_.could_run = false;
      return;
    }
    std::string headline = diagnose(scenario, program, *run).headline;
    runs_.push_back({releases, std::move(program), std::move(*run), std::move(headline)});
  }

  ReleaseComparison finish() {
    if (!result_.could_run) return std::move(result_);
    ReleaseComparison compared = compare_runs(runs_);
    compared.file = std::move(result_.file);
    compared.name = std::move(result_.name);
    compared.axes = std::move(result_.axes);
    return compared;
  }

 private:
  ReleaseComparison result_;
  std::vector<ReleaseRun> runs_;
};

ReleaseComparison not_compared(const std::string& file, const std::string& scenario) {
  ReleaseComparison result;
  result.file = file;
  result.name = scenario;
  result.could_run = false;
  return result;
}

void compare_file(ScenarioFile file, const std::string& name, const std::vector<ReleaseGroup>& groups,
                  Diagnostics& diagnostics, ComparisonReport& report) {
  std::map<std::pair<std::string, Axes>, std::size_t> known;
  std::vector<std::vector<Scenario>> scenarios;  // of each comparison, its cases
  std::set<std::string> broken;
  visit_cases(std::move(file), diagnostics, [&](std::optional<Scenario> scenario, const CaseTitle& title) {
    if (!scenario) {
      if (broken.insert(title.name).second) report.comparisons.push_back(not_compared(name, title.name));
      return;
    }
    const auto [place, is_new] = known.try_emplace({scenario->name, Comparison::axes_of(*scenario)}, scenarios.size());
    if (is_new) scenarios.emplace_back();
    scenarios[place->second].push_back(std::move(*scenario));
  });
  for (const std::vector<Scenario>& cases : scenarios) {
    Comparison comparison(name, cases.front());
    for (const ReleaseGroup& group : groups) {
      const auto of_group =
          std::find_if(cases.begin(), cases.end(), [&](const Scenario& entry) { return entry.dapr == group.last; });
      if (of_group != cases.end()) comparison.run(*of_group, group, diagnostics);
    }
    report.comparisons.push_back(comparison.finish());
  }
}

std::string known_formats() {
  std::vector<std::string_view> known;
  for (const FormatDescription& format : report_formats()) {
    if (format.write_comparison != nullptr) known.push_back(format.name);
  }
  return fmt::format("{}", fmt::join(known, ", "));
}

}  // namespace

int command_compare(const Options& options, Session& session) {
  for (const ReportRequest& request : options.reports) {
    if (description_of(request.format).write_comparison != nullptr) continue;
    session.err << render_problem(
        usage_problem(fmt::format("compare writes no report '{}'", description_of(request.format).name),
                      "known: " + known_formats()));
    return kExitBadInput;
  }
  const std::vector<ReleaseGroup> groups = groups_of(options);
  ComparisonReport report;
  Told told = load_files(options, releases_of(groups), session,
                         [&](const std::string& name, std::optional<ScenarioFile> file, Diagnostics& diagnostics) {
                           if (file) {
                             compare_file(std::move(*file), name, groups, diagnostics, report);
                           } else {
                             report.comparisons.push_back(not_compared(name, {}));
                           }
                         });
  report.diagnostics = std::move(told.diagnostics);
  const auto write = [&](std::ostream& out, Format format, const ReportOptions& looks) {
    description_of(format).write_comparison(out, report, looks);
  };
  const bool is_written = write_requested(write, options, session);
  return told.has_errors || !is_written ? kExitBadInput : kExitOk;
}

}  // namespace actorsim
