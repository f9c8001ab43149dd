// Calls: how they are made, arrive at the lock, get in, and are answered.
#include "actorsim/model/model.h"

#include <algorithm>

#include "actorsim/base/check.h"
#include "actorsim/base/text.h"

namespace actorsim {

Model::Model(const Program& program) : program_(program) {
  // Constant targets are looked up once, in file order, so that actors are numbered alike in every run.
  fixed_actors_.reserve(program.sites.size());
  for (const CallSite& site : program.sites) {
    const bool is_fixed = site.kind == Target::Kind::named && site.id.is_constant();
    fixed_actors_.push_back(is_fixed ? names_.actor(site.type, names_.text(site.id.constant())) : kNone);
  }
}

World Model::initial() const {
  World world(program_.lock_rules);
  world.triggers.resize(program_.triggers.size());
  return world;
}

void Model::begin(World& world, StepEffects& effects) {
  effects.ready.clear();
  effects_ = &effects;
  for (Index i = 0; i < program_.triggers.size(); ++i) {
    if (program_.triggers[i].after == kNone) release_trigger(world, i);
  }
}

void Model::apply(World& world, const Mover& mover, StepEffects& effects, Observer* observer) {
  effects.ready.clear();
  effects.again = false;
  effects.problem.reset();
  effects_ = &effects;
  observer_ = observer;
  silent_steps_ = 0;
  switch (mover.kind) {
    case Mover::Kind::trigger: start_trigger(world, mover.index); break;
    case Mover::Kind::activity: move_activity(world, mover.index); break;
    case Mover::Kind::retry: arrive(world, mover.index); break;
  }
}

// ---- triggers ----------------------------------------------------------------------------------------------------------

void Model::release_trigger(World& world, Index index) {
  const StartTrigger& trigger = program_.triggers[index];
  world.triggers[index].released = true;
  const std::uint32_t at_first = trigger.clients > 0 ? std::min(trigger.clients, trigger.count) : std::min(1U, trigger.count);
  world.triggers[index].due = at_first;
  for (std::uint32_t i = 0; i < at_first; ++i) effects_->ready.push_back({{Mover::Kind::trigger, index}, trigger.at});
}

void Model::start_trigger(World& world, Index index) {
  const StartTrigger& trigger = program_.triggers[index];
  TriggerState& state = world.triggers[index];
  ACTORSIM_CHECK(state.released && state.started < trigger.count);
  load_number_ = state.started++;
  if (!make_call(world, trigger.site, {})) return;
  if (trigger.clients > 0 || state.started == trigger.count) return;
  const Nanoseconds delay = time_to_next(trigger, state.started);
  if (delay == 0) {
    effects_->again = true;
  } else {
    effects_->ready.push_back({{Mover::Kind::trigger, index}, delay});
  }
}

// Call number n of a rate is due n / rate after the first, rounded down; so no error adds up.
Nanoseconds Model::time_to_next(const StartTrigger& trigger, std::uint32_t started) const {
  if (trigger.rate_per_second <= 0) return trigger.every;
  const auto due = [&](std::uint32_t number) { return static_cast<Nanoseconds>(static_cast<double>(number) * 1e9 / trigger.rate_per_second); };
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
  for (const Index follower : trigger.followers) release_trigger(world, follower);
}

// ---- making a call ---------------------------------------------------------------------------------------------------

// False where the scenario is at fault; the problem is noted then.
bool Model::make_call(World& world, Index site_index, const Caller& caller) {
  const CallSite& site = program_.sites[site_index];
  if (world.calls_made >= program_.max_calls) {
    problem(site.span, "too-many-calls", "more than " + std::to_string(program_.max_calls) + " calls were made",
            "limits.calls sets this bound");
    return false;
  }
  const Index slot = new_call(world);
  Call& call = world.calls[slot];
  call.site = site_index;
  call.serial = world.calls_made;
  call.root = call.serial;
  call.trigger = site.trigger;
  if (caller.call != kNone) {
    const Call& from = world.calls[caller.call];
    call.caller = from.serial;
    call.caller_actor = from.actor;
    call.root = from.root;
    call.trigger = from.trigger;
    call.ancestry = from.ancestry + 1;
    call.nesting = site.is_recursion ? from.nesting + 1 : 1;
    call.caller_activity = site.one_way ? kNone : caller.activity;
  }
  if (call.ancestry > kMaxCallDepth) {
    problem(site.span, "endless-calls", "this call is the last of " + std::to_string(kMaxCallDepth) +
            " calls made one out of the other", "a handler that always calls itself again never ends; bound it with recurse or repeat");
    return false;
  }
  if (!set_target(world, call, site, caller) || !set_header(world, call, site, caller) || !set_label(world, call, site, caller) ||
      !bind_variables(world, slot, site, caller)) {
    return false;
  }
  ++world.calls_made;
  ++world.live_calls;
  arrive(world, slot);
  return true;
}

bool Model::set_target(World& world, Call& call, const CallSite& site, const Caller& caller) {
  call.body = site.body;
  switch (site.kind) {
    case Target::Kind::self: call.actor = world.calls[caller.call].actor; return true;
    case Target::Kind::named: {
      call.actor = fixed_actors_[call.site];
      if (call.actor != kNone) return true;
      const std::optional<Index> id = text_of(world, caller.call, site.id);
      if (!id) return false;
      call.actor = names_.actor(site.type, *id);
      return true;
    }
    case Target::Kind::caller: break;
  }
  call.actor = world.calls[caller.call].caller_actor;
  if (call.actor == kNone) {
    problem(site.span, "no-caller", "'caller' names nobody here: the running call was made by a client",
            "name the actor, or reach this method from another actor only");
    return false;
  }
  const Index type = names_.type_of(call.actor);
  call.body = program_.find_body(type, site.method);
  if (call.body == kNone) {
    problem(site.span, "unknown-method", "the caller is a " + program_.types[type].name + ", which has no method '" + site.method + "'", "");
    return false;
  }
  return true;
}

bool Model::set_header(World& world, Call& call, const CallSite& site, const Caller& caller) {
  switch (site.header) {
    case HeaderRule::Kind::by_sdk:
    case HeaderRule::Kind::drop: return true;
    case HeaderRule::Kind::keep:
      if (caller.call != kNone) call.carried = world.calls[caller.call].header_seen;
      call.carries_header = call.carried != kNoId;
      return true;
    case HeaderRule::Kind::fresh:
      call.carried = Names::generated_id(++world.generated_ids);
      call.carries_header = true;
      return true;
    case HeaderRule::Kind::literal: break;
  }
  const std::optional<Index> text = text_of(world, caller.call, site.header_id);
  if (!text) return false;
  call.carried = names_.literal_id(*text);
  call.carries_header = true;
  return true;
}

bool Model::set_label(World& world, Call& call, const CallSite& site, const Caller& caller) {
  if (!site.has_label || site.label.is_constant()) return true;
  const std::optional<Index> text = text_of(world, caller.call, site.label);
  if (text) call.label = *text;
  return text.has_value();
}

// The called handler's variables. What looks like a number is one.
bool Model::bind_variables(World& world, Index slot, const CallSite& site, const Caller& caller) {
  if (site.with.empty()) return true;
  const Index body = world.calls[slot].body;
  const Index count = program_.bodies[body].slot_count;
  if (count == 0) return true;
  const Index first = allocate_slots(world, count);
  world.calls[slot].slots = first;
  for (const BoundValue& bound : site.with) {
    const Index variable = bound.slot != kNone ? bound.slot : program_.find_bound(body, bound.name);
    if (variable == kNone) continue;
    const std::optional<Index> text = text_of(world, caller.call, bound.value);
    if (!text) return false;
    const auto number = parse_integer(names_.text_of(*text));
    world.slots[first + variable] = number.value_or(0);
    world.slot_texts[first + variable] = number ? kNone : *text;
  }
  return true;
}

// ---- the lock --------------------------------------------------------------------------------------------------------

void Model::arrive(World& world, Index slot) {
  Call& call = world.calls[slot];
  const ProgramType& type = program_.types[names_.type_of(call.actor)];
  if (!type.settings.hosted) {
    if (observer_ != nullptr) observer_->arrived(world, slot, std::nullopt);
    refuse(world, slot, CallEnd::How::not_hosted);
    return;
  }
  const LockIndex lock = actor_state(world, call.actor).lock;
  Arrival arrival;
  arrival.header = call.carries_header ? Header::present : Header::absent;
  arrival.id = call.carried;
  arrival.fresh = Names::generated_id(world.generated_ids + 1);
  const ArrivalResult result = world.locks.arrive(lock, slot, arrival, lock_effects_);
  ACTORSIM_CHECK(lock_effects_.admitted.empty() && lock_effects_.refused.empty());
  if (result.lock_id == arrival.fresh || result.header_seen == arrival.fresh) ++world.generated_ids;
  call.lock_id = result.lock_id;
  call.header_seen = result.header_seen;
  call.depth = result.depth;
  call.re_entered = result.admission == Admission::re_entered;
  call.had_to_wait = call.had_to_wait || result.admission == Admission::queued;
  if (observer_ != nullptr) observer_->arrived(world, slot, result);
  // Another attempt is the same request, into which the runtime has written the id (1.15 and later, the lock generates it).
  call.carried = result.header_seen;
  call.carries_header = result.header_seen != kNoId;
  switch (result.admission) {
    case Admission::entered:
    case Admission::re_entered: enter(world, slot); return;
    case Admission::queued: call.state = Call::State::waiting; return;
    case Admission::refused_depth: refuse(world, slot, CallEnd::How::refused_depth); return;
    case Admission::refused_closed: refuse(world, slot, CallEnd::How::refused_closed); return;
    case Admission::refused_cancelled: refuse(world, slot, CallEnd::How::refused_cancelled); return;
  }
}

// The built-in policy of 1.15.6 to 1.15.14 tries again, 5 times and 1 s apart, after errors that are not marked permanent; the depth
// error is not (pkg/actors/internal/.../engine.go@v1.15.6 L232–235).
void Model::refuse(World& world, Index slot, CallEnd::How how) {
  Call& call = world.calls[slot];
  const bool has_retries = at_least(program_.release, 15, 6) && before(program_.release, 16);
  if (how == CallEnd::How::refused_depth && has_retries && call.attempts < 6) {
    ++call.attempts;
    call.state = Call::State::retrying;
    effects_->ready.push_back({{Mover::Kind::retry, slot}, kSecond});
    return;
  }
  end_call(world, slot, {how, kNone, kNone});
}

void Model::enter(World& world, Index slot) {
  Call& call = world.calls[slot];
  call.state = Call::State::inside;
  ActorState& actor = world.actors[call.actor];
  note_overlap(world, slot);
  call.inside_previous = kNone;
  call.inside_next = actor.first_inside;
  if (actor.first_inside != kNone) world.calls[actor.first_inside].inside_previous = slot;
  actor.first_inside = slot;
  ++actor.inside_count;
  const Index body_slots = program_.bodies[call.body].slot_count;
  if (body_slots > 0 && call.slots == kNone) call.slots = allocate_slots(world, body_slots);
  const Index activity = new_activity(world, slot, program_.bodies[call.body].entry, kNone);
  world.activities[activity].is_main = true;
  settle(world, activity);
}

namespace {

// Which chain a call belongs to: its id where the lock uses one, else its root call.
std::uint64_t chain_of(const Call& call) {
  return call.lock_id != kNoId ? (std::uint64_t{1} << 32U) | call.lock_id : std::uint64_t{call.root};
}

}  // namespace

// While nothing overlaps, all calls inside are of one chain, so looking at one of them is enough.
void Model::note_overlap(World& world, Index slot) {
  const Call& call = world.calls[slot];
  ActorState& actor = world.actors[call.actor];
  for (Index other = actor.first_inside; other != kNone; other = world.calls[other].inside_next) {
    if (chain_of(world.calls[other]) != chain_of(call)) {
      actor.overlapped = true;
      if (observer_ != nullptr) observer_->overlapped(world, slot, other);
      return;
    }
    if (!actor.overlapped) return;
  }
}

// The call leaves the lock; who was let in by that goes on.
void Model::leave(World& world, Index slot) {
  Call& call = world.calls[slot];
  ActorState& actor = world.actors[call.actor];
  if (call.inside_previous != kNone) {
    world.calls[call.inside_previous].inside_next = call.inside_next;
  } else {
    actor.first_inside = call.inside_next;
  }
  if (call.inside_next != kNone) world.calls[call.inside_next].inside_previous = call.inside_previous;
  --actor.inside_count;
  if (actor.inside_count <= 1) actor.overlapped = false;
  world.locks.release(slot, lock_effects_);
  ACTORSIM_CHECK(lock_effects_.refused.empty());
  for (const CallSlot admitted : lock_effects_.admitted) {
    if (!program_.lock_rules.queues_entries) world.calls[admitted].depth = 1;
    if (observer_ != nullptr) observer_->admitted(world, admitted);
    enter(world, admitted);
  }
}

// ---- the answer ------------------------------------------------------------------------------------------------------

// The call is over: its main line has ended, or it never got in.
void Model::end_call(World& world, Index slot, const CallEnd& end) {
  if (world.calls[slot].state != Call::State::answered) answer(world, slot, end);
  free_call_if_over(world, slot);
}

void Model::answer(World& world, Index slot, const CallEnd& end) {
  const bool was_inside = world.calls[slot].state == Call::State::inside;
  world.calls[slot].state = Call::State::answered;
  --world.live_calls;
  if (observer_ != nullptr) observer_->ended(world, slot, end);
  if (was_inside) leave(world, slot);
  tell_caller(world, slot, end);
}

void Model::tell_caller(World& world, Index slot, const CallEnd& end) {
  const Call& call = world.calls[slot];
  const CallSite& site = program_.sites[call.site];
  if (call.caller == kNone) {
    note_root_answered(world, call.trigger);
    return;
  }
  if (call.caller_activity == kNone) return;
  const Index waiting = call.caller_activity;
  Activity& activity = world.activities[waiting];
  ACTORSIM_CHECK(activity.state == Activity::State::calling);
  if (end.how != CallEnd::How::answered && !site.continue_on_error) {
    activity.failing = true;
    activity.cause = call.serial;
    become_ready(world, waiting);
    return;
  }
  ++activity.pc;
  settle(world, waiting);
}

// ---- tables ----------------------------------------------------------------------------------------------------------

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
  const Index slot_count = program_.bodies[call.body].slot_count;
  if (slot_count > 0 && call.slots != kNone) free_slots(world, call.slots, slot_count);
  call.state = Call::State::unused;
  call.inside_next = world.unused_call;
  world.unused_call = slot;
}

ActorState& Model::actor_state(World& world, Index actor) {
  if (actor >= world.actors.size()) world.actors.resize(actor + 1);
  ActorState& state = world.actors[actor];
  if (state.lock == kNone) state.lock = world.locks.add(program_.types[names_.type_of(actor)].settings.lock);
  return state;
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

}  // namespace actorsim
