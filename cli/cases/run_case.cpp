// The way of one case through the library.
#include "cli/cases/run_case.h"

#include <algorithm>
#include <iterator>

#include "actorsim/explore/expectations.h"
#include "actorsim/explore/quantified.h"
#include "actorsim/explore/run.h"
#include "actorsim/explore/state_graph.h"
#include "actorsim/model/compile.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "actorsim/report/format.h"

namespace actorsim {
namespace {

class CaseRunner {
 public:
  CaseRunner(const Scenario& scenario, const Program& program, const CaseWishes& wishes, CaseReport& report)
      : scenario_(scenario), program_(program), wishes_(wishes), report_(report) {}

  // The error is the scenario's fault.
  tl::expected<void, Diagnostics> run(const std::vector<Diagnostic>& warnings) {
    RunOptions options = options_for(scenario_.expect);
    options.kept_calls = wishes_.run.kept_calls;
    options.wants_film = wishes_.run.wants_film;
    options.wants_schedule = wishes_.run.wants_schedule;
    options.on_progress = wishes_.run.on_progress;
    options.stop = wishes_.stop;
    auto run = wishes_.schedule ? replay(program_, *wishes_.schedule, options) : run_plainly(program_, options);
    if (!run) return tl::unexpected(Diagnostics(std::move(run.error())));
    if (run->was_stopped) {
      report_.status = Status::skipped;
      return {};
    }
    report_.is_replay = wishes_.schedule.has_value();
    report_.run = std::move(*run);
    explain(*report_.run, report_);
    auto results = check_expectations(scenario_.expect, program_, *report_.run, warnings);
    if (!results) return tl::unexpected(std::move(results.error()));
    report_.expectations = std::move(*results);
    if (wishes_.run.wants_film) add_graph();
    report_.has_unchecked = speaks_of_all_orders(scenario_.expect) && wishes_.schedule;
    if (speaks_of_all_orders(scenario_.expect) && !wishes_.schedule) {
      if (auto done = look_at_all_orders(); !done) return done;
    }
    report_.status = status();
    return {};
  }

 private:
  // Into a CaseReport or a ReplayedRun.
  template <typename Explained>
  void explain(const Run& run, Explained& into) const {
    Diagnosis diagnosis = diagnose(scenario_, program_, run);
    into.headline = std::move(diagnosis.headline);
    into.why = std::move(diagnosis.why);
    into.fix = std::move(diagnosis.fix);
  }

  tl::expected<void, Diagnostics> look_at_all_orders() {
    ExploreOptions options = explore_options(wishes_.exploring, scenario_.limits);
    options.goal = goal_for(scenario_.expect);
    options.on_progress = wishes_.on_explore_progress;
    options.stop = wishes_.stop;
    auto exploration = explore(program_, options);
    if (!exploration) return tl::unexpected(Diagnostics(std::move(exploration.error())));
    report_.exploration = std::move(*exploration);
    auto results = check_all_orders(scenario_.expect, program_, *report_.exploration, options);
    if (!results) return tl::unexpected(std::move(results.error()));
    for (const ExpectationResult& result : *results) {
      if (!result.schedule) continue;
      if (auto done = replay_once(result); !done) return tl::unexpected(Diagnostics(std::move(done.error())));
    }
    std::vector<ExpectationResult>& all = report_.expectations;
    all.insert(all.end(), std::make_move_iterator(results->begin()), std::make_move_iterator(results->end()));
    std::stable_sort(all.begin(), all.end(), [](const ExpectationResult& a, const ExpectationResult& b) {
      return a.span.line != b.span.line ? a.span.line < b.span.line : a.span.column < b.span.column;
    });
    return {};
  }

  tl::expected<void, Diagnostic> replay_once(const ExpectationResult& result) {
    const auto is_same = [&](const ReplayedRun& other) {
      return other.schedule == *result.schedule && other.leads_to == result.leads_to;
    };
    if (std::any_of(report_.replays.begin(), report_.replays.end(), is_same)) return {};
    RunOptions options;
    options.kept_calls = wishes_.run.kept_calls;
    options.wants_film = wishes_.run.wants_film;
    auto run = replay(program_, *result.schedule, options);
    if (!run) return tl::unexpected(std::move(run.error()));
    ReplayedRun replayed;
    replayed.schedule = *result.schedule;
    replayed.leads_to = result.leads_to;
    if (wishes_.replay_command) replayed.command = wishes_.replay_command(report_, *result.schedule);
    replayed.run = std::move(*run);
    explain(replayed.run, replayed);
    report_.replays.push_back(std::move(replayed));
    return {};
  }

  // Where the scenario is small; what is wrong with it the run has told.
  void add_graph() {
    auto graph = build_state_graph(program_, kMostShownSituations);
    if (graph && *graph) report_.graph = std::make_shared<const StateGraph>(std::move(**graph));
  }

  Status status() const {
    Status status = Status::pass;
    for (const ExpectationResult& result : report_.expectations) {
      if (result.is_undecided && status == Status::pass) status = Status::inconclusive;
      if (!result.passed && !result.is_undecided) return Status::fail;
    }
    return status;
  }

  const Scenario& scenario_;
  const Program& program_;
  const CaseWishes& wishes_;
  CaseReport& report_;
};

}  // namespace

CaseReport run_case(Scenario scenario, const std::string& file, Diagnostics& diagnostics,
                    const Diagnostics& file_warnings, const CaseWishes& wishes) {
  const Program program = compile(scenario, file);
  auto report = begin_case<CaseReport>(head_of(file, scenario, program));
  std::vector<Trigger>().swap(scenario.start);  // compiled; thousands of them need not stay in memory during the run
  for (const Diagnostic& warning : program.warnings) diagnostics.add(warning);
  std::vector<Diagnostic> warnings = file_warnings.items();
  warnings.insert(warnings.end(), program.warnings.begin(), program.warnings.end());
  if (const auto done = CaseRunner(scenario, program, wishes, report).run(warnings); !done) {
    diagnostics.add_all(done.error());
    report.status = Status::error;
  }
  return report;
}

}  // namespace actorsim
