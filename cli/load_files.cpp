// File by file, so that only one is in memory at a time.
#include "cli/load_files.h"

#include <ostream>
#include <utility>

#include "cli/files.h"
#include "cli/problems.h"

namespace actorsim {
namespace {

class FileLoader {
 public:
  FileLoader(const Options& options, const std::vector<Release>& releases, Session& session, const VisitFile& visit)
      : session_(session), visit_(visit) {
    load_options_.overrides = options.overrides;
    load_options_.releases = releases;
  }

  Told load(const std::vector<std::string>& arguments) {
    for (const ChosenFile& chosen : choose_files(arguments, session_.environment)) {
      ++told_.files;
      load_file(chosen);
    }
    return std::move(told_);
  }

 private:
  void load_file(const ChosenFile& chosen) {
    if (chosen.problem) {
      pass_over(*chosen.problem);
      return;
    }
    auto source = read_source(chosen, session_.in);
    if (!source) {
      pass_over(source.error());
      return;
    }
    Diagnostics diagnostics;
    const auto file = load_scenario_file(*source, load_options_);
    diagnostics.add_all(file ? file->warnings() : file.error());
    visit_(chosen.name, file ? &*file : nullptr, diagnostics);
    tell(diagnostics, std::move(*source));
  }

  void pass_over(const Diagnostic& problem) {
    session_.err << render_problem(problem);
    told_.diagnostics.push_back(problem);
    told_.has_errors = true;
    Diagnostics none;
    visit_(problem.file, nullptr, none);
  }

  void tell(const Diagnostics& diagnostics, Source source) {
    session_.err << render(diagnostics, &source);
    for (const Diagnostic& diagnostic : diagnostics.items()) told_.diagnostics.push_back(diagnostic);
    told_.has_errors = told_.has_errors || diagnostics.has_errors();
    if (!diagnostics.empty()) told_.sources.push_back(std::move(source));
  }

  Session& session_;
  const VisitFile& visit_;
  LoadOptions load_options_;
  Told told_;
};

}  // namespace

Told load_files(const Options& options, const std::vector<Release>& releases, Session& session,
                const VisitFile& visit) {
  return FileLoader(options, releases, session, visit).load(options.operands);
}

void visit_cases(const ScenarioFile& file, Diagnostics& diagnostics,
                 const std::function<void(const Scenario* scenario)>& visit) {
  for (std::size_t i = 0; i < file.case_count(); ++i) {
    const auto scenario = file.load_case(i);
    if (!scenario) diagnostics.add_all(scenario.error());
    visit(scenario ? &*scenario : nullptr);
  }
}

}  // namespace actorsim
