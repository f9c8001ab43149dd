// The way of every command that takes scenario files: find them, read and load them, several at a time, and tell what
// is wrong with them, in order. One that is broken never hides the others.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actorsim/scenario/loader.h"
#include "cli/cases/worker_pool.h"
#include "cli/files/files.h"
#include "cli/options/options.h"
#include "cli/session.h"

namespace actorsim {

/// A chosen file, and what could be made of it.
struct LoadedFile {
  ChosenFile chosen;
  std::size_t number = 0;  ///< among all that were found
  Source source;
  std::unique_ptr<NamedFiles> named_files;  ///< that its cases read through
  std::optional<ScenarioFile> file;         ///< none: it cannot be read, or is wrong, which `diagnostics` says
  Diagnostics diagnostics;                  ///< about the file as a whole, and what its cases add
  Diagnostics file_warnings;                ///< about the file as a whole, if it is not wrong
  bool is_passed_over = false;              ///< found in a folder, and no scenario
  std::shared_ptr<void> result;             ///< of the work on it

  const std::string& name() const { return chosen.name; }
};

/// How a file is known from everywhere; empty for standard input.
std::string absolute_path(const ChosenFile& file, const Environment& environment);

/// What was said about the files.
struct Told {
  std::vector<Diagnostic> diagnostics;  ///< of all files, in their order, equal ones of a file once
  std::vector<Source> sources;          ///< of files about which something was said
  std::size_t files = 0;                ///< chosen, whether or not they could be read
  bool has_errors = false;

  /// Tells what is in `diagnostics`, which is about this file, on standard error.
  void tell(Session& session, LoadedFile& loaded, const Diagnostics& diagnostics);
};

/// Puts what the file's scenarios have named so far into the session.
void note_named_files(Session& session, const LoadedFile& loaded);

/// Reads standard input if the operands name it, unless that has been done. load_in_order() does so too; before is
/// better where interrupts are noted from some moment on: until then Ctrl-C ends the process, and nobody waits for the
/// terminal.
void read_standard_input(const Options& options, Session& session);

/// Loads the files that `options.operands` name, with the overrides of `options`, while it finds them. `releases`:
/// instead of each scenario's own. `work`, if it is given, is called on the thread that has loaded the file; `take` on
/// this one, in order.
void load_in_order(const Options& options, const std::vector<Release>& releases, Session& session, WorkerPool& pool,
                   const std::function<void(LoadedFile&)>& work,
                   const std::function<void(std::shared_ptr<LoadedFile>)>& take);

/// For commands that look at one file after another: `work` makes something of each, which may add to the file's
/// diagnostics; `take` gets it in order. Diagnostics go to standard error, a file's after it has been taken.
template <typename Result>
Told for_each_file(const Options& options, const std::vector<Release>& releases, Session& session,
                   const std::function<Result(LoadedFile&)>& work, const std::function<void(Result)>& take) {
  Told told;
  WorkerPool pool(jobs_of(options, session.environment));
  const auto keep = [&](LoadedFile& loaded) { loaded.result = std::make_shared<Result>(work(loaded)); };
  load_in_order(options, releases, session, pool, keep, [&](const std::shared_ptr<LoadedFile>& loaded) {
    ++told.files;
    take(std::move(*static_cast<Result*>(loaded->result.get())));
    told.tell(session, *loaded, loaded->diagnostics);
  });
  return told;
}

/// Calls `visit` for each case; where one does not load, what is wrong with it goes to `diagnostics`, and `visit` gets
/// none. The document is given up before the last case is visited: a large one need not stay in memory.
void visit_cases(ScenarioFile file, Diagnostics& diagnostics,
                 const std::function<void(std::optional<Scenario> scenario, const CaseTitle& title)>& visit);

}  // namespace actorsim
