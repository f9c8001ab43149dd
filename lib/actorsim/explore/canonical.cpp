// Each part of the world in a fixed order, self-delimiting.
#include "actorsim/explore/canonical.h"

#include <algorithm>

namespace actorsim {
namespace {

std::uint32_t low(std::int64_t value) { return static_cast<std::uint32_t>(value); }
std::uint32_t high(std::int64_t value) { return static_cast<std::uint32_t>(value >> 32); }

// Bits of one word.
class Flags {
 public:
  Flags& add(bool value) {
    bits_ = (bits_ << 1U) | (value ? 1U : 0U);
    return *this;
  }
  std::uint32_t bits() const { return bits_; }

 private:
  std::uint32_t bits_ = 0;
};

}  // namespace

void CanonicalForm::name_calls(const World& world) {
  calls_.clear();
  call_names_.assign(world.calls.size(), kNone);
  for (Index slot = 0; slot < world.calls.size(); ++slot) {
    const Call& call = world.calls[slot];
    if (call.state == Call::State::unused) continue;
    calls_.push_back(slot);
    const Index attempt = call.abandoned ? call.attempts : 0U;
    const std::array<Index, 4> name{call.trigger, call.number, call.path, attempt};
    call_names_[slot] = names_.try_emplace(name, static_cast<Index>(names_.size())).first->second;
  }
  std::sort(calls_.begin(), calls_.end(), [&](Index a, Index b) { return call_names_[a] < call_names_[b]; });
}

// Those of one actor in the order in which they were made. What has gone and has nobody inside is nothing any more.
void CanonicalForm::name_instances(const World& world) {
  std::vector<bool> has_calls(world.instances.size());
  for (const Index slot : calls_) {
    if (world.calls[slot].instance != kNone) has_calls[world.calls[slot].instance] = true;
  }
  instances_.clear();
  for (Index index = 0; index < world.instances.size(); ++index) {
    if (world.instances[index].state != Instance::State::gone || has_calls[index]) instances_.push_back(index);
  }
  std::stable_sort(instances_.begin(), instances_.end(),
                   [&](Index a, Index b) { return world.instances[a].actor < world.instances[b].actor; });
  instance_names_.assign(world.instances.size(), kNone);
  for (Index name = 0; name < instances_.size(); ++name) instance_names_[instances_[name]] = name;
}

void CanonicalForm::write_variables(const World& world, Index first, Index count, Words& words) const {
  for (Index slot = first; slot < first + count; ++slot) {
    words.insert(words.end(), {low(world.slots[slot]), high(world.slots[slot]), world.slot_texts[slot]});
  }
}

void CanonicalForm::write_call(const World& world, Index slot, Words& words) const {
  const Call& call = world.calls[slot];
  const Flags flags = Flags()
                          .add(call.caller != kNone)
                          .add(call.had_to_wait && history_ == History::outcomes)
                          .add(call.re_entered && history_ == History::outcomes)
                          .add(call.carries_header)
                          .add(call.has_deadline)
                          .add(call.abandoned)
                          .add(call.is_callback)
                          .add(call.is_deactivation);
  const auto places = (std::uint32_t{call.built_in_retries} << 16U) | (static_cast<std::uint32_t>(call.state) << 8U) |
                      static_cast<std::uint32_t>(call.stuck);
  words.insert(words.end(), {call.trigger, call.number, call.path, call.actor, call.body, call.site, places,
                             call.attempts, flags.bits(), call.caller_actor, call.carried, call.lock_id,
                             call.header_seen, call.nesting, call.label});
  words.push_back(call.instance == kNone ? kNone : instance_names_[call.instance]);
  if (call.caller_activity == kNone) {
    words.push_back(kNone);
  } else {
    const Activity& waiting = world.activities[call.caller_activity];
    words.insert(words.end(), {call_names_[waiting.call], waiting.path});
  }
  if (call.slots != kNone) write_variables(world, call.slots, program_.bodies[call.body].slot_count, words);
}

void CanonicalForm::write_activities(const World& world, const Call& call, Words& words) {
  threads_.clear();
  for (Index index = call.first_activity; index != kNone; index = world.activities[index].next) {
    threads_.push_back(index);
  }
  std::sort(threads_.begin(), threads_.end(),
            [&](Index a, Index b) { return world.activities[a].path + 1 < world.activities[b].path + 1; });
  words.push_back(static_cast<std::uint32_t>(threads_.size()));
  for (const Index index : threads_) {
    const Activity& activity = world.activities[index];
    const Flags flags = Flags()
                            .add(activity.is_main)
                            .add(activity.owns_frame)
                            .add(activity.failing)
                            .add(activity.is_forking)
                            .add(activity.is_satisfied)
                            .add(activity.parent != kNone)
                            .add(activity.failing && activity.failure == kNone);
    const bool is_calling = activity.state == Activity::State::calling;
    words.insert(words.end(), {activity.path, activity.pc, static_cast<std::uint32_t>(activity.state), flags.bits(),
                               activity.parent == kNone ? kNone : world.activities[activity.parent].path,
                               is_calling ? call_names_[activity.callee] : kNone, activity.pending,
                               activity.failing ? activity.failure : kNone});
    if (activity.owns_frame) write_variables(world, activity.frame, program_.bodies[call.body].slot_count, words);
  }
}

void CanonicalForm::write_instances(const World& world, Words& words) const {
  for (const Index index : instances_) {
    const Instance& instance = world.instances[index];
    const ActorState& actor = world.actors[instance.actor];
    const Flags flags = Flags()
                            .add(actor.instance == index)
                            .add(actor.overlapped)
                            .add(actor.timer_is_running)
                            .add(instance.is_moving)
                            .add(instance.looks_again_at > 0)
                            .add(instance.look_period > 0);
    words.insert(words.end(),
                 {instance.actor, static_cast<std::uint32_t>(instance.state), flags.bits(), instance.pending});
    world.locks.append_state(index, call_names_, words);
  }
  words.push_back(kNone);
  for (Index actor = 0; actor < world.actors.size(); ++actor) {  // not active, yet something is to be told of them
    const ActorState& state = world.actors[actor];
    if (state.instance == kNone && (state.overlapped || state.timer_is_running))
      words.insert(words.end(), {actor, Flags().add(state.overlapped).add(state.timer_is_running).bits()});
  }
  words.push_back(kNone);
}

void CanonicalForm::write_rest(const Situation& situation, Words& words) const {
  const World& world = situation.world;
  for (const TriggerState& state : world.triggers) {
    words.insert(words.end(), {Flags().add(state.released).add(state.has_turn).bits(), state.due, state.started,
                               state.answered, low(state.next_due), high(state.next_due)});
  }
  for (const Index slot : world.held) words.push_back(call_names_[slot]);
  words.push_back(kNone);
  words.insert(words.end(), world.holds.begin(), world.holds.end());
  for (const DueTimer& due : world.due_timers) words.insert(words.end(), {due.trigger, due.actor});
  words.push_back(kNone);
  words.insert(words.end(), world.waiting_rebalances.begin(), world.waiting_rebalances.end());
  words.push_back(kNone);
  const Round& round = world.round;
  words.push_back(
      Flags().add(round.is_open).add(round.is_draining).add(round.is_holding).add(world.timer_is_running).bits());
  if (round.is_open) {
    words.insert(words.end(), {round.instance == kNone ? kNone : instance_names_[round.instance], round.type});
  }
  const std::size_t first = words.size();
  for (const Mover& mover : situation.pending) {
    const bool is_of_an_instance = mover.kind != Mover::Kind::trigger && mover.index != kNone;
    words.push_back((static_cast<std::uint32_t>(mover.kind) << 24U) |
                    (is_of_an_instance ? instance_names_[mover.index] : mover.index & 0xff'ffffU));
  }
  std::sort(words.begin() + static_cast<std::ptrdiff_t>(first), words.end());
  words.push_back(kNone);
  for (const std::vector<Index>& sites : situation.reached) {
    if (history_ == History::none) break;
    words.insert(words.end(), sites.begin(), sites.end());
    words.push_back(kNone);
  }
  words.push_back(static_cast<std::uint32_t>(situation.verdict));
}

void CanonicalForm::write(const Situation& situation, Words& words) {
  const World& world = situation.world;
  words.clear();
  name_calls(world);
  name_instances(world);
  words.push_back(static_cast<std::uint32_t>(calls_.size()));
  for (const Index slot : calls_) {
    write_call(world, slot, words);
    write_activities(world, world.calls[slot], words);
  }
  write_instances(world, words);
  write_rest(situation, words);
}

}  // namespace actorsim
