// `actorsim stress`: what real threads make of scenarios, held against the explorer.
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "actorsim/explore/run.h"
#include "actorsim/model/compile.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "actorsim/report/stressed.h"
#include "actorsim/stress/stress.h"
#include "cli/cases/case_stream.h"
#include "cli/commands/commands.h"
#include "cli/options/explore_options.h"
#include "cli/output/output.h"
#include "cli/output/problems.h"
#include "cli/output/progress.h"

namespace actorsim {
namespace {

constexpr std::chrono::seconds kDuration{3};
constexpr std::chrono::seconds kExploringTime{10};

// Plays one case.
class CaseStresser {
 public:
  CaseStresser(const Options& options, Progress& progress, const CaseTicket& ticket)
      : options_(options), progress_(progress), ticket_(ticket) {}

  StressedCase play(const Scenario& scenario, Diagnostics& diagnostics) {
    const Program program = compile(scenario, ticket_.file);
    auto entry = begin_case<StressedCase>(head_of(ticket_.file, scenario, program));
    for (const Diagnostic& warning : program.warnings) diagnostics.add(warning);
    if (std::optional<Diagnostic> problem = look(scenario, program, entry)) {
      entry.status = problem->severity == Severity::error ? Status::error : status_of(entry);
      diagnostics.add(std::move(*problem));
    } else {
      entry.status = status_of(entry);
    }
    return entry;
  }

 private:
  std::optional<Diagnostic> look(const Scenario& scenario, const Program& program, StressedCase& entry) {
    if (std::optional<Diagnostic> problem = why_not_for_threads(program)) return problem;
    ExploreOptions exploring = explore_options(options_.exploring, scenario.limits);
    if (exploring.time_limit.count() == 0) exploring.time_limit = kExploringTime;
    exploring.threads = ExploreOptions{}.threads;  // --threads means others here
    exploring.stop = ticket_.stop;
    exploring.on_progress = [this](const ExploreProgress& now) { progress_.tell(ticket_.place, now, 0); };
    auto set = explore_set(program, exploring);
    if (!set) return std::move(set.error());
    entry.set = std::move(*set);
    if (ticket_.stop != nullptr && ticket_.stop->load()) return std::nullopt;
    StressResult result = stress(program, *entry.set, stress_options(exploring));
    std::optional<Diagnostic> problem = result.problem;
    // What failed before the scenario went beyond a bound has failed.
    if (problem && result.failure_count > 0) problem->severity = Severity::warning;
    if (!problem || result.rounds > 0 || result.failure_count > 0) entry.result = std::move(result);
    return problem;
  }

  StressOptions stress_options(const ExploreOptions& exploring) {
    StressOptions options;
    options.seed = options_.seed;
    options.rounds = options_.rounds;
    options.threads = options_.exploring.threads.value_or(static_cast<unsigned>(options.threads));
    if (options_.rounds == 0) options.duration = kDuration;
    if (options_.duration) options.duration = std::chrono::nanoseconds(*options_.duration);
    options.clock = exploring.clock;
    options.stop = ticket_.stop;
    options.on_progress = [this](std::uint64_t rounds) { progress_.tell_rounds(ticket_.place, rounds); };
    return options;
  }

  const Options& options_;
  Progress& progress_;
  const CaseTicket& ticket_;
};

int exit_code_of(const StressedReport& report, bool is_interrupted) {
  return is_interrupted ? kExitInterrupted : exit_code_of(report.status());
}

}  // namespace

int command_stress(const Options& options, Session& session) {
  StressedReport report;
  Progress progress(session.err, shows_progress(options, session.environment));
  CaseHandler handler;
  handler.run = [&](const CaseTicket& ticket, const Scenario& scenario) {
    CaseDone done;
    auto entry =
        std::make_shared<StressedCase>(CaseStresser(options, progress, ticket).play(scenario, done.diagnostics));
    done.status = entry->status;
    done.take = [&report, entry] { report.cases.push_back(std::move(*entry)); };
    return done;
  };
  handler.take_absent = [&](const std::string& file, const CaseTitle& title, Status status) {
    report.cases.push_back(begin_case<StressedCase>(head_of(file, title, status)));
  };
  read_standard_input(options, session);
  CaseChooser chooser(options.selection);
  CaseStops stops(interrupts_of(session.environment), std::nullopt, false);
  CaseStream stream(options, session, chooser, stops, progress, std::move(handler));
  WorkerPool pool(1);  // the threads of one case are enough at a time
  stream.load(pool, CaseStream::Begin::at_finish);
  Told told = stream.finish();
  progress.clear();
  if (report.cases.empty()) {
    if (const std::optional<Diagnostic> problem = chooser.why_none("stress")) {
      tell(session, *problem);
      return kExitBadInput;
    }
  }
  report.diagnostics = std::move(told.diagnostics);
  const auto write = [&](std::ostream& out, Format format, const ReportOptions& looks) {
    description_of(format).write_stressed(out, report, looks);
  };
  return write_requested(write, options, session) ? exit_code_of(report, stops.is_interrupted()) : kExitBadInput;
}

}  // namespace actorsim
