// The table of formats.
#include "actorsim/report/format.h"

#include <algorithm>

#include "actorsim/base/check.h"
#include "actorsim/report/compare/compare.h"
#include "actorsim/report/explored.h"
#include "actorsim/report/formats/github.h"
#include "actorsim/report/formats/junit.h"
#include "actorsim/report/formats/markdown.h"
#include "actorsim/report/formats/mermaid.h"
#include "actorsim/report/formats/tap.h"
#include "actorsim/report/html/html.h"
#include "actorsim/report/json/json.h"
#include "actorsim/report/json/jsonl.h"
#include "actorsim/report/json/sarif.h"
#include "actorsim/report/pretty/pretty.h"
#include "actorsim/report/stressed.h"

namespace actorsim {
namespace {

// JSON looks the same everywhere.
template <auto write_json_of, typename Value>
void write_plainly(std::ostream& out, const Value& value, const ReportOptions&) {
  write_json_of(out, value);
}

}  // namespace

const std::vector<FormatDescription>& report_formats() {
  static const std::vector<FormatDescription> formats{
      {.format = Format::pretty,
       .name = "pretty",
       .summary = "for people: a line for each case, failures explained",
       .write = &write_pretty,
       .write_explored = &write_explored,
       .write_comparison = &write_comparison,
       .write_stressed = &write_stressed},
      {.format = Format::json,
       .name = "json",
       .summary = "for programs: everything, versioned (schema 1)",
       .tells_calls_of_passed = true,
       .tells_schedules = true,
       .write = &write_plainly<&write_json, Report>,
       .write_explored = &write_plainly<&write_json_explored, ExploredReport>,
       .write_comparison = &write_plainly<&write_json_comparison, ComparisonReport>,
       .write_stressed = &write_plainly<&write_json_stressed, StressedReport>},
      {.format = Format::jsonl,
       .name = "jsonl",
       .summary = "the same, a line for each case as soon as it has ended",
       .tells_calls_of_passed = true,
       .tells_schedules = true,
       .write = &write_jsonl_end,
       .write_case = &write_jsonl_case,
       .write_explored = &write_jsonl_explored},
      {.format = Format::junit,
       .name = "junit",
       .summary = "XML for Jenkins, GitLab and others that show test results",
       .shows_excerpts = true,
       .write = &write_junit},
      {.format = Format::tap,
       .name = "tap",
       .summary = "the Test Anything Protocol, version 14",
       .shows_excerpts = true,
       .write = &write_tap},
      {.format = Format::github,
       .name = "github",
       .summary = "annotations of GitHub Actions (also written, to standard error, where GITHUB_ACTIONS=true)",
       .shows_excerpts = true,
       .write = &write_github},
      {.format = Format::sarif,
       .name = "sarif",
       .summary = "SARIF 2.1.0 for code scanning and editors",
       .shows_excerpts = true,
       .write = &write_sarif},
      {.format = Format::markdown,
       .name = "markdown",
       .summary = "for a comment on a pull request: a table, failures unfold",
       .shows_excerpts = true,
       .write = &write_markdown},
      {.format = Format::mermaid,
       .name = "mermaid",
       .summary = "sequence diagrams of the runs that failed, or of all if none did",
       .tells_calls_of_passed = true,
       .write = &write_mermaid},
      {.format = Format::html,
       .name = "html",
       .summary = "one page that plays every case like a film, and lets its reader choose who moves",
       .tells_calls_of_passed = true,
       .shows_films = true,
       .write = &write_plainly<&write_html, Report>,
       .write_explored = &write_plainly<&write_html_explored, ExploredReport>},
  };
  return formats;
}

const FormatDescription& description_of(Format format) {
  const auto found = std::find_if(report_formats().begin(), report_formats().end(),
                                  [&](const FormatDescription& description) { return description.format == format; });
  ACTORSIM_CHECK(found != report_formats().end());
  return *found;
}

std::optional<Format> parse_format(std::string_view name) {
  for (const FormatDescription& description : report_formats()) {
    if (description.name == name) return description.format;
  }
  return std::nullopt;
}

void write_report(std::ostream& out, Format format, const Report& report, const ReportOptions& options) {
  const FormatDescription& description = description_of(format);
  if (description.write_case != nullptr) {
    for (const CaseReport& entry : report.cases) description.write_case(out, entry);
  }
  description.write(out, report, options);
}

void write_report(std::ostream& out, Format format, const ExploredReport& report, const ReportOptions& options) {
  const FormatDescription& description = description_of(format);
  if (description.write_explored != nullptr) {
    description.write_explored(out, report, options);
  } else {
    write_report(out, format, as_report(report), options);
  }
}

void write_answers(std::ostream& out, const Report& report, const ReportOptions& options) {
  write_pretty_answers(out, report, options);
}

}  // namespace actorsim
