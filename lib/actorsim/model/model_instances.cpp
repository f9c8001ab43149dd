// Instances: activation, idle deadlines, DELETE, and calls that are held before the lock meanwhile.
#include <algorithm>

#include "actorsim/base/check.h"
#include "actorsim/model/model.h"

namespace actorsim {

// The instance that calls go to now; a new one, with a new lock, where the actor is not active.
Index Model::instance_for(World& world, Index actor) {
  if (actor >= world.actors.size()) world.actors.resize(actor + 1);
  if (world.actors[actor].instance != kNone) return world.actors[actor].instance;
  const HostedType& settings = program_.types[names_.type_of(actor)].settings;
  const auto index = static_cast<Index>(world.locks.add(settings.lock));
  ACTORSIM_CHECK(index == world.instances.size());
  Instance instance;
  instance.actor = actor;
  instance.last_entry = world.now;
  world.instances.push_back(instance);
  world.actors[actor].instance = index;
  effects_->ready.push_back({{Mover::Kind::idle, index}, time_to_idle(world, instance)});
  return index;
}

Nanoseconds Model::idle_deadline(const Instance& instance) const {
  const HostedType& settings = program_.types[names_.type_of(instance.actor)].settings;
  const Nanoseconds timeout = std::max<Nanoseconds>(0, settings.idle_timeout);
  return instance.last_entry > kForever - timeout ? kForever : instance.last_entry + timeout;
}

// From now to the moment at which the release looks whether the instance is idle.
Nanoseconds Model::time_to_idle(const World& world, const Instance& instance) const {
  const HostedType& settings = program_.types[names_.type_of(instance.actor)].settings;
  Nanoseconds due = idle_deadline(instance);
  const bool scans =
      program_.rules.idle == IdleStyle::scan_keep_lock || program_.rules.idle == IdleStyle::scan_new_lock;
  if (scans && settings.scan_interval > 0 && due < kForever - settings.scan_interval) {
    due = (due + settings.scan_interval - 1) / settings.scan_interval * settings.scan_interval;
    if (due <= world.now) due = (world.now / settings.scan_interval + 1) * settings.scan_interval;
  }
  return std::max<Nanoseconds>(0, due - world.now);
}

void Model::on_idle(World& world, Index index) {
  Instance& instance = world.instances[index];
  if (instance.state != Instance::State::active || world.actors[instance.actor].instance != index) {
    effects_->is_stale = true;
    return;
  }
  if (walk_ == Walk::all_orders) {  // only what a `deactivate` has put off comes to pass
    effects_->is_stale = instance.looks_again_at == 0 || instance.pending > 0;
    if (!effects_->is_stale) deactivate(world, index, false);
    return;
  }
  const HostedType& settings = program_.types[names_.type_of(instance.actor)].settings;
  const bool was_put_off = program_.rules.idle == IdleStyle::postpone_busy && instance.looks_again_at > 0 &&
                           instance.last_entry <= instance.looks_again_at - kIdlePostponement;
  if (instance.look_period > 0 || (was_put_off && world.now < instance.looks_again_at)) {
    effects_->is_stale = true;
    return;
  }
  if (!was_put_off && world.now - instance.last_entry < settings.idle_timeout) {
    effects_->ready.push_back({{Mover::Kind::idle, index}, time_to_idle(world, instance)});
    return;
  }
  const Nanoseconds period = instance.pending > 0 ? idle_period(settings) : 0;
  if (period == 0) {
    deactivate(world, index, false);
    return;
  }
  put_off(world, index, period);
}

// It is busy now: the release looks again after `period`, and so on.
void Model::put_off(World& world, Index index, Nanoseconds period) {
  Instance& instance = world.instances[index];
  instance.looks_again_at = world.now > kForever - period ? kForever : world.now + period;
  instance.look_period = period;
}

// How long after a look at a busy instance the release looks again; 0: it does not mind. Looks that would find it busy
// are not made: the next one is due once it has become free.
Nanoseconds Model::idle_period(const HostedType& settings) const {
  switch (program_.rules.idle) {
    case IdleStyle::scan_keep_lock:
    case IdleStyle::scan_new_lock: return std::max<Nanoseconds>(settings.scan_interval, 1);
    case IdleStyle::postpone_busy: return kIdlePostponement;
    case IdleStyle::never_busy: return std::max<Nanoseconds>(settings.idle_timeout, 1);
    case IdleStyle::close_and_go_on:
    case IdleStyle::close_in_turn:
    case IdleStyle::close_and_cut: break;
  }
  return 0;
}

// A `deactivate` of the scenario: the idle rules, now.
void Model::deactivate_if_allowed(World& world, Index index) {
  const Instance& instance = world.instances[index];
  if (instance.state != Instance::State::active) return;
  const IdleStyle style = program_.rules.idle;
  const bool ignores_busy =
      style == IdleStyle::close_and_go_on || style == IdleStyle::close_in_turn || style == IdleStyle::close_and_cut;
  if (instance.pending == 0 || ignores_busy) {
    deactivate(world, index, false);
  } else if (style == IdleStyle::postpone_busy) {
    put_off(world, index, kIdlePostponement);
  }
}

// Takes the instance out of service and has the application's DELETE called. `moved`: its actor goes to another host.
void Model::deactivate(World& world, Index index, bool moved) {
  if (world.instances[index].pending > 0) mark_stuck(world);
  const Index actor = world.instances[index].actor;
  world.instances[index].is_moving = moved;
  const Index slot = new_call(world);
  Call& deletion = world.calls[slot];
  deletion.is_deactivation = true;
  deletion.state = Call::State::answered;
  deletion.serial = kNone;
  deletion.actor = actor;
  deletion.instance = index;
  if (walk_ == Walk::all_orders) deletion.path = path_of_deletion(world, deletion);
  deletion.body = program_.types[names_.type_of(actor)].on_deactivate;
  if (program_.rules.idle != IdleStyle::close_in_turn) note_deactivated(world, index);
  switch (program_.rules.idle) {
    case IdleStyle::scan_keep_lock: world.instances[index].state = Instance::State::deactivating; break;
    case IdleStyle::scan_new_lock:
    case IdleStyle::postpone_busy:
      world.instances[index].state = Instance::State::deactivating;
      world.actors[actor].instance = kNone;
      break;
    case IdleStyle::close_in_turn:
      world.instances[index].state = Instance::State::closing;
      world.locks.close(index, slot, moved, lock_effects_);
      take_lock_effects(world, moved ? CallEnd::By::rebalance : CallEnd::By::deactivation);
      return;  // the DELETE follows when the close has returned
    case IdleStyle::close_and_go_on:
    case IdleStyle::close_and_cut:
    case IdleStyle::never_busy: {
      world.instances[index].state = Instance::State::deactivating;
      world.actors[actor].instance = kNone;
      hold(world, program_.rules.idle == IdleStyle::close_and_go_on ? kNone : names_.type_of(actor));
      world.locks.close(index, slot, false, lock_effects_);
      std::erase(lock_effects_.closes_returned, slot);
      take_lock_effects(world, moved ? CallEnd::By::rebalance : CallEnd::By::deactivation);
      break;
    }
  }
  start_delete(world, slot);
}

// Several instances of one actor may be deactivated at the same time.
Index Model::path_of_deletion(const World& world, const Call& deletion) {
  for (Index occurrence = 0;; ++occurrence) {
    const Index path = paths_.child({kNone, kNone, deletion.actor, occurrence});
    const bool is_used = std::any_of(world.calls.begin(), world.calls.end(), [path](const Call& other) {
      return other.state != Call::State::unused && other.trigger == kNone && other.path == path;
    });
    if (!is_used) return path;
  }
}

void Model::note_deactivated(const World& world, Index index) {
  if (observer_ != nullptr) observer_->deactivated(world, index, world.instances[index].is_moving);
}

void Model::start_delete(World& world, Index slot) {
  const Index index = world.calls[slot].instance;
  world.instances[index].state = Instance::State::deactivating;
  if (program_.rules.idle == IdleStyle::close_in_turn) note_deactivated(world, index);
  const Index body = world.calls[slot].body;
  if (body == kNone) {
    delete_done(world, slot, false);
    return;
  }
  if (program_.bodies[body].slot_count > 0)
    world.calls[slot].slots = allocate_slots(world, program_.bodies[body].slot_count);
  const Index activity = new_activity(world, slot, program_.bodies[body].entry, kNone);
  world.activities[activity].is_main = true;
  world.activities[activity].frame = world.calls[slot].slots;
  settle(world, activity);
}

// Up to 1.12 an actor whose application answers the DELETE with an error stays in the table.
void Model::delete_done(World& world, Index slot, bool failed) {
  const Index index = world.calls[slot].instance;
  Instance& instance = world.instances[index];
  ActorState& actor = world.actors[instance.actor];
  const IdleStyle style = program_.rules.idle;
  const bool stays = failed && style == IdleStyle::scan_keep_lock && !instance.is_moving;
  if (stays) {
    instance.state = Instance::State::active;
    effects_->ready.push_back(
        {{Mover::Kind::idle, index, kFailedBefore}, std::max<Nanoseconds>(time_to_idle(world, instance), 1)});
  } else {
    instance.state = Instance::State::gone;
    if (actor.instance == index) actor.instance = kNone;
  }
  free_call_if_over(world, slot);
  const bool holds_type = style == IdleStyle::close_and_cut || style == IdleStyle::never_busy;
  if (style == IdleStyle::close_and_go_on) let_go(world, kNone);
  if (holds_type) let_go(world, names_.type_of(world.instances[index].actor));
  if (program_.rules.rebalance == RebalanceStyle::drain_then_move && world.round.is_open &&
      world.round.instance == index) {
    end_round(world);
  }
}

// A call has left the instance: what waited for the instance to become free goes on.
void Model::one_call_less(World& world, Index index) {
  Instance& instance = world.instances[index];
  ACTORSIM_CHECK(instance.pending > 0);
  --instance.pending;
  if (instance.pending == 0 && instance.look_period > 0) {
    // In 1.14 a call that gets in sets the deadline anew, whatever it had been put off to (actors.go@v1.14.0 L650).
    const bool was_set_anew = program_.rules.idle == IdleStyle::postpone_busy &&
                              instance.last_entry > instance.looks_again_at - instance.look_period;
    if (was_set_anew) instance.looks_again_at = idle_deadline(instance);
    Nanoseconds delay = instance.looks_again_at - world.now;
    if (delay < 0) delay = (delay % instance.look_period + instance.look_period) % instance.look_period;
    instance.look_period = 0;
    instance.looks_again_at = world.now + delay;
    effects_->ready.push_back({{Mover::Kind::idle, index}, delay});
  }
  if (instance.pending == 0 && instance.state == Instance::State::draining) {
    leave_table(world, index);
    return;
  }
  if (instance.pending == 0 && instance.state == Instance::State::leaving) {
    const Nanoseconds waited = world.now - instance.left_at;
    const Nanoseconds poll = program_.rules.move_poll;
    const bool looks_now = waited > 0 && waited % poll == 0;
    effects_->ready.push_back({{Mover::Kind::look_again, index}, looks_now ? 0 : poll - waited % poll});
  }
  if (world.round.is_open && world.round.is_draining && !has_claims(world)) {
    world.round.is_draining = false;
    effects_->ready.push_back({{Mover::Kind::drain, kNone, world.round.number}, 0});
  }
}

// ---- holding --------------------------------------------------------------------------------------------------------

// Up to 1.14 callbacks do not ask the placement table, which is what a rebalance blocks.
bool Model::is_held(const World& world, const Call& call) const {
  if (call.is_callback && program_.rules.rebalance == RebalanceStyle::drain_then_move) return false;
  return world.holds[names_.type_of(call.actor)] > 0 || world.holds.back() > 0;
}

void Model::hold(World& world, Index type) { ++world.holds[type == kNone ? world.holds.size() - 1 : type]; }

// One reason less; the calls that nothing holds any more arrive, in the order in which they came.
void Model::let_go(World& world, Index type) {
  --world.holds[type == kNone ? world.holds.size() - 1 : type];
  std::vector<Index> arriving;
  std::erase_if(world.held, [&](Index slot) {
    if (is_held(world, world.calls[slot])) return false;
    arriving.push_back(slot);
    return true;
  });
  for (const Index slot : arriving) world.calls[slot].state = Call::State::retrying;
  for (const Index slot : arriving) {
    if (world.calls[slot].state == Call::State::retrying) arrive(world, slot);
  }
}

}  // namespace actorsim
