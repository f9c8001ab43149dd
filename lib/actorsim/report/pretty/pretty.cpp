// Blocks of text in the order in which a person asks: which case, what was wrong, what happened, why, what to do.
#include "actorsim/report/pretty/pretty.h"

#include <algorithm>
#include <ostream>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "actorsim/report/pretty/call_table.h"
#include "actorsim/report/pretty/layout.h"
#include "actorsim/report/pretty/page.h"

namespace actorsim {
namespace {

constexpr std::size_t kShownOverlaps = 3;
constexpr std::size_t kShownExpectations = 20;

class Pretty {
 public:
  Pretty(std::ostream& out, const ReportOptions& options)
      : page_(out, options), style_(page_.style()), verbosity_(options.verbosity) {}

  void write(const Report& report) {
    const std::string* file = nullptr;
    for (const CaseReport& entry : report.cases) {
      const bool is_news = entry.status != Status::pass && entry.status != Status::skipped;
      if (verbosity_ == Verbosity::quiet && !is_news) continue;
      if (file == nullptr || *file != entry.file) {
        page_.separate();
        page_.line(style_.paint(Paint::strong, style_.text(entry.file)));
        file = &entry.file;
      }
      write_case(entry);
    }
    page_.separate();
    if (!report.cases.empty()) write_sum(report.summary());
  }

  void write_answers(const Report& report) {
    for (const CaseReport& entry : report.cases) {
      if (!entry.run) continue;
      if (verbosity_ == Verbosity::quiet && entry.status == Status::pass) continue;
      page_.separate();
      write_answer(entry);
    }
  }

  void write_details(const CaseReport& entry) {
    write_extent(entry, 0);
    page_.separate();
    write_runs(entry, 0);
  }

 private:
  // ---- a case ----

  void write_case(const CaseReport& entry) {
    if (entry.status == Status::error || !entry.run) {
      page_.title(2, entry.status,
                  entry.name.empty() ? "not run"
                                     : title_of(entry.name, entry.axes, style_) +
                                           (entry.status == Status::skipped ? ": skipped" : ": not run"),
                  entry.dapr.empty() ? "" : circumstances_of(entry.dapr, entry.setting, style_));
      return;
    }
    std::string right = circumstances_of(entry.dapr, entry.setting, style_);
    if (entry.run->verdict != Verdict::ok)
      right = fmt::format("{} {} {}", to_word(entry.run->verdict), style_.glyphs().dot, right);
    page_.title(2, entry.status, title_of(entry.name, entry.axes, style_), right);
    const bool failed = entry.status != Status::pass;
    if (failed) write_expectations(entry);
    write_extent(entry, 4);
    const bool is_verbose = verbosity_ == Verbosity::verbose || verbosity_ == Verbosity::full;
    if (!shows_run(entry) && !is_verbose && entry.replays.empty()) return;
    if (failed || entry.exploration || (entry.is_replay && entry.has_unchecked)) page_.separate();
    write_runs(entry, 6);
    page_.separate();
  }

  void write_runs(const CaseReport& entry, std::size_t indent) {
    const bool is_verbose = verbosity_ == Verbosity::verbose || verbosity_ == Verbosity::full;
    for (const ReplayedRun& replay : entry.replays) write_replay(replay, indent, is_verbose);
    if (!entry.run || (!shows_run(entry) && !is_verbose)) return;
    if (!entry.replays.empty()) page_.labelled(indent, "the plain run   ", "one thing after another, in virtual time:");
    write_calls(*entry.run, indent, is_verbose);
    write_explanation(*entry.run, entry.why, entry.fix, indent);
  }

  // A failed expectation of one run is explained by that run; one of all orders has runs of its own.
  static bool shows_run(const CaseReport& entry) {
    const bool was_shown_otherwise =
        std::all_of(entry.expectations.begin(), entry.expectations.end(),
                    [](const ExpectationResult& result) { return result.passed || result.is_of_all_orders; });
    return entry.is_replay || (entry.status != Status::pass && !was_shown_otherwise);
  }

  // What was looked at.
  void write_extent(const CaseReport& entry, std::size_t indent) {
    if (entry.is_replay && entry.has_unchecked)
      page_.line(std::string(indent, ' ') + "note: never, possible and always are not checked, as this is one order");
    if (!entry.exploration) return;
    const Exploration& exploration = *entry.exploration;
    std::string end = "complete";
    if (exploration.end == Exploration::End::stopped) end = "interrupted";
    if (!exploration.is_complete() && exploration.end != Exploration::End::stopped)
      end = fmt::format("ended by --{}", to_word(exploration.end));
    page_.labelled(
        indent, "all orders: ",
        fmt::format("{}, {}, {}", counted(exploration.states, "state"), counted(exploration.steps, "step"), end));
  }

  void write_replay(const ReplayedRun& replay, std::size_t indent, bool is_verbose) {
    std::string title = fmt::format("{} leads to {}", schedule_text(replay.schedule), style_.text(replay.leads_to));
    if (!replay.headline.empty()) title += ": " + style_.text(replay.headline);
    page_.labelled(indent, "", title);
    if (!replay.command.empty())  // in one line, to be copied
      page_.line(std::string(indent, ' ') + style_.paint(Paint::strong, "replay: ") + style_.text(replay.command));
    page_.separate();
    write_calls(replay.run, indent, is_verbose);
    write_explanation(replay.run, replay.why, replay.fix, indent);
    page_.separate();
  }

  void write_expectations(const CaseReport& entry) {
    std::size_t shown = 0;
    for (const ExpectationResult& result : entry.expectations) {
      if (result.passed) continue;
      if (++shown > kShownExpectations) continue;
      const std::string place = result.span.line == 0 ? style_.text(entry.file)
                                                      : fmt::format("{}:{}:{}", style_.text(entry.file),
                                                                    result.span.line, result.span.column);
      page_.line(fmt::format("    {}: expected {}, got {}", place,
                             style_.paint(Paint::strong, style_.text(result.text)),
                             style_.paint(Paint::bad, style_.text(result.got))));
    }
    if (shown > kShownExpectations)
      page_.line(fmt::format("    {} and {} more", style_.glyphs().more, shown - kShownExpectations));
  }

  void write_calls(const Run& run, std::size_t indent, bool is_verbose) {
    const std::size_t width = page_.width() - indent;
    page_.lines(indent,
                is_verbose ? full_call_table(run, style_, width, verbosity_) : compact_call_table(run, style_, width));
    if (run.skipped.empty()) return;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min<std::size_t>(run.skipped.size(), 8); ++i)
      names.push_back(style_.text(run.skipped[i].label));
    if (run.skipped.size() > names.size()) names.push_back(fmt::format("{} more", run.skipped.size() - names.size()));
    page_.labelled(indent, "never reached  ", fmt::format("{}", fmt::join(names, ", ")));
  }

  void write_explanation(const Run& run, const std::vector<std::string>& why, const std::vector<std::string>& fix,
                         std::size_t indent) {
    page_.cycles(indent, run, "wait-for cycle   ");
    write_overlaps(run, indent);
    page_.why_and_fix(indent, why, fix);
  }

  void write_overlaps(const Run& run, std::size_t indent) {
    if (run.overlaps.empty()) return;
    page_.separate();
    for (std::size_t i = 0; i < std::min(run.overlaps.size(), kShownOverlaps); ++i) {
      const OverlapRecord& overlap = run.overlaps[i];
      page_.labelled(
          indent, "overlap   ",
          fmt::format("call {} ({}) gets into {} while call {} ({}) is inside", std::uint64_t{overlap.entering} + 1,
                      style_.text(overlap.entering_label), style_.text(overlap.actor),
                      std::uint64_t{overlap.inside} + 1, style_.text(overlap.inside_label)));
    }
    if (run.overlap_count > kShownOverlaps)
      page_.line(fmt::format("{}{} {} more", std::string(indent, ' '), style_.glyphs().more,
                             run.overlap_count - kShownOverlaps));
  }

  // ---- an answer ----

  void write_answer(const CaseReport& entry) {
    const Run& run = *entry.run;
    std::string title{to_word(run.verdict)};
    if (!entry.headline.empty()) title += ": " + style_.text(entry.headline);
    page_.title(0, entry.status, title, circumstances_of(entry.dapr, entry.setting, style_));
    page_.separate();
    const bool is_verbose = verbosity_ == Verbosity::verbose || verbosity_ == Verbosity::full;
    write_calls(run, 2, is_verbose);
    write_explanation(run, entry.why, entry.fix, 2);
  }

  // ---- the sum ----

  void write_sum(const Summary& sum) {
    const bool is_well = sum.passed > 0 && sum.failed + sum.errors == 0;
    std::string cases, painted;
    const auto add = [&](std::size_t count, std::string_view word, Paint paint) {
      const std::string text = fmt::format("{} {}", count, word);
      painted += (painted.empty() ? "" : ", ") + style_.paint(paint, text);
      cases += (cases.empty() ? "" : ", ") + text;
    };
    add(sum.passed, "passed", is_well ? Paint::good : Paint::plain);
    if (sum.failed > 0) add(sum.failed, "failed", Paint::bad);
    if (sum.inconclusive > 0) add(sum.inconclusive, "inconclusive", Paint::caution);
    if (sum.errors > 0) add(sum.errors, "not run", Paint::bad);
    if (sum.skipped > 0) add(sum.skipped, "skipped", Paint::plain);
    if (sum.counts.calls == 0) {
      page_.line(painted);
      return;
    }
    const std::string counts = counts_text(sum.counts);
    const std::string between = fmt::format(" {} ", style_.glyphs().dot);
    if (text_width(cases + between + counts) <= page_.width()) {
      page_.line(painted + between + counts);
      return;
    }
    page_.line(painted);
    for (const std::string& part : wrap(counts, page_.width())) page_.line(part);
  }

  static std::string counts_text(const Counts& counts) {
    std::string text = fmt::format("{}: {} entered ({} re-entered), {} blocked, {} deadlocked, {} exceeded",
                                   counted(counts.calls, "call"), counts.entered, counts.re_entered, counts.blocked,
                                   counts.of(Outcome::deadlocked), counts.of(Outcome::exceeded));
    for (const Outcome outcome : {Outcome::stranded, Outcome::closed, Outcome::not_hosted, Outcome::timed_out,
                                  Outcome::cancelled, Outcome::failed}) {
      if (counts.of(outcome) > 0) text += fmt::format(", {} {}", counts.of(outcome), to_word(outcome));
    }
    return text;
  }

  Page page_;
  const Style& style_;
  Verbosity verbosity_;
};

}  // namespace

void write_pretty(std::ostream& out, const Report& report, const ReportOptions& options) {
  Pretty(out, options).write(report);
}

void write_pretty_answers(std::ostream& out, const Report& report, const ReportOptions& options) {
  Pretty(out, options).write_answers(report);
}

std::string pretty_details(const CaseReport& entry, const ReportOptions& options) {
  std::ostringstream out;
  Pretty(out, options).write_details(entry);
  return out.str();
}

}  // namespace actorsim
