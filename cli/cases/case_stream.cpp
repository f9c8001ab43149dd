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

namespace {

constexpr std::size_t kMostLiveBytes = 64U << 20U;

bool is_failure(Status status) { return status == Status::fail || status == Status::error; }

}  // namespace

CaseStream::CaseStream(const Options& options, Session& session, CaseChooser& chooser, CaseStops& stops,
                       Progress& progress, CaseHandler handler)
    : options_(options),
      session_(session),
      chooser_(chooser),
      stops_(stops),
      progress_(progress),
      handler_(std::move(handler)) {}

void CaseStream::load(FoundFiles files, WorkerPool& pool, Begin begin) {
  const auto has_all = [](const PendingFile& file) {
    return file.cases.empty() || is_ready(file.cases.back().done);  // nearly: they begin in order
  };
  load_in_order(options_, options_.releases, std::move(files), pool, {}, [&](std::shared_ptr<LoadedFile> loaded) {
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
  file.outcome.path = absolute_path(file.loaded->chosen, session_.environment);
  if (file.loaded->file) {
    submit_cases(file, pool);
  } else {
    file.place = next_place_++;
    file.outcome.is_broken = true;
    stops_.add_failure(file.place);
  }
  pending_.push_back(std::move(file));
}

void CaseStream::submit_cases(PendingFile& file, WorkerPool& pool) {
  LoadedFile& loaded = *file.loaded;
  CaseTicket ticket;
  ticket.file = loaded.name();
  ticket.is_one_of_several = has_several_scenarios(*loaded.file);
  ticket.file_warnings = &loaded.file_warnings;
  auto document = std::make_shared<Document>(std::move(*loaded.file), loaded.source.text.size(), live_bytes_);
  loaded.file.reset();
  for (std::size_t i = 0; i < document->file.case_count(); ++i) {
    CaseTitle title = document->file.title(i);
    file.outcome.all.push_back(text_of(title));
    if (!chooser_.wants(title, file.outcome.path)) continue;
    ticket.place = next_place_++;
    auto done = pool.submit([this, held = document, i, ticket]() mutable {
      return run_case(std::exchange(held, nullptr), i, std::move(ticket));
    });
    file.cases.push_back({std::move(title), ticket.place, std::move(done)});
  }
}

CaseDone CaseStream::run_case(std::shared_ptr<Document> document, std::size_t index, CaseTicket ticket) {
  if (stops_.is_unwanted(ticket.place)) return {};
  auto scenario = document->file.load_case(index);
  document.reset();
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
  outcomes_.push_back(std::move(file.outcome));
}

void CaseStream::finish_case(PendingFile& file, PendingCase& entry) {
  const bool is_wanted = !options_.max_failures || failures_ < *options_.max_failures;
  CaseDone done = entry.done.get();
  if (!is_wanted || done.status == Status::skipped) {
    handler_.take_absent(file.loaded->name(), entry.title, Status::skipped);
    return;
  }
  file.loaded->diagnostics.add_all(done.diagnostics);
  if (done.take) {
    done.take();
  } else {
    handler_.take_absent(file.loaded->name(), entry.title, done.status);
  }
  if (is_failure(done.status)) ++failures_;
  (done.status == Status::pass ? file.outcome.passed : file.outcome.failed).push_back(text_of(entry.title));
}

}  // namespace actorsim
