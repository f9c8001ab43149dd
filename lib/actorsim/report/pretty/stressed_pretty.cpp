// What real threads made of a scenario: verdicts, calls, and whether the explorer knows it all.
#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "actorsim/report/pretty/layout.h"
#include "actorsim/report/pretty/page.h"
#include "actorsim/report/stressed.h"

namespace actorsim {
namespace {

using Membership = ExploredSet::Membership;

constexpr std::size_t kIndent = 6;
constexpr std::size_t kLabelWidth = 12;
constexpr std::size_t kShownLabels = 40;
constexpr std::size_t kShownEvents = 60;
constexpr double kPercent = 100;

// By StressResult::End.
constexpr std::array<std::string_view, 5> kWhyNone{"", " in the time that there was: --duration gives more",
                                                   " before it was interrupted", "", ""};
// By Exploration::End.
constexpr std::array<std::string_view, 5> kWhyNotAll{
    "all orders were looked at", "all orders were too many for this search",
    "all orders took more memory than there was for this search",
    "all orders took more time than there was for this search", "the search through all orders was interrupted"};

Paint paint_of_verdict(Verdict verdict) { return verdict == Verdict::ok ? Paint::good : Paint::bad; }

class StressedWriter {
 public:
  StressedWriter(std::ostream& out, const ReportOptions& options)
      : page_(out, options), style_(page_.style()), verbosity_(options.verbosity) {}

  void write(const StressedReport& report) {
    const std::string* file = nullptr;
    for (const StressedCase& entry : report.cases) {
      if (verbosity_ == Verbosity::quiet && entry.status == Status::pass) continue;
      if (file == nullptr || *file != entry.file) {
        page_.separate();
        page_.line(style_.paint(Paint::strong, style_.text(entry.file)));
        file = &entry.file;
      }
      write_case(entry);
    }
    page_.separate();
    if (!report.cases.empty()) page_.sum(count_statuses(report.cases), {"as explored", "not", "not played"});
  }

 private:
  void write_case(const StressedCase& entry) {
    std::string title = entry.name.empty() ? "" : title_of(entry.name, entry.axes, style_);
    if (!entry.result) {
      const std::string fate = entry.status == Status::skipped ? "skipped" : "not played";
      title += (title.empty() ? "" : ": ") + fate;
      page_.title(2, entry.status, title,
                  entry.dapr.empty() ? "" : circumstances_of(entry.dapr, entry.setting, style_));
      return;
    }
    const StressResult& result = *entry.result;
    page_.title(2, entry.status, title,
                fmt::format("{} {} {}", counted(result.rounds, "round"), style_.glyphs().dot,
                            circumstances_of(entry.dapr, entry.setting, style_)));
    write_verdicts(result);
    write_outcomes(result);
    write_set(entry);
    if (result.failure_count == 0) write_locks(result);
    for (const StressFailure& failure : result.failures) write_failure(failure);
    page_.separate();
  }

  // ---- how often ----

  static std::string share_of(std::uint64_t rounds, const StressResult& result) {
    const double share = kPercent * static_cast<double>(rounds) / static_cast<double>(result.rounds);
    return fmt::format("{} ({:.1f} %)", grouped(rounds), share);
  }

  std::string label(std::string_view text) const {
    return std::string(kIndent, ' ') + style_.paint(Paint::strong, fmt::format("{:<{}}", text, kLabelWidth));
  }

  void write_verdicts(const StressResult& result) {
    std::string text;
    for (std::size_t i = 0; i < kVerdictCount; ++i) {
      if (result.verdicts[i] == 0) continue;
      const auto verdict = static_cast<Verdict>(i);
      text += (text.empty() ? "" : ", ") + style_.paint(paint_of_verdict(verdict), to_word(verdict)) + " " +
              share_of(result.verdicts[i], result);
    }
    if (text.empty()) {
      text = fmt::format("no round came to its end{}", kWhyNone.at(static_cast<std::size_t>(result.end)));
    }
    page_.labelled(kIndent, fmt::format("{:<{}}", "verdicts", kLabelWidth), text);
    if (result.problem)
      page_.labelled(kIndent, fmt::format("{:<{}}", "ended", kLabelWidth),
                     "by the round after these, which went beyond a bound: " + style_.text(result.problem->message));
  }

  void write_outcomes(const StressResult& result) {
    Table table({{"", false, 0, 0}, {"", false, 0, 3}});
    std::size_t shown = 0;
    for (const auto& [name, rounds] : result.outcomes) {
      if (++shown > kShownLabels) continue;
      std::string text;
      for (std::size_t i = kOutcomeCount; i-- > 0;) {  // the mildest first
        if (rounds[i] > 0)
          text +=
              fmt::format("{}{} {}", text.empty() ? "" : ", ", to_word(static_cast<Outcome>(i)), grouped(rounds[i]));
      }
      table.add({{style_.text(name)}, {text}});
    }
    std::string before = label("calls");
    for (const std::string& row : table.render(style_, page_.width() - kIndent - kLabelWidth, false)) {
      page_.line(before + row);
      before = std::string(kIndent + kLabelWidth, ' ');
    }
    if (shown > kShownLabels)
      page_.line(before + fmt::format("{} and {} more", style_.glyphs().more, shown - kShownLabels));
  }

  // ---- against the explorer ----

  void write_set(const StressedCase& entry) {
    const StressResult& result = *entry.result;
    if (result.rounds == 0) return;
    const ExploredSet& set = *entry.set;
    const std::uint64_t outside = result.rounds_with(Membership::outside);
    const std::uint64_t undecided = result.rounds_with(Membership::undecided);
    const auto seen = static_cast<std::uint64_t>(
        std::count_if(result.combinations.begin(), result.combinations.end(),
                      [](const ObservedCombination& one) { return one.membership == Membership::inside; }));
    std::string text;
    if (set.combinations.is_complete()) {
      text = fmt::format("{} of {} seen, {}", grouped(seen),
                         counted(set.combinations.found.size(), "possible combination"),
                         outside == 0 ? "and no other" : "and others in " + counted(outside, "round"));
    } else {
      text = fmt::format("{} ({} states), so that ", kWhyNotAll.at(static_cast<std::size_t>(set.combinations.end)),
                         grouped(set.combinations.states));
      if (set.exploration && set.exploration->is_complete()) {
        text += fmt::format(
            "each verdict and each call was looked up by itself: {} had what is impossible, {} what may "
            "or may not go together",
            counted(outside, "round"), counted(undecided, "round"));
      } else {
        text += fmt::format("{} could not be judged", counted(undecided, "round"));
      }
    }
    page_.labelled(kIndent, fmt::format("{:<{}}", "explorer", kLabelWidth), text);
  }

  void write_locks(const StressResult& result) {
    page_.labelled(
        kIndent, fmt::format("{:<{}}", "locks", kLabelWidth),
        fmt::format("{} replayed on the pure machine, with the same answers", counted(result.operations, "operation")));
  }

  // ---- what should not have come about ----

  void write_failure(const StressFailure& failure) {
    page_.separate();
    if (failure.combination && failure.defects.empty()) {
      std::string text = fmt::format("round {}: the explorer does not know {}", grouped(failure.round),
                                     to_word(failure.combination->verdict));
      for (const LabelOutcome& call : failure.combination->calls)
        text += fmt::format(", {}: {}", style_.text(call.label), to_word(call.outcome));
      page_.line(std::string(kIndent, ' ') + style_.paint(Paint::bad, text));
    }
    for (const std::string& defect : failure.defects)
      page_.line(std::string(kIndent, ' ') + style_.paint(Paint::bad, style_.text("defect: " + defect)));
    for (const LockLog& log : failure.logs) {
      page_.line(std::string(kIndent + 2, ' ') + "lock " + style_.text(log.actor));
      for (std::size_t i = 0; i < std::min(log.events.size(), kShownEvents); ++i)
        page_.line(fmt::format("{}{:>4}  {}", std::string(kIndent + 2, ' '), i + 1, log.events[i]));
      if (log.events.size() > kShownEvents)
        page_.line(fmt::format("{}{} and {} more", std::string(kIndent + 2, ' '), style_.glyphs().more,
                               log.events.size() - kShownEvents));
    }
  }

  Page page_;
  const Style& style_;
  Verbosity verbosity_;
};

}  // namespace

void write_stressed(std::ostream& out, const StressedReport& report, const ReportOptions& options) {
  StressedWriter(out, options).write(report);
}

}  // namespace actorsim
