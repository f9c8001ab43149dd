// Reading the machine from outside: its state in the original's terms, as canonical words, and the recomputation of all
// derived state.
#include <algorithm>

#include "actorsim/base/check.h"
#include "actorsim/lock/lock_table.h"

namespace actorsim {

// In the queue front first, then strays by position; outside oldest first. Both lists may be the same vector.
void LockTable::list_entries(const Lock& lock, std::vector<EntryIndex>& queue, std::vector<EntryIndex>& outside) const {
  if (lock.corrupted) {
    SlotIndex slot = lock.front_slot;
    do {
      if (slots_[slot].entry != kNone) queue.push_back(slots_[slot].entry);
      slot = slots_[slot].next;
    } while (slot != lock.front_slot);
  } else {
    for (EntryIndex entry = lock.first; entry != kNone; entry = entries_[entry].next) queue.push_back(entry);
  }
  for (EntryIndex entry = lock.outside; entry != kNone; entry = entries_[entry].next) outside.push_back(entry);
}

std::size_t LockTable::bytes() const {
  return locks_.capacity() * sizeof(Lock) + entries_.capacity() * sizeof(Entry) + calls_.capacity() * sizeof(Call) +
         slots_.capacity() * sizeof(Slot) + index_.bytes();
}

LockStateView LockTable::inspect(LockIndex index) const {
  ACTORSIM_CHECK(index < locks_.size());
  const Lock& lock = locks_[index];
  LockStateView view;
  view.closed = lock.closed;
  if (!rules_.queues_entries) {
    view.active_id = lock.active_id;
    view.depth = lock.depth;
    view.locked = lock.locked;
    view.waiters = lock.length;
    return view;
  }
  const auto see = [this](EntryIndex entry) {
    return EntryView{entries_[entry].id, entries_[entry].depth, entries_[entry].started};
  };
  view.length = lock.length;
  view.front_nil = front_of(lock) == kNone;
  if (!lock.corrupted) {
    for (EntryIndex entry = lock.first; entry != kNone; entry = entries_[entry].next) view.ring.push_back(see(entry));
    return view;
  }
  std::int32_t position = 0;
  SlotIndex slot = lock.front_slot;
  do {
    const EntryIndex entry = slots_[slot].entry;
    if (position < lock.length) {
      view.ring.push_back(see(entry));
    } else if (entry != kNone) {
      view.stray.push_back({position, see(entry)});
    }
    ++position;
    slot = slots_[slot].next;
  } while (slot != lock.front_slot);
  return view;
}

void LockTable::append_waiting(LockIndex index, std::vector<CallSlot>& waiting) const {
  ACTORSIM_CHECK(index < locks_.size());
  const Lock& lock = locks_[index];
  if (!rules_.queues_entries) {
    for (CallSlot call = lock.first; call != kNone; call = calls_[call].next) waiting.push_back(call);
    return;
  }
  std::vector<EntryIndex> entries;
  list_entries(lock, entries, entries);
  for (const EntryIndex entry : entries) {
    for (CallSlot call = entries_[entry].first_call; call != kNone; call = calls_[call].next) {
      if (calls_[call].state == CallState::waiting) waiting.push_back(call);
    }
  }
}

std::vector<EntryCalls> LockTable::entries_with_calls(LockIndex index) const {
  ACTORSIM_CHECK(index < locks_.size());
  const Lock& lock = locks_[index];
  std::vector<EntryCalls> result;
  if (!rules_.queues_entries) {
    for (CallSlot call = lock.first; call != kNone; call = calls_[call].next) {
      result.push_back({{calls_[call].id, 0, false}, false, {call}});
    }
    return result;
  }
  std::vector<EntryIndex> queue, outside;
  list_entries(lock, queue, outside);
  const auto add = [&](const std::vector<EntryIndex>& entries, bool is_outside) {
    for (const EntryIndex entry : entries) {
      result.push_back({{entries_[entry].id, entries_[entry].depth, entries_[entry].started}, is_outside, {}});
      for (CallSlot call = entries_[entry].first_call; call != kNone; call = calls_[call].next) {
        result.back().calls.push_back(call);
      }
    }
  };
  add(queue, false);
  add(outside, true);
  return result;
}

void LockTable::append_state(LockIndex lock, std::vector<std::uint32_t>& words) const {
  append_named_state(
      lock, [](CallSlot call) { return call; }, words);
}

void LockTable::append_state(LockIndex lock, const std::vector<std::uint32_t>& names,
                             std::vector<std::uint32_t>& words) const {
  append_named_state(
      lock, [&](CallSlot call) { return names[call]; }, words);
}

template <typename NameOf>
void LockTable::append_named_state(LockIndex index, NameOf name_of, std::vector<std::uint32_t>& words) const {
  ACTORSIM_CHECK(index < locks_.size());
  const Lock& lock = locks_[index];
  const auto flag = [](bool value, std::uint32_t bit) { return value ? bit : 0U; };
  if (!rules_.queues_entries) {
    words.insert(words.end(), {flag(lock.locked, 1U), lock.active_id, static_cast<std::uint32_t>(lock.depth),
                               static_cast<std::uint32_t>(lock.length)});
    for (CallSlot call = lock.first; call != kNone; call = calls_[call].next) {
      words.insert(words.end(), {name_of(call), calls_[call].id});
    }
    return;
  }

  const auto append_entry_words = [&](EntryIndex entry_index) {
    const Entry& entry = entries_[entry_index];
    words.insert(words.end(), {flag(entry.started, 1U), entry.id, static_cast<std::uint32_t>(entry.depth),
                               static_cast<std::uint32_t>(entry.calls)});
    for (CallSlot call = entry.first_call; call != kNone; call = calls_[call].next) {
      words.insert(words.end(), {name_of(call), flag(calls_[call].cancelled, 1U) | flag(calls_[call].is_close, 2U)});
    }
  };
  words.insert(words.end(),
               {flag(lock.closed, 1U) | flag(lock.corrupted, 2U), static_cast<std::uint32_t>(lock.length)});
  if (lock.corrupted) {
    words.push_back(static_cast<std::uint32_t>(slots_in_circle(lock.front_slot)));
    SlotIndex slot = lock.front_slot;
    do {
      words.push_back(flag(slots_[slot].entry != kNone, 1U));
      if (slots_[slot].entry != kNone) append_entry_words(slots_[slot].entry);
      slot = slots_[slot].next;
    } while (slot != lock.front_slot);
  } else {
    if (rules_.front_can_be_removed_from_empty) words.push_back(lock.slot_count);
    for (EntryIndex entry = lock.first; entry != kNone; entry = entries_[entry].next) append_entry_words(entry);
  }
  for (EntryIndex entry = lock.outside; entry != kNone; entry = entries_[entry].next) {
    words.push_back(1);
    append_entry_words(entry);
  }
  words.push_back(0);
}

bool LockTable::restore(LockIndex index, const std::uint32_t* words, const std::vector<CallSlot>& slots,
                        const std::vector<CallSlot>& inside) {
  if (!rules_.queues_entries) {
    restore_classic(index, words, slots, inside);
    return true;
  }
  if ((words[0] & 2U) != 0) return false;
  const bool is_closed = (words[0] & 1U) != 0;
  const auto length = static_cast<std::int32_t>(words[1]);
  words += 2;
  const std::uint32_t slot_count = rules_.front_can_be_removed_from_empty ? *words++ : 2;
  for (std::int32_t i = 0; i < length; ++i) words = restore_entry(index, false, words, slots);
  while (*words == 1) words = restore_entry(index, true, words + 1, slots);
  locks_[index].closed = is_closed;
  locks_[index].slot_count = std::max(slot_count, static_cast<std::uint32_t>(length));
  return true;
}

void LockTable::restore_classic(LockIndex index, const std::uint32_t* words, const std::vector<CallSlot>& slots,
                                const std::vector<CallSlot>& inside) {
  Lock& lock = locks_[index];
  lock.locked = words[0] != 0;
  lock.active_id = words[1];
  lock.depth = static_cast<std::int32_t>(words[2]);
  lock.length = static_cast<std::int32_t>(words[3]);
  const auto call_of = [&](CallSlot slot) -> Call& {
    if (slot >= calls_.size()) calls_.resize(std::size_t{slot} + 1);
    calls_[slot] = Call{};
    calls_[slot].lock = index;
    return calls_[slot];
  };
  for (const CallSlot slot : inside) call_of(slot).state = CallState::inside;
  words += 4;
  for (std::int32_t i = 0; i < lock.length; ++i, words += 2) {
    const CallSlot slot = slots[words[0]];
    Call& call = call_of(slot);
    call.id = words[1];
    call.state = CallState::waiting;
    call.previous = lock.last;
    (lock.last == kNone ? lock.first : calls_[lock.last].next) = slot;
    lock.last = slot;
  }
}

const std::uint32_t* LockTable::restore_entry(LockIndex lock, bool outside, const std::uint32_t* words,
                                              const std::vector<CallSlot>& slots) {
  const bool started = (words[0] & 1U) != 0;
  // Nobody looks for an entry outside, or while reentrancy is off; there an id may be that of several.
  const bool is_shared = !outside && locks_[lock].enabled;
  const EntryIndex index = append_entry(lock, Identity{words[1], kNoId, is_shared, false}, started);
  const std::uint32_t calls = words[3];
  const auto depth = static_cast<std::int32_t>(words[2]);
  words += 4;
  for (std::uint32_t i = 0; i < calls; ++i, words += 2) {
    const CallSlot slot = slots[words[0]];
    if (slot >= calls_.size()) calls_.resize(std::size_t{slot} + 1);
    attach(index, slot);
    calls_[slot].cancelled = (words[1] & 1U) != 0;
    calls_[slot].is_close = (words[1] & 2U) != 0;
  }
  entries_[index].depth = depth;
  if (outside) take_out(index);
  return words;
}

bool LockTable::is_damaged(LockIndex index) const {
  const Lock& lock = locks_[index];
  if (!rules_.queues_entries) return false;
  if (lock.corrupted || lock.outside != kNone) return true;
  for (EntryIndex entry = lock.first; entry != kNone; entry = entries_[entry].next) {
    if (entries_[entry].depth != entries_[entry].calls || entries_[entry].calls == 0) return true;
  }
  return false;
}

bool LockTable::mentions(ReentrancyId id) const {
  if (!rules_.queues_entries) {
    const auto has_active = [id](const Lock& lock) { return lock.active_id == id; };
    const auto is_of = [id](const Call& call) { return call.state != CallState::idle && call.id == id; };
    return std::any_of(locks_.begin(), locks_.end(), has_active) || std::any_of(calls_.begin(), calls_.end(), is_of);
  }
  return std::any_of(entries_.begin(), entries_.end(),
                     [id](const Entry& entry) { return entry.place != Place::free && entry.id == id; });
}

void LockTable::check_invariants() const {
  std::vector<std::int32_t> classic_inside(locks_.size());
  std::vector<std::int32_t> classic_waiting(locks_.size());
  std::size_t attached = 0;
  for (const Call& call : calls_) {
    if (call.state == CallState::idle) continue;
    ++attached;
    ACTORSIM_CHECK(call.lock < locks_.size());
    if (!rules_.queues_entries) {
      ++(call.state == CallState::inside ? classic_inside : classic_waiting)[call.lock];
      continue;
    }
    const Entry& entry = entries_[call.entry];
    ACTORSIM_CHECK(entry.lock == call.lock && entry.place != Place::free);
    ACTORSIM_CHECK(entry.started == (call.state == CallState::inside));
  }

  std::size_t used_entries = 0;
  std::size_t used_slots = 0;
  std::size_t indexed_entries = 0;
  std::size_t listed_calls = 0;
  std::vector<EntryIndex> queue;
  std::vector<EntryIndex> outside;
  for (std::size_t i = 0; i < locks_.size(); ++i) {
    const Lock& lock = locks_[i];
    if (!rules_.queues_entries) {
      ACTORSIM_CHECK(lock.depth == classic_inside[i] && lock.length == classic_waiting[i]);
      ACTORSIM_CHECK(lock.locked == (lock.depth > 0));
      ACTORSIM_CHECK(lock.locked || (lock.active_id == kNoId && (lock.length == 0 || grants_are_steps_)));
      continue;
    }
    queue.clear();
    outside.clear();
    list_entries(lock, queue, outside);
    used_entries += queue.size() + outside.size();
    if (lock.corrupted) {
      ACTORSIM_CHECK(rules_.front_can_be_removed_from_empty && lock.first == kNone && lock.last == kNone);
      used_slots += static_cast<std::size_t>(slots_in_circle(lock.front_slot));
      SlotIndex slot = lock.front_slot;
      for (std::int32_t at = 0; at < lock.length; ++at, slot = slots_[slot].next) {
        ACTORSIM_CHECK(slots_[slot].entry != kNone);
      }
    } else {
      ACTORSIM_CHECK(lock.length == static_cast<std::int32_t>(queue.size()));
      ACTORSIM_CHECK(lock.last == (queue.empty() ? kNone : queue.back()));
      ACTORSIM_CHECK(lock.slot_count >= queue.size());
    }
    std::uint32_t indexed = 0;
    for (const EntryIndex entry : queue) {
      ACTORSIM_CHECK(entries_[entry].place == Place::queued);
      if (!entries_[entry].is_indexed) continue;
      ++indexed;
      ACTORSIM_CHECK(index_.find(static_cast<LockIndex>(i), entries_[entry].id) == entry);
    }
    ACTORSIM_CHECK(indexed == lock.indexed);
    indexed_entries += indexed;
    for (const EntryIndex entry : outside) {
      ACTORSIM_CHECK(entries_[entry].place == Place::outside && entries_[entry].calls > 0);
      ACTORSIM_CHECK(!entries_[entry].is_indexed);
    }
    queue.insert(queue.end(), outside.begin(), outside.end());
    for (const EntryIndex index : queue) {
      const Entry& entry = entries_[index];
      ACTORSIM_CHECK(entry.lock == i && entry.depth >= entry.calls);
      ACTORSIM_CHECK(rules_.refusal_keeps_depth ||
                     entry.depth == entry.calls);  // only the leak and 1.15's close lose count
      std::int32_t calls = 0;
      CallSlot previous = kNone;
      for (CallSlot call = entry.first_call; call != kNone; call = calls_[call].next) {
        ACTORSIM_CHECK(calls_[call].entry == index && calls_[call].previous == previous);
        ACTORSIM_CHECK(calls_[call].state != CallState::idle);
        previous = call;
        ++calls;
      }
      ACTORSIM_CHECK(entry.calls == calls && entry.last_call == previous);
      listed_calls += static_cast<std::size_t>(calls);
    }
  }
  if (rules_.queues_entries) ACTORSIM_CHECK(listed_calls == attached);

  std::size_t free_entries = 0;
  for (EntryIndex entry = free_entry_; entry != kNone; entry = entries_[entry].next) {
    ACTORSIM_CHECK(entries_[entry].place == Place::free);
    ++free_entries;
  }
  ACTORSIM_CHECK(used_entries + free_entries == entries_.size());
  ACTORSIM_CHECK(indexed_entries == index_.size());
  std::size_t free_slots = 0;
  for (SlotIndex slot = free_slot_; slot != kNone; slot = slots_[slot].next) ++free_slots;
  ACTORSIM_CHECK(used_slots + free_slots == slots_.size());
}

}  // namespace actorsim
