// Triggers: what the outside does, once, as a load, or again and again.
#include <algorithm>

#include "actorsim/base/check.h"
#include "actorsim/model/model.h"

namespace actorsim {

void Model::release_trigger(World& world, Index index) {
  const StartTrigger& trigger = program_.triggers[index];
  TriggerState& state = world.triggers[index];
  state.released = true;
  state.due = trigger.clients > 0 ? std::min(trigger.clients, trigger.count) : std::min(1U, trigger.count);
  for (std::uint32_t i = 0; i < state.due; ++i) effects_->ready.push_back({{Mover::Kind::trigger, index}, trigger.at});
}

void Model::release_followers(World& world, const StartTrigger& trigger) {
  if (!trigger.followers) return;
  for (const Index follower : *trigger.followers) release_trigger(world, follower);
}

void Model::start_trigger(World& world, Index index) {
  const StartTrigger& trigger = program_.triggers[index];
  ACTORSIM_CHECK(world.triggers[index].released);
  const Index actor = fixed_actors_[trigger.site];
  switch (trigger.kind) {
    case Trigger::Kind::call: start_load_call(world, index); return;
    case Trigger::Kind::timer:
    case Trigger::Kind::reminder: fire_callback(world, index); return;
    case Trigger::Kind::deactivate:
      if (actor < world.actors.size() && world.actors[actor].instance != kNone) {
        if (!deactivate_if_allowed(world, world.actors[actor].instance, index)) return;
      }
      break;
    case Trigger::Kind::rebalance:
      if (world.round.is_open) {
        world.waiting_rebalances.push_back(index);
        return;
      }
      rebalance(world, actor);
      break;
  }
  note_root_answered(world, index);
}

// ---- loads ----------------------------------------------------------------------------------------------------------

void Model::start_load_call(World& world, Index index) {
  const StartTrigger& trigger = program_.triggers[index];
  TriggerState& state = world.triggers[index];
  ACTORSIM_CHECK(state.started < trigger.count);
  load_number_ = state.started++;
  const std::uint32_t started = state.started;
  if (!make_call(world, trigger.site, {})) return;
  if (trigger.clients > 0 || started == trigger.count) return;
  const Nanoseconds delay = time_to_next(trigger, started);
  if (delay == 0) {
    effects_->again = true;
  } else {
    effects_->ready.push_back({{Mover::Kind::trigger, index}, delay});
  }
}

// Call number n of a rate is due n / rate after the first, rounded down; so no error adds up.
Nanoseconds Model::time_to_next(const StartTrigger& trigger, std::uint32_t started) const {
  if (trigger.rate_per_second <= 0) return trigger.every;
  const auto due = [&](std::uint32_t number) {
    return static_cast<Nanoseconds>(static_cast<double>(number) * 1e9 / trigger.rate_per_second);
  };
  return due(started) - due(started - 1);
}

// A trigger that comes after a load starts once all calls of the load have been answered.
void Model::note_root_answered(World& world, Index index) {
  const StartTrigger& trigger = program_.triggers[index];
  TriggerState& state = world.triggers[index];
  ++state.answered;
  if (trigger.clients > 0 && state.due < trigger.count) {
    ++state.due;
    effects_->ready.push_back({{Mover::Kind::trigger, index}, 0});
  }
  if (state.answered < trigger.count) return;
  release_followers(world, trigger);
}

// ---- timers and reminders -------------------------------------------------------------------------------------------

// Where all timers of a sidecar take turns, one that is due while another runs waits for it.
void Model::fire_callback(World& world, Index index) {
  const StartTrigger& trigger = program_.triggers[index];
  TriggerState& state = world.triggers[index];
  const bool takes_turns = trigger.kind == Trigger::Kind::timer && program_.rules.timers_take_turns;
  if (takes_turns && world.timer_is_running) {
    world.due_timers.push_back(index);
    return;
  }
  if (takes_turns) world.timer_is_running = true;
  load_number_ = state.started++;
  if (state.started == 1) state.next_due = world.now;
  make_call(world, trigger.site, {});
}

// The next firing is due `every` after the last one was due, or at once if that has passed while the callback ran.
void Model::note_callback_answered(World& world, Index index) {
  const StartTrigger& trigger = program_.triggers[index];
  TriggerState& state = world.triggers[index];
  ++state.answered;
  if (state.started < trigger.count) {
    state.next_due += trigger.every;
    effects_->ready.push_back({{Mover::Kind::trigger, index}, std::max<Nanoseconds>(0, state.next_due - world.now)});
  } else {
    release_followers(world, trigger);
  }
  if (trigger.kind != Trigger::Kind::timer || !program_.rules.timers_take_turns) return;
  world.timer_is_running = false;
  if (world.due_timers.empty()) return;
  effects_->ready.push_back({{Mover::Kind::trigger, world.due_timers.front()}, 0});
  world.due_timers.erase(world.due_timers.begin());
}

}  // namespace actorsim
