// `actorsim graph`: one case, drawn or written down for others to look at.
#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "actorsim/base/text.h"
#include "actorsim/explore/exploration.h"
#include "actorsim/model/compile.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "actorsim/report/graph/wait_picture.h"
#include "cli/cases/choose_cases.h"
#include "cli/commands/commands.h"
#include "cli/files/load_files.h"
#include "cli/output/output.h"
#include "cli/output/problems.h"

namespace actorsim {
namespace {

constexpr std::size_t kListedCases = 10;
constexpr std::uint64_t kQuickStates = 100'000;

class Grapher {
 public:
  Grapher(const Options& options, Session& session)
      : options_(options), session_(session), chooser_(options.selection) {}

  int run() {
    Told told;
    WorkerPool pool(1);
    load_in_order(options_, options_.releases, session_, pool, {}, [&](const std::shared_ptr<LoadedFile>& loaded) {
      if (loaded->file) graph_file(std::move(*loaded->file), loaded->name(), loaded->diagnostics);
      told.tell(session_, *loaded, loaded->diagnostics);
    });
    if (chosen_ != 1 && (cases_ > 0 || !told.has_errors)) tell_choice();
    if (chosen_ != 1 || !graph_) return kExitBadInput;
    const bool is_written = write_output(
        options_.output, "graph", [&](std::ostream& out) { out << *graph_; }, session_);
    return told.has_errors || !is_written ? kExitBadInput : kExitOk;
  }

 private:
  void graph_file(ScenarioFile file, const std::string& name, Diagnostics& diagnostics) {
    std::optional<Scenario> only;
    visit_cases(std::move(file), diagnostics, [&](std::optional<Scenario> scenario, const CaseTitle& title) {
      const std::string text = text_of(title);
      ++cases_;
      if (listed_.size() < kListedCases) listed_.push_back(fmt::format("{}: {}", cases_, printable(text)));
      if (!chooser_.wants(title)) return;
      if (++chosen_ == 1) only = std::move(scenario);
    });
    if (only && chosen_ == 1) graph(*only, name, diagnostics);
  }

  void graph(const Scenario& scenario, const std::string& file, Diagnostics& diagnostics) {
    const Program program = compile(scenario, file);
    for (const Diagnostic& warning : program.warnings) diagnostics.add(warning);
    const GraphTitle title{file, text_of({scenario.name, scenario.axes}),
                           fmt::format("Dapr {}, {}", to_string(scenario.dapr), describe_setting(program))};
    std::ostringstream out;
    auto problem = options_.wait_for ? draw_waits(out, scenario, program, title, diagnostics)
                                     : options_.graph_format->write(out, program, title);
    if (problem) {
      diagnostics.add(std::move(*problem));
    } else {
      graph_ = out.str();
    }
  }

  // Of the run of --schedule; else of the plain run, if it gets stuck; else of the shortest way to a deadlock, where
  // one is found.
  std::optional<Diagnostic> draw_waits(std::ostream& out, const Scenario& scenario, const Program& program,
                                       const GraphTitle& title, Diagnostics& warnings) {
    if (options_.schedule) {
      auto run = replay(program, *options_.schedule);
      if (!run) return std::move(run.error());
      if (run->deadlocks.empty())
        warnings.add(no_deadlock(program, *run, "without --schedule, a way to a deadlock is looked for"));
      options_.graph_format->draw(out, wait_picture(*run, title, "after " + schedule_text(*options_.schedule)));
      return std::nullopt;
    }
    auto plain = run_plainly(program);
    if (!plain) return std::move(plain.error());
    if (!plain->deadlocks.empty()) {
      options_.graph_format->draw(out, wait_picture(*plain, title, "the plain run"));
      return std::nullopt;
    }
    return draw_possible_waits(out, scenario, program, title, *plain, warnings);
  }

  std::optional<Diagnostic> draw_possible_waits(std::ostream& out, const Scenario& scenario, const Program& program,
                                                const GraphTitle& title, const Run& plain, Diagnostics& warnings) {
    ExploreOptions options = explore_options(options_.exploring, scenario.limits);
    options.goal = Goal::deadlock;
    options.max_states = std::min(options.max_states, kQuickStates);
    const auto found = explore(program, options);  // an error: it has no end, say; then the plain run is what there is
    if (found) {
      const auto leads_to_deadlock = [](const Witness& witness) { return witness.verdict == Verdict::deadlock; };
      const auto witness = std::find_if(found->witnesses.begin(), found->witnesses.end(), leads_to_deadlock);
      if (witness != found->witnesses.end()) {
        auto run = replay(program, witness->schedule);
        if (!run) return std::move(run.error());
        options_.graph_format->draw(out, wait_picture(*run, title, "after " + schedule_text(witness->schedule)));
        return std::nullopt;
      }
    }
    const bool is_proved = found && found->is_complete();
    warnings.add(no_deadlock(program, plain,
                             is_proved ? "no order of its steps leads to one"
                                       : "not all orders of its steps were looked at; actorsim explore goes further"));
    Picture picture = wait_picture(plain, title, "the plain run");
    picture.notes.push_back(
        {is_proved ? "No order of the steps leads to a deadlock." : "Not all orders of the steps were looked at.", {}});
    options_.graph_format->draw(out, picture);
    return std::nullopt;
  }

  static Diagnostic no_deadlock(const Program& program, const Run& run, std::string help) {
    const bool somebody_waits =
        std::any_of(run.calls.begin(), run.calls.end(), [](const CallRecord& call) { return call.had_to_wait; });
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.code = "no-deadlock";
    warning.file = program.file;
    warning.message = somebody_waits ? "no deadlock; drawn is the moment when the most calls wait"
                                     : "no deadlock, and nobody ever waits for a lock";
    warning.help = std::move(help);
    return warning;
  }

  void tell_choice() {
    if (cases_ == 0) {
      tell(session_, usage_problem("no case is left: 'exclude' drops every combination of --dapr and --set",
                                   "leave them out, or name others"));
      return;
    }
    std::string known = fmt::format("{}", fmt::join(listed_, "; "));
    if (cases_ > listed_.size()) known += fmt::format("; and {} more", cases_ - listed_.size());
    const std::string message = chosen_ > 1 ? fmt::format("{} cases are left, and one can be exported", chosen_)
                                            : "there is no case " + actorsim::in_quotes(options_.selection.case_name);
    tell(session_, usage_problem(message, "choose one with --case: " + known));
  }

  const Options& options_;
  Session& session_;
  CaseChooser chooser_;
  std::size_t cases_ = 0;
  std::size_t chosen_ = 0;
  std::vector<std::string> listed_;
  std::optional<std::string> graph_;
};

}  // namespace

int command_graph(const Options& options, Session& session) { return Grapher(options, session).run(); }

}  // namespace actorsim
