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
      if (actor < world.actors.size() && world.actors[actor].instance != kNone)
        deactivate_if_allowed(world, world.actors[actor].instance);
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
  load_number_ = trigger.first_number + state.started++;
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
  const Index counter = trigger.counted_by == kNone ? index : trigger.counted_by;
  const StartTrigger& counting = program_.triggers[counter];
  ++world.triggers[counter].answered;
  TriggerState& state = world.triggers[index];
  if (trigger.clients > 0 && state.due < trigger.count) {
    ++state.due;
    effects_->ready.push_back({{Mover::Kind::trigger, index}, 0});
  }
  if (world.triggers[counter].answered < (counting.awaited > 0 ? counting.awaited : counting.count)) return;
  release_followers(world, counting);
}

// ---- timers and reminders -------------------------------------------------------------------------------------------

void Model::fire_callback(World& world, Index index) {
  const StartTrigger& trigger = program_.triggers[index];
  TriggerState& state = world.triggers[index];
  if (takes_turns(trigger)) {
    if (state.started == 0 && !state.has_turn) state.next_due = world.now;
    const std::optional<Index> actor = callback_actor(world, index);
    if (!actor) return;
    bool& is_running = running_timer(world, *actor);
    if (is_running && !state.has_turn) {
      wait_for_turn(world, index, *actor);
      return;
    }
    is_running = true;
    state.has_turn = false;
  } else if (state.started == 0) {
    state.next_due = world.now;
  }
  load_number_ = state.started++;
  make_call(world, trigger.site, {});
}

// The next firing is due `every` after the last one was due, or at once if that has passed while the callback ran.
void Model::note_callback_answered(World& world, Index slot, const CallEnd& end) {
  const Index index = world.calls[slot].trigger;
  const StartTrigger& trigger = program_.triggers[index];
  TriggerState& state = world.triggers[index];
  ++state.answered;
  const bool stops =
      end.how != CallEnd::How::answered && trigger.kind == Trigger::Kind::timer && program_.rules.failed_timer_stops;
  if (state.started < trigger.count && !stops) {
    state.next_due += trigger.every;
    if (takes_turns(trigger) && state.next_due <= world.now) {
      const std::optional<Index> actor = callback_actor(world, index);
      if (!actor) return;
      wait_for_turn(world, index, *actor);
    } else {
      effects_->ready.push_back({{Mover::Kind::trigger, index}, std::max<Nanoseconds>(0, state.next_due - world.now)});
    }
  } else {
    release_followers(world, trigger);
  }
  if (takes_turns(trigger)) hand_turn_on(world, world.calls[slot].actor);
}

bool Model::takes_turns(const StartTrigger& trigger) const {
  return trigger.kind == Trigger::Kind::timer && program_.rules.timer_turns != TimerTurns::none;
}

// Whom the next firing is for.
std::optional<Index> Model::callback_actor(const World& world, Index index) {
  const StartTrigger& trigger = program_.triggers[index];
  if (fixed_actors_[trigger.site] != kNone) return fixed_actors_[trigger.site];
  load_number_ = world.triggers[index].started;
  const std::optional<Index> id = text_of(world, kNone, program_.sites[trigger.site].id);
  if (!id) return std::nullopt;
  return names_.actor(program_.sites[trigger.site].type, *id);
}

// Behind those that were due before it, or at the same time.
void Model::wait_for_turn(World& world, Index index, Index actor) {
  const Nanoseconds due = world.triggers[index].next_due;
  const auto place = std::find_if(world.due_timers.begin(), world.due_timers.end(),
                                  [&](const DueTimer& other) { return world.triggers[other.trigger].next_due > due; });
  world.due_timers.insert(place, {index, actor});
}

bool& Model::running_timer(World& world, Index actor) const {
  if (program_.rules.timer_turns == TimerTurns::of_the_sidecar) return world.timer_is_running;
  if (actor >= world.actors.size()) world.actors.resize(actor + 1);
  return world.actors[actor].timer_is_running;
}

// A timer of `actor` is over: the one that was due first of those that waited for it is next.
void Model::hand_turn_on(World& world, Index actor) {
  const bool of_the_sidecar = program_.rules.timer_turns == TimerTurns::of_the_sidecar;
  const auto next = std::find_if(world.due_timers.begin(), world.due_timers.end(),
                                 [&](const DueTimer& due) { return of_the_sidecar || due.actor == actor; });
  if (next == world.due_timers.end()) {
    running_timer(world, actor) = false;
    return;
  }
  world.triggers[next->trigger].has_turn = true;
  effects_->ready.push_back({{Mover::Kind::trigger, next->trigger}, 0});
  world.due_timers.erase(next);
}

}  // namespace actorsim
