// `actorsim run`: every chosen file, case by case. One that is broken never hides the others.
#include <ostream>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/problems.h"
#include "cli/run_case.h"

namespace actorsim {
namespace {

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
    const auto file = load_scenario_file(*source, load_options_);
    if (file) {
      diagnostics.add_all(file->warnings());
      for (std::size_t i = 0; i < file->case_count(); ++i) run_one(*file, i, diagnostics);
    } else {
      diagnostics.add_all(file.error());
      add_not_run(chosen.name);
    }
    tell(diagnostics, *source);
    if (!diagnostics.empty()) report_.sources.push_back(std::move(*source));
  }

  void run_one(const ScenarioFile& file, std::size_t index, Diagnostics& diagnostics) {
    const auto scenario = file.load_case(index);
    if (!scenario) {
      diagnostics.add_all(scenario.error());
      add_not_run(file.source().name);
      return;
    }
    CaseReport report = run_case(*scenario, file.source().name, diagnostics);
    const bool is_done_with = report.status == Status::pass && !wants_calls_of_passed(options_);
    if (is_done_with && report.run)
      std::vector<CallRecord>().swap(report.run->calls);  // thousands of cases need not stay in memory
    report_.cases.push_back(std::move(report));
  }

  void add_not_run(const std::string& file) {
    CaseReport report;
    report.file = file;
    report.status = Status::error;
    report_.cases.push_back(std::move(report));
  }

  void add_unreadable(const Diagnostic& problem) {
    session_.err << render_problem(problem);
    report_.diagnostics.push_back(problem);
    add_not_run(problem.file);
  }

  void tell(const Diagnostics& diagnostics, const Source& source) {
    session_.err << render(diagnostics, &source);
    for (const Diagnostic& diagnostic : diagnostics.items()) report_.diagnostics.push_back(diagnostic);
  }

  const Options& options_;
  Session& session_;
  LoadOptions load_options_;
  Report report_;
};

}  // namespace

int command_run(const Options& options, Session& session) { return Runner(options, session).run(); }

}  // namespace actorsim
