// `actorsim compare`: each scenario on many releases. What it expects is not checked.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "actorsim/explore/expectations.h"
#include "actorsim/explore/run.h"
#include "actorsim/model/compile.h"
#include "actorsim/report/compare/compare.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "cli/cases/choose_cases.h"
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

struct TitledComparison {
  CaseTitle title;  // without a name: a file that could not be read
  ReleaseComparison comparison;
};

ReleaseComparison not_compared(const std::string& file, const std::string& scenario) {
  ReleaseComparison result;
  result.file = file;
  result.name = scenario;
  result.could_run = false;
  return result;
}

// The scenarios of a file, each on every release.
class FileComparer {
 public:
  FileComparer(LoadedFile& loaded, const std::vector<ReleaseGroup>& groups) : loaded_(loaded), groups_(groups) {}

  std::vector<TitledComparison> compare() {
    if (!loaded_.file) return {{{}, not_compared(loaded_.name(), {})}};
    sort_cases();
    for (auto& [index, cases] : cases_) {
      Comparison comparison(loaded_.name(), cases.front());
      for (const ReleaseGroup& group : groups_) {
        const auto of_group =
            std::find_if(cases.begin(), cases.end(), [&](const Scenario& entry) { return entry.dapr == group.last; });
        if (of_group != cases.end()) comparison.run(*of_group, group, loaded_.diagnostics);
      }
      result_[index].comparison = comparison.finish();
    }
    return std::move(result_);
  }

 private:
  // Cases that differ in nothing but their release belong together.
  void sort_cases() {
    std::map<std::pair<std::string, Axes>, std::size_t> known;
    std::set<std::string> broken;
    visit_cases(std::move(*loaded_.file), loaded_.diagnostics,
                [&](std::optional<Scenario> scenario, const CaseTitle& title) {
                  if (!scenario) {
                    if (broken.insert(title.name).second)
                      result_.push_back({title, not_compared(loaded_.name(), title.name)});
                    return;
                  }
                  const Axes axes = Comparison::axes_of(*scenario);
                  const auto [place, is_new] = known.try_emplace({scenario->name, axes}, result_.size());
                  if (is_new) result_.push_back({{title.name, axes, title.tags}, {}});
                  cases_[place->second].push_back(std::move(*scenario));
                });
  }

  LoadedFile& loaded_;
  const std::vector<ReleaseGroup>& groups_;
  std::vector<TitledComparison> result_;
  std::map<std::size_t, std::vector<Scenario>> cases_;  // by their place in the result
};

}  // namespace

int command_compare(const Options& options, Session& session) {
  const std::vector<ReleaseGroup> groups = groups_of(options);
  ComparisonReport report;
  CaseChooser chooser(options.selection);
  Told told = for_each_file<std::vector<TitledComparison>>(
      options, releases_of(groups), session, [&](LoadedFile& loaded) { return FileComparer(loaded, groups).compare(); },
      [&](std::vector<TitledComparison> compared) {
        for (TitledComparison& entry : compared) {
          const bool is_of_case = !entry.title.name.empty();
          if (!is_of_case || chooser.wants(entry.title)) report.comparisons.push_back(std::move(entry.comparison));
        }
      });
  if (report.comparisons.empty() && !told.has_errors) {
    if (const std::optional<Diagnostic> problem = chooser.why_none("compare")) {
      tell(session, *problem);
      return kExitBadInput;
    }
  }
  report.diagnostics = std::move(told.diagnostics);
  const auto write = [&](std::ostream& out, Format format, const ReportOptions& looks) {
    description_of(format).write_comparison(out, report, looks);
  };
  const bool is_written = write_requested(write, options, session);
  return told.has_errors || !is_written ? kExitBadInput : kExitOk;
}

}  // namespace actorsim
