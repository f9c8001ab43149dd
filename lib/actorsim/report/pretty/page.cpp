// Lines and blanks.
#include "actorsim/report/pretty/page.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "actorsim/report/pretty/call_table.h"
#include "actorsim/report/pretty/layout.h"

namespace actorsim {
namespace {

constexpr std::size_t kNarrowest = 60;
constexpr std::size_t kWidest = 100;     // of lines of prose; tables take what the terminal has
constexpr std::size_t kLeastTitle = 40;  // columns that a title wants beside its facts
constexpr std::size_t kShownCycles = 3;

}  // namespace

Page::Page(std::ostream& out, const ReportOptions& options)
    : out_(out), style_(options.color, options.ascii), width_(std::max(options.width, kNarrowest)) {}

void Page::set_width(std::size_t width) { width_ = std::max(width, kNarrowest); }

std::size_t Page::prose_width() const { return std::min(width_, kWidest); }

void Page::line(std::string_view text) {
  out_ << text << '\n';
  has_begun_ = true;
  is_separated_ = false;
}

void Page::lines(std::size_t indent, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) line(text.empty() ? text : std::string(indent, ' ') + text);
}

void Page::separate() {
  if (has_begun_ && !is_separated_) out_ << '\n';
  is_separated_ = true;
}

void Page::note_foreign_line() {
  has_begun_ = true;
  is_separated_ = false;
}

std::string Page::mark_of(Status status) const {
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

void Page::title(std::size_t indent, Status status, const std::string& title, const std::string& facts) {
  const std::size_t left = indent + 2;
  const std::size_t right = text_width(facts);
  const bool has_room = left + std::min(text_width(title), kLeastTitle) + 2 + right <= prose_width();
  const std::size_t room = facts.empty() || !has_room ? prose_width() - left : prose_width() - left - 2 - right;
  const std::string name = shorten_middle(title, room, style_.glyphs().ellipsis);
  std::string text = std::string(indent, ' ') + mark_of(status) + " " + name;
  if (facts.empty()) {
    line(text);
  } else if (has_room) {
    line(text + std::string(prose_width() - left - text_width(name) - right, ' ') + style_.paint(Paint::faint, facts));
  } else {
    line(text);
    const std::string shown = shorten_middle(facts, prose_width() - left, style_.glyphs().ellipsis);
    line(std::string(left, ' ') + style_.paint(Paint::faint, shown));
  }
}

void Page::labelled(std::size_t indent, const std::string& label, const std::string& text) {
  const std::size_t left = indent + text_width(label);
  const std::size_t room = std::max<std::size_t>(20, prose_width() - std::min(prose_width(), left));
  std::string before = std::string(indent, ' ') + style_.paint(Paint::strong, label);
  for (const std::string& part : wrap(text, room)) {
    line(before + part);
    before = std::string(left, ' ');
  }
}

void Page::cycles(std::size_t indent, const Run& run, std::string_view label) {
  for (std::size_t i = 0; i < std::min(run.deadlocks.size(), kShownCycles); ++i) {
    separate();
    std::string before = std::string(indent, ' ') + style_.paint(Paint::strong, label);
    for (const std::string& part : draw_cycle(run.deadlocks[i], run, style_, width_ - indent - text_width(label))) {
      line(before + style_.paint(Paint::bad, part));
      before = std::string(indent + text_width(label), ' ');
    }
  }
  if (run.deadlocks.size() <= kShownCycles) return;
  line(fmt::format("{}{} {}", std::string(indent, ' '), style_.glyphs().more,
                   counted(run.deadlocks.size() - kShownCycles, "more cycle")));
}

void Page::sum(const StatusCounts& counts, const SumWords& words) {
  std::string text = fmt::format("{} {}", counts.passed, words.passed);
  const auto add = [&](std::size_t count, std::string_view word, Paint paint) {
    if (count > 0) text += ", " + style_.paint(paint, fmt::format("{} {}", count, word));
  };
  add(counts.failed, words.failed, Paint::bad);
  add(counts.inconclusive, "inconclusive", Paint::caution);
  add(counts.skipped, "skipped", Paint::plain);
  add(counts.errors, words.errors, Paint::bad);
  line(text);
}

void Page::why_and_fix(std::size_t indent, const std::vector<std::string>& why, const std::vector<std::string>& fix) {
  if (!why.empty() || !fix.empty()) separate();
  std::string label = "why  ";
  for (const std::string& sentence : why) {
    labelled(indent, label, style_.text(sentence));
    label = "     ";
  }
  std::string fixes;
  for (const std::string& text : fix) fixes += (fixes.empty() ? "" : "; or ") + style_.text(text);
  if (!fixes.empty()) labelled(indent, "fix  ", fixes);
}

std::string title_of(const std::string& name, const std::vector<std::pair<std::string, std::string>>& axes,
                     const Style& style) {
  std::vector<std::string> texts;
  for (const auto& [axis, value] : axes) {
    if (axis != "dapr") texts.push_back(style.text(axis + "=" + value));  // the release stands at the right
  }
  const std::string title = style.text(name);
  return texts.empty() ? title : fmt::format("{}  [{}]", title, fmt::join(texts, ", "));
}

std::string circumstances_of(const std::string& dapr, const std::string& setting, const Style& style) {
  const std::string text = dapr == "docs" ? "Dapr's documentation" : "Dapr " + style.text(dapr);
  return setting.empty() ? text : text + ", " + style.text(setting);
}

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(count), noun, count == 1 ? "" : "s");
}

}  // namespace actorsim
