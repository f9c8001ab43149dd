// Sentences for what a view shows.
#include "actorsim/report/pretty/situation_text.h"

#include <fmt/format.h>

namespace actorsim {

std::string_view to_word(BlockedCall::Outlook outlook) {
  switch (outlook) {
    case BlockedCall::Outlook::open: return "open";
    case BlockedCall::Outlook::deadlocked: return "deadlocked";
    case BlockedCall::Outlook::stranded: return "stranded";
    case BlockedCall::Outlook::behind: return "behind";
  }
  return "";
}

std::string_view to_word(BlockedCall::By by) {
  switch (by) {
    case BlockedCall::By::lock: return "lock";
    case BlockedCall::By::held: return "held";
    case BlockedCall::By::answer: return "answer";
  }
  return "";
}

std::string SituationText::call(std::uint32_t number) const {
  if (number == kNone) return "the deactivation";
  const CallName* name = view_.find(number);
  const std::string numbered = fmt::format("call {}", std::uint64_t{number} + 1);
  if (name == nullptr) return numbered;
  const std::string chain = name->chain.trigger == kNone ? std::string() : schedule_text({name->chain});
  if (naming_ == CallNaming::by_number) return chain.empty() ? numbered : fmt::format("{} ({})", numbered, chain);
  const std::string label = style_.text(name->label);
  return chain.empty() ? label : chain + "'s " + label;
}

std::string SituationText::calls(const std::vector<std::uint32_t>& numbers) const {
  std::string text;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) text += i + 1 == numbers.size() ? " and " : ", ";
    text += call(numbers[i]);
  }
  return text;
}

std::string SituationText::why_blocked(const BlockedCall& blocked) const {
  const std::string actor = style_.text(blocked.actor);
  const std::string subject = call(blocked.call);
  switch (blocked.by) {
    case BlockedCall::By::held: return fmt::format("{} is held back: {} is leaving or moving", subject, actor);
    case BlockedCall::By::answer:
      return fmt::format("{} is inside {} and waits for the answer of {}", subject, actor, calls(blocked.others));
    case BlockedCall::By::lock: break;
  }
  std::string text = fmt::format("{} waits for {}: {}", subject, actor, why_not_let_in(blocked));
  if (!blocked.ahead.empty())
    text += fmt::format("; {} {} before it", calls(blocked.ahead), blocked.ahead.size() == 1 ? "waits" : "wait");
  if (blocked.has_given_up) text += "; nobody waits for its answer any more";
  return text;
}

std::string SituationText::why_not_let_in(const BlockedCall& blocked) const {
  if (blocked.others.empty()) return "nobody is inside, but the lock has not let it in";
  const bool is_one = blocked.others.size() == 1;
  const std::string holder = calls(blocked.others) + (blocked.behind_own_chain ? ", of its own chain," : "") +
                             (is_one ? " is" : " are") + " inside";
  if (!blocked.reentrancy)
    return holder + (blocked.behind_own_chain ? ", but" : ", and") + " reentrancy is off: one call at a time";
  if (blocked.held_by.empty() || blocked.id.empty()) {
    const bool has_no_id = blocked.id.empty();
    return holder + (has_no_id ? ", and it comes without an id" : " without an id") + ": one chain at a time";
  }
  const std::string with_id = holder + " with id " + style_.text(blocked.held_by);
  if (blocked.id == blocked.held_by) return with_id + ", its own, but the lock does not let it join any more";
  return fmt::format("{}, not {}: {}", with_id, style_.text(blocked.id),
                     blocked.behind_own_chain ? "the lock takes it for another chain" : "one chain at a time");
}

std::string SituationText::seat(const LockSeat& seat, const LockView& lock) const {
  std::string facts;
  const auto add = [&](const std::string& fact) { facts += (facts.empty() ? "" : ", ") + fact; };
  if (!seat.id.empty()) add("id " + style_.text(seat.id));
  if (lock.reentrancy && !seat.inside.empty()) add(fmt::format("depth {} of {}", seat.depth, lock.max_depth));
  if (seat.is_evicted) add("forgotten by the lock");
  if (!facts.empty()) facts = " (" + facts + ")";
  if (!seat.inside.empty()) {
    std::string text = "held by " + calls(seat.inside) + facts;
    if (!seat.waiting.empty()) text += "; " + calls(seat.waiting) + (seat.waiting.size() == 1 ? " waits" : " wait");
    return text;
  }
  if (!seat.waiting.empty()) return calls(seat.waiting) + facts + (seat.waiting.size() == 1 ? " waits" : " wait");
  return fmt::format("locked, with nobody inside{}", facts);
}

std::string SituationText::lock(const LockView& lock) const {
  std::string text;
  if (lock.is_free) text = "free";
  for (const LockSeat& one : lock.seats) text += (text.empty() ? "" : "; ") + seat(one, lock);
  if (lock.is_closed) text += "; closed";
  return text;
}

}  // namespace actorsim
