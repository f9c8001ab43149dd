// The report formats: which there are, what each is for, and the one door to all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string_view>
#include <vector>

#include "actorsim/report/report.h"

namespace actorsim {

enum class Verbosity : std::uint8_t {
  quiet,    ///< failures and the sum
  normal,   ///< a line for each case; failures in full
  verbose,  ///< the table of calls for each case
  full,     ///< and what each call carried, saw and met
};

/// For people; other formats take no notice.
struct ReportOptions {
  Verbosity verbosity = Verbosity::normal;
  bool color = false;
  bool ascii = false;       ///< nothing but ASCII is written
  std::size_t width = 100;  ///< columns of the terminal
};

struct ComparisonReport;
struct ExploredReport;
struct StressedReport;

enum class Format : std::uint8_t { pretty, json, jsonl, junit, tap, github, sarif, markdown, mermaid, html };

/// Scenarios of more situations are not drawn as a graph, and cannot be played on a page.
inline constexpr std::uint32_t kMostShownSituations = 400;

/// A format as it describes itself: to `--help`, and to those who write reports.
struct FormatDescription {
  Format format = Format::pretty;
  std::string_view name;
  std::string_view summary;
  bool tells_calls_of_passed = false;  ///< it lists calls of cases that passed, too
  bool tells_schedules = false;        ///< Run::schedule of plain runs
  bool shows_excerpts = false;         ///< it shows lines of the files: Report::sources
  bool shows_films = false;  ///< it shows runs step by step (Run::film), all situations (graph), and whole files
  /// The whole report; of a format that is streamed, what comes after the last case.
  void (*write)(std::ostream& out, const Report& report, const ReportOptions& options) = nullptr;
  /// Of a format that is streamed: a case, as soon as it has ended. Null: it is not.
  void (*write_case)(std::ostream& out, const CaseReport& entry) = nullptr;
  /// What `explore` found. Null: by way of as_report().
  void (*write_explored)(std::ostream& out, const ExploredReport& report, const ReportOptions& options) = nullptr;
  /// What `compare` found. Null: it cannot.
  void (*write_comparison)(std::ostream& out, const ComparisonReport& report, const ReportOptions& options) = nullptr;
  /// What `stress` saw. Null: it cannot.
  void (*write_stressed)(std::ostream& out, const StressedReport& report, const ReportOptions& options) = nullptr;
};
const std::vector<FormatDescription>& report_formats();
const FormatDescription& description_of(Format format);
std::optional<Format> parse_format(std::string_view name);

/// Writes the whole report. Nothing of a scenario's text can control a terminal, or mean something in the format's
/// syntax. A stream that fails is the caller's to notice.
void write_report(std::ostream& out, Format format, const Report& report, const ReportOptions& options = {});
void write_report(std::ostream& out, Format format, const ExploredReport& report, const ReportOptions& options = {});

/// The pretty report of questions asked without a file: each case is an answer, headed by its verdict.
void write_answers(std::ostream& out, const Report& report, const ReportOptions& options = {});

}  // namespace actorsim
