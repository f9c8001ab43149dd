// `actorsim explore`: what every order of a scenario's steps can come to. What it expects is not checked.
#include <algorithm>
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/explore/audit.h"
#include "actorsim/explore/interleavings.h"
#include "actorsim/model/compile.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "actorsim/report/explored.h"
#include "cli/commands/commands.h"
#include "cli/commands/replay_command.h"
#include "cli/files/files.h"
#include "cli/files/load_files.h"
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

ExploredCase not_explored(const std::string& file, const CaseTitle& title, Status status) {
  ExploredCase entry;
  entry.file = file;
  entry.name = title.name;
  entry.axes = title.axes;
  for (const auto& [axis, value] : title.axes) {
    if (axis == "dapr") entry.dapr = value;
  }
  entry.status = status;
  return entry;
}

// Explores case after case.
class Explorer {
 public:
  Explorer(const Options& options, Session& session)
      : options_(options),
        progress_(session.err, shows_progress(options, session.environment)),
        shows_progress_(shows_progress(options, session.environment)) {
    if (session.environment.watch_interrupts) interrupted_ = session.environment.watch_interrupts();
  }

  bool is_interrupted() const { return interrupted_ != nullptr && *interrupted_; }
  void clear_progress() { progress_.clear(); }
  void begin_file(const ScenarioFile& file) { is_one_of_several_ = has_several_scenarios(file); }

  ExploredCase explore_case(const Scenario& scenario, const std::string& file, Diagnostics& diagnostics) {
    ExploredCase entry;
    entry.file = file;
    entry.name = scenario.name;
    entry.axes = scenario.axes;
    entry.dapr = to_string(scenario.dapr);
    if (is_interrupted()) {
      entry.status = Status::skipped;
      return entry;
    }
    const Program program = compile(scenario, file);
    entry.setting = describe_setting(program);
    for (const Diagnostic& warning : program.warnings) diagnostics.add(warning);
    progress_.begin_case(scenario.name);
    if (std::optional<Diagnostic> problem = look(scenario, program, entry)) {
      diagnostics.add(std::move(*problem));
      entry.status = Status::error;
    } else {
      entry.status = status_of(entry);
    }
    progress_.end_case();
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
    if (!problem && wants_interleavings()) problem = add_interleavings(program, entry);
    return problem;
  }

  ExploreOptions explore_options_for(const Scenario& scenario, const Program& program) {
    ExploreOptions options = explore_options(options_.exploring, scenario.limits);
    options.goal = options_.goal.value_or(Goal::outcomes);
    options.stop = interrupted_;
    options.is_lossy = options_.is_lossy;
    if (!shows_progress_) return options;
    // How many steps random walks take is about how many levels there are.
    const auto walks = estimate_interleavings(program, kProgressWalks, kEstimateSeed);
    const std::uint64_t levels = walks ? walks->longest : 0;
    options.on_progress = [this, levels](const ExploreProgress& now) { progress_.tell(now, levels); };
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
    options.stop = interrupted_;
    options.on_progress = [&](std::uint64_t runs) { progress_.tell_runs(runs, options.runs); };
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
    if (!is_complete || entry.exploration->reductions.empty() || is_interrupted()) return std::nullopt;
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
      auto run = replay(program, witness.schedule);
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
      example.replay = replay_command({entry.file, {entry.name, entry.axes}, entry.dapr, is_one_of_several_},
                                      witness.schedule, options_);
      entry.counterexamples.push_back(std::move(example));
    }
    return std::nullopt;
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
  Progress progress_;
  const bool shows_progress_;
  const std::atomic<bool>* interrupted_ = nullptr;
  bool is_one_of_several_ = false;  // scenarios of the file at hand
};

int exit_code_of(const ExploredReport& report, bool is_interrupted) {
  if (report.has_audit_differences()) return kExitInternal;
  if (is_interrupted) return kExitInterrupted;
  switch (report.status()) {
    case Status::pass:
    case Status::skipped: return kExitOk;
    case Status::fail: return kExitFailed;
    case Status::inconclusive: return kExitInconclusive;
    case Status::error: return kExitBadInput;
  }
  return kExitBadInput;
}

}  // namespace

int command_explore(const Options& options, Session& session) {
  Explorer explorer(options, session);
  ExploredReport report;
  std::size_t cases = 0;
  Told told = load_files(
      options, options.releases, session,
      [&](const std::string& name, std::optional<ScenarioFile> file, Diagnostics& diagnostics) {
        if (!file) {
          report.cases.push_back(not_explored(name, {}, Status::error));
          return;
        }
        explorer.begin_file(*file);
        visit_cases(std::move(*file), diagnostics, [&](std::optional<Scenario> scenario, const CaseTitle& title) {
          if (!is_wanted(options.case_name, title, ++cases)) return;
          report.cases.push_back(scenario ? explorer.explore_case(*scenario, name, diagnostics)
                                          : not_explored(name, title, Status::error));
        });
        explorer.clear_progress();
      });
  if (report.cases.empty() && cases > 0) {
    session.err << render_problem(usage_problem("there is no case " + actorsim::quoted(options.case_name),
                                                "actorsim list names them; a number counts over all files"));
    return kExitBadInput;
  }
  if (report.cases.empty()) {
    session.err << render_problem(
        usage_problem("no case is left to explore: 'exclude' drops every combination of --dapr and --set",
                      "leave --dapr and --set out, or name others"));
    return kExitBadInput;
  }
  report.diagnostics = std::move(told.diagnostics);
  report.sources = std::move(told.sources);
  const auto write = [&](std::ostream& out, Format format, const ReportOptions& looks) {
    write_report(out, format, report, looks);
  };
  const bool is_written = write_requested(write, options, session);
  return write_for_github(write, options, session) && is_written ? exit_code_of(report, explorer.is_interrupted())
                                                                 : kExitBadInput;
}

}  // namespace actorsim
