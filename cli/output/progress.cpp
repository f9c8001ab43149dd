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

void Progress::begin_case(std::size_t place, const std::string& name) {
  if (!is_shown_) return;
  const std::lock_guard lock(mutex_);
  work_[place] = {shortened(printable(name)), {}, clock_()};
  if (is_due()) show();
}

void Progress::end_case(std::size_t place) {
  if (!is_shown_) return;
  const std::lock_guard lock(mutex_);
  work_.erase(place);
  ++done_;
}

void Progress::tell(std::size_t place, std::uint64_t calls, Nanoseconds now) {
  tell(place,
       [&](const Work&) { return fmt::format("{} calls, {} of virtual time", grouped(calls), format_duration(now)); });
}

void Progress::tell(std::size_t place, const ExploreProgress& progress, std::uint64_t levels) {
  tell(place, [&](const Work& work) {
    const std::chrono::duration<double> taken = clock_() - work.began;
    const double rate = taken.count() > 0 ? static_cast<double>(progress.states) / taken.count() : 0;
    std::string level = fmt::format("level {}", grouped(progress.level));
    if (levels > progress.level) level += fmt::format(" of about {}", grouped(levels));
    return fmt::format("{} states, {}/s, frontier {}, {}", grouped(progress.states),
                       grouped(static_cast<std::uint64_t>(rate)), grouped(progress.frontier), level);
  });
}

void Progress::tell_runs(std::size_t place, std::uint64_t runs, std::uint64_t of) {
  tell(place, [&](const Work&) { return fmt::format("run {} of {}", grouped(runs), grouped(of)); });
}

void Progress::tell_rounds(std::size_t place, std::uint64_t rounds) {
  tell(place, [&](const Work&) { return fmt::format("{}", counted(rounds, "round")); });
}

// Looked at without the lock: those who tell do so all the time.
bool Progress::is_due() const { return clock_() >= next_.load(); }

void Progress::tell(std::size_t place, const std::function<std::string(const Work&)>& text) {
  if (!is_shown_ || !is_due()) return;
  const std::lock_guard lock(mutex_);
  const auto found = work_.find(place);
  if (found == work_.end() || !is_due()) return;
  found->second.text = text(found->second);
  if (found == work_.begin()) show();
}

void Progress::show() {
  next_ = clock_() + kBetween;
  is_visible_ = true;
  std::string line = fmt::format("{} {} done", grouped(done_), done_ == 1 ? "case" : "cases");
  if (work_.size() > 1) line += fmt::format(", {} at work", work_.size());
  if (!work_.empty()) {
    const Work& first = work_.begin()->second;
    line += " · " + first.name + (first.text.empty() ? "" : ": " + first.text);
  }
  err_ << '\r' << line << "\x1b[K" << std::flush;
}

void Progress::pause(const std::function<void()>& write) {
  const std::lock_guard lock(mutex_);
  if (is_visible_) err_ << "\r\x1b[K" << std::flush;
  is_visible_ = false;
  if (write) write();
}

}  // namespace actorsim
