// Where reports go and how they look there.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>

#include "actorsim/report/format.h"
#include "actorsim/report/report.h"
#include "cli/commands/commands.h"

namespace actorsim {

/// Writes `what` to standard output where `file` is empty, else to that file, as write_file() does. False: it cannot be
/// written, or would replace a file that a scenario names, which is told.
/// Interrupts are noted from then on: they do not end the process half-way.
bool write_output(const std::string& file, const std::string& what, const std::function<void(std::ostream&)>& write,
                  Session& session);

/// The stream that writes where `path` leads, as /dev/stdout does where standard output is a file; null: none does. To
/// open such a file again, or to replace it, would lose what is written there.
std::ostream* standard_stream_at(const std::filesystem::path& path, Session& session);

/// How the pretty report looks on standard output.
ReportOptions report_options(const Options& options, const Environment& environment);

using WriteFormat = std::function<void(std::ostream& out, Format format, const ReportOptions& looks)>;

/// Writes every report that was asked for. False: one of them cannot be written, which is told.
bool write_requested(const WriteFormat& write, const Options& options, Session& session);

/// Where GITHUB_ACTIONS=true: writes `github` to standard error, unless it was asked for as a report. Wherever `github`
/// is written: appends `markdown` to the file that GITHUB_STEP_SUMMARY names. False: that cannot be written, which is
/// told.
bool write_for_github(const WriteFormat& write, const Options& options, Session& session);

/// The exit code of a report with this status.
int exit_code_of(Status status);

enum class Shape : std::uint8_t { cases, answers };

/// Writes the report in every way that was asked for, and for GitHub. Returns the exit code: that of the report's
/// status, or kExitBadInput if a file cannot be written.
int write_reports(const Report& report, Shape shape, const Options& options, Session& session);

/// Is a line of progress written to standard error?
bool shows_progress(const Options& options, const Environment& environment);

/// Does a report show runs step by step?
bool wants_films(const Options& options);

/// Does a report tell who moved in plain runs?
bool wants_schedules(const Options& options);

/// Does a report, other than a streamed one, list the calls of cases that passed?
bool wants_calls_of_passed(const Options& options);

/// Does a report show lines of the files?
bool shows_excerpts(const Options& options, const Environment& environment);

}  // namespace actorsim
