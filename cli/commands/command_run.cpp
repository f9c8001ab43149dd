// `actorsim run`: every chosen file, case by case; or one case in the order of a schedule.
#include <algorithm>
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "cli/cases/run_case.h"
#include "cli/commands/commands.h"
#include "cli/commands/replay_command.h"
#include "cli/files/load_files.h"
#include "cli/output/output.h"
#include "cli/output/problems.h"
#include "cli/output/progress.h"
#include "cli/output/report_writer.h"

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

class Runner {
 public:
  Runner(const Options& options, Session& session)
      : options_(options),
        session_(session),
        progress_(session.err, shows_progress(options, session.environment)),
        reports_(options, session) {}

  int run() {
    Told told = load_files(options_, options_.releases, session_,
                           [&](const std::string& name, std::optional<ScenarioFile> file, Diagnostics& diagnostics) {
                             if (file) {
                               visit(std::move(*file), name, diagnostics);
                             } else {
                               reports_.add(not_run(name));
                             }
                             progress_.clear();
                           });
    if (const std::optional<Diagnostic> problem = nothing_to_run()) {
      session_.err << render_problem(*problem);
      return kExitBadInput;
    }
    if (options_.schedule) {
      if (const std::optional<Diagnostic> problem = not_one_case()) {
        session_.err << render_problem(*problem);
        return kExitBadInput;
      }
      replay_kept(told);
    }
    return reports_.finish(std::move(told.diagnostics), std::move(told.sources));
  }

 private:
  // A case that waits until it is known that there is no other.
  struct Kept {
    Scenario scenario;
    Source source;
    Diagnostics warnings;
  };

  void visit(ScenarioFile file, const std::string& name, Diagnostics& diagnostics) {
    const Diagnostics warnings = file.warnings();
    const Source source = options_.schedule ? file.source() : Source{};
    is_one_of_several_ = has_several_scenarios(file);
    reports_.begin_file(file.source());
    visit_cases(std::move(file), diagnostics, [&](std::optional<Scenario> scenario, const CaseTitle& title) {
      if (!is_wanted(options_.case_name, title, ++cases_)) {
        if (names_passed_over_.empty() || names_passed_over_.back() != title.name)
          names_passed_over_.push_back(title.name);
        return;
      }
      ++chosen_;
      if (!scenario) {
        reports_.add(not_run(name, title));
      } else if (!options_.schedule) {
        reports_.add(run_one(std::move(*scenario), name, diagnostics, warnings));
      } else if (chosen_ == 1) {
        kept_.emplace(Kept{std::move(*scenario), source, warnings});
      }
    });
  }

  CaseReport run_one(Scenario scenario, const std::string& name, Diagnostics& diagnostics,
                     const Diagnostics& warnings) {
    CaseWishes wishes;
    wishes.run.kept_calls = options_.kept_calls;
    wishes.run.on_progress = [&](std::uint64_t calls, Nanoseconds now) { progress_.tell(calls, now); };
    wishes.exploring = options_.exploring;
    wishes.on_explore_progress = [&](const ExploreProgress& now) { progress_.tell(now, 0); };
    wishes.schedule = options_.schedule;
    wishes.replay_command = [&](const CaseReport& report, const Schedule& schedule) {
      return replay_command({report.file, {report.name, report.axes}, report.dapr, is_one_of_several_}, schedule,
                            options_);
    };
    progress_.begin_case(scenario.name);
    CaseReport entry = run_case(std::move(scenario), name, diagnostics, warnings, wishes);
    progress_.end_case();
    return entry;
  }

  std::optional<Diagnostic> nothing_to_run() const {
    if (!reports_.empty() || chosen_ > 0) return std::nullopt;
    if (!names_passed_over_.empty())
      return usage_problem("there is no case " + actorsim::quoted(options_.case_name),
                           suggestion(options_.case_name, names_passed_over_));
    return usage_problem("no case is left to run: 'exclude' drops every combination of --dapr and --set",
                         "leave --dapr and --set out, or name others");
  }

  std::optional<Diagnostic> not_one_case() const {
    if (chosen_ <= 1) return std::nullopt;
    return usage_problem(fmt::format("a schedule belongs to one case, and {} are chosen", chosen_),
                         "choose one by its file, --case NAME, --dapr RELEASE and --set AXIS=VALUE");
  }

  void replay_kept(Told& told) {
    if (!kept_) return;
    Diagnostics diagnostics;
    reports_.begin_file(kept_->source);
    reports_.add(run_one(std::move(kept_->scenario), kept_->source.name, diagnostics, kept_->warnings));
    progress_.clear();
    session_.err << render(diagnostics, static_cast<const Source*>(nullptr));
    told.diagnostics.insert(told.diagnostics.end(), diagnostics.items().begin(), diagnostics.items().end());
  }

  const Options& options_;
  Session& session_;
  Progress progress_;
  ReportWriter reports_;
  std::optional<Kept> kept_;
  std::size_t cases_ = 0;
  std::size_t chosen_ = 0;
  std::vector<std::string> names_passed_over_;
  bool is_one_of_several_ = false;  // scenarios of the file at hand
};

}  // namespace

int command_run(const Options& options, Session& session) { return Runner(options, session).run(); }

}  // namespace actorsim
