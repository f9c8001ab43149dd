// Files and colors.
#include "cli/output/output.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <ostream>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "cli/files/spared_inputs.h"
#include "cli/output/problems.h"
#include "cli/output/write_file.h"

namespace actorsim {
namespace {

namespace fs = std::filesystem;

bool is_set(const std::optional<std::string>& value) { return value && !value->empty(); }

// https://no-color.org and https://bixense.com/clicolors: the option, then NO_COLOR, then CLICOLOR_FORCE, then the
// terminal.
bool use_color(const Options& options, const Environment& environment) {
  switch (options.color) {
    case ColorChoice::always: return true;
    case ColorChoice::never: return false;
    case ColorChoice::automatic: break;
  }
  if (is_set(environment.get("NO_COLOR"))) return false;
  const std::optional<std::string> forced = environment.get("CLICOLOR_FORCE");
  if (is_set(forced) && *forced != "0") return true;
  return environment.output_is_terminal && environment.get("TERM") != "dumb";
}

void write_one(std::ostream& out, Format format, const Report& report, Shape shape, const ReportOptions& looks) {
  if (shape == Shape::answers && format == Format::pretty) {
    write_answers(out, report, looks);
  } else {
    write_report(out, format, report, looks);
  }
}

}  // namespace

int exit_code_of(Status status) {
  switch (status) {
    case Status::pass:
    case Status::skipped: return kExitOk;
    case Status::fail: return kExitFailed;
    case Status::inconclusive: return kExitInconclusive;
    case Status::error: return kExitBadInput;
  }
  return kExitBadInput;
}

bool write_output(const std::string& file, const std::string& what, const std::function<void(std::ostream&)>& write,
                  Session& session) {
  if (file.empty()) {
    write(session.out);
    return true;
  }
  interrupts_of(session.environment);
  const fs::path path = session.environment.current_folder / file;
  if (std::ostream* stream = standard_stream_at(path, session)) {
    write(*stream);
    return true;
  }
  const std::string problem =
      is_named_by_scenario(path, session) ? "would replace a file that a scenario names" : write_file(path, write);
  if (problem.empty()) return true;
  tell(session, file_problem("cannot-write", file, "the " + what + " " + problem));
  return false;
}

std::ostream* standard_stream_at(const fs::path& path, Session& session) {
  struct stat wanted {};
  if (stat(path.c_str(), &wanted) != 0) return nullptr;
  const auto leads_there = [&](int descriptor) {
    struct stat status {};
    return fstat(descriptor, &status) == 0 && status.st_dev == wanted.st_dev && status.st_ino == wanted.st_ino;
  };
  if (leads_there(STDOUT_FILENO)) return &session.out;
  return leads_there(STDERR_FILENO) ? &session.err : nullptr;
}

ReportOptions report_options(const Options& options, const Environment& environment) {
  ReportOptions looks;
  looks.verbosity = options.verbosity;
  looks.color = use_color(options, environment);
  looks.ascii = options.ascii;
  looks.width = environment.output_width();
  return looks;
}

bool write_requested(const WriteFormat& write, const Options& options, Session& session) {
  bool all_written = true;
  const ReportOptions looks = report_options(options, session.environment);
  for (const ReportRequest& request : options.reports) {
    if (request.file.empty()) {
      write(session.out, request.format, looks);
      continue;
    }
    ReportOptions plain = looks;
    plain.color = options.color == ColorChoice::always;
    plain.width = ReportOptions{}.width;
    const auto write_plain = [&](std::ostream& out) { write(out, request.format, plain); };
    all_written = write_output(request.file, "report", write_plain, session) && all_written;
  }
  return all_written;
}

namespace {

bool is_asked_for(Format format, const Options& options) {
  return std::any_of(options.reports.begin(), options.reports.end(),
                     [&](const ReportRequest& request) { return request.format == format; });
}

bool is_on_github(const Environment& environment) { return environment.get("GITHUB_ACTIONS") == "true"; }

// Other steps may have written to the file, and others will. Empty: it went well.
std::string append_to_file(const fs::path& path, const std::function<void(std::ostream&)>& write) {
  std::error_code none;
  const bool has_text = fs::file_size(path, none) > 0 && !none;
  std::ofstream out(path, std::ios::binary | std::ios::app);
  if (out && has_text) out << '\n';
  if (out) write(out);
  out.close();
  return out ? "" : "cannot be written";
}

}  // namespace

bool write_for_github(const WriteFormat& write, const Options& options, Session& session) {
  const bool is_asked = is_asked_for(Format::github, options);
  if (!is_asked && !is_on_github(session.environment)) return true;
  if (!is_asked) write(session.err, Format::github, {});
  const std::optional<std::string> summary = session.environment.get("GITHUB_STEP_SUMMARY");
  if (!is_set(summary)) return true;
  const std::string problem = append_to_file(session.environment.current_folder / *summary,
                                             [&](std::ostream& out) { write(out, Format::markdown, {}); });
  if (problem.empty()) return true;
  tell(session, file_problem("cannot-write", *summary, "the summary of the step " + problem));
  return false;
}

int write_reports(const Report& report, Shape shape, const Options& options, Session& session) {
  const auto write = [&](std::ostream& out, Format format, const ReportOptions& looks) {
    write_one(out, format, report, shape, looks);
  };
  const bool is_written = write_requested(write, options, session);
  return write_for_github(write, options, session) && is_written ? exit_code_of(report.status()) : kExitBadInput;
}

bool shows_progress(const Options& options, const Environment& environment) {
  if (options.progress != ProgressChoice::automatic) return options.progress == ProgressChoice::always;
  return environment.error_is_terminal && environment.get("TERM") != "dumb";
}

bool wants_films(const Options& options) {
  return std::any_of(options.reports.begin(), options.reports.end(),
                     [](const ReportRequest& request) { return description_of(request.format).shows_films; });
}

bool wants_schedules(const Options& options) {
  return std::any_of(options.reports.begin(), options.reports.end(),
                     [](const ReportRequest& request) { return description_of(request.format).tells_schedules; });
}

bool wants_calls_of_passed(const Options& options) {
  if (options.verbosity == Verbosity::verbose || options.verbosity == Verbosity::full) return true;
  return std::any_of(options.reports.begin(), options.reports.end(), [](const ReportRequest& request) {
    const FormatDescription& format = description_of(request.format);
    return format.tells_calls_of_passed && format.write_case == nullptr;
  });
}

bool shows_excerpts(const Options& options, const Environment& environment) {
  return is_on_github(environment) ||
         std::any_of(options.reports.begin(), options.reports.end(),
                     [](const ReportRequest& request) { return description_of(request.format).shows_excerpts; });
}

}  // namespace actorsim
