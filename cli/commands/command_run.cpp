// `actorsim run`: every chosen case, several at a time; or one case in the order of a schedule.
#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "cli/cases/case_stream.h"
#include "cli/cases/replay_command.h"
#include "cli/cases/run_case.h"
#include "cli/commands/commands.h"
#include "cli/output/output.h"
#include "cli/output/problems.h"
#include "cli/output/progress.h"
#include "cli/output/report_writer.h"

namespace actorsim {
namespace {

// What --rerun-failed chooses from; null: all cases.
const FailedCases* failures_of(const Options& options, const FailedCases& failed, Session& session) {
  if (!options.selection.only_failed) return nullptr;
  const auto has_failed = [&](const ChosenFile& file) {
    return failed.has_any_of(absolute_path(file, session.environment));
  };
  const std::vector<ChosenFile> files = find_files(options.operands, session.environment);
  if (std::any_of(files.begin(), files.end(), has_failed)) return &failed;
  note(session, fmt::format("{}: all cases run",
                            failed.is_damaged() ? "the list of cases that failed is damaged"
                            : failed.is_kept()  ? "no case is known to have failed"
                                                : "neither XDG_STATE_HOME nor HOME says where failures are listed"));
  return nullptr;
}

class Runner {
 public:
  Runner(const Options& options, Session& session)
      : options_(options),
        session_(session),
        progress_(session.err, shows_progress(options, session.environment)),
        reports_(options, session),
        failed_(session.environment) {}

  int run() {
    read_standard_input(options_, session_);
    CaseChooser chooser(options_.selection, failures_of(options_, failed_, session_));
    const unsigned jobs = options_.schedule ? 1 : jobs_of(options_, session_.environment);
    CaseStops stops(interrupts_of(session_.environment), options_.max_failures, jobs > 1);
    CaseStream stream(options_, session_, chooser, stops, progress_, handler());
    if (!failed_.empty()) stream.remember_all();
    WorkerPool pool(jobs);
    stream.load(pool, options_.schedule ? CaseStream::Begin::at_finish : CaseStream::Begin::at_once);
    if (options_.schedule && chooser.chosen() > 1) {
      tell(session_, not_one_case(chooser.chosen()));
      return kExitBadInput;
    }
    Told told = stream.finish();
    progress_.clear();
    if (reports_.empty()) {
      if (const std::optional<Diagnostic> problem = chooser.why_none("run")) {
        tell(session_, *problem);
        return kExitBadInput;
      }
    }
    if (const std::optional<std::string> reason = chooser.why_empty_shard()) note(session_, *reason);
    if (!options_.schedule) failed_.update(stream.outcomes());
    const int code = reports_.finish(std::move(told.diagnostics), std::move(told.sources));
    return stops.is_interrupted() && code != kExitInternal ? kExitInterrupted : code;
  }

 private:
  CaseHandler handler() {
    CaseHandler handler;
    handler.run = [this](const CaseTicket& ticket, Scenario scenario) { return run_one(ticket, std::move(scenario)); };
    handler.begin_file = [this](const Source& source) { reports_.begin_file(source); };
    handler.take_absent = [this](const std::string& file, const CaseTitle& title, Status status) {
      reports_.add(begin_case<CaseReport>(head_of(file, title, status)));
    };
    return handler;
  }

  // On any thread.
  CaseDone run_one(const CaseTicket& ticket, Scenario scenario) {
    CaseWishes wishes;
    wishes.run.kept_calls = options_.kept_calls;
    wishes.run.wants_film = wants_films(options_);
    wishes.run.wants_schedule = wants_schedules(options_);
    wishes.run.on_progress = [&](std::uint64_t calls, Nanoseconds now) { progress_.tell(ticket.place, calls, now); };
    wishes.stop = ticket.stop;
    wishes.exploring = options_.exploring;
    wishes.on_explore_progress = [&](const ExploreProgress& now) { progress_.tell(ticket.place, now, 0); };
    wishes.schedule = options_.schedule;
    wishes.replay_command = [&](const CaseReport& report, const Schedule& schedule) {
      return replay_command({report.file, {report.name, report.axes}, report.dapr, ticket.is_one_of_several}, schedule,
                            options_);
    };
    CaseDone done;
    auto entry = std::make_shared<CaseReport>(
        run_case(std::move(scenario), ticket.file, done.diagnostics, *ticket.file_warnings, wishes));
    const bool is_done_with = entry->status == Status::pass && !entry->is_replay && !reports_.wants_calls_of_passed();
    if (is_done_with && entry->run)
      std::vector<CallRecord>().swap(entry->run->calls);  // while they are near, and before others are taken
    done.status = entry->status;
    done.take = [this, entry] { reports_.add(std::move(*entry)); };
    return done;
  }

  static Diagnostic not_one_case(std::size_t chosen) {
    return usage_problem(fmt::format("a schedule belongs to one case, and {} are chosen", chosen),
                         "choose one by its file, --case NAME, --dapr RELEASE and --set AXIS=VALUE");
  }

  const Options& options_;
  Session& session_;
  Progress progress_;
  ReportWriter reports_;
  FailedCases failed_;
};

}  // namespace

int command_run(const Options& options, Session& session) { return Runner(options, session).run(); }

}  // namespace actorsim
