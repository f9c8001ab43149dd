// One actor's lock as a value: a LockTable of one, for whoever has a single lock to move.
#pragma once

#include <cstdint>
#include <vector>

#include "actorsim/lock/lock_table.h"

namespace actorsim {

/// The lock of one actor. Everything that lock_table.h says holds, with the lock left out. A value; not thread-safe
/// (BlockingLock is).
class ActorLock {
 public:
  ActorLock(const LockRules& rules, const LockConfig& config) : table_(rules) { table_.add(config); }

  ArrivalResult arrive(CallSlot call, const Arrival& arrival, LockEffects& effects) {
    return table_.arrive(0, call, arrival, effects);
  }
  void release(CallSlot call, LockEffects& effects) { table_.release(call, effects); }
  void cancel(CallSlot call, LockEffects& effects) { table_.cancel(call, effects); }
  void close(CallSlot closer, bool given_up, LockEffects& effects, ReentrancyId fresh = kNoId) {
    table_.close(0, closer, given_up, effects, fresh);
  }

  bool is_inside(CallSlot call) const { return table_.is_inside(call); }
  bool is_waiting(CallSlot call) const { return table_.is_waiting(call); }
  bool can_move_queue(CallSlot call) const { return table_.can_move_queue(call); }
  bool is_closed() const { return table_.is_closed(0); }
  bool mentions(ReentrancyId id) const { return table_.mentions(id); }

  const LockRules& rules() const { return table_.rules(); }
  LockStateView inspect() const { return table_.inspect(0); }
  void append_state(std::vector<std::uint32_t>& words) const { table_.append_state(0, words); }
  void append_state(const std::vector<std::uint32_t>& names, std::vector<std::uint32_t>& words) const {
    table_.append_state(0, names, words);
  }
  void check_invariants() const { table_.check_invariants(); }

 private:
  LockTable table_;
};

}  // namespace actorsim
