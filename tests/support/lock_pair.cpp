// Each operation done twice, and everything that can be seen from outside compared.
#include "support/lock_pair.h"

#include <algorithm>

namespace actorsim::testing {

std::string describe(const LockStep& step) {
  const std::string call = std::to_string(step.call);
  switch (step.move) {
    case LockMove::arrive:
      return "arrive " + call + " header " + std::to_string(static_cast<int>(step.arrival.header)) + " id " +
             std::to_string(step.arrival.id) + (step.arrival.given_up ? " given up" : "") + " after close " +
             std::to_string(static_cast<int>(step.arrival.after_close));
    case LockMove::release: return "release " + call;
    case LockMove::cancel: return "cancel " + call;
    case LockMove::close: return "close " + call + (step.given_up ? " given up" : "");
  }
  return "?";
}

std::string describe(const std::vector<LockStep>& steps) {
  std::string text;
  for (const LockStep& step : steps) text += describe(step) + "\n";
  return text;
}

bool LockPair::agree(const LockStep& step, CallSlot calls) {
  const ReentrancyId fresh = ++fresh_;
  switch (step.move) {
    case LockMove::arrive: {
      Arrival arrival = step.arrival;
      arrival.fresh = fresh;
      answer_ = lock_.arrive(step.call, arrival, effects_);
      if (answer_ != twin_.arrive(step.call, arrival, twin_effects_)) return false;
      break;
    }
    case LockMove::release:
      lock_.release(step.call, effects_);
      twin_.release(step.call, twin_effects_);
      break;
    case LockMove::cancel:
      lock_.cancel(step.call, effects_);
      twin_.cancel(step.call, twin_effects_);
      break;
    case LockMove::close:
      lock_.close(step.call, step.given_up, effects_, fresh);
      twin_.close(step.call, step.given_up, twin_effects_, fresh);
      break;
  }
  lock_.check_invariants();
  return effects_agree() && lock_.inspect() == twin_.inspect() && calls_agree(calls);
}

void LockPair::append_state(CallSlot calls, std::vector<std::uint32_t>& words) const {
  std::vector<std::uint32_t> names(calls, calls);
  std::uint32_t name = 0;
  for (const CallSlot call : twin_.calls()) names[call] = name++;
  lock_.append_state(names, words);
  twin_.append_state(names, words);
}

bool LockPair::effects_agree() {
  for (LockEffects* effects : {&effects_, &twin_effects_}) {
    std::sort(effects->refused.begin(), effects->refused.end(),
              [](const Refusal& a, const Refusal& b) { return a.call < b.call; });
    std::sort(effects->cancelled_holders.begin(), effects->cancelled_holders.end());
    std::sort(effects->panics.begin(), effects->panics.end(),
              [](const LockPanic& a, const LockPanic& b) { return a.call < b.call; });
  }
  return effects_.admitted == twin_effects_.admitted && effects_.refused == twin_effects_.refused &&
         effects_.cancelled_holders == twin_effects_.cancelled_holders &&
         effects_.closes_returned == twin_effects_.closes_returned && effects_.panics == twin_effects_.panics;
}

bool LockPair::calls_agree(CallSlot calls) const {
  for (CallSlot call = 0; call < calls; ++call) {
    if (lock_.is_inside(call) != twin_.is_inside(call) || lock_.is_waiting(call) != twin_.is_waiting(call))
      return false;
    if (lock_.is_inside(call) && lock_.can_move_queue(call) != twin_.can_move_queue(call)) return false;
  }
  return true;
}

}  // namespace actorsim::testing
