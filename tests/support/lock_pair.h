// The lock machine and its naive twin, driven with the same operations and compared after each of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "actorsim/lock/actor_lock.h"
#include "support/naive_lock.h"

namespace actorsim::testing {

enum class LockMove : std::uint8_t { arrive, release, cancel, close };

struct LockStep {
  LockMove move = LockMove::arrive;
  CallSlot call = 0;
  Arrival arrival;
  bool given_up = false;  ///< of a close
};

/// `arrive 3 header 1 id 2 after close 0`
std::string describe(const LockStep& step);
/// A line for each.
std::string describe(const std::vector<LockStep>& steps);

/// The machine and its twin, always in the same state.
class LockPair {
 public:
  LockPair(LockClass lock_class, const LockConfig& config)
      : lock_(rules_for(lock_class), config), twin_(lock_class, config) {}

  bool is_inside(CallSlot call) const { return lock_.is_inside(call); }
  bool is_waiting(CallSlot call) const { return lock_.is_waiting(call); }
  std::int32_t length() const { return lock_.inspect().length; }
  const ActorLock& lock() const { return lock_; }

  /// Is the id known to either?
  bool mention(ReentrancyId id) const { return lock_.mentions(id) || twin_.mentions(id); }
  /// All that the machine says it is, and all that the twin is, as words. Calls, all of them below `calls`, are named
  /// by the order of their arrival.
  void append_state(CallSlot calls, std::vector<std::uint32_t>& words) const;

  /// Does the same to both. Do they answer the same, does the machine's redundant state add up, and do both look the
  /// same afterwards, as far as calls below `calls` go?
  bool agree(const LockStep& step, CallSlot calls);

  /// What the last step did beside its answer, each list sorted but `admitted` and `closes_returned`.
  const LockEffects& effects() const { return effects_; }
  /// What the last arrival was answered.
  const ArrivalResult& answer() const { return answer_; }
  /// The id that the last step could have generated.
  ReentrancyId last_fresh() const { return fresh_; }
  /// The id that the next step generates if it has to, instead of one more than the last.
  void set_next_fresh(ReentrancyId id) { fresh_ = id - 1; }

 private:
  bool effects_agree();
  bool calls_agree(CallSlot calls) const;

  ActorLock lock_;
  NaiveLock twin_;
  LockEffects effects_;
  LockEffects twin_effects_;
  ArrivalResult answer_;
  ReentrancyId fresh_ = 1000;
};

}  // namespace actorsim::testing
