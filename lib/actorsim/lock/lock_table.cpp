// The table's front door: which id an arrival has, and which of the two machines moves.
#include "actorsim/lock/lock_table.h"

#include <algorithm>

#include "actorsim/base/check.h"

namespace actorsim {

LockTable::LockTable(const LockRules& rules) : rules_(rules) {}

LockIndex LockTable::add(const LockConfig& config) {
  Lock lock;
  lock.enabled = config.enabled;
  lock.limit = config.max_stack_depth;
  if (rules_.limit_is_at_least_one) lock.limit = std::max<std::int64_t>(lock.limit, 1);
  if (!rules_.queues_entries) lock.limit = static_cast<std::int32_t>(lock.limit);  // C1
  locks_.push_back(lock);
  return static_cast<LockIndex>(locks_.size() - 1);
}

ArrivalResult LockTable::arrive(LockIndex lock, CallSlot call, const Arrival& arrival, LockEffects& effects) {
  effects.clear();
  ACTORSIM_CHECK(lock < locks_.size());
  if (call >= calls_.size()) calls_.resize(std::size_t{call} + 1);
  ACTORSIM_CHECK(calls_[call].state == CallState::idle);
  if (!rules_.queues_entries) return arrive_classic(lock, call, arrival);
  if (arrival.given_up && rules_.notices_cancellation) {
    return {Admission::refused_cancelled, 0, kNoId, arrival.header == Header::present ? arrival.id : kNoId};
  }
  if (locks_[lock].closed) return arrive_after_close(lock, call, arrival, effects);
  return arrive_ring(lock, call, arrival);
}

void LockTable::release(CallSlot call, LockEffects& effects) {
  effects.clear();
  ACTORSIM_CHECK(is_inside(call));
  if (rules_.queues_entries) {
    release_ring(call, effects);
  } else {
    release_classic(call, effects);
  }
}

void LockTable::cancel(CallSlot call, LockEffects& effects) {
  effects.clear();
  ACTORSIM_CHECK(is_inside(call) || is_waiting(call));
  if (rules_.notices_cancellation) cancel_ring(call, effects);
}

void LockTable::close(LockIndex lock, CallSlot closer, bool given_up, LockEffects& effects, ReentrancyId fresh) {
  effects.clear();
  ACTORSIM_CHECK(lock < locks_.size());
  if (!rules_.knows_closing) {
    effects.closes_returned.push_back(closer);  // C5
  } else if (rules_.close_waits_for_its_turn && !given_up && !locks_[lock].closed) {
    queue_close(lock, closer, fresh, effects);
  } else {
    close_now(lock, closer, effects);
  }
}

bool LockTable::is_inside(CallSlot call) const {
  return call < calls_.size() && calls_[call].state == CallState::inside;
}

bool LockTable::is_waiting(CallSlot call) const {
  return call < calls_.size() && calls_[call].state == CallState::waiting;
}

bool LockTable::can_move_queue(CallSlot call) const {
  ACTORSIM_CHECK(is_inside(call));
  if (!rules_.queues_entries) return true;
  const Entry& entry = entries_[calls_[call].entry];
  return entry.depth == entry.calls;
}

bool LockTable::is_closed(LockIndex lock) const {
  ACTORSIM_CHECK(lock < locks_.size());
  return locks_[lock].closed;
}

LockTable::Identity LockTable::identify(const Lock& lock, const Arrival& arrival) const {
  const bool carries = arrival.header == Header::present;
  const ReentrancyId carried = carries ? arrival.id : kNoId;
  if (arrival.header == Header::no_request && rules_.no_request_is_anonymous) {
    return {arrival.fresh, kNoId, false, false};
  }
  const bool shows_generated = arrival.header != Header::without_values || rules_.replaces_empty_header;
  if (lock.enabled) {
    ACTORSIM_CHECK((carries ? carried : arrival.fresh) != kNoId);
    if (carries) return {carried, carried, true, false};
    return {arrival.fresh, shows_generated ? arrival.fresh : kNoId, shows_generated, true};
  }
  Identity off{kNoId, carried, false, false};
  if (!carries && rules_.off_generates_header && shows_generated) off.header_seen = arrival.fresh;
  if (rules_.queues_entries || rules_.off_generates_lock_id) off.id = arrival.fresh;
  if (rules_.off_takes_header_as_id && carries) off.id = carried;
  return off;
}

}  // namespace actorsim
