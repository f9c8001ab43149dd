// The sum, the table, the details, as long as there is room.
#include "actorsim/report/formats/markdown.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "actorsim/base/text.h"
#include "actorsim/report/escape/markdown.h"
#include "actorsim/report/formats/findings.h"
#include "actorsim/report/formats/sequence.h"
#include "actorsim/report/pretty/layout.h"

namespace actorsim {
namespace {

constexpr std::size_t kMostBytes = 60'000;
constexpr std::size_t kMostTableBytes = 20'000;
constexpr std::size_t kMostDrawnCalls = 40;
constexpr std::size_t kLongestMessage = 300;

std::string_view mark_of(Status status) {
  switch (status) {
    case Status::pass: return "✅";
    case Status::fail: return "❌";
    case Status::inconclusive: return "❔";
    case Status::error: return "⛔";
    case Status::skipped: return "⏭️";
  }
  return "";
}

std::string code(std::string_view text) { return markdown_code(text, MarkdownPlace::text); }
std::string cell(std::string_view text) { return markdown_code(text, MarkdownPlace::table); }

std::string place_of(std::string_view file, const Span& span) {
  return span.line == 0 ? std::string(file) : fmt::format("{}:{}:{}", file, span.line, span.column);
}

class Markdown {
 public:
  Markdown(std::ostream& out, const Report& report) : out_(out), report_(report) {}

  void write() {
    for (const CaseReport& entry : report_.cases) {
      if (entry.status != Status::pass) bad_.push_back(&entry);
    }
    add(fmt::format("### {} actorsim: {}\n", mark_of(report_.status()), sum()));
    write_table();
    write_diagnostics();
    write_details();
    write_passed();
    out_ << text_;
  }

 private:
  void add(const std::string& text) { text_ += text; }

  // Is there room for it? Then it is added.
  bool add_within(std::size_t most, const std::string& text) {
    if (text_.size() + text.size() > most) return false;
    text_ += text;
    return true;
  }

  std::string sum() const {
    const Summary sums = report_.summary();
    std::vector<std::string> parts;
    const auto part = [&](std::size_t count, std::string_view word) {
      if (count > 0) parts.push_back(fmt::format("{} {}", count, word));
    };
    part(sums.failed, "failed");
    part(sums.errors, "not run");
    part(sums.inconclusive, "inconclusive");
    part(sums.skipped, "skipped");
    part(sums.passed, "passed");
    return parts.empty() ? "nothing to run" : fmt::format("{}", fmt::join(parts, ", "));
  }

  // ---- what did not pass ----

  std::string message_of(const CaseReport& entry) const {
    const std::vector<Finding> findings = findings_of(entry, report_);
    if (findings.empty()) return cell(entry.status == Status::skipped ? "not run" : case_result(entry));
    std::string message = findings.front().message;
    if (!findings.front().headline().empty()) message += ": " + std::string(findings.front().headline());
    return cell(shorten_middle(printable(message), kLongestMessage, "…")) +
           (findings.size() > 1 ? fmt::format(" and {} more", findings.size() - 1) : "");
  }

  void write_table() {
    if (bad_.empty()) return;
    add("\n| | case | ran as | result |\n| --- | --- | --- | --- |\n");
    for (std::size_t i = 0; i < bad_.size(); ++i) {
      const CaseReport& entry = *bad_[i];
      const std::vector<Finding> findings = findings_of(entry, report_);
      const Span place = findings.empty() ? Span{} : findings.front().span;
      const std::string row =
          fmt::format("| {} | {}<br>{} | {} | {} |\n", mark_of(entry.status), cell(case_title(entry)),
                      cell(place_of(entry.file, place)), cell(case_setting(entry)), message_of(entry));
      if (add_within(kMostTableBytes, row)) continue;
      add(fmt::format("\n… and {} more\n", bad_.size() - i));
      return;
    }
  }

  void write_diagnostics() {
    if (report_.diagnostics.empty()) return;
    std::string text;
    std::size_t shown = 0;
    for (const Diagnostic& diagnostic : report_.diagnostics) {
      text += finding_of(diagnostic, report_).excerpt;
      if (++shown == Diagnostics::kShown) break;
    }
    if (shown < report_.diagnostics.size()) text += fmt::format("… and {} more\n", report_.diagnostics.size() - shown);
    const std::string block = fmt::format("\n<details><summary>What is said of the files</summary>\n\n{}\n</details>\n",
                                          markdown_block(text));
    add_within(kMostBytes, block);
  }

  void write_details() {
    std::size_t left_out = 0;
    for (const CaseReport* entry : bad_) {
      if (entry->status == Status::skipped || entry->status == Status::error) continue;
      if (!add_within(kMostBytes, details_of(*entry))) ++left_out;
    }
    if (left_out > 0)
      add(fmt::format("\nThe details of {} more are left out, as a comment has no room for them.\n", left_out));
  }

  std::string details_of(const CaseReport& entry) const {
    std::string text = fmt::format("\n<details><summary>{} {}</summary>\n\n", mark_of(entry.status),
                                   markdown_code(case_title(entry), MarkdownPlace::html));
    text += markdown_block(text_of_failure(entry, report_), "text");
    for (const ReplayedRun& replay : entry.replays) {
      if (!replay.command.empty()) text += "\nReplay: " + code(replay.command) + "\n";
      text += diagram_of(replay.run);
    }
    if (entry.replays.empty() && entry.run) text += diagram_of(*entry.run);
    return text + "\n</details>\n";
  }

  static std::string diagram_of(const Run& run) {
    if (run.counts.calls > kMostDrawnCalls || run.calls.empty()) return {};
    return "\n" + markdown_block(sequence_diagram(run, "", kMostDrawnCalls), "mermaid");
  }

  // ---- what passed ----

  void write_passed() {
    std::string rows;
    std::size_t count = 0, left_out = 0;
    for (const CaseReport& entry : report_.cases) {
      if (entry.status != Status::pass) continue;
      ++count;
      const std::string row =
          fmt::format("| {} | {} | {} |\n", cell(entry.file), cell(case_title(entry)), cell(case_setting(entry)));
      if (left_out == 0 && text_.size() + rows.size() + row.size() < kMostBytes) {
        rows += row;
      } else {
        ++left_out;
      }
    }
    if (count == 0) return;
    add(fmt::format("\n<details><summary>{} {} passed</summary>\n\n", mark_of(Status::pass), count));
    if (!rows.empty()) add("| file | case | ran as |\n| --- | --- | --- |\n" + rows);
    if (left_out > 0) add(fmt::format("\n… and {} more\n", left_out));
    add("\n</details>\n");
  }

  std::ostream& out_;
  const Report& report_;
  std::vector<const CaseReport*> bad_;
  std::string text_;
};

}  // namespace

void write_markdown(std::ostream& out, const Report& report, const ReportOptions&) { Markdown(out, report).write(); }

}  // namespace actorsim
