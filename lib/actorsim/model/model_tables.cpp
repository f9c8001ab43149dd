// Tables of a world: slots for calls, activities and variables, used again when they are free.
#include <algorithm>

#include "actorsim/model/model.h"

namespace actorsim {

Index Model::new_call(World& world) {
  if (world.unused_call == kNone) {
    world.calls.emplace_back();
    return static_cast<Index>(world.calls.size() - 1);
  }
  const Index slot = world.unused_call;
  world.unused_call = world.calls[slot].inside_next;
  world.calls[slot] = Call{};
  return slot;
}

void Model::free_call_if_over(World& world, Index slot) {
  Call& call = world.calls[slot];
  if (call.state != Call::State::answered || call.activities > 0) return;
  if (call.slots != kNone) free_slots(world, call.slots, program_.bodies[call.body].slot_count);
  call.state = Call::State::unused;
  call.inside_next = world.unused_call;
  world.unused_call = slot;
}

Index Model::allocate_slots(World& world, Index count) {
  if (count < world.unused_slots.size() && !world.unused_slots[count].empty()) {
    const Index first = world.unused_slots[count].back();
    world.unused_slots[count].pop_back();
    std::fill_n(world.slots.begin() + first, count, 0);
    std::fill_n(world.slot_texts.begin() + first, count, kNone);
    return first;
  }
  const auto first = static_cast<Index>(world.slots.size());
  world.slots.resize(first + count);
  world.slot_texts.resize(first + count, kNone);
  return first;
}

void Model::free_slots(World& world, Index first, Index count) {
  if (count >= world.unused_slots.size()) world.unused_slots.resize(count + 1);
  world.unused_slots[count].push_back(first);
}

Index Model::new_activity(World& world, Index call, Index pc, Index parent) {
  Index index = world.unused_activity;
  std::uint32_t generation = 0;
  if (index == kNone) {
    world.activities.emplace_back();
    index = static_cast<Index>(world.activities.size() - 1);
  } else {
    world.unused_activity = world.activities[index].next;
    generation = world.activities[index].generation + 1;
    world.activities[index] = Activity{};
  }
  Activity& activity = world.activities[index];
  activity.generation = generation;
  activity.call = call;
  activity.pc = pc;
  activity.parent = parent;
  Call& owner = world.calls[call];
  activity.next = owner.first_activity;
  if (owner.first_activity != kNone) world.activities[owner.first_activity].previous = index;
  owner.first_activity = index;
  ++owner.activities;
  return index;
}

// A branch of `join: any` may be left behind while its parent runs the same steps again, so it has variables of its
// own.
void Model::give_frame(World& world, Index index, Index frame, bool is_copy) {
  world.activities[index].frame = frame;
  const Index count = program_.bodies[world.calls[world.activities[index].call].body].slot_count;
  if (!is_copy || count == 0) return;
  const Index copy = allocate_slots(world, count);
  std::copy_n(world.slots.begin() + frame, count, world.slots.begin() + copy);
  std::copy_n(world.slot_texts.begin() + frame, count, world.slot_texts.begin() + copy);
  world.activities[index].frame = copy;
  world.activities[index].owns_frame = true;
}

void Model::end_activity(World& world, Index index) {
  Activity& activity = world.activities[index];
  Call& owner = world.calls[activity.call];
  if (activity.previous != kNone) {
    world.activities[activity.previous].next = activity.next;
  } else {
    owner.first_activity = activity.next;
  }
  if (activity.next != kNone) world.activities[activity.next].previous = activity.previous;
  --owner.activities;
  if (activity.owns_frame) free_slots(world, activity.frame, program_.bodies[owner.body].slot_count);
  activity.state = Activity::State::unused;
  activity.next = world.unused_activity;
  world.unused_activity = index;
}

}  // namespace actorsim
