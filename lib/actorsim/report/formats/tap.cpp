// A line, and for what did not pass a YAML mapping.
#include "actorsim/report/formats/tap.h"

#include <ostream>

#include <fmt/format.h>

#include "actorsim/report/escape/tap.h"
#include "actorsim/report/formats/findings.h"

namespace actorsim {
namespace {

constexpr std::size_t kBlock = 2;   // blanks before the block's keys
constexpr std::size_t kInside = 4;  // before the lines of what a key has

class Tap {
 public:
  Tap(std::ostream& out, const Report& report) : out_(out), report_(report) {}

  void write() {
    out_ << "TAP version 14\n1.." << report_.cases.size();
    if (report_.cases.empty()) out_ << " # nothing to run";
    out_ << '\n';
    std::size_t number = 0;
    for (const CaseReport& entry : report_.cases) write_point(entry, ++number);
  }

 private:
  void write_point(const CaseReport& entry, std::size_t number) {
    const bool is_ok = entry.status == Status::pass || entry.status == Status::skipped;
    out_ << fmt::format("{} {} - {}", is_ok ? "ok" : "not ok", number,
                        tap_description(entry.file + ": " + case_title(entry)));
    if (entry.status == Status::skipped) out_ << " # SKIP not run";
    out_ << '\n';
    if (!is_ok) write_block(entry);
  }

  void write_block(const CaseReport& entry) {
    const std::vector<Finding> findings = findings_of(entry, report_);
    key("---");
    key("status: " + std::string(to_word(entry.status)));
    field("file", entry.file);
    if (!entry.dapr.empty()) field("dapr", entry.dapr);
    if (!entry.setting.empty()) field("setting", entry.setting);
    if (entry.run) key("verdict: " + std::string(to_word(entry.run->verdict)));
    if (!entry.headline.empty()) field("headline", entry.headline);
    if (!findings.empty()) key("findings:");
    for (const Finding& finding : findings) {
      key("  - message: " + yaml_quoted(finding.message));
      if (finding.span.line > 0) key(fmt::format("    line: {}", finding.span.line));
      if (finding.span.line > 0) key(fmt::format("    column: {}", finding.span.column));
    }
    list("why", entry.why);
    list("fix", entry.fix);
    const std::string details = text_of_failure(entry, report_);
    if (!details.empty()) key("details: " + yaml_block(details, kInside));
    key("...");
  }

  void key(const std::string& line) { out_ << std::string(kBlock, ' ') << line << '\n'; }

  void field(std::string_view name, std::string_view value) { key(fmt::format("{}: {}", name, yaml_quoted(value))); }

  void list(std::string_view name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    key(std::string(name) + ":");
    for (const std::string& text : texts) key("  - " + yaml_quoted(text));
  }

  std::ostream& out_;
  const Report& report_;
};

}  // namespace

void write_tap(std::ostream& out, const Report& report, const ReportOptions&) { Tap(out, report).write(); }

}  // namespace actorsim
