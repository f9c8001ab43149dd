// Arrivals, entries and ends of the calls, sorted by when they happened, each as a line or two.
#include "actorsim/report/formats/sequence.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/report/escape/mermaid.h"
#include "actorsim/report/pretty/layout.h"

namespace actorsim {
namespace {

struct Moment {
  enum class What : std::uint8_t { arrives, enters, ends, closes };
  std::uint64_t event = 0;
  What what = What::arrives;
  const CallRecord* call = nullptr;      // none where a circle closes
  const DeadlockCycle* cycle = nullptr;  // then
};

constexpr std::size_t kLongestTitle = 100;

class SequenceDiagram {
 public:
  SequenceDiagram(const Run& run, std::string_view title, std::size_t most_calls) : run_(run) {
    shown_ = std::min(run.calls.size(), most_calls);
    name_participants();
    text_ = "sequenceDiagram\n";
    if (!title.empty()) line("title " + mermaid_text(shorten_middle(printable(title), kLongestTitle, "…")));
    for (const auto& [name, text] : participants_) line(fmt::format("{} as {}", name, mermaid_text(text)));
    for (const Moment& moment : moments()) tell(moment);
    tell_end();
  }

  std::string text() && { return std::move(text_); }

 private:
  void line(const std::string& text) { text_ += "  " + text + "\n"; }

  // ---- who takes part ----

  void name_participants() {
    std::set<Index> triggers;
    for (std::size_t i = 0; i < shown_; ++i) {
      if (!run_.calls[i].caller) triggers.insert(run_.calls[i].trigger);
    }
    for (std::size_t i = 0; i < shown_; ++i) {
      if (!run_.calls[i].caller) add_starter(run_.calls[i], triggers.size() > 1);
    }
    for (std::size_t i = 0; i < shown_; ++i) {
      const CallRecord& call = run_.calls[i];
      if (actors_.try_emplace(call.actor, fmt::format("a{}", actors_.size() + 1)).second)
        participants_.emplace_back("participant " + actors_[call.actor], call.actor);
    }
  }

  void add_starter(const CallRecord& call, bool is_one_of_several) {
    if (!starters_.try_emplace(call.trigger, fmt::format("c{}", starters_.size() + 1)).second) return;
    std::string text(to_word(call.starter));
    if (is_one_of_several && call.trigger != kNone) text += fmt::format(" t{}", std::uint64_t{call.trigger} + 1);
    const std::string_view kind = call.starter == Starter::client ? "actor " : "participant ";
    participants_.emplace_back(std::string(kind) + starters_[call.trigger], text);
  }

  const std::string& actor_of(const CallRecord& call) const { return actors_.at(call.actor); }

  // Who made the call: its caller's actor, or whoever started the chain.
  std::string caller_of(const CallRecord& call) const {
    const CallRecord* caller = call.caller ? run_.find(*call.caller) : nullptr;
    if (caller != nullptr && actors_.count(caller->actor) > 0) return actors_.at(caller->actor);
    const auto starter = starters_.find(call.trigger);
    return starter == starters_.end() ? actor_of(call) : starter->second;
  }

  // ---- what happens ----

  std::vector<Moment> moments() const {
    std::vector<Moment> result;
    for (std::size_t i = 0; i < shown_; ++i) {
      const CallRecord& call = run_.calls[i];
      result.push_back({call.made_event, Moment::What::arrives, &call});
      if (call.entered_event > 0) result.push_back({call.entered_event, Moment::What::enters, &call});
      if (call.ended_event > 0) result.push_back({call.ended_event, Moment::What::ends, &call});
    }
    for (const DeadlockCycle& cycle : run_.deadlocks)
      result.push_back({closing_event(cycle), Moment::What::closes, nullptr, &cycle});
    std::stable_sort(result.begin(), result.end(), [](const Moment& a, const Moment& b) { return a.event < b.event; });
    return result;
  }

  // A circle of waits is closed by the last of its calls that comes.
  std::uint64_t closing_event(const DeadlockCycle& cycle) const {
    std::uint64_t event = 0;
    for (const DeadlockCycle::Hop& hop : cycle.hops) {
      const CallRecord* call = run_.find(hop.call);
      if (call != nullptr) event = std::max(event, call->made_event);
    }
    return event;
  }

  void tell(const Moment& moment) {
    switch (moment.what) {
      case Moment::What::arrives: return tell_arrival(*moment.call);
      case Moment::What::enters: return tell_entry(*moment.call);
      case Moment::What::ends: return tell_end_of(*moment.call);
      case Moment::What::closes: return tell_deadlock(*moment.cycle);
    }
  }

  void note(const CallRecord& call, const std::string& text) {
    line(fmt::format("Note over {}: {}", actor_of(call), mermaid_text(text)));
  }

  static std::string number(const CallRecord& call) { return fmt::format("call {}", std::uint64_t{call.serial} + 1); }

  static std::string message(const CallRecord& call) {
    const bool is_labelled = call.label != call.actor + "." + call.method;
    std::string text = number(call) + ": " + call.method;
    if (is_labelled) text += fmt::format(" ({})", call.label);
    if (call.arrived > 0) text += " at " + format_duration(call.arrived);
    return text;
  }

  // Is it turned away on arrival?
  static bool is_refused(const CallRecord& call) {
    switch (call.outcome) {
      case Outcome::exceeded:
      case Outcome::closed:
      case Outcome::not_hosted: return call.entered_event == 0;
      case Outcome::deadlocked:
      case Outcome::stranded:
      case Outcome::timed_out:
      case Outcome::cancelled:
      case Outcome::failed:
      case Outcome::blocked:
      case Outcome::re_entered:
      case Outcome::entered:
      case Outcome::skipped: return false;
    }
    return false;
  }

  void tell_arrival(const CallRecord& call) {
    const std::string_view arrow = call.one_way ? "-)" : is_refused(call) ? "-x" : "->>";
    line(fmt::format("{}{}{}: {}", caller_of(call), arrow, actor_of(call), mermaid_text(message(call))));
    if (is_refused(call)) {
      const std::string limit =
          call.outcome == Outcome::exceeded ? fmt::format(", the limit is {}", call.max_depth) : std::string();
      note(call, number(call) + " " + std::string(to_word(call.outcome)) + limit);
    } else if (call.had_to_wait) {
      const std::string behind = call.behind ? fmt::format(" for call {}", std::uint64_t{*call.behind} + 1) : "";
      note(call, number(call) + " waits" + behind);
    }
  }

  void tell_entry(const CallRecord& call) {
    line("activate " + actor_of(call));
    active_.insert(call.serial);
    if (call.outcome == Outcome::re_entered) {
      note(call, fmt::format("{} re-enters, depth {}", number(call), call.depth));
    } else if (call.had_to_wait) {
      note(call, number(call) + " gets in");
    }
    for (const OverlapRecord& overlap : run_.overlaps) {
      if (overlap.entering == call.serial)
        note(call, fmt::format("overlap: call {} is inside, too", std::uint64_t{overlap.inside} + 1));
    }
  }

  static std::string ending(const CallRecord& call) {
    const bool is_bad = verdict_of(call.outcome) != Verdict::ok;
    std::string text = number(call) + " " + (is_bad ? std::string(to_word(call.outcome)) : "cut off");
    if (*call.ended > call.arrived) text += " at " + format_duration(*call.ended);
    return text;
  }

  void tell_end_of(const CallRecord& call) {
    if (!call.one_way && !is_refused(call)) {
      const std::string_view arrow = call.completed ? "-->>" : "--x";
      const std::string text = call.completed ? "reply" : mermaid_text(ending(call));
      line(fmt::format("{}{}{}: {}", actor_of(call), arrow, caller_of(call), text));
    }
    if (active_.erase(call.serial) > 0) line("deactivate " + actor_of(call));
  }

  // A line for each wait, on red ground.
  void tell_deadlock(const DeadlockCycle& cycle) {
    const auto [first, last] = extent(cycle);
    if (first.empty()) return;
    std::string text = "deadlock";
    for (std::size_t i = 0; i < cycle.hops.size(); ++i) {
      const DeadlockCycle::Hop& hop = cycle.hops[i];
      const std::uint64_t next = cycle.hops[(i + 1) % cycle.hops.size()].call;
      text += "<br/>" + mermaid_text(fmt::format("call {} waits for call {}, {}", std::uint64_t{hop.call} + 1, next + 1,
                                                 hop.waits_for_lock ? "which holds the lock" : "for its reply"));
    }
    line("rect rgba(220, 40, 40, 0.2)");
    line(fmt::format("Note over {}: {}", first == last ? first : first + "," + last, text));
    line("end");
  }

  // ---- how it ends ----

  void tell_end() {
    for (std::size_t i = 0; i < shown_; ++i) {
      const CallRecord& call = run_.calls[i];
      if (call.outcome == Outcome::stranded && call.ended_event == 0) note(call, number(call) + " stranded");
    }
    const std::uint64_t left_out = run_.calls.size() - shown_ + run_.calls_left_out;
    if (left_out > 0 && !participants_.empty()) {
      line(fmt::format("Note over {}: {}", actors_.begin()->second,
                       mermaid_text(fmt::format("{} more calls are left out", left_out))));
    }
    for (const std::uint32_t serial : active_) line("deactivate " + actor_of(*run_.find(serial)));  // else no bar
  }

  // The outermost actors of a cycle, as they stand beside each other.
  std::pair<std::string, std::string> extent(const DeadlockCycle& cycle) const {
    std::vector<std::string> names;
    for (const auto& [name, text] : participants_) {
      if (std::find(cycle.actors.begin(), cycle.actors.end(), text) == cycle.actors.end()) continue;
      const auto found = actors_.find(text);
      if (found != actors_.end()) names.push_back(found->second);
    }
    return names.empty() ? std::pair<std::string, std::string>() : std::pair(names.front(), names.back());
  }

  const Run& run_;
  std::size_t shown_ = 0;
  std::vector<std::pair<std::string, std::string>> participants_;  // `participant a1` and what it is called
  std::map<std::string, std::string> actors_;                      // by name: `a1`
  std::map<Index, std::string> starters_;                          // by trigger: `c1`
  std::set<std::uint32_t> active_;                                 // calls whose turn has begun
  std::string text_;
};

}  // namespace

std::string sequence_diagram(const Run& run, std::string_view title, std::size_t most_calls) {
  return SequenceDiagram(run, title, most_calls).text();
}

}  // namespace actorsim
