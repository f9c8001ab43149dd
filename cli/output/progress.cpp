// Nothing but carriage return and "erase to the end of the line", which every terminal knows.
#include "cli/output/progress.h"

#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/report/pretty/page.h"

namespace actorsim {
namespace {

constexpr auto kSilence = std::chrono::milliseconds(500);
constexpr auto kBetween = std::chrono::milliseconds(100);
constexpr int kNameWidth = 40;

std::string shortened(const std::string& text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint next = decode_utf8(text, at);
    width += display_width(next.value);
    if (width > kNameWidth) return text.substr(0, at) + "…";
    at += next.length;
  }
  return text;
}

}  // namespace

Progress::Progress(std::ostream& err, bool is_shown, Clock clock)
    : err_(err), is_shown_(is_shown), clock_(std::move(clock)), next_(clock_() + kSilence) {}

void Progress::begin_case(const std::string& name) {
  if (!is_shown_) return;
  case_began_ = clock_();
  name_ = shortened(printable(name));
  show(fmt::format("{} {} done · {}", grouped(done_), done_ == 1 ? "case" : "cases", name_));
}

void Progress::tell(std::uint64_t calls, Nanoseconds now) {
  if (!is_shown_) return;
  show(fmt::format("{} {} done · {}: {} calls, {} of virtual time", grouped(done_), done_ == 1 ? "case" : "cases",
                   name_, grouped(calls), format_duration(now)));
}

void Progress::tell(const ExploreProgress& progress, std::uint64_t levels) {
  if (!is_shown_) return;
  const std::chrono::duration<double> taken = clock_() - case_began_;
  const double rate = taken.count() > 0 ? static_cast<double>(progress.states) / taken.count() : 0;
  std::string level = fmt::format("level {}", grouped(progress.level));
  if (levels > progress.level) level += fmt::format(" of about {}", grouped(levels));
  show(fmt::format("{} {} done · {}: {} states, {}/s, frontier {}, {}", grouped(done_), done_ == 1 ? "case" : "cases",
                   name_, grouped(progress.states), grouped(static_cast<std::uint64_t>(rate)),
                   grouped(progress.frontier), level));
}

void Progress::tell_runs(std::uint64_t runs, std::uint64_t of) {
  if (!is_shown_) return;
  show(fmt::format("{} {} done · {}: run {} of {}", grouped(done_), done_ == 1 ? "case" : "cases", name_, grouped(runs),
                   grouped(of)));
}

void Progress::show(const std::string& text) {
  const auto now = clock_();
  if (now < next_) return;
  next_ = now + kBetween;
  is_visible_ = true;
  err_ << '\r' << text << "\x1b[K" << std::flush;
}

void Progress::clear() {
  if (!is_visible_) return;
  err_ << "\r\x1b[K" << std::flush;
  is_visible_ = false;
}

}  // namespace actorsim
