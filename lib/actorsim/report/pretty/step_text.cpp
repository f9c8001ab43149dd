// A sentence for each event, all of one step on one line.
#include "actorsim/report/pretty/step_text.h"

#include <fmt/format.h>

namespace actorsim {
namespace {

class StepText {
 public:
  StepText(const StepRecord& step, const Run* run, const Style& style) : step_(step), run_(run), style_(style) {}

  std::string text() const {
    std::string result;
    for (const StepEvent& event : step_.events) result += (result.empty() ? "" : "; ") + say(event);
    return result.empty() ? say_nothing() : result;
  }

 private:
  // A step that nobody outside notices.
  std::string say_nothing() const {
    const std::string subject = style_.text(step_.subject);
    switch (step_.kind) {
      case Mover::Kind::activity: return subject + " goes on";
      case Mover::Kind::timeout: return "the time of " + subject + " is over";
      case Mover::Kind::retry: return subject + " is tried again";
      case Mover::Kind::trigger: return "a deactivation or a rebalance, with nothing to do yet";
      case Mover::Kind::drain: return "the drain timeout is over";
      case Mover::Kind::idle:
      case Mover::Kind::look_again: return "an actor that leaves is looked at again";
      case Mover::Kind::grant: return "a free lock is handed to a call that has given up";
    }
    return {};
  }

  std::string say(const StepEvent& event) const {
    const std::string actor = style_.text(event.call.actor);
    switch (event.what) {
      case StepEvent::What::entered: return arrival(event.call) + arrives() + "enters";
      case StepEvent::What::re_entered: return arrival(event.call) + arrives() + "re-enters" + depth(event);
      case StepEvent::What::waits: return arrival(event.call) + arrives() + "waits" + reason(event);
      case StepEvent::What::held:
        return arrival(event.call) + arrives() + "is held back: " + actor + " is leaving or moving";
      case StepEvent::What::admitted: return name(event.call) + " gets in" + (event.depth > 1 ? depth(event) : "");
      case StepEvent::What::answered: return name(event.call) + " is answered";
      case StepEvent::What::ended_badly: return fmt::format("{} ends: {}", name(event.call), to_word(event.outcome));
      case StepEvent::What::will_retry:
        return fmt::format("{} ends: {}, and will be tried again", name(event.call), to_word(event.outcome));
      case StepEvent::What::deactivated: return actor + " is deactivated";
      case StepEvent::What::overlapped:
        return fmt::format("{} is inside {} together with {}", name(event.call), actor,
                           event.others.empty() ? "another chain" : name(event.others.front()));
    }
    return {};
  }

  // In a tree there is no room for it.
  std::string arrives() const {
    if (step_.kind == Mover::Kind::retry) return run_ == nullptr ? " again " : " arrives again and ";
    return run_ == nullptr ? " " : " arrives and ";
  }

  static std::string depth(const StepEvent& event) { return fmt::format(", depth {}", event.depth); }

  std::string numbered(const CallName& call) const {
    std::string text = style_.text(call.label);
    if (run_ != nullptr) text += fmt::format(" (call {})", std::uint64_t{call.serial} + 1);
    return text;
  }

  bool is_of_mover(const CallName& call) const {
    return call.chain.trigger == step_.choice.trigger && call.chain.number == step_.choice.number;
  }

  std::string name(const CallName& call) const {
    if (run_ != nullptr) return numbered(call);
    return is_of_mover(call) ? style_.text(call.label) : schedule_text({call.chain}) + "'s " + style_.text(call.label);
  }

  // `client ─▶ A/1.m1`, `A/1 ─▶ B/1.m2`
  std::string arrival(const CallName& call) const {
    const Glyphs& glyphs = style_.glyphs();
    const std::string from = call.caller.empty() ? std::string(to_word(call.starter)) : style_.text(call.caller);
    const std::string target = call.actor + "." + call.method;
    std::string name = target == call.label ? "" : style_.text(call.label);
    if (run_ != nullptr) name += fmt::format("{}call {}", name.empty() ? "" : ", ", std::uint64_t{call.serial} + 1);
    if (!name.empty()) name = " (" + name + ")";
    return fmt::format("{} {} {}{}", from, call.one_way ? glyphs.arrow_send : glyphs.arrow, style_.text(target), name);
  }

  // `: A/1 is held by t1's chain (id r1)`, in a tree ` behind t1`
  std::string reason(const StepEvent& event) const {
    const std::string actor = style_.text(event.call.actor);
    if (event.others.empty())
      return run_ == nullptr ? ", with nobody inside" : ": " + actor + " is locked, with nobody inside";
    const CallName& other = event.others.front();
    const bool is_own = other.chain == event.call.chain && other.starter == event.call.starter;
    const std::string chain = schedule_text({other.chain});
    if (run_ == nullptr) return " behind " + (is_own ? "itself" : chain);
    const std::string text = ": " + actor + " is held by " + (is_own ? "its own chain" : chain + "'s chain");
    const CallRecord* record = run_->find(other.serial);
    if (record != nullptr && record->reentrancy && !record->id.empty())
      return text + fmt::format(" (id {})", style_.text(record->id));
    return text + fmt::format(" (call {})", std::uint64_t{other.serial} + 1);
  }

  const StepRecord& step_;
  const Run* run_;
  const Style& style_;
};

}  // namespace

std::string step_text(const StepRecord& step, const Run* run, const Style& style) {
  return StepText(step, run, style).text();
}

std::vector<std::string> lock_texts(const std::vector<LockLine>& locks, const Run& run, const Style& style) {
  std::vector<std::string> texts;
  for (const LockLine& lock : locks) {
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    for (const std::uint32_t serial : lock.inside) {
      const CallRecord* record = run.find(serial);
      const bool has_id = record != nullptr && record->reentrancy && !record->id.empty();
      add(fmt::format("call {}{}", std::uint64_t{serial} + 1, has_id ? " (" + style.text(record->id) + ")" : ""));
    }
    if (lock.inside.empty()) add(lock.is_free ? "free" : "locked, with nobody inside");
    for (const std::uint32_t serial : lock.waiting) add(fmt::format("call {} waits", std::uint64_t{serial} + 1));
    if (lock.is_closed) add("closed");
    texts.push_back(style.text(lock.actor) + ": " + text);
  }
  return texts;
}

}  // namespace actorsim
