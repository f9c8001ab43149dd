// One command on one line.
#include "actorsim/report/formats/github.h"

#include <ostream>
#include <set>
#include <tuple>

#include "actorsim/report/escape/github.h"
#include "actorsim/report/formats/findings.h"

namespace actorsim {
namespace {

bool is_file(std::string_view name) { return !name.empty() && name.front() != '<'; }  // `<stdin>`, `<ask>`

std::string title_of(const Finding& finding) {
  return finding.entry == nullptr ? "actorsim: " + std::string(finding.rule)
                                  : "actorsim: " + case_title(*finding.entry);
}

std::string message_of(const Finding& finding) {
  std::string message = finding.message;
  if (!finding.headline().empty()) message += "\n" + std::string(finding.headline());
  for (const std::string& sentence : finding.why()) message += "\nwhy: " + sentence;
  for (const std::string& sentence : finding.fix()) message += "\nfix: " + sentence;
  if (!finding.help.empty()) message += "\nhelp: " + finding.help;
  if (finding.replay != nullptr && !finding.replay->command.empty()) message += "\nreplay: " + finding.replay->command;
  return message;
}

void write_annotation(std::ostream& out, const Finding& finding) {
  std::vector<std::pair<std::string_view, std::string>> properties;
  if (is_file(finding.file)) {
    properties.emplace_back("file", finding.file);
    if (finding.span.line > 0) {
      properties.emplace_back("line", std::to_string(finding.span.line));
      properties.emplace_back("col", std::to_string(finding.span.column));
    }
  }
  properties.emplace_back("title", title_of(finding));
  write_github_command(out, to_word(finding.severity), properties, message_of(finding));
}

}  // namespace

void write_github(std::ostream& out, const Report& report, const ReportOptions&) {
  std::set<std::tuple<std::string_view, std::uint32_t, std::uint32_t, std::string_view>> told;
  for (const Finding& finding : all_findings(report)) {
    const bool is_repeated = finding.entry == nullptr && finding.severity == Severity::warning &&
                             !told.insert({finding.file, finding.span.line, finding.span.column, finding.rule}).second;
    if (!is_repeated) write_annotation(out, finding);
  }
}

}  // namespace actorsim
