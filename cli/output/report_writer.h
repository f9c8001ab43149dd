// The report of a command that runs case after case, while it comes to be.
#pragma once

#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actorsim/report/report.h"
#include "cli/commands/commands.h"
#include "cli/output/output.h"

namespace actorsim {

/// Takes cases in the order in which they are to be reported. Formats that are streamed get each at once; the others
/// get all of them at the end.
class ReportWriter {
 public:
  /// Both must outlive it.
  ReportWriter(const Options& options, Session& session);

  /// The text of the file whose cases come next. It is kept if a report shows excerpts and a case does not
  /// pass, or if it shows whole files.
  void begin_file(const Source& source);
  void add(CaseReport entry);

  bool empty() const { return report_.cases.empty(); }

  /// Will the calls of cases that passed be asked for? From any thread.
  bool wants_calls_of_passed() const { return keeps_calls_ || !streams_.empty(); }

  /// Writes every report that was asked for. Returns the exit code: that of the report's status, or kExitBadInput if a
  /// file cannot be written, which is told. Call it once.
  int finish(std::vector<Diagnostic> diagnostics, std::vector<Source> sources);

 private:
  // A streamed report.
  struct Stream {
    const FormatDescription* format = nullptr;
    std::string name;  // empty: standard output
    std::unique_ptr<std::ofstream> file;
    std::ostream* out = nullptr;  // null: nothing has been written
    bool is_input = false;        // a scenario has named it: it is not written
    int error = 0;                // errno, where writing has failed
  };
  std::ostream& open(Stream& stream) const;
  static void note_failure(Stream& stream);
  bool close_streams();

  const Options& options_;
  Session& session_;
  Report report_;
  std::vector<Stream> streams_;
  std::optional<Source> source_;  // of the file at hand
  bool shows_excerpts_ = false;
  bool keeps_calls_ = false;  // of cases that passed
  bool shows_films_ = false;
};

}  // namespace actorsim
