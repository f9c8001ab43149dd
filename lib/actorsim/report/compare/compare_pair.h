// Two runs of one scenario on two releases, and questions about what differs between them. Internal to report/compare/.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "actorsim/report/compare/compare.h"
#include "actorsim/report/compare/compare_calls.h"

namespace actorsim {

/// A call that came out differently; null where it was not made.
struct Difference {
  const CallRecord* older = nullptr;
  const CallRecord* newer = nullptr;
};

/// Refers to its two parts, which must outlive it.
class Pair {
 public:
  Pair(const ReleaseRun& older, const ReleaseRun& newer) : older_(older), newer_(newer) {
    for (const MatchedCalls::Entry& entry : MatchedCalls({&older.run, &newer.run}).in_order())
      note(entry.calls[0], entry.calls[1]);
  }

  const ReleaseRun& older() const { return older_; }
  const ReleaseRun& newer() const { return newer_; }
  const LockRules& old_lock() const { return older_.program.lock_rules; }
  const LockRules& new_lock() const { return newer_.program.lock_rules; }
  const RuntimeRules& old_rules() const { return older_.program.rules; }
  const RuntimeRules& new_rules() const { return newer_.program.rules; }

  bool any_difference(const std::function<bool(const Difference&)>& test) const {
    return std::any_of(differences_.begin(), differences_.end(), test);
  }
  /// A call that has the outcome in one run only.
  bool only_one_has(Outcome outcome) const {
    return any_difference([&](const Difference& difference) {
      const bool before = difference.older != nullptr && difference.older->outcome == outcome;
      const bool after = difference.newer != nullptr && difference.newer->outcome == outcome;
      return before != after;
    });
  }
  bool either_has(Outcome outcome) const {
    return older_.run.counts.of(outcome) > 0 || newer_.run.counts.of(outcome) > 0;
  }
  bool both_have(Outcome outcome) const {
    return older_.run.counts.of(outcome) > 0 && newer_.run.counts.of(outcome) > 0;
  }
  /// Actors go. How a deadlock is broken up that the other run does not have is no reason for anything.
  bool deactivates() const { return deactivates(older_.run, newer_.run) || deactivates(newer_.run, older_.run); }
  bool breaks_up() const {
    return !older_.run.deadlocks.empty() && !newer_.run.deadlocks.empty() &&
           (breaks_up(older_.run) || breaks_up(newer_.run));
  }
  bool has_trigger(Trigger::Kind kind) const {
    const auto& triggers = newer_.program.triggers;
    return std::any_of(triggers.begin(), triggers.end(),
                       [&](const StartTrigger& trigger) { return trigger.kind == kind; });
  }
  /// The index of the type of the first differing call for which `test` holds of its settings before and after.
  Index type_with(const std::function<bool(const LockConfig& before, const LockConfig& after)>& test) const {
    for (const Difference& difference : differences_) {
      const CallRecord& call = difference.newer != nullptr ? *difference.newer : *difference.older;
      const Index type = find_type(call.actor);
      if (type != kNone && test(older_.program.types[type].settings.lock, newer_.program.types[type].settings.lock))
        return type;
    }
    return kNone;
  }

 private:
  void note(const CallRecord* older, const CallRecord* newer) {
    const bool same = older != nullptr && newer != nullptr && older->outcome == newer->outcome &&
                      older->depth == newer->depth && older->entered == newer->entered &&
                      end_of(*older) == end_of(*newer) && older->attempts == newer->attempts &&
                      older->completed == newer->completed && older->header.has_value() == newer->header.has_value();
    if (!same) differences_.push_back({older, newer});
  }

  static bool deactivates(const Run& run, const Run& other) {
    return run.deactivation_count > 0 && (run.deadlocks.empty() || !other.deadlocks.empty());
  }

  static bool breaks_up(const Run& run) {
    return std::any_of(run.deadlocks.begin(), run.deadlocks.end(),
                       [](const DeadlockCycle& cycle) { return cycle.broken_up_at.has_value(); });
  }

  Index find_type(const std::string& actor) const {
    const auto& types = newer_.program.types;
    const std::string name = actor.substr(0, actor.find('/'));
    const auto found =
        std::find_if(types.begin(), types.end(), [&](const ProgramType& type) { return type.name == name; });
    return found == types.end() ? kNone : static_cast<Index>(found - types.begin());
  }

  const ReleaseRun& older_;
  const ReleaseRun& newer_;
  std::vector<Difference> differences_;
};

}  // namespace actorsim
