// The log of a lock, told in words and done again.
#include "actorsim/lock/lock_log.h"

#include <algorithm>
#include <array>

namespace actorsim {
namespace {

constexpr std::array<std::string_view, 6> kKindWords{"arrive", "release", "cancel", "close", "returned", "break-up"};
constexpr std::array<std::string_view, 6> kAdmissionWords{"entered",           "re-entered",      "queued",
                                                          "refused: too deep", "refused: closed", "refused: cancelled"};

std::string_view word_of(Admission admission) { return kAdmissionWords.at(static_cast<std::size_t>(admission)); }

void append_calls(std::string& text, std::string_view word, const std::vector<CallSlot>& calls) {
  if (calls.empty()) return;
  text += ", ";
  text += word;
  for (const CallSlot call : calls) text += " " + std::to_string(call);
}

}  // namespace

std::string_view to_word(LockEvent::Kind kind) { return kKindWords.at(static_cast<std::size_t>(kind)); }

std::optional<std::string> replay_lock_log(const LockRules& rules, const LockConfig& config,
                                           const std::vector<LockEvent>& log) {
  return LockReplay(rules, config).follow(log);
}

std::optional<std::string> LockReplay::follow(const std::vector<LockEvent>& log) {
  for (; done_ < log.size(); ++done_) {
    const LockEvent& event = log[done_];
    if (event.kind == LockEvent::Kind::break_up) return std::nullopt;
    const std::string difference = differs(event);
    if (!difference.empty()) return "event " + std::to_string(done_ + 1) + ", " + to_string(event) + ": " + difference;
  }
  return std::nullopt;
}

// What the machine says differently; empty: nothing. It is asked nothing that it could not be asked.
std::string LockReplay::differs(const LockEvent& event) {
  switch (event.kind) {
    case LockEvent::Kind::arrive: return arrive(event);
    case LockEvent::Kind::release:
      if (!lock_.is_inside(event.call)) return "this call is not inside";
      lock_.release(event.call, effects_);
      break;
    case LockEvent::Kind::cancel:
      if (!is_there(event.call)) return "this call is neither in nor waiting";
      lock_.cancel(event.call, effects_);
      break;
    case LockEvent::Kind::close:
      if (is_there(event.call)) return "this call is there already";
      lock_.close(event.call, event.given_up, effects_);
      break;
    case LockEvent::Kind::returned: return returned(event);
    case LockEvent::Kind::break_up: return {};
  }
  return compare_effects(event);
}

std::string LockReplay::arrive(const LockEvent& event) {
  if (is_there(event.call)) return "this call is there already";
  told_[event.call].reset();
  const ArrivalResult answer = lock_.arrive(event.call, event.arrival, effects_);
  if (answer != event.answer)
    return "the machine answers " + std::string(word_of(answer.admission)) + ", depth " + std::to_string(answer.depth);
  if (is_refused(answer.admission)) told_[event.call] = answer.admission;
  return compare_effects(event);
}

std::string LockReplay::returned(const LockEvent& event) {
  if (is_refused(event.told)) {
    const std::optional<Admission>& told = told_[event.call];
    if (told == event.told) return {};
    return told ? "the machine refused it otherwise: " + std::string(word_of(*told)) : "the machine did not refuse it";
  }
  return lock_.is_inside(event.call) ? std::string() : "the machine did not let it in";
}

std::string LockReplay::compare_effects(const LockEvent& event) {
  for (const Refusal& refusal : effects_.refused) told_[refusal.call] = refusal.reason;
  return effects_ == event.effects ? std::string() : "the machine does something else to other calls";
}

std::string to_string(const LockEvent& event) {
  std::string text(to_word(event.kind));
  if (event.kind != LockEvent::Kind::break_up) text += " call " + std::to_string(event.call);
  if (event.kind == LockEvent::Kind::arrive) {
    const ArrivalResult& answer = event.answer;
    text += answer.lock_id == kNoId ? " without id" : " id " + std::to_string(answer.lock_id);
    text += " -> " + std::string(word_of(answer.admission)) + ", depth " + std::to_string(answer.depth);
  }
  if (event.kind == LockEvent::Kind::returned) text += " -> " + std::string(word_of(event.told));
  append_calls(text, "lets in", event.effects.admitted);
  std::vector<CallSlot> refused;
  for (const Refusal& refusal : event.effects.refused) refused.push_back(refusal.call);
  append_calls(text, "refuses", refused);
  append_calls(text, "cancels", event.effects.cancelled_holders);
  return text;
}

}  // namespace actorsim
