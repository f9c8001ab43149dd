// Schedules as text, and back.
#include "actorsim/explore/schedule.h"

#include <limits>
#include <optional>

#include <fmt/format.h>

#include "actorsim/base/text.h"

namespace actorsim {

std::string schedule_text(const Schedule& schedule) {
  std::string text;
  for (const Choice& choice : schedule) {
    if (!text.empty()) text += '.';
    text += choice.trigger == kNone ? "d" : fmt::format("t{}", choice.trigger + 1);
    if (choice.number > 0) text += fmt::format("#{}", choice.number + 1);
    if (choice.alternative > 0) text += fmt::format("/{}", choice.alternative + 1);
  }
  return text;
}

namespace {

// Reads from the front of what is left.
class ScheduleReader {
 public:
  explicit ScheduleReader(std::string_view text) : text_(text) {}

  bool is_at_end() const { return at_ == text_.size(); }
  std::size_t position() const { return at_; }
  bool take(char wanted) {
    if (is_at_end() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  // A number from 1, given from 0.
  std::optional<std::uint32_t> take_ordinal() {
    std::uint64_t value = 0;
    const std::size_t start = at_;
    while (!is_at_end() && text_[at_] >= '0' && text_[at_] <= '9') {
      value = value * 10 + static_cast<std::uint64_t>(text_[at_] - '0');
      if (value >= std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
      ++at_;
    }
    if (at_ == start || value == 0) return std::nullopt;
    return static_cast<std::uint32_t>(value - 1);
  }

  std::optional<Choice> take_choice() {
    Choice choice;
    if (!take('d')) {
      if (!take('t')) return std::nullopt;
      const auto trigger = take_ordinal();
      if (!trigger) return std::nullopt;
      choice.trigger = *trigger;
      if (take('#')) {
        const auto number = take_ordinal();
        if (!number) return std::nullopt;
        choice.number = *number;
      }
    }
    if (take('/')) {
      const auto alternative = take_ordinal();
      if (!alternative) return std::nullopt;
      choice.alternative = *alternative;
    }
    return choice;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

tl::expected<Schedule, Diagnostic> parse_schedule(std::string_view text, const std::string& file) {
  Schedule schedule;
  ScheduleReader reader(text);
  while (!reader.is_at_end()) {
    const bool separated = schedule.empty() || reader.take('.');
    const std::optional<Choice> choice = separated ? reader.take_choice() : std::nullopt;
    if (!choice) {
      Diagnostic problem;
      problem.code = "bad-schedule";
      problem.file = file;
      problem.span.line = 1;
      problem.span.column = static_cast<std::uint32_t>(reader.position() + 1);
      problem.message = fmt::format("the schedule cannot be read at {}",
                                    reader.is_at_end() ? "its end" : in_quotes(text.substr(reader.position(), 12)));
      problem.help =
          "steps are separated by dots: t1 (trigger 1), t2#5 (its fifth call), t1/2 (its second possible "
          "step), d (a deadline)";
      return tl::unexpected(std::move(problem));
    }
    schedule.push_back(*choice);
  }
  return schedule;
}

}  // namespace actorsim
