// The classic machine (C1 to C5): a mutex, the id of the chain inside, and a depth.
#include "actorsim/base/check.h"
#include "actorsim/lock/lock_table.h"

namespace actorsim {

ArrivalResult LockTable::arrive_classic(LockIndex lock_index, CallSlot call_slot, const Arrival& arrival) {
  Lock& lock = locks_[lock_index];
  const Identity identity = identify(lock, arrival);
  ArrivalResult result{Admission::refused_depth, 0, kNoId, identity.header_seen};
  // The stranger refused at full depth: the limit comes before the id (C1).
  if (lock.depth == lock.limit) return result;
  if (identity.is_shared) result.lock_id = identity.id;

  Call& call = calls_[call_slot];
  call = Call{};
  call.lock = lock_index;
  call.id = identity.id;
  call.state = CallState::inside;
  if (identity.id != kNoId && lock.active_id == identity.id) {
    result.admission = Admission::re_entered;
    result.depth = ++lock.depth;
    return result;
  }
  if (!lock.locked) {
    lock.locked = true;
    lock.active_id = identity.id;
    result.admission = Admission::entered;
    result.depth = ++lock.depth;
    return result;
  }
  // Waiters do not join: nobody looks at the ids of the waiting again (C2).
  call.state = CallState::waiting;
  call.previous = lock.last;
  (lock.last == kNone ? lock.first : calls_[lock.last].next) = call_slot;
  lock.last = call_slot;
  ++lock.length;
  result.admission = Admission::queued;
  result.depth = 1;
  return result;
}

void LockTable::release_classic(CallSlot call_slot, LockEffects& effects) {
  calls_[call_slot].state = CallState::idle;
  Lock& lock = locks_[calls_[call_slot].lock];
  if (--lock.depth != 0) return;
  lock.active_id = kNoId;
  lock.locked = false;
  if (lock.first != kNone && !grants_are_steps_) admit_first(lock, effects);
}

bool LockTable::can_grant(LockIndex lock) const {
  return !rules_.queues_entries && !locks_[lock].locked && locks_[lock].first != kNone;
}

bool LockTable::is_first_waiting(CallSlot call) const {
  return call < calls_.size() && calls_[call].state == CallState::waiting && locks_[calls_[call].lock].first == call;
}

void LockTable::grant(LockIndex lock, LockEffects& effects) {
  ACTORSIM_CHECK(can_grant(lock));
  effects.clear();
  admit_first(locks_[lock], effects);
}

void LockTable::admit_first(Lock& lock, LockEffects& effects) {
  const CallSlot admitted = lock.first;
  Call& call = calls_[admitted];
  lock.first = call.next;
  (lock.first == kNone ? lock.last : calls_[lock.first].previous) = kNone;
  --lock.length;
  call.next = kNone;
  call.state = CallState::inside;
  lock.active_id = call.id;
  lock.locked = true;
  lock.depth = 1;
  effects.admitted.push_back(admitted);
}

}  // namespace actorsim
