// Lines for a page.
#include "cli/play/play_screen.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "actorsim/report/pretty/layout.h"
#include "actorsim/report/pretty/situation_text.h"
#include "actorsim/report/pretty/step_text.h"
#include "cli/play/play_input.h"

namespace actorsim {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kLabel = 10;  // columns of `blocked` and its like
constexpr std::size_t kShownLocks = 12;
constexpr std::size_t kShownBlocked = 6;
constexpr std::size_t kShownAnswers = 12;
constexpr std::size_t kShownWaiting = 6;
constexpr std::size_t kLeastCell = 12;

std::string label(std::string_view word) { return fmt::format("{:<{}}", word, kLabel); }

std::string and_more(std::size_t count, std::string_view noun) { return fmt::format("and {}", counted(count, noun)); }

Status status_of(Verdict verdict) { return verdict == Verdict::ok ? Status::pass : Status::fail; }

// How good it looks.
Paint paint_of(const StepRecord& step) {
  Paint paint = Paint::plain;
  for (const StepEvent& event : step.events) {
    if (event.what == StepEvent::What::ended_badly || event.what == StepEvent::What::overlapped) return Paint::bad;
    if (event.what == StepEvent::What::waits || event.what == StepEvent::What::held) paint = Paint::caution;
    if (event.what == StepEvent::What::will_retry) paint = Paint::caution;
    if (event.what == StepEvent::What::re_entered && paint == Paint::plain) paint = Paint::good;
  }
  return paint;
}

// Each call with its id, where ids matter.
std::string waiting_text(const LockView& lock, const SituationText& text, const Style& style) {
  std::vector<std::string> calls;
  std::size_t count = 0;
  for (const LockSeat& seat : lock.seats) {
    for (const std::uint32_t call : seat.waiting) {
      if (++count > kShownWaiting) continue;
      const bool has_id = lock.reentrancy && !seat.id.empty();
      calls.push_back(text.call(call) + (has_id ? " " + style.text(seat.id) : ""));
    }
  }
  if (count > kShownWaiting) calls.push_back(fmt::format("{} more", count - kShownWaiting));
  return fmt::format("{}", fmt::join(calls, ", "));
}

// A lock's rows: one, and one for each seat that a defect has left behind or forgotten.
void add_lock(const LockView& lock, const SituationText& text, const Style& style, Table& table) {
  const std::string dash(style.glyphs().dash);
  const std::string waiting = waiting_text(lock, text, style);
  std::vector<std::vector<Table::Cell>> rows;
  for (const LockSeat& seat : lock.seats) {
    const bool is_front = &seat == &lock.seats.front() && !lock.is_free;
    if (seat.inside.empty() && !is_front) continue;
    std::string holder = seat.inside.empty() ? "nobody, and yet locked" : text.calls(seat.inside);
    if (seat.is_evicted) holder += ", forgotten by the lock";
    const std::string depth = lock.reentrancy ? fmt::format("{}/{}", seat.depth, lock.max_depth) : dash;
    rows.push_back({{style.text(lock.actor)}, {holder}, {seat.id.empty() ? dash : style.text(seat.id)}, {depth}, {}});
  }
  if (rows.empty()) rows.push_back({{style.text(lock.actor)}, {"free"}, {dash}, {dash}, {}});
  rows.front().back().text = waiting + (lock.is_closed ? (waiting.empty() ? "closed" : "; closed") : "");
  rows.front().back().paint = Paint::caution;
  for (std::vector<Table::Cell>& row : rows) table.add(std::move(row));
}

}  // namespace

std::string ending_text(Verdict verdict, bool is_one) {
  if (verdict == Verdict::ok) return is_one ? "ends well" : "end well";
  if (verdict == Verdict::deadlock) return is_one ? "deadlocks" : "deadlock";
  return fmt::format("{} with '{}'", is_one ? "ends" : "end", to_word(verdict));
}

std::string prospects_text(const StateGraph::State& state) {
  std::uint64_t sum = 0;
  bool is_countless = false;
  std::vector<std::string> parts;
  for (std::size_t i = kVerdictCount; i-- > 0;) {  // the worst first
    const auto verdict = static_cast<Verdict>(i);
    if (!state.can_end(verdict)) continue;
    const std::uint64_t orders = state.prospects[i].orders;
    is_countless = is_countless || orders > StateGraph::kCountless - sum;
    sum += orders;
    parts.push_back(fmt::format("{} {}", grouped(orders), ending_text(verdict, orders == 1)));
    if (orders == StateGraph::kCountless) parts.back() = "some " + ending_text(verdict, false);
  }
  const auto only = parts.size() == 1 ? parts.front().substr(parts.front().find(' ') + 1) : std::string();
  if (is_countless) return fmt::format("countless orders: {}", fmt::join(parts, ", "));
  if (sum == 1) return "a single order, which " + only;
  if (!only.empty()) return fmt::format("{}, all of which {}", counted(sum, "order"), only);
  return fmt::format("{}: {}", counted(sum, "order"), fmt::join(parts, ", "));
}

PlayScreen::PlayScreen(std::ostream& out, const ReportOptions& looks, Typing typing)
    : out_(out), looks_(looks), typing_(typing), page_(out, looks) {}

bool PlayScreen::is_there() const { return out_.good(); }

void PlayScreen::say(const std::string& text) { page_.labelled(kIndent, "", text); }

void PlayScreen::labelled(const std::string& label, const std::string& text) { page_.labelled(kIndent, label, text); }

void PlayScreen::command(const std::string& label, const std::string& text) {
  page_.line(std::string(kIndent, ' ') + style().paint(Paint::strong, label) + text);
}

// Prose behind a label, in one color.
void PlayScreen::painted(const std::string& label, const std::string& text, Paint paint) {
  const std::size_t left = kIndent + text_width(label);
  std::string before = std::string(kIndent, ' ') + style().paint(Paint::strong, label);
  for (const std::string& part : wrap(text, page_.prose_width() - std::min(left, page_.prose_width() / 2))) {
    page_.line(before + style().paint(paint, part));
    before = std::string(left, ' ');
  }
}

void PlayScreen::prompt(std::size_t steps) {
  page_.separate();
  out_ << style().paint(Paint::strong, steps == 1 ? "[1] >" : ">");
  if (typing_ == Typing::on_terminal) out_ << ' ';
  out_.flush();
}

void PlayScreen::note_typed(const std::optional<std::string>& line) {
  if (line && typing_ == Typing::on_terminal) {
    page_.note_foreign_line();
  } else {
    page_.line(line && !line->empty() ? " " + style().text(*line) : "");
  }
}

void PlayScreen::greet(const std::string& title, const std::string& circumstances, const StateGraph::State* beginning) {
  page_.separate();
  page_.line(style().paint(Paint::strong, title) + "  " + style().paint(Paint::faint, circumstances));
  if (is_quiet()) return;
  page_.separate();
  say("You are the scheduler: of all that could happen next, you say what does.");
  labelled("in all  ", beginning == nullptr ? "too many orders to look at them all" : prospects_text(*beginning));
  labelled("type    ", "a number to choose; h for a hint at the worst end, a for the way around it, ? for more");
}

// ---- the situation ----

void PlayScreen::show(const SituationView& view, const Schedule& so_far, StuckNews news) {
  page_.separate();
  if (!is_quiet() && !so_far.empty()) {
    const std::string steps = "after " + counted(so_far.size(), "step");
    const std::string way = shorten_middle(schedule_text(so_far), page_.prose_width() - 20, style().glyphs().ellipsis);
    page_.line(std::string(kIndent, ' ') + style().paint(Paint::faint, steps + "  " + way));
    page_.separate();
  }
  show_locks(view);
  if (!is_quiet() && !view.is_end) show_blocked(view);
  if (news == StuckNews::just_now) show_stuck(view);
  show_choices(view);
}

void PlayScreen::show_locks(const SituationView& view) {
  if (view.locks.empty()) {
    if (!is_quiet()) say("Nobody is inside any actor.");
    return;
  }
  const SituationText text(view, CallNaming::by_number, style());
  Table table({{"lock", false, kLeastCell, 0},
               {"held by", false, kLeastCell, 3},
               {"id", false, kLeastCell, 3},
               {"depth", true, 0, 3},
               {"waiting", false, kLeastCell, 3}});
  for (std::size_t i = 0; i < std::min(view.locks.size(), kShownLocks); ++i)
    add_lock(view.locks[i], text, style(), table);
  page_.lines(kIndent, table.render(style(), page_.width() - kIndent, true));
  if (view.locks.size() > kShownLocks)
    say(fmt::format("{} {}", style().glyphs().more, and_more(view.locks.size() - kShownLocks, "more lock")));
}

void PlayScreen::show_blocked(const SituationView& view) {
  const SituationText text(view, CallNaming::by_number, style());
  std::string before = label("blocked");
  std::size_t shown = 0, left_out = 0;
  std::vector<std::string> answers;
  page_.separate();
  for (const BlockedCall& blocked : view.blocked) {
    if (blocked.by == BlockedCall::By::answer) {
      answers.push_back(fmt::format("{} waits for {}", text.call(blocked.call), text.calls(blocked.others)));
      continue;
    }
    if (++shown > kShownBlocked) {
      ++left_out;
      continue;
    }
    const bool is_open = blocked.outlook == BlockedCall::Outlook::open;
    const std::string end = is_open ? "" : fmt::format(" ({})", to_word(blocked.outlook));
    painted(before, text.why_blocked(blocked) + end, is_open ? Paint::plain : Paint::bad);
    before = label("");
  }
  if (left_out > 0) page_.labelled(kIndent, before, and_more(left_out, "more call"));
  if (answers.size() > kShownAnswers) {
    const std::size_t more = answers.size() - kShownAnswers;
    answers.resize(kShownAnswers);
    answers.push_back(and_more(more, "more call"));
  }
  if (!answers.empty()) page_.labelled(kIndent, label("answers"), fmt::format("{}", fmt::join(answers, ", ")));
}

void PlayScreen::show_choices(const SituationView& view) {
  if (view.is_end) return;
  page_.separate();
  const std::size_t shown = std::min(view.steps.size(), kMostShownSteps);
  std::size_t by = 0;
  for (std::size_t i = 0; i < shown; ++i) by = std::max(by, schedule_text({view.steps[i].choice}).size());
  const std::size_t digits = std::to_string(shown).size();
  for (std::size_t i = 0; i < shown; ++i) {
    const StepRecord& step = view.steps[i];
    std::string before = i == 0 ? label("next") : label("");
    before += fmt::format("{:>{}}  {:<{}}  ", i + 1, digits, schedule_text({step.choice}), by);
    painted(before, step_text(step, nullptr, style()), paint_of(step));
  }
  if (view.steps.size() > shown) {
    page_.labelled(kIndent, label(""),
                   and_more(view.steps.size() - shown, "more step") + ", which a word such as " +
                       schedule_text({view.steps.back().choice}) + " chooses");
  }
}

void PlayScreen::show_step(const StepRecord& step, const Run& run) {
  painted(schedule_text({step.choice}) + "  ", step_text(step, &run, style()), paint_of(step));
}

void PlayScreen::show_hint(std::size_t number, const StepRecord& step, const std::string& why) {
  const std::string text =
      fmt::format("{} ({}): {}", number + 1, schedule_text({step.choice}), step_text(step, nullptr, style()));
  labelled("hint  ", text + "; " + why);
}

void PlayScreen::show_why_not(const SituationView& view, const Choice& chain) {
  const SituationText text(view, CallNaming::by_number, style());
  for (const BlockedCall& blocked : view.blocked) {
    const CallName* call = view.find(blocked.call);
    const bool is_of_chain =
        call != nullptr && call->chain.trigger == chain.trigger && call->chain.number == chain.number;
    if (is_of_chain && blocked.by != BlockedCall::By::answer) say(text.why_blocked(blocked) + ".");
  }
}

// ---- the end ----

void PlayScreen::show_stuck(const SituationView& view) {
  std::vector<std::uint32_t> deadlocked, stranded;
  for (const BlockedCall& blocked : view.blocked) {
    if (blocked.outlook == BlockedCall::Outlook::deadlocked) deadlocked.push_back(blocked.call);
    if (blocked.outlook == BlockedCall::Outlook::stranded) stranded.push_back(blocked.call);
  }
  const std::vector<std::uint32_t>& stuck = deadlocked.empty() ? stranded : deadlocked;
  const SituationText text(view, CallNaming::by_number, style());
  const std::string who = stuck.size() > kShownBlocked ? counted(stuck.size(), "call") : text.calls(stuck);
  page_.separate();
  page_.title(kIndent, Status::fail,
              fmt::format("{}: {}; others can still go on", who,
                          to_word(deadlocked.empty() ? Outcome::stranded : Outcome::deadlocked)),
              "");
}

void PlayScreen::show_end(const PlayEnd& end) {
  page_.separate();
  std::string title{to_word(end.run.verdict)};
  if (!end.diagnosis.headline.empty()) title += ": " + style().text(end.diagnosis.headline);
  page_.title(kIndent, status_of(end.run.verdict), title, "after " + counted(end.run.schedule.size(), "step"));
  page_.cycles(2 * kIndent, end.run, "wait-for cycle   ");
  page_.why_and_fix(2 * kIndent, end.diagnosis.why, end.diagnosis.fix);
  page_.separate();
  if (!is_quiet()) show_verdict(end);
  command("replay  ", end.replay);
  if (!is_quiet()) labelled("type    ", "u to take the last step back, r to start again, q to leave");
}

// What it was worth.
void PlayScreen::show_verdict(const PlayEnd& end) {
  if (end.beginning == nullptr) return;
  const StateGraph::State& all = *end.beginning;
  std::size_t possible = 0;
  for (std::size_t i = 0; i < kVerdictCount; ++i) possible += all.can_end(static_cast<Verdict>(i)) ? 1U : 0U;
  if (possible == 1) {
    say(end.run.verdict == Verdict::ok ? "No scheduler could have made it go wrong."
                                       : "No scheduler could have helped.");
  } else if (end.run.verdict == Verdict::ok) {
    painted("", "Well done! Your order ends well, and not every one does.", Paint::good);
  } else if (end.decided_by > 0) {
    say(fmt::format("Step {} decided it: until then it could still end well.", end.decided_by));
  }
  labelled("in all  ", prospects_text(all));
}

void PlayScreen::show_help(std::size_t steps) {
  Table table({{"", false, 0, 0}, {"", false, 0, 3}});
  if (steps > 0) {
    table.add({{steps == 1 ? "1, or Enter" : fmt::format("1 to {}", steps)}, {"that step happens next"}});
    table.add({{"t1"}, {"the same by its word in a schedule; t1.t2.t1: several"}});
  }
  for (const PlayWordDescription& word : play_words()) table.add({{std::string(word.names)}, {std::string(word.text)}});
  page_.lines(kIndent, table.render(style(), page_.width() - kIndent, false));
}

}  // namespace actorsim
