<<<<<<< HEAD
// `actorsim run`: every chosen file, case by case. One that is broken never hides the others.
#include <map>
#include <ostream>
#include <tuple>

#include <fmt/format.h>

=======
// `actorsim run`: every chosen file, case by case.
>>>>>>> wt-commands
#include "cli/commands.h"
#include "cli/load_files.h"
#include "cli/output.h"
#include "cli/run_case.h"

namespace actorsim {
namespace {

<<<<<<< HEAD
// Warnings of one place differ from case to case only in the release that they speak of: the first is shown.
Diagnostics fold_warnings(const Diagnostics& diagnostics) {
  using Place = std::tuple<std::string, std::uint32_t, std::uint32_t, std::string_view>;
  std::map<Place, std::size_t> seen;
  const auto place = [](const Diagnostic& item) {
    return Place{item.file, item.span.line, item.span.column, item.severity == Severity::warning ? item.code : ""};
  };
  for (const Diagnostic& item : diagnostics.items()) ++seen[place(item)];
  Diagnostics result;
  for (const Diagnostic& item : diagnostics.items()) {
    std::size_t& count = seen[place(item)];
    if (item.severity != Severity::warning || count == 1) {
      result.add(item);
    } else if (count > 1) {
      Diagnostic folded = item;
      const std::string others = fmt::format("{} more like this for other cases", count - 1);
      folded.help += (folded.help.empty() ? "" : "; ") + others;
      result.add(std::move(folded));
      count = 0;
    }
  }
  return result;
}

class Runner {
 public:
  Runner(const Options& options, Session& session) : options_(options), session_(session) {
    load_options_.overrides = options.overrides;
    load_options_.releases = options.releases;
  }

  int run() {
    for (const ChosenFile& file : choose_files(options_.operands, session_.environment)) run_file(file);
    return write_reports(report_, Shape::cases, options_, session_);
  }

 private:
  void run_file(const ChosenFile& chosen) {
    if (chosen.problem) {
      add_unreadable(*chosen.problem);
      return;
    }
    auto source = read_source(chosen, session_.in);
    if (!source) {
      add_unreadable(source.error());
      return;
    }
    Diagnostics diagnostics;
    NamedFiles named_files(chosen);
    load_options_.read_file = [&](const std::string& path) { return named_files.read(path); };
    auto file = load_scenario_file(*source, load_options_);
    if (file) {
      run_cases(std::optional(std::move(*file)), diagnostics);
    } else {
      diagnostics.add_all(file.error());
      add_not_run(chosen.name);
    }
    tell(diagnostics, *source, named_files.sources());
    if (!diagnostics.empty()) report_.sources.push_back(std::move(*source));
  }

  // The document is given up before its last case runs: a large one need not stay in memory.
  void run_cases(std::optional<ScenarioFile> file, Diagnostics& diagnostics) {
    const std::string name = file->source().name;
    const Diagnostics warnings = file->warnings();
    diagnostics.add_all(warnings);
    const std::size_t count = file->case_count();
    for (std::size_t i = 0; i < count; ++i) {
      auto scenario = file->load_case(i);
      if (!scenario) {
        diagnostics.add_all(scenario.error());
        CaseTitle title = file->title(i);
        add_not_run(name, std::move(title.name), std::move(title.axes));
        continue;
      }
      if (i + 1 == count) file.reset();
      run_one(std::move(*scenario), name, warnings, diagnostics);
    }
  }

  void run_one(Scenario scenario, const std::string& name, const Diagnostics& warnings, Diagnostics& diagnostics) {
    CaseReport report = run_case(std::move(scenario), name, diagnostics, warnings);
    const bool is_done_with = report.status == Status::pass && !wants_calls_of_passed(options_);
    if (is_done_with && report.run)
      std::vector<CallRecord>().swap(report.run->calls);  // thousands of cases need not stay in memory
    report_.cases.push_back(std::move(report));
  }

  void add_not_run(const std::string& file, std::string name = {},
                   std::vector<std::pair<std::string, std::string>> axes = {}) {
    CaseReport report;
    report.file = file;
    report.name = std::move(name);
    for (const auto& [axis, value] : axes) {
      if (axis == "dapr") report.dapr = value;
    }
    report.axes = std::move(axes);
    report.status = Status::error;
    report_.cases.push_back(std::move(report));
  }

  void add_unreadable(const Diagnostic& problem) {
    session_.err << render_problem(problem);
    report_.diagnostics.push_back(problem);
    add_not_run(problem.file);
  }

  void tell(const Diagnostics& diagnostics, const Source& source, const std::vector<Source>& others) {
    std::vector<const Source*> sources{&source};
    for (const Source& other : others) sources.push_back(&other);
    session_.err << render(fold_warnings(diagnostics), sources);
    if (!diagnostics.empty()) report_.sources.insert(report_.sources.end(), others.begin(), others.end());
    for (const Diagnostic& diagnostic : diagnostics.items()) report_.diagnostics.push_back(diagnostic);
  }

  const Options& options_;
  Session& session_;
  LoadOptions load_options_;
  Report report_;
};
=======
CaseReport not_run(const std::string& file) {
  CaseReport report;
  report.file = file;
  report.status = Status::error;
  return report;
}
>>>>>>> wt-commands

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
