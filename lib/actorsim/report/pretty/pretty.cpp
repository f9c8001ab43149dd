// Blocks of text in the order in which a person asks: which case, what was wrong, what happened, why, what to do.
#include "actorsim/report/pretty/pretty.h"

#include <algorithm>
#include <ostream>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "actorsim/report/pretty/call_table.h"
#include "actorsim/report/pretty/layout.h"

namespace actorsim {
namespace {

constexpr std::size_t kNarrowest = 60;
constexpr std::size_t kWidest = 100;     // of lines of prose; tables take what the terminal has
constexpr std::size_t kLeastTitle = 40;  // columns that a title wants beside its facts
constexpr std::size_t kShownCycles = 3;
constexpr std::size_t kShownOverlaps = 3;
constexpr std::size_t kShownExpectations = 20;

std::string plural(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

class Pretty {
 public:
  Pretty(std::ostream& out, const ReportOptions& options)
      : out_(out),
        style_(options.color, options.ascii),
        verbosity_(options.verbosity),
        width_(std::max(options.width, kNarrowest)) {}

  void write(const Report& report) {
    const std::string* file = nullptr;
    for (const CaseReport& entry : report.cases) {
      const bool is_news = entry.status != Status::pass && entry.status != Status::skipped;
      if (verbosity_ == Verbosity::quiet && !is_news) continue;
      if (file == nullptr || *file != entry.file) {
        separate();
        line(style_.paint(Paint::strong, style_.text(entry.file)));
        file = &entry.file;
      }
      write_case(entry);
    }
    separate();
    if (!report.cases.empty()) write_sum(report.summary());
  }

  void write_answers(const Report& report) {
    for (const CaseReport& entry : report.cases) {
      if (!entry.run) continue;
      if (verbosity_ == Verbosity::quiet && entry.status == Status::pass) continue;
      separate();
      write_answer(entry);
    }
  }

  void write_details(const CaseReport& entry) {
    write_extent(entry, 0);
    separate();
    write_runs(entry, 0);
  }

 private:
  void line(std::string_view text) {
    out_ << text << '\n';
    has_begun_ = true;
    is_separated_ = false;
  }

  /// One empty line between what stands before and what comes, however often it is asked for.
  void separate() {
    if (has_begun_ && !is_separated_) out_ << '\n';
    is_separated_ = true;
  }

  void lines(std::size_t indent, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) line(text.empty() ? text : std::string(indent, ' ') + text);
  }

  // ---- the line of a case ----

  // The title at the left and the facts at the right; on a narrow terminal the facts have a line of their own.
  void write_title(std::size_t indent, Status status, const std::string& title, const std::string& facts) {
    const std::size_t width = std::min(width_, kWidest);
    const std::size_t left = indent + 2;
    const std::size_t right = text_width(facts);
    const bool has_room = left + std::min(text_width(title), kLeastTitle) + 2 + right <= width;
    const std::size_t room = facts.empty() || !has_room ? width - left : width - left - 2 - right;
    const std::string name = shorten_middle(title, room, style_.glyphs().ellipsis);
    std::string text = std::string(indent, ' ') + mark_of(status) + " " + name;
    if (!facts.empty() && !has_room) {
      line(text);
      line(std::string(left, ' ') +
           style_.paint(Paint::faint, shorten_middle(facts, width - left, style_.glyphs().ellipsis)));
      return;
    }
    if (!facts.empty())
      text += std::string(width - left - text_width(name) - right, ' ') + style_.paint(Paint::faint, facts);
    line(text);
  }

  std::string mark_of(Status status) const {
    const Glyphs& glyphs = style_.glyphs();
    switch (status) {
      case Status::pass: return style_.paint(Paint::good, glyphs.pass);
      case Status::fail: return style_.paint(Paint::bad, glyphs.fail);
      case Status::inconclusive: return style_.paint(Paint::caution, "?");
      case Status::error: return style_.paint(Paint::bad, glyphs.error);
      case Status::skipped: return style_.paint(Paint::faint, "-");
    }
    return " ";
  }

  std::string title_of(const CaseReport& entry) const {
    std::string title = style_.text(entry.name);
    std::vector<std::string> axes;
    for (const auto& [axis, value] : entry.axes) {
      if (axis != "dapr") axes.push_back(style_.text(axis + "=" + value));  // the release stands at the right
    }
    if (!axes.empty()) title += fmt::format("  [{}]", fmt::join(axes, ", "));
    return title;
  }

  std::string circumstances(const CaseReport& entry) const {
    std::string text = entry.dapr == "docs" ? "Dapr's documentation" : "Dapr " + style_.text(entry.dapr);
    if (!entry.setting.empty()) text += ", " + style_.text(entry.setting);
    return text;
  }

  // ---- a case ----

  void write_case(const CaseReport& entry) {
    if (entry.status == Status::error || !entry.run) {
      write_title(2, entry.status,
                  entry.name.empty() ? "not run"
                                     : title_of(entry) + (entry.status == Status::skipped ? ": skipped" : ": not run"),
                  entry.dapr.empty() ? "" : circumstances(entry));
      return;
    }
    std::string right = circumstances(entry);
    if (entry.run->verdict != Verdict::ok)
      right = fmt::format("{} {} {}", to_word(entry.run->verdict), style_.glyphs().dot, right);
    write_title(2, entry.status, title_of(entry), right);
    const bool failed = entry.status != Status::pass;
    if (failed) write_expectations(entry);
    write_extent(entry, 4);
    const bool is_verbose = verbosity_ == Verbosity::verbose || verbosity_ == Verbosity::full;
    if (!shows_run(entry) && !is_verbose && entry.replays.empty()) return;
    if (failed || entry.exploration || (entry.is_replay && entry.has_unchecked)) separate();
    write_runs(entry, 6);
    separate();
  }

  void write_runs(const CaseReport& entry, std::size_t indent) {
    const bool is_verbose = verbosity_ == Verbosity::verbose || verbosity_ == Verbosity::full;
    for (const ReplayedRun& replay : entry.replays) write_replay(replay, indent, is_verbose);
    if (!entry.run || (!shows_run(entry) && !is_verbose)) return;
    if (!entry.replays.empty()) write_labelled("one thing after another, in virtual time:", indent, "the plain run   ");
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
      line(std::string(indent, ' ') + "note: never, possible and always are not checked, as this is one order");
    if (!entry.exploration) return;
    const Exploration& exploration = *entry.exploration;
    std::string end = "complete";
    if (exploration.end == Exploration::End::stopped) end = "interrupted";
    if (!exploration.is_complete() && exploration.end != Exploration::End::stopped)
      end = fmt::format("ended by --{}", to_word(exploration.end));
    write_labelled(
        fmt::format("{}, {}, {}", plural(exploration.states, "state"), plural(exploration.steps, "step"), end), indent,
        "all orders: ");
  }

  void write_replay(const ReplayedRun& replay, std::size_t indent, bool is_verbose) {
    std::string title = fmt::format("{} leads to {}", schedule_text(replay.schedule), style_.text(replay.leads_to));
    if (!replay.headline.empty()) title += ": " + style_.text(replay.headline);
    write_labelled(title, indent, "");
    if (!replay.command.empty())  // in one line, to be copied
      line(std::string(indent, ' ') + style_.paint(Paint::strong, "replay: ") + style_.text(replay.command));
    separate();
    write_calls(replay.run, indent, is_verbose);
    write_explanation(replay.run, replay.why, replay.fix, indent);
    separate();
  }

  void write_expectations(const CaseReport& entry) {
    std::size_t shown = 0;
    for (const ExpectationResult& result : entry.expectations) {
      if (result.passed) continue;
      if (++shown > kShownExpectations) continue;
      const std::string place = result.span.line == 0 ? style_.text(entry.file)
                                                      : fmt::format("{}:{}:{}", style_.text(entry.file),
                                                                    result.span.line, result.span.column);
      line(fmt::format("    {}: expected {}, got {}", place, style_.paint(Paint::strong, style_.text(result.text)),
                       style_.paint(Paint::bad, style_.text(result.got))));
    }
    if (shown > kShownExpectations)
      line(fmt::format("    {} and {} more", style_.glyphs().more, shown - kShownExpectations));
  }

  void write_calls(const Run& run, std::size_t indent, bool is_verbose) {
    const std::size_t width = width_ - indent;
    lines(indent,
          is_verbose ? full_call_table(run, style_, width, verbosity_) : compact_call_table(run, style_, width));
    if (run.skipped.empty()) return;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min<std::size_t>(run.skipped.size(), 8); ++i)
      names.push_back(style_.text(run.skipped[i].label));
    if (run.skipped.size() > names.size()) names.push_back(fmt::format("{} more", run.skipped.size() - names.size()));
    write_labelled(fmt::format("{}", fmt::join(names, ", ")), indent, "never reached  ");
  }

  void write_explanation(const Run& run, const std::vector<std::string>& why, const std::vector<std::string>& fix,
                         std::size_t indent) {
    write_cycles(run, indent);
    write_overlaps(run, indent);
    if (!why.empty() || !fix.empty()) separate();
    bool is_first = true;
    for (const std::string& sentence : why) {
      write_labelled(style_.text(sentence), indent, is_first ? "why  " : "     ");
      is_first = false;
    }
    std::string fixes;
    for (const std::string& text : fix) fixes += (fixes.empty() ? "" : "; or ") + style_.text(text);
    if (!fixes.empty()) write_labelled(fixes, indent, "fix  ");
  }

  // Prose behind a label, wrapped under its own beginning.
  void write_labelled(const std::string& text, std::size_t indent, const std::string& label) {
    const std::size_t width = std::min(width_, kWidest);
    const std::size_t room = std::max<std::size_t>(20, width - std::min(width, indent + label.size()));
    std::string before = std::string(indent, ' ') + style_.paint(Paint::strong, label);
    for (const std::string& part : wrap(text, room)) {
      line(before + part);
      before = std::string(indent + label.size(), ' ');
    }
  }

  void write_cycles(const Run& run, std::size_t indent) {
    const std::string label = "wait-for cycle   ";
    for (std::size_t i = 0; i < std::min(run.deadlocks.size(), kShownCycles); ++i) {
      separate();
      std::string before = std::string(indent, ' ') + style_.paint(Paint::strong, label);
      for (const std::string& part : draw_cycle(run.deadlocks[i], run, style_, width_ - indent - label.size())) {
        line(before + style_.paint(Paint::bad, part));
        before = std::string(indent + label.size(), ' ');
      }
    }
    if (run.deadlocks.size() > kShownCycles) {
      line(fmt::format("{}{} {}", std::string(indent, ' '), style_.glyphs().more,
                       plural(run.deadlocks.size() - kShownCycles, "more cycle")));
    }
  }

  void write_overlaps(const Run& run, std::size_t indent) {
    if (run.overlaps.empty()) return;
    separate();
    for (std::size_t i = 0; i < std::min(run.overlaps.size(), kShownOverlaps); ++i) {
      const OverlapRecord& overlap = run.overlaps[i];
      write_labelled(
          fmt::format("call {} ({}) gets into {} while call {} ({}) is inside", std::uint64_t{overlap.entering} + 1,
                      style_.text(overlap.entering_label), style_.text(overlap.actor),
                      std::uint64_t{overlap.inside} + 1, style_.text(overlap.inside_label)),
          indent, "overlap   ");
    }
    if (run.overlap_count > kShownOverlaps)
      line(fmt::format("{}{} {} more", std::string(indent, ' '), style_.glyphs().more,
                       run.overlap_count - kShownOverlaps));
  }

  // ---- an answer ----

  void write_answer(const CaseReport& entry) {
    const Run& run = *entry.run;
    std::string title{to_word(run.verdict)};
    if (!entry.headline.empty()) title += ": " + style_.text(entry.headline);
    write_title(0, entry.status, title, circumstances(entry));
    separate();
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
      line(painted);
      return;
    }
    const std::string counts = counts_text(sum.counts);
    const std::string between = fmt::format(" {} ", style_.glyphs().dot);
    if (text_width(cases + between + counts) <= width_) {
      line(painted + between + counts);
      return;
    }
    line(painted);
    for (const std::string& part : wrap(counts, width_)) line(part);
  }

  static std::string counts_text(const Counts& counts) {
    std::string text = fmt::format("{}: {} entered ({} re-entered), {} blocked, {} deadlocked, {} exceeded",
                                   plural(counts.calls, "call"), counts.entered, counts.re_entered, counts.blocked,
                                   counts.of(Outcome::deadlocked), counts.of(Outcome::exceeded));
    for (const Outcome outcome : {Outcome::stranded, Outcome::closed, Outcome::not_hosted, Outcome::timed_out,
                                  Outcome::cancelled, Outcome::failed}) {
      if (counts.of(outcome) > 0) text += fmt::format(", {} {}", counts.of(outcome), to_word(outcome));
    }
    return text;
  }

  std::ostream& out_;
  Style style_;
  bool has_begun_ = false;
  bool is_separated_ = false;
  Verbosity verbosity_;
  std::size_t width_;
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
