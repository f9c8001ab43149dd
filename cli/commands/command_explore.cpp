// `actorsim explore`: what every order of a scenario's steps can come to. What it expects is not checked.
#include <algorithm>
#include <memory>
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/explore/audit.h"
#include "actorsim/explore/interleavings.h"
#include "actorsim/explore/state_graph.h"
#include "actorsim/model/compile.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "actorsim/report/explored.h"
#include "cli/cases/case_stream.h"
#include "cli/cases/replay_command.h"
#include "cli/commands/commands.h"
#include "cli/options/explore_options.h"
#include "cli/output/output.h"
#include "cli/output/problems.h"
#include "cli/output/progress.h"

namespace actorsim {
namespace {

constexpr std::uint64_t kQuickStates = 200'000;
constexpr std::uint64_t kCountedAtOnce = 5'000;
constexpr std::uint64_t kCountedOnWish = 50'000'000;
constexpr std::uint64_t kEstimateWalks = 2'000;
constexpr std::uint64_t kProgressWalks = 16;
constexpr std::uint64_t kEstimateSeed = 1;

// Explores one case, on any thread.
class Explorer {
 public:
  Explorer(const Options& options, Progress& progress, const CaseTicket& ticket)
      : options_(options), progress_(progress), ticket_(ticket) {}

  ExploredCase explore_case(const Scenario& scenario, Diagnostics& diagnostics) {
    const Program program = compile(scenario, ticket_.file);
    auto entry = begin_case<ExploredCase>(head_of(ticket_.file, scenario, program));
    for (const Diagnostic& warning : program.warnings) diagnostics.add(warning);
    if (std::optional<Diagnostic> problem = look(scenario, program, entry)) {
      diagnostics.add(std::move(*problem));
      entry.status = Status::error;
    } else {
      entry.status = status_of(entry);
    }
    return entry;
  }

 private:
  std::optional<Diagnostic> look(const Scenario& scenario, const Program& program, ExploredCase& entry) {
    std::optional<Diagnostic> problem;
    if (options_.random_runs > 0) {
      problem = look_at_random(program, entry);
    } else if (options_.most_switches) {
      problem = look_at_few_switches(scenario, program, entry);
    } else {
      problem = look_at_all(scenario, program, entry);
    }
    if (!problem && options_.audit) problem = audit(scenario, program, entry);
    if (!problem) problem = count_unreduced(scenario, program, entry);
    if (!problem) problem = explain(scenario, program, entry);
    if (!problem && wants_films(options_)) add_what_a_page_shows(program, entry);
    if (!problem && wants_interleavings()) problem = add_interleavings(program, entry);
    return problem;
  }

  ExploreOptions explore_options_for(const Scenario& scenario, const Program& program) {
    ExploreOptions options = explore_options(options_.exploring, scenario.limits);
    options.goal = options_.goal.value_or(Goal::outcomes);
    options.stop = ticket_.stop;
    options.is_lossy = options_.is_lossy;
    if (!progress_.is_shown()) return options;
    // How many steps random walks take is about how many levels there are.
    const auto walks = estimate_interleavings(program, kProgressWalks, kEstimateSeed);
    const std::uint64_t levels = walks ? walks->longest : 0;
    options.on_progress = [this, levels](const ExploreProgress& now) { progress_.tell(ticket_.place, now, levels); };
    return options;
  }

  std::optional<Diagnostic> look_at_all(const Scenario& scenario, const Program& program, ExploredCase& entry) {
    ExploreOptions options = explore_options_for(scenario, program);
    const std::uint64_t most_states = options.max_states;
    if (!options_.goal) options.max_states = std::min(most_states, kQuickStates);
    auto found = explore(program, options);
    // What can become of each call takes every state; whether anything goes wrong mostly takes few of them.
    if (found && found->end == Exploration::End::max_states && options.max_states < most_states) {
      options.goal = Goal::verdicts;
      options.max_states = most_states;
      found = explore(program, options);
      entry.outcomes_were_too_many = true;
    }
    if (!found) return std::move(found.error());
    entry.exploration = std::move(*found);
    return std::nullopt;
  }

  std::optional<Diagnostic> look_at_few_switches(const Scenario& scenario, const Program& program,
                                                 ExploredCase& entry) {
    auto found = explore_few_switches(program, *options_.most_switches, explore_options_for(scenario, program));
    if (!found) return std::move(found.error());
    entry.few_switches = std::move(*found);
    return std::nullopt;
  }

  std::optional<Diagnostic> look_at_random(const Program& program, ExploredCase& entry) {
    const ExploreOptions bounds = explore_options(options_.exploring, {});
    SampleOptions options;
    options.runs = options_.random_runs;
    options.seed = options_.seed;
    options.depth = options_.pct_depth;
    options.time_limit = bounds.time_limit;
    options.clock = bounds.clock;
    options.stop = ticket_.stop;
    options.on_progress = [&](std::uint64_t runs) { progress_.tell_runs(ticket_.place, runs, options.runs); };
    auto found = sample(program, options);
    if (!found) return std::move(found.error());
    entry.sample = std::move(*found);
    return std::nullopt;
  }

  std::optional<Diagnostic> audit(const Scenario& scenario, const Program& program, ExploredCase& entry) {
    ExploreOptions options = explore_options_for(scenario, program);
    options.reductions = Reductions::none();
    auto full = explore(program, options);
    if (!full) return std::move(full.error());
    Audit audit;
    audit.full = std::move(*full);
    audit.is_conclusive = audit.full.is_complete() && entry.exploration->is_complete();
    if (audit.is_conclusive) audit.differences = differences_between(*entry.exploration, audit.full);
    entry.audit = std::move(audit);
    return std::nullopt;
  }

  // For how many states do those that were looked at stand? Only few are counted, as the answer is to be there at once,
  // unless -v asks for more.
  std::optional<Diagnostic> count_unreduced(const Scenario& scenario, const Program& program, ExploredCase& entry) {
    const bool is_complete = entry.exploration && entry.exploration->is_complete();
    if (!is_complete || entry.exploration->reductions.empty() || (ticket_.stop != nullptr && *ticket_.stop))
      return std::nullopt;
    if (entry.audit) {
      entry.unreduced.emplace(UnreducedCount{entry.audit->full.states, entry.audit->full.is_complete()});
      return std::nullopt;
    }
    ExploreOptions options = explore_options_for(scenario, program);
    options.goal = entry.exploration->goal;
    options.reductions = Reductions::none();
    options.wants_schedules = false;
    options.max_states = std::min(options.max_states, wants_interleavings() ? kCountedOnWish : kCountedAtOnce);
    const auto all = explore(program, options);
    if (!all) return all.error();
    entry.unreduced.emplace(UnreducedCount{all->states, all->is_complete()});
    return std::nullopt;
  }

  std::optional<Diagnostic> explain(const Scenario& scenario, const Program& program, ExploredCase& entry) {
    for (const Witness& witness : entry.witnesses()) {
      if (!is_bad(witness.verdict, entry.goal())) continue;
      auto run = replay(program, witness.schedule, run_options());
      if (!run) return std::move(run.error());
      auto steps = tell_steps(program, witness.schedule);
      if (!steps) return std::move(steps.error());
      Counterexample example;
      example.witness = witness;
      example.steps = std::move(*steps);
      Diagnosis diagnosis = diagnose(scenario, program, *run);
      example.headline = std::move(diagnosis.headline);
      example.why = std::move(diagnosis.why);
      example.fix = std::move(diagnosis.fix);
      example.run = std::move(*run);
      example.replay = replay_command({entry.file, {entry.name, entry.axes}, entry.dapr, ticket_.is_one_of_several},
                                      witness.schedule, options_);
      entry.counterexamples.push_back(std::move(example));
    }
    return std::nullopt;
  }

  RunOptions run_options() const {
    RunOptions options;
    options.wants_film = wants_films(options_);
    return options;
  }

  // The plain run beside what is bad, and all situations where they are few. If time is what the scenario is wrong
  // about, that is no fault here, where durations mean nothing.
  void add_what_a_page_shows(const Program& program, ExploredCase& entry) const {
    RunOptions options = run_options();
    options.stop = ticket_.stop;
    auto run = run_plainly(program, options);
    if (run && !run->was_stopped) entry.run = std::move(*run);
    auto graph = build_state_graph(program, kMostShownSituations);
    if (graph && *graph) entry.graph = std::make_shared<const StateGraph>(std::move(**graph));
  }

  bool wants_interleavings() const {
    return options_.verbosity == Verbosity::verbose || options_.verbosity == Verbosity::full;
  }

  std::optional<Diagnostic> add_interleavings(const Program& program, ExploredCase& entry) {
    auto tree = list_interleavings(program);
    if (!tree) return std::move(tree.error());
    entry.interleavings = std::move(*tree);
    if (entry.interleavings) return std::nullopt;
    auto estimate = estimate_interleavings(program, kEstimateWalks, kEstimateSeed);
    if (!estimate) return std::move(estimate.error());
    entry.estimate = *estimate;
    return std::nullopt;
  }

  const Options& options_;
  Progress& progress_;
  const CaseTicket& ticket_;
};

int exit_code_of(const ExploredReport& report, bool is_interrupted) {
  if (report.has_audit_differences()) return kExitInternal;
  if (is_interrupted) return kExitInterrupted;
  return exit_code_of(report.status());
}

}  // namespace

int command_explore(const Options& options, Session& session) {
  ExploredReport report;
  Progress progress(session.err, shows_progress(options, session.environment));
  CaseHandler handler;
  handler.run = [&](const CaseTicket& ticket, const Scenario& scenario) {
    CaseDone done;
    auto entry =
        std::make_shared<ExploredCase>(Explorer(options, progress, ticket).explore_case(scenario, done.diagnostics));
    done.status = entry->status;
    done.take = [&report, entry] { report.cases.push_back(std::move(*entry)); };
    return done;
  };
  handler.take_absent = [&](const std::string& file, const CaseTitle& title, Status status) {
    report.cases.push_back(begin_case<ExploredCase>(head_of(file, title, status)));
  };
  if (wants_films(options)) handler.begin_file = [&report](const Source& source) { report.sources.push_back(source); };
  read_standard_input(options, session);
  CaseChooser chooser(options.selection);
  const unsigned jobs = jobs_of(options, session.environment);
  CaseStops stops(interrupts_of(session.environment), std::nullopt, jobs > 1);
  CaseStream stream(options, session, chooser, stops, progress, std::move(handler));
  WorkerPool pool(jobs);
  stream.load(pool);
  Told told = stream.finish();
  progress.clear();
  if (report.cases.empty()) {
    if (const std::optional<Diagnostic> problem = chooser.why_none("explore")) {
      tell(session, *problem);
      return kExitBadInput;
    }
  }
  if (const std::optional<std::string> reason = chooser.why_empty_shard()) note(session, *reason);
  report.diagnostics = std::move(told.diagnostics);
  for (Source& source : told.sources) {
    const auto is_it = [&](const Source& other) { return other.name == source.name; };
    if (std::none_of(report.sources.begin(), report.sources.end(), is_it)) report.sources.push_back(std::move(source));
  }
  const auto write = [&](std::ostream& out, Format format, const ReportOptions& looks) {
    write_report(out, format, report, looks);
  };
  const bool is_written = write_requested(write, options, session);
  return write_for_github(write, options, session) && is_written ? exit_code_of(report, stops.is_interrupted())
                                                                 : kExitBadInput;
}

}  // namespace actorsim
