// Files are admitted in order, which decides what is chosen; cases run in any order; files are finished in order.
#include "cli/cases/case_stream.h"

#include <utility>

#include "cli/cases/replay_command.h"

namespace actorsim {

// A loaded file that its cases are read from. It goes when the last of them has been.
struct CaseStream::Document {
  Document(ScenarioFile loaded, std::size_t its_bytes, std::atomic<std::size_t>& live)
      : file(std::move(loaded)), bytes(its_bytes), live_bytes(live) {
    live_bytes += bytes;
  }
  ~Document() { live_bytes -= bytes; }
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  ScenarioFile file;
  const std::size_t bytes;
  std::atomic<std::size_t>& live_bytes;
};

// The case of a file that has no other, run where the file was loaded.
struct CaseStream::OnlyCase {
  CaseTitle title;
  CaseDone done;
};

namespace {

constexpr std::size_t kMostLiveBytes = 64U << 20U;

bool is_failure(Status status) { return status == Status::fail || status == Status::error; }

// Known before it is known how many cases the files before have.
std::size_t place_of(const LoadedFile& loaded, std::size_t index) {
  constexpr unsigned kBitsOfCase = 32;
  return (loaded.number << kBitsOfCase) + index;
}

CaseTicket ticket_for(const LoadedFile& loaded) {
  CaseTicket ticket;
  ticket.file = loaded.name();
  ticket.is_one_of_several = has_several_scenarios(*loaded.file);
  ticket.file_warnings = &loaded.file_warnings;
  return ticket;
}

}  // namespace

CaseStream::CaseStream(const Options& options, Session& session, CaseChooser& chooser, CaseStops& stops,
                       Progress& progress, CaseHandler handler)
    : options_(options),
      session_(session),
      chooser_(chooser),
      stops_(stops),
      progress_(progress),
      handler_(std::move(handler)) {}

void CaseStream::load(WorkerPool& pool, Begin begin) {
  const auto has_all = [](const PendingFile& file) {  // nearly: cases begin in order
    return file.cases.empty() || file.cases.back().done || is_ready(file.cases.back().running);
  };
  std::function<void(LoadedFile&)> run_at_once;
  if (begin == Begin::at_once && chooser_.wants_all())
    run_at_once = [this](LoadedFile& loaded) { run_only_case(loaded); };
  load_in_order(options_, options_.releases, session_, pool, run_at_once, [&](std::shared_ptr<LoadedFile> loaded) {
    admit(std::move(loaded), pool);
    if (begin == Begin::at_finish) return;
    while (!pending_.empty() && (has_all(pending_.front()) || live_bytes_ > kMostLiveBytes)) finish_first();
  });
}

Told CaseStream::finish() {
  while (!pending_.empty()) finish_first();
  return std::move(told_);
}

void CaseStream::admit(std::shared_ptr<LoadedFile> loaded, WorkerPool& pool) {
  ++told_.files;
  PendingFile file;
  file.loaded = std::move(loaded);
  if (options_.selection.only_failed) file.outcome.path = absolute_path(file.loaded->chosen, session_.environment);
  if (file.loaded->result) {
    OnlyCase& only = *static_cast<OnlyCase*>(file.loaded->result.get());
    chooser_.wants(only.title);
    file.outcome.all.push_back(text_of(only.title));
    file.cases.push_back({std::move(only.title), {}, std::move(only.done)});
  } else if (file.loaded->file) {
    submit_cases(file, pool);
  } else {
    file.outcome.is_broken = true;
    stops_.add_failure(place_of(*file.loaded, 0));
  }
  pending_.push_back(std::move(file));
}

void CaseStream::submit_cases(PendingFile& file, WorkerPool& pool) {
  LoadedFile& loaded = *file.loaded;
  CaseTicket ticket = ticket_for(loaded);
  auto document = std::make_shared<Document>(std::move(*loaded.file), loaded.source.text.size(), live_bytes_);
  loaded.file.reset();
  for (std::size_t i = 0; i < document->file.case_count(); ++i) {
    CaseTitle title = document->file.title(i);
    file.outcome.all.push_back(text_of(title));
    if (!chooser_.wants(title, file.outcome.path)) continue;
    ticket.place = place_of(loaded, i);
    auto running = pool.submit(
        [this, held = document, i, ticket]() mutable { return run_case(std::exchange(held, nullptr), i, ticket); });
    file.cases.push_back({std::move(title), std::move(running), std::nullopt});
  }
}

// A file with one case is usual, and handing it to another thread would cost more than a small one takes.
void CaseStream::run_only_case(LoadedFile& loaded) {
  if (!loaded.file || loaded.file->case_count() != 1) return;
  auto only = std::make_shared<OnlyCase>();
  only->title = loaded.file->title(0);
  CaseTicket ticket = ticket_for(loaded);
  ticket.place = place_of(loaded, 0);
  if (!stops_.is_unwanted(ticket.place)) {
    auto scenario = loaded.file->load_case(0);
    loaded.file.reset();
    only->done = run_loaded(std::move(scenario), std::move(ticket));
  }
  loaded.file.reset();
  const bool is_well = only->done.status == Status::pass && only->done.diagnostics.empty();
  if (is_well && loaded.diagnostics.empty()) {  // nobody will ask what stood there
    loaded.source = {};
    if (loaded.named_files->paths().empty()) loaded.named_files.reset();
  }
  loaded.result = std::move(only);
}

CaseDone CaseStream::run_case(std::shared_ptr<Document> document, std::size_t index, const CaseTicket& ticket) {
  if (stops_.is_unwanted(ticket.place)) return {};
  auto scenario = document->file.load_case(index);
  document.reset();
  return run_loaded(std::move(scenario), ticket);
}

CaseDone CaseStream::run_loaded(tl::expected<Scenario, Diagnostics> scenario, CaseTicket ticket) {
  if (!scenario) {
    stops_.add_failure(ticket.place);
    return {Status::error, {}, std::move(scenario.error())};
  }
  progress_.begin_case(ticket.place, scenario->name);
  ticket.stop = stops_.begin(ticket.place);
  CaseDone done = handler_.run(ticket, std::move(*scenario));
  stops_.end(ticket.place);
  progress_.end_case(ticket.place);
  if (is_failure(done.status)) stops_.add_failure(ticket.place);
  return done;
}

void CaseStream::finish_first() {
  PendingFile file = std::move(pending_.front());
  pending_.pop_front();
  LoadedFile& loaded = *file.loaded;
  if (handler_.begin_file) handler_.begin_file(loaded.source);
  if (file.outcome.is_broken) {
    handler_.take_absent(loaded.name(), {}, Status::error);
    ++failures_;
  }
  for (PendingCase& entry : file.cases) finish_case(file, entry);
  progress_.pause([&] { told_.tell(session_, loaded, loaded.diagnostics); });
  FailedCases::Outcome& outcome = file.outcome;
  if (outcome.path.empty() && (remembers_all_ || outcome.is_broken || !outcome.failed.empty()))
    outcome.path = absolute_path(loaded.chosen, session_.environment);
  if (!outcome.path.empty()) outcomes_.push_back(std::move(outcome));
}

void CaseStream::finish_case(PendingFile& file, PendingCase& entry) {
  const bool is_wanted = !options_.max_failures || failures_ < *options_.max_failures;
  CaseDone done = entry.done ? std::move(*entry.done) : entry.running.get();
  if (!is_wanted || done.status == Status::skipped) {
    handler_.take_absent(file.loaded->name(), entry.title, Status::skipped);
    return;
  }
  file.loaded->diagnostics.add_all(done.diagnostics);
  note_named_files(session_, *file.loaded);  // before what is taken may be written over them
  if (done.take) {
    done.take();
  } else {
    handler_.take_absent(file.loaded->name(), entry.title, done.status);
  }
  if (is_failure(done.status)) ++failures_;
  (done.status == Status::pass ? file.outcome.passed : file.outcome.failed).push_back(text_of(entry.title));
}

}  // namespace actorsim
