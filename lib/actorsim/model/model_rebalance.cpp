// Rebalancing: an actor moves to another host, by each release's drain rules.
//
// One sidecar is modelled, so the new host is a new instance of the actor. Up to 1.14 the table of who lives where
// changes first, so calls that arrive go there from the beginning; from 1.15 on once the old instance is gone.
#include <algorithm>

#include "actorsim/model/model.h"

namespace actorsim {

void Model::rebalance(World& world, Index actor) {
  const Index index = actor < world.actors.size() ? world.actors[actor].instance : kNone;
  const Index type = names_.type_of(actor);
  const HostedType& settings = program_.types[type].settings;
  if (program_.rules.rebalance == RebalanceStyle::drain_then_move) {
    if (index == kNone) return;
    world.actors[actor].instance = kNone;
    world.instances[index].state = Instance::State::draining;
    if (program_.rules.move_holds_calls) {
      begin_round(world, index, kNone);
      effects_->ready.push_back({{Mover::Kind::drain, kNone, world.round.number}, kPlacementBlock});
    }
    if (world.instances[index].pending == 0 || !settings.drain_rebalanced) {
      leave_table(world, index);
      return;
    }
    effects_->ready.push_back({{Mover::Kind::drain, index, 0}, program_.top_drain_timeout});
    return;
  }
  const bool one_type = program_.rules.rebalance == RebalanceStyle::drain_one_type;
  begin_round(world, index, one_type ? type : kNone);
  world.round.is_draining = true;
  Nanoseconds grace = kDisseminationGrace;
  if (one_type) grace = settings.drain_rebalanced ? settings.drain_timeout : 0;
  if (program_.rules.rebalance == RebalanceStyle::drain_all_types) {
    grace = program_.rules.drains_by_longest ? program_.sidecar_drain_timeout : program_.top_drain_timeout;
    if (!program_.top_drain_rebalanced) grace = 0;
  }
  if (!has_claims(world)) {
    finish_round(world);
    return;
  }
  effects_->ready.push_back({{Mover::Kind::drain, kNone, world.round.number}, grace});
}

void Model::on_drain(World& world, const Mover& mover) {
  if (mover.index != kNone) {  // up to 1.14: the drain timeout of one instance
    effects_->is_stale = world.instances[mover.index].state != Instance::State::draining;
    if (!effects_->is_stale) leave_table(world, mover.index);
    return;
  }
  if (!world.round.is_open || world.round.number != mover.tag) {
    effects_->is_stale = true;
    return;
  }
  if (program_.rules.rebalance == RebalanceStyle::drain_then_move) {  // the tables unblock by themselves
    effects_->is_stale = !world.round.is_holding;
    stop_holding(world);
    return;
  }
  cancel_claims(world);
  finish_round(world);
}

void Model::begin_round(World& world, Index instance, Index type) {
  world.round = {true, false, true, world.round.number + 1, instance, type};
  hold(world, type);
}

void Model::stop_holding(World& world) {
  if (!world.round.is_holding) return;
  world.round.is_holding = false;
  let_go(world, world.round.type);
}

// The next rebalance may begin.
void Model::end_round(World& world) {
  world.round.is_open = false;
  world.round.is_draining = false;
  stop_holding(world);
  if (world.waiting_rebalances.empty()) return;
  effects_->ready.push_back({{Mover::Kind::trigger, world.waiting_rebalances.front()}, 0});
  world.waiting_rebalances.erase(world.waiting_rebalances.begin());
}

// ---- up to 1.14 -----------------------------------------------------------------------------------------------------

// The DELETE follows once the old instance is free.
void Model::leave_table(World& world, Index index) {
  Instance& instance = world.instances[index];
  instance.state = Instance::State::leaving;
  instance.left_at = world.now;
  if (instance.pending == 0) deactivate(world, index, true);
}

void Model::look_again(World& world, Index index) {
  const Instance& instance = world.instances[index];
  if (instance.state == Instance::State::leaving && instance.pending == 0) deactivate(world, index, true);
}

// ---- from 1.15 on ---------------------------------------------------------------------------------------------------

namespace {

bool is_claim(const Call& call) { return call.state == Call::State::waiting || call.state == Call::State::inside; }

}  // namespace

// Does a call that the round waits for still wait or run?
bool Model::has_claims(const World& world) const {
  return std::any_of(world.calls.begin(), world.calls.end(), [&](const Call& call) {
    return is_claim(call) && !call.is_deactivation &&
           (world.round.type == kNone || names_.type_of(call.actor) == world.round.type);
  });
}

void Model::cancel_claims(World& world) {
  mark_stuck(world);
  world.round.is_draining = false;
  std::vector<Index> claims;
  for (Index slot = 0; slot < world.calls.size(); ++slot) {
    const Call& call = world.calls[slot];
    if (!is_claim(call) || call.abandoned || call.is_deactivation) continue;
    if (world.round.type == kNone || names_.type_of(call.actor) == world.round.type) claims.push_back(slot);
  }
  // All of them end at the same moment. Those that wait end first, so that none is let in by the end of another.
  std::sort(claims.begin(), claims.end(), [&](Index a, Index b) {
    const Call &left = world.calls[a], &right = world.calls[b];
    return left.state != right.state ? left.state < right.state : left.serial < right.serial;
  });
  const auto first = static_cast<std::ptrdiff_t>(effects_->ready.size());
  for (const Index slot : claims) {
    if (is_claim(world.calls[slot]) && !world.calls[slot].abandoned) {
      give_up(world, slot, {CallEnd::How::cancelled, kNone, kNone, CallEnd::By::rebalance});
    }
  }
  // What is tried again is tried in the order in which it was made.
  std::vector<StepEffects::Ready>& ready = effects_->ready;
  const auto retries = std::stable_partition(ready.begin() + first, ready.end(), [](const StepEffects::Ready& entry) {
    return entry.mover.kind != Mover::Kind::retry;
  });
  std::stable_sort(retries, ready.end(), [](const StepEffects::Ready& left, const StepEffects::Ready& right) {
    return left.mover.tag < right.mover.tag;
  });
}

void Model::finish_round(World& world) {
  const Index instance = world.round.instance;
  if (instance != kNone && world.instances[instance].state == Instance::State::active)
    deactivate(world, instance, true);
  end_round(world);
}

}  // namespace actorsim
