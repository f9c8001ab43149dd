// The ring machine (R1 to R9, D1 to D3) in its ordinary states: the queue as a list of entries, each with the list of
// its calls.
#include <algorithm>
#include <limits>

#include "actorsim/base/check.h"
#include "actorsim/lock/lock_table.h"

namespace actorsim {
namespace {

// dapr/kit's ring.Buffered as Dapr makes it; before 1.18 the number of slots decides what becomes of a corrupted ring
// (R7).
constexpr std::uint32_t kSlotStep = 8;

// Longer queues are searched through the index.
constexpr std::int32_t kWalkedEntries = 16;

}  // namespace

ArrivalResult LockTable::arrive_ring(LockIndex lock_index, CallSlot call, const Arrival& arrival) {
  Lock& lock = locks_[lock_index];
  const Identity identity = identify(lock, arrival);
  ArrivalResult result{Admission::entered, 1, identity.is_shared ? identity.id : kNoId, identity.header_seen};

  EntryIndex index = kNone;
  if (!identity.is_shared || lock.length == 0) {
    const bool started = front_of(lock) == kNone;
    index = append_entry(lock_index, identity, started);
    if (!started) result.admission = Admission::queued;
  } else {
    if (!identity.is_generated) index = find(lock_index, identity.id);
    if (index == kNone) {
      index = append_entry(lock_index, identity, false);
      result.admission = Admission::queued;
    } else {
      Entry& entry = entries_[index];
      ACTORSIM_CHECK(entry.depth < std::numeric_limits<std::int32_t>::max());
      if (entry.depth + 1 > lock.limit) {
        if (rules_.refusal_keeps_depth) ++entry.depth;  // the depth leak (R3)
        return {Admission::refused_depth, 0, kNoId, identity.header_seen};
      }
      result.depth = ++entry.depth;
      result.admission = entry.started ? Admission::re_entered : Admission::queued;
    }
  }
  attach(index, call);
  return result;
}

// The two random choices of the original, made by the arrival (R9).
ArrivalResult LockTable::arrive_after_close(LockIndex lock, CallSlot call, const Arrival& arrival,
                                            LockEffects& effects) {
  if (arrival.after_close == AfterClose::refused || !rules_.leaving_waiter_removes_front) {
    return {Admission::refused_closed, 0, kNoId, arrival.header == Header::present ? arrival.id : kNoId};
  }
  const ArrivalResult result = arrive_ring(lock, call, arrival);
  if (is_refused(result.admission)) return result;
  if (is_admitted(result.admission) && arrival.after_close == AfterClose::entered) {
    calls_[call].cancelled = true;
    effects.cancelled_holders.push_back(call);
    return result;
  }
  leave(call, false, effects);
  return {Admission::refused_closed, 0, kNoId, result.header_seen};
}

void LockTable::release_ring(CallSlot call, LockEffects& effects) { leave(call, true, effects); }

void LockTable::cancel_ring(CallSlot call, LockEffects& effects) {
  if (calls_[call].state == CallState::inside) {
    if (calls_[call].cancelled) return;
    calls_[call].cancelled = true;
    effects.cancelled_holders.push_back(call);
    return;
  }
  const LockIndex lock = entries_[calls_[call].entry].lock;
  const bool is_close = calls_[call].is_close;
  if (!is_close) effects.refused.push_back({call, Admission::refused_cancelled});
  leave(call, false, effects);
  if (is_close) close_now(lock, call, effects);
}

// A close of 1.16.0 waits in the ring as an anonymous call would (R8).
void LockTable::queue_close(LockIndex lock, CallSlot closer, ReentrancyId fresh, LockEffects& effects) {
  const bool started = front_of(locks_[lock]) == kNone;
  const EntryIndex entry = append_entry(lock, Identity{fresh, kNoId, false, false}, started);
  if (started) {
    close_now(lock, closer, effects);
    return;
  }
  if (closer >= calls_.size()) calls_.resize(std::size_t{closer} + 1);
  ACTORSIM_CHECK(calls_[closer].state == CallState::idle);
  attach(entry, closer);
  calls_[closer].is_close = true;
}

void LockTable::close_now(LockIndex lock, CallSlot closer, LockEffects& effects) {
  if (locks_[lock].closed) {
    if (rules_.second_close_panics) {
      effects.panics.push_back({closer, false});
    } else {
      effects.closes_returned.push_back(closer);
    }
    return;
  }
  locks_[lock].closed = true;

  std::vector<EntryIndex> entries;
  list_entries(locks_[lock], entries, entries);
  std::vector<CallSlot> waiting;
  for (const EntryIndex entry : entries) {
    for (CallSlot call = entries_[entry].first_call; call != kNone; call = calls_[call].next) {
      if (calls_[call].state == CallState::waiting) {
        waiting.push_back(call);
      } else if (rules_.close_cancels_holders && !calls_[call].cancelled) {
        calls_[call].cancelled = true;
        effects.cancelled_holders.push_back(call);
      }
    }
  }
  // All are refused before the first of them leaves: what the leaving starts finds nobody to admit.
  for (const CallSlot call : waiting) calls_[call].state = CallState::idle;
  for (const CallSlot call : waiting) {
    if (!calls_[call].is_close) effects.refused.push_back({call, Admission::refused_closed});
    if (rules_.refused_by_close_release) {
      leave(call, false, effects);
    } else {
      detach(call);
    }
    if (calls_[call].is_close) effects.panics.push_back({call, false});  // a second close that waited for its turn
  }
  effects.closes_returned.push_back(closer);
}

// The call lets go of its entry; at depth 0 something is removed, by rule R4 the front, whoever's it is.
void LockTable::leave(CallSlot call, bool in_release, LockEffects& effects) {
  const EntryIndex entry = calls_[call].entry;
  const LockIndex lock = entries_[entry].lock;
  detach(call);
  if (--entries_[entry].depth == 0) {
    if (in_release || rules_.leaving_waiter_removes_front) {
      remove_front(lock);  // a waiting call thus evicts the holder and leaves a ghost (R6)
      if (const EntryIndex front = front_of(locks_[lock]); front != kNone) start(front, call, in_release, effects);
    } else {
      take_out(entry);  // D2
    }
  }
  forget_if_over(entry);
}

void LockTable::start(EntryIndex index, CallSlot by, bool in_release, LockEffects& effects) {
  Entry& entry = entries_[index];
  if (entry.started) {
    // Nothing is removed from an empty ring from 1.18 on and by docs, and nothing else can start an entry twice.
    if (rules_.front_can_be_removed_from_empty) effects.panics.push_back({by, in_release});
    return;
  }
  entry.started = true;
  if (entry.first_call != kNone && calls_[entry.first_call].is_close) {
    const CallSlot closer = entry.first_call;
    if (calls_[closer].state != CallState::waiting) return;  // refused by another close at this moment
    detach(closer);
    close_now(entry.lock, closer, effects);
    return;
  }
  for (CallSlot call = entry.first_call; call != kNone; call = calls_[call].next) {
    if (calls_[call].state != CallState::waiting) continue;  // refused by a close at this moment
    calls_[call].state = CallState::inside;
    effects.admitted.push_back(call);
  }
}

void LockTable::remove_front(LockIndex lock_index) {
  Lock& lock = locks_[lock_index];
  if (lock.length == 0 && !lock.corrupted) {
    if (!rules_.front_can_be_removed_from_empty) return;
    corrupt(lock);  // R7
  }
  if (lock.corrupted) {
    remove_front_of_circle(lock);
    return;
  }
  take_out(lock.first);
  if (lock.slot_count - static_cast<std::uint32_t>(lock.length) > 2 * kSlotStep) lock.slot_count -= kSlotStep;
}

// Out of a sound queue, wherever it stands there.
void LockTable::take_out(EntryIndex index) {
  Entry& entry = entries_[index];
  Lock& lock = locks_[entry.lock];
  if (entry.is_indexed) {
    index_.erase(entry.lock, entry.id);
    entry.is_indexed = false;
    --lock.indexed;
  }
  (entry.previous == kNone ? lock.first : entries_[entry.previous].next) = entry.next;
  (entry.next == kNone ? lock.last : entries_[entry.next].previous) = entry.previous;
  --lock.length;
  expel(index);
}

// The ring has let go of the entry. While it has calls it is kept outside, else it is over.
void LockTable::expel(EntryIndex index) {
  if (entries_[index].calls == 0) {
    free_entry(index);
  } else {
    push_outside(index);
  }
}

void LockTable::push_outside(EntryIndex index) {
  Entry& entry = entries_[index];
  Lock& lock = locks_[entry.lock];
  entry.place = Place::outside;
  entry.next = kNone;
  if (lock.outside == kNone) {
    lock.outside = index;
    entry.previous = index;
  } else {
    Entry& oldest = entries_[lock.outside];
    entry.previous = oldest.previous;
    entries_[oldest.previous].next = index;
    oldest.previous = index;
  }
}

void LockTable::forget_if_over(EntryIndex index) {
  const Entry& entry = entries_[index];
  if (entry.place != Place::outside || entry.calls != 0) return;
  Lock& lock = locks_[entry.lock];
  const EntryIndex next = entry.next;
  const EntryIndex previous = entry.previous;
  if (lock.outside == index) {
    lock.outside = next;
    if (next != kNone) entries_[next].previous = previous;
  } else {
    entries_[previous].next = next;
    entries_[next == kNone ? lock.outside : next].previous = previous;
  }
  free_entry(index);
}

LockTable::EntryIndex LockTable::find(LockIndex lock_index, ReentrancyId id) const {
  const Lock& lock = locks_[lock_index];
  if (!lock.corrupted) {
    // Behind the first entry that is in the index all are that can be searched for (append_entry).
    EntryIndex index = lock.first;
    while (index != kNone && entries_[index].id != id) {
      if (entries_[index].is_indexed) return index_.find(lock_index, id);
      index = entries_[index].next;
    }
    return index;
  }
  SlotIndex slot = lock.front_slot;
  for (std::int32_t i = 0; i < lock.length; ++i, slot = slots_[slot].next) {
    const EntryIndex index = slots_[slot].entry;
    ACTORSIM_CHECK(index != kNone);  // below its length the ring has no holes, corrupted or not
    if (entries_[index].id == id) return index;
  }
  return kNone;
}

LockTable::EntryIndex LockTable::append_entry(LockIndex lock_index, const Identity& identity, bool started) {
  const EntryIndex index = new_entry();
  Entry& entry = entries_[index];
  entry = Entry{};
  entry.id = identity.id;
  entry.depth = 1;
  entry.lock = lock_index;
  entry.started = started;
  entry.place = Place::queued;
  Lock& lock = locks_[lock_index];
  if (lock.corrupted) {
    append_to_circle(lock, index);
    return index;
  }
  if (static_cast<std::uint32_t>(lock.length) >= lock.slot_count) lock.slot_count += kSlotStep;
  entry.previous = lock.last;
  (lock.last == kNone ? lock.first : entries_[lock.last].next) = index;
  lock.last = index;
  if (identity.is_shared && (lock.indexed > 0 || lock.length >= kWalkedEntries)) {
    index_.insert(lock_index, identity.id, index);
    entry.is_indexed = true;
    ++lock.indexed;
  }
  ++lock.length;
  return index;
}

void LockTable::attach(EntryIndex index, CallSlot slot) {
  Entry& entry = entries_[index];
  Call& call = calls_[slot];
  call = Call{};
  call.lock = entry.lock;
  call.entry = index;
  call.previous = entry.last_call;
  call.state = entry.started ? CallState::inside : CallState::waiting;
  (entry.last_call == kNone ? entry.first_call : calls_[entry.last_call].next) = slot;
  entry.last_call = slot;
  ++entry.calls;
}

void LockTable::detach(CallSlot slot) {
  Call& call = calls_[slot];
  Entry& entry = entries_[call.entry];
  (call.previous == kNone ? entry.first_call : calls_[call.previous].next) = call.next;
  (call.next == kNone ? entry.last_call : calls_[call.next].previous) = call.previous;
  --entry.calls;
  call.state = CallState::idle;
}

LockTable::EntryIndex LockTable::front_of(const Lock& lock) const {
  return lock.corrupted ? slots_[lock.front_slot].entry : lock.first;
}

LockTable::EntryIndex LockTable::new_entry() {
  if (free_entry_ == kNone) {
    entries_.emplace_back();
    return static_cast<EntryIndex>(entries_.size() - 1);
  }
  const EntryIndex index = free_entry_;
  free_entry_ = entries_[index].next;
  return index;
}

void LockTable::free_entry(EntryIndex index) {
  entries_[index].place = Place::free;
  entries_[index].next = free_entry_;
  free_entry_ = index;
}

}  // namespace actorsim
