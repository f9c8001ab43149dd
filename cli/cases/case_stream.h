// Cases of many files, side by side on threads, with results in the order of the input. What is printed does not depend
// on the number of threads: which cases are chosen, which are skipped after failures, and what is told about each file
// is decided in order.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actorsim/report/report.h"
#include "cli/cases/case_stops.h"
#include "cli/cases/choose_cases.h"
#include "cli/cases/failed_cases.h"
#include "cli/cases/worker_pool.h"
#include "cli/files/load_files.h"
#include "cli/output/progress.h"

namespace actorsim {

/// A case that runs.
struct CaseTicket {
  std::size_t place = 0;                       ///< in the input, from 0
  std::string file;                            ///< its name
  bool is_one_of_several = false;              ///< its file has other scenarios, too
  const Diagnostics* file_warnings = nullptr;  ///< of the file as a whole
  const std::atomic<bool>* stop = nullptr;     ///< to be looked at now and then; null: nobody will stop it
};

/// A case that has run.
struct CaseDone {
  Status status = Status::skipped;  ///< skipped: it was stopped before there was anything to tell
  std::function<void()> take;       ///< puts it into the report; called in order, unless the case is skipped
  Diagnostics diagnostics;          ///< what is wrong or noteworthy with it
};

/// What a command does with cases.
struct CaseHandler {
  std::function<CaseDone(const CaseTicket&, Scenario)> run;  ///< on any thread
  /// Before the cases of a file are taken; may be absent.
  std::function<void(const Source& source)> begin_file;
  /// A case that did not run (error or skipped), or a file that could not be loaded: in order.
  std::function<void(const std::string& file, const CaseTitle& title, Status status)> take_absent;
};

/// Runs on one thread but for CaseHandler::run.
class CaseStream {
 public:
  /// All must outlive the stream.
  CaseStream(const Options& options, Session& session, CaseChooser& chooser, CaseStops& stops, Progress& progress,
             CaseHandler handler);

  enum class Begin : std::uint8_t { at_once, at_finish };
  /// Loads the files and begins with the chosen cases, or leaves that to finish(): with one job, nothing runs before.
  void load(WorkerPool& pool, Begin begin = Begin::at_once);

  /// Waits for all that runs. What comes after `max_failures` is skipped, whether or not it has run.
  Told finish();

  /// What came of the files, in order: of all with remember_all(), else of those of which something failed.
  const std::vector<FailedCases::Outcome>& outcomes() const { return outcomes_; }
  void remember_all() { remembers_all_ = true; }

 private:
  struct PendingCase {
    CaseTitle title;
    std::future<CaseDone> running;
    std::optional<CaseDone> done;  // it did not have to be waited for
  };
  struct PendingFile {
    std::shared_ptr<LoadedFile> loaded;
    std::vector<PendingCase> cases;
    FailedCases::Outcome outcome;
  };
  struct Document;
  struct OnlyCase;

  void admit(std::shared_ptr<LoadedFile> loaded, WorkerPool& pool);
  void submit_cases(PendingFile& file, WorkerPool& pool);
  void run_only_case(LoadedFile& loaded);
  CaseDone run_case(std::shared_ptr<Document> document, std::size_t index, const CaseTicket& ticket);
  CaseDone run_loaded(tl::expected<Scenario, Diagnostics> scenario, CaseTicket ticket);
  void finish_first();
  void finish_case(PendingFile& file, PendingCase& entry);

  const Options& options_;
  Session& session_;
  CaseChooser& chooser_;
  CaseStops& stops_;
  Progress& progress_;
  const CaseHandler handler_;
  std::deque<PendingFile> pending_;
  std::atomic<std::size_t> live_bytes_ = 0;  // of texts whose documents are still needed
  std::size_t failures_ = 0;
  Told told_;
  bool remembers_all_ = false;
  std::vector<FailedCases::Outcome> outcomes_;
};

}  // namespace actorsim
