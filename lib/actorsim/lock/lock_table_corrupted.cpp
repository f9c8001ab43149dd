// Rings before 1.18 that have lost count (R7): the original's circle of slots, literally, until the ring is sound
// again.
#include "actorsim/base/check.h"
#include "actorsim/lock/lock_table.h"

namespace actorsim {
namespace {

constexpr std::int32_t kSlotStep = 8;

}  // namespace

// From the list of entries, which is empty, to a circle of empty slots.
void LockTable::corrupt(Lock& lock) {
  ACTORSIM_CHECK(!lock.corrupted && lock.length == 0 && lock.first == kNone);
  lock.front_slot = new_slot();
  slots_[lock.front_slot].next = lock.front_slot;
  slots_[lock.front_slot].previous = lock.front_slot;
  link_slots(lock.front_slot, static_cast<std::int32_t>(lock.slot_count) - 1);
  lock.corrupted = true;
}

void LockTable::append_to_circle(Lock& lock, EntryIndex entry) {
  if (lock.length >= slots_in_circle(lock.front_slot)) {
    link_slots(slot_at(lock.front_slot, lock.length - 1), kSlotStep);
  }
  Slot& slot = slots_[slot_at(lock.front_slot, lock.length)];
  const EntryIndex overwritten = slot.entry;
  slot.entry = entry;
  ++lock.length;
  if (overwritten != kNone) expel(overwritten);
  return_to_sound_state(lock);
}

void LockTable::remove_front_of_circle(Lock& lock) {
  const EntryIndex removed = slots_[lock.front_slot].entry;
  slots_[lock.front_slot].entry = kNone;
  lock.front_slot = slots_[lock.front_slot].next;
  --lock.length;
  if (slots_in_circle(lock.front_slot) - lock.length > 2 * kSlotStep) {
    unlink_slots(lock, slot_at(lock.front_slot, lock.length), kSlotStep);
  }
  if (removed != kNone) expel(removed);
  return_to_sound_state(lock);
}

// A circle whose entries are just those of its length is an ordinary queue again: nothing can tell the difference.
void LockTable::return_to_sound_state(Lock& lock) {
  if (lock.length < 0) return;
  std::int32_t position = 0;
  SlotIndex slot = lock.front_slot;
  do {
    if ((slots_[slot].entry != kNone) != (position < lock.length)) return;
    ++position;
    slot = slots_[slot].next;
  } while (slot != lock.front_slot);

  lock.slot_count = static_cast<std::uint32_t>(position);
  lock.first = kNone;
  lock.last = kNone;
  for (std::int32_t i = 0; i < lock.length; ++i, slot = slots_[slot].next) {
    const EntryIndex index = slots_[slot].entry;
    entries_[index].previous = lock.last;
    entries_[index].next = kNone;
    (lock.last == kNone ? lock.first : entries_[lock.last].next) = index;
    lock.last = index;
    slots_[slot].entry = kNone;
  }
  free_circle(lock.front_slot);
  lock.front_slot = kNone;
  lock.corrupted = false;
}

LockTable::SlotIndex LockTable::slot_at(SlotIndex from, std::int32_t distance) const {
  for (; distance < 0; ++distance) from = slots_[from].previous;
  for (; distance > 0; --distance) from = slots_[from].next;
  return from;
}

std::int32_t LockTable::slots_in_circle(SlotIndex any) const {
  std::int32_t count = 1;
  for (SlotIndex slot = slots_[any].next; slot != any; slot = slots_[slot].next) ++count;
  return count;
}

bool LockTable::same_circle(SlotIndex one, SlotIndex other) const {
  SlotIndex slot = one;
  do {
    if (slot == other) return true;
    slot = slots_[slot].next;
  } while (slot != one);
  return false;
}

LockTable::SlotIndex LockTable::new_slot() {
  if (free_slot_ == kNone) {
    slots_.emplace_back();
    return static_cast<SlotIndex>(slots_.size() - 1);
  }
  const SlotIndex slot = free_slot_;
  free_slot_ = slots_[slot].next;
  slots_[slot] = Slot{};
  return slot;
}

void LockTable::link_slots(SlotIndex before, std::int32_t count) {
  for (; count > 0; --count) {
    const SlotIndex slot = new_slot();
    const SlotIndex after = slots_[before].next;
    slots_[slot].previous = before;
    slots_[slot].next = after;
    slots_[before].next = slot;
    slots_[after].previous = slot;
  }
}

// Short circles are gone round more than once, so what is cut off need not be `count` slots, nor keep the front: the
// four links are set as the original sets them, and then the circle that the front is not in is forgotten with all that
// it holds.
void LockTable::unlink_slots(Lock& lock, SlotIndex before, std::int32_t count) {
  const SlotIndex kept = slot_at(before, count + 1);
  const SlotIndex cut = slots_[before].next;
  const SlotIndex cut_end = slots_[kept].previous;
  slots_[before].next = kept;
  slots_[kept].previous = before;
  slots_[cut].previous = cut_end;
  slots_[cut_end].next = cut;
  if (same_circle(before, cut)) return;
  free_circle(same_circle(lock.front_slot, cut) ? before : cut);
}

void LockTable::free_circle(SlotIndex any) {
  const SlotIndex end = slots_[any].previous;
  for (SlotIndex slot = any;;) {
    const SlotIndex next = slots_[slot].next;
    const bool is_last = slot == end;
    if (slots_[slot].entry != kNone) expel(slots_[slot].entry);
    slots_[slot].next = free_slot_;
    free_slot_ = slot;
    if (is_last) return;
    slot = next;
  }
}

}  // namespace actorsim
