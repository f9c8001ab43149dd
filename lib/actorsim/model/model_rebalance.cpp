// Rebalancing: an actor moves to another host, by each release's drain rules.
//
// One sidecar is modelled, so the new host is a new instance of the actor: calls that arrive after the move go there.
#include <algorithm>

#include "actorsim/model/model.h"

namespace actorsim {
namespace {

// Since 1.17.7 a drain that is not shorter than the dissemination timeout becomes 0.8 of that, but not less than 2 s
// (PR #9897).
Nanoseconds clamped(const Release& release, Nanoseconds drain) {
  const bool has_clamp = release.is_docs || at_least(release, 17, 7);
  const Nanoseconds dissemination = before(release, 18) ? 5 * kSecond : 30 * kSecond;
  if (!has_clamp || drain < dissemination) return drain;
  return std::max(2 * kSecond, dissemination / 10 * 8);
}

}  // namespace

void Model::rebalance(World& world, Index actor) {
  const Index index = actor < world.actors.size() ? world.actors[actor].instance : kNone;
  const Index type = names_.type_of(actor);
  const HostedType& settings = program_.types[type].settings;
  if (program_.rules.rebalance == RebalanceStyle::drain_then_move) {
    if (index == kNone) return;
    Instance& instance = world.instances[index];
    if (instance.pending == 0 || !settings.drain_rebalanced) {
      leave_table(world, index);
      return;
    }
    instance.state = Instance::State::draining;
    effects_->ready.push_back({{Mover::Kind::drain, index, 0}, program_.top_drain_timeout});
    return;
  }
  const bool one_type = program_.rules.rebalance == RebalanceStyle::drain_one_type;
  world.round = {true, true, world.round.number + 1, index, one_type ? type : kNone};
  hold(world, world.round.type);
  Nanoseconds grace = kDisseminationGrace;
  if (one_type) grace = settings.drain_rebalanced ? clamped(program_.release, settings.drain_timeout) : 0;
  if (program_.rules.rebalance == RebalanceStyle::drain_all_types) {
    // 1.17.7 and later wait for the longest of all types' timeouts, before that for the top level's
    // (inflight.go@v1.17.7 L98–115).
    const bool longest = at_least(program_.release, 17, 7);
    grace = program_.top_drain_rebalanced
                ? clamped(program_.release, longest ? program_.sidecar_drain_timeout : program_.top_drain_timeout)
                : 0;
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
  cancel_claims(world);
  finish_round(world);
}

// ---- up to 1.14 -----------------------------------------------------------------------------------------------------

// Calls go to the new host from now on; the DELETE follows once the old instance is free.
void Model::leave_table(World& world, Index index) {
  Instance& instance = world.instances[index];
  ActorState& actor = world.actors[instance.actor];
  if (actor.instance == index) actor.instance = kNone;
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
  std::sort(claims.begin(), claims.end(),
            [&](Index a, Index b) { return world.calls[a].serial < world.calls[b].serial; });
  for (const Index slot : claims) {
    if (is_claim(world.calls[slot]) && !world.calls[slot].abandoned) {
      give_up(world, slot, {CallEnd::How::cancelled, kNone, kNone, CallEnd::By::rebalance});
    }
  }
}

void Model::finish_round(World& world) {
  const Round round = world.round;
  world.round.is_open = false;
  world.round.is_draining = false;
  if (round.instance != kNone && world.instances[round.instance].state == Instance::State::active)
    deactivate(world, round.instance, true);
  let_go(world, round.type);
  if (world.waiting_rebalances.empty()) return;
  effects_->ready.push_back({{Mover::Kind::trigger, world.waiting_rebalances.front()}, 0});
  world.waiting_rebalances.erase(world.waiting_rebalances.begin());
}

}  // namespace actorsim
