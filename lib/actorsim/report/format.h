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

enum class Format : std::uint8_t { pretty, json, html };

/// How a format describes itself to `--help`.
struct FormatDescription {
  Format format = Format::pretty;
  std::string_view name;
  std::string_view summary;
};
const std::vector<FormatDescription>& report_formats();
std::optional<Format> parse_format(std::string_view name);

/// Does it show runs step by step? Those need their films (RunOptions::wants_film), their calls and their files' texts.
bool shows_films(Format format);

/// Scenarios of more situations are not drawn as a graph, and cannot be played.
inline constexpr std::uint32_t kMostShownSituations = 400;

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

/// Writes the whole report. Nothing of a scenario's text can control a terminal. A stream that fails is the caller's to
/// notice.
void write_report(std::ostream& out, Format format, const Report& report, const ReportOptions& options = {});

/// The pretty report of questions asked without a file: each case is an answer, headed by its verdict.
void write_answers(std::ostream& out, const Report& report, const ReportOptions& options = {});

}  // namespace actorsim
