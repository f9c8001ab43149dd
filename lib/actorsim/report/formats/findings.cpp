// Expectations as diagnostics: they have a place, and look like those.
#include "actorsim/report/formats/findings.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "actorsim/base/text.h"
#include "actorsim/report/format.h"
#include "actorsim/report/pretty/pretty.h"

namespace actorsim {
namespace {

const ReplayedRun* replay_of(const CaseReport& entry, const ExpectationResult& result) {
  if (!result.schedule) return nullptr;
  const auto found = std::find_if(entry.replays.begin(), entry.replays.end(), [&](const ReplayedRun& replay) {
    return replay.schedule == *result.schedule && replay.leads_to == result.leads_to;
  });
  return found == entry.replays.end() ? nullptr : &*found;
}

std::string_view verdict_word(const Finding& finding) {
  const Run* run = finding.run();
  return to_word(run == nullptr ? Verdict::ok : run->verdict);
}

Finding finding_of(const CaseReport& entry, const ExpectationResult& result, const Report& report) {
  Finding finding;
  finding.severity = result.is_undecided ? Severity::warning : Severity::error;
  finding.file = entry.file;
  finding.span = result.span;
  finding.message = printable(fmt::format("expected {}, got {}", result.text, result.got));
  finding.entry = &entry;
  finding.replay = replay_of(entry, result);
  finding.rule = verdict_word(finding);
  Diagnostic shown;
  shown.severity = finding.severity;
  shown.file = entry.file;
  shown.span = result.span;
  shown.message = finding.message;
  finding.excerpt = render(shown, report.find_source(entry.file));
  return finding;
}

}  // namespace

const Run* Finding::run() const {
  if (replay != nullptr) return &replay->run;
  return entry != nullptr && entry->run ? &*entry->run : nullptr;
}

std::string_view Finding::headline() const {
  if (replay != nullptr) return replay->headline;
  return entry != nullptr ? std::string_view(entry->headline) : std::string_view();
}

const std::vector<std::string>& Finding::why() const {
  static const std::vector<std::string> none;
  if (replay != nullptr) return replay->why;
  return entry != nullptr ? entry->why : none;
}

const std::vector<std::string>& Finding::fix() const {
  static const std::vector<std::string> none;
  if (replay != nullptr) return replay->fix;
  return entry != nullptr ? entry->fix : none;
}

std::vector<Finding> findings_of(const CaseReport& entry, const Report& report) {
  std::vector<Finding> findings;
  for (const ExpectationResult& result : entry.expectations) {
    if (!result.passed) findings.push_back(finding_of(entry, result, report));
  }
  return findings;
}

Finding finding_of(const Diagnostic& diagnostic, const Report& report) {
  Finding finding;
  finding.severity = diagnostic.severity;
  finding.rule = diagnostic.code;
  finding.file = diagnostic.file;
  finding.span = diagnostic.span;
  finding.message = printable(diagnostic.message);
  finding.excerpt = render(diagnostic, report.find_source(diagnostic.file));
  finding.help = diagnostic.help;
  return finding;
}

std::vector<Finding> all_findings(const Report& report) {
  std::vector<Finding> findings;
  for (const Diagnostic& diagnostic : report.diagnostics) findings.push_back(finding_of(diagnostic, report));
  for (const CaseReport& entry : report.cases) {
    for (Finding& finding : findings_of(entry, report)) findings.push_back(std::move(finding));
  }
  return findings;
}

std::string text_of_failure(const CaseReport& entry, const Report& report) {
  std::string text;
  for (const Finding& finding : findings_of(entry, report)) text += finding.excerpt;
  if (entry.status == Status::error) {
    for (const Diagnostic& diagnostic : report.diagnostics) {
      if (diagnostic.file == entry.file && diagnostic.severity == Severity::error)
        text += finding_of(diagnostic, report).excerpt;
    }
    return text;
  }
  const std::string details = pretty_details(entry, {});
  if (!text.empty() && !details.empty()) text += '\n';
  text += details;
  while (text.size() > 1 && text.substr(text.size() - 2) == "\n\n") text.pop_back();
  return text;
}

std::string case_title(const CaseReport& entry) {
  if (entry.name.empty() && entry.status == Status::error) return "not read";
  std::vector<std::string> axes;
  for (const auto& [axis, value] : entry.axes) axes.push_back(axis + "=" + value);
  return printable(axes.empty() ? entry.name : fmt::format("{} ({})", entry.name, fmt::join(axes, ", ")));
}

std::string case_setting(const CaseReport& entry) {
  if (entry.dapr.empty()) return {};
  const std::string release = entry.dapr == "docs" ? "Dapr's documentation" : "Dapr " + entry.dapr;
  return entry.setting.empty() ? release : release + ", " + entry.setting;
}

std::string case_result(const CaseReport& entry) {
  if (!entry.run) return entry.headline;
  const std::string verdict(to_word(entry.run->verdict));
  return entry.headline.empty() ? verdict : verdict + ": " + entry.headline;
}

}  // namespace actorsim
