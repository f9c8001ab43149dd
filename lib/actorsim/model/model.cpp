// Calls: how they are made, arrive at the lock, get in, and are answered.
#include "actorsim/model/model.h"

#include <algorithm>

#include "actorsim/base/check.h"
#include "actorsim/base/text.h"
#include "actorsim/model/retry.h"

namespace actorsim {

Model::Model(const Program& program, Walk walk) : program_(program), walk_(walk) {
  // Constant targets are looked up once, in file order, so that actors are numbered alike in every run.
  fixed_actors_.reserve(program.sites.size());
  for (const CallSite& site : program.sites) {
    const bool is_fixed = site.kind == Target::Kind::named && site.id.is_constant();
    fixed_actors_.push_back(is_fixed ? names_.actor(site.type, names_.text(site.id.constant())) : kNone);
  }
}

World Model::initial() const {
  World world(program_.lock_rules);
  world.locks.set_grants_are_steps(walk_ == Walk::all_orders);
  world.triggers.resize(program_.triggers.size());
  world.holds.resize(program_.types.size() + 1);
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
  effects.is_stale = false;
  effects.problem.reset();
  effects_ = &effects;
  observer_ = observer;
  silent_steps_ = 0;
  after_close_ = mover.after_close;
  switch (mover.kind) {
    case Mover::Kind::trigger: start_trigger(world, mover.index); break;
    case Mover::Kind::activity: move_activity(world, mover); break;
    case Mover::Kind::retry: retry(world, mover); break;
    case Mover::Kind::timeout: on_timeout(world, mover); break;
    case Mover::Kind::idle: on_idle(world, mover.index); break;
    case Mover::Kind::drain: on_drain(world, mover); break;
    case Mover::Kind::look_again: look_again(world, mover.index); break;
    case Mover::Kind::grant: grant(world, mover); break;
  }
}

// ---- making a call --------------------------------------------------------------------------------------------------

void Model::too_many_calls(const CallSite& site, const std::string& what) {
  problem(site.span, "too-many-calls", "more than " + std::to_string(program_.max_calls) + what,
          "limits.calls sets this bound");
}

// False where the scenario is at fault; the problem is noted then.
bool Model::make_call(World& world, Index site_index, const Caller& caller) {
  const CallSite& site = program_.sites[site_index];
  if (world.calls_made >= program_.max_calls) {
    too_many_calls(site, " calls were made");
    return false;
  }
  const Index slot = new_call(world);
  Call& call = world.calls[slot];
  call.site = site_index;
  call.serial = world.calls_made;
  call.root = call.serial;
  call.trigger = site.trigger;
  if (caller.call == kNone) call.number = static_cast<std::uint32_t>(load_number_);
  if (caller.call != kNone) {
    const Call& from = world.calls[caller.call];
    call.caller = from.serial;
    call.caller_actor = from.actor;
    call.root = from.root;
    call.trigger = from.trigger;
    call.number = from.number;
    call.ancestry = from.ancestry + 1;
    call.nesting = site.is_recursion ? from.nesting + 1 : 1;
    call.caller_activity = site.one_way ? kNone : caller.activity;
    if (!site.one_way) world.activities[caller.activity].callee = slot;
  }
  if (call.ancestry > kMaxCallDepth) {
    problem(site.span, "endless-calls",
            "this call is the last of " + std::to_string(kMaxCallDepth) + " calls made one out of the other",
            "a handler that always calls itself again never ends; bound it with recurse or repeat");
    return false;
  }
  if (walk_ == Walk::all_orders) call.path = path_of_call(world, call, caller);
  if (!set_target(world, call, site, caller) || !set_header(world, call, site, caller) ||
      !set_label(world, call, site, caller) || !bind_variables(world, slot, site, caller)) {
    return false;
  }
  ++world.calls_made;
  ++world.live_calls;
  const bool is_root = site.trigger != kNone && caller.call == kNone;
  call.is_callback = is_root && program_.triggers[site.trigger].kind != Trigger::Kind::call;
  if (observer_ != nullptr) observer_->made(world, slot);
  begin_attempt(world, slot);
  return true;
}

bool Model::set_target(World& world, Call& call, const CallSite& site, const Caller& caller) {
  call.body = site.body;
  switch (site.kind) {
    case Target::Kind::self: call.actor = world.calls[caller.call].actor; return true;
    case Target::Kind::named: {
      call.actor = fixed_actors_[call.site];
      if (call.actor != kNone) return true;
      const std::optional<Index> id = text_of(world, caller.frame, site.id);
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
    problem(site.span, "unknown-method",
            "the caller is a " + program_.types[type].name + ", which has no method '" + site.method + "'", "");
    return false;
  }
  return true;
}

bool Model::set_header(World& world, Call& call, const CallSite& site, const Caller& caller) {
  if (site.header_by_sdk && caller.call != kNone && world.calls[caller.call].is_callback) {
    const Index type = names_.type_of(world.calls[caller.call].actor);
    if (!program_.types[type].callbacks_hand_header_on) return true;
  }
  switch (site.header) {
    case HeaderRule::Kind::by_sdk:
    case HeaderRule::Kind::drop: return true;
    case HeaderRule::Kind::keep:
      if (caller.call != kNone) call.carried = world.calls[caller.call].header_seen;
      call.carries_header = call.carried != kNoId;
      return true;
    case HeaderRule::Kind::fresh:
      call.carried = fresh_id(world, call);
      ++world.generated_ids;
      call.carries_header = true;
      return true;
    case HeaderRule::Kind::literal: break;
  }
  const std::optional<Index> text = text_of(world, caller.frame, *site.header_id);
  if (!text) return false;
  call.carried = names_.literal_id(*text);
  call.carries_header = true;
  return true;
}

bool Model::set_label(World& world, Call& call, const CallSite& site, const Caller& caller) {
  if (!site.label || site.label->is_constant()) return true;
  const std::optional<Index> text = text_of(world, caller.frame, *site.label);
  if (text) call.label = *text;
  return text.has_value();
}

// The called handler's variables. What looks like a number is one.
bool Model::bind_variables(World& world, Index slot, const CallSite& site, const Caller& caller) {
  if (!site.with) return true;
  const Index body = world.calls[slot].body;
  const Index count = program_.bodies[body].slot_count;
  if (count == 0) return true;
  const Index first = allocate_slots(world, count);
  world.calls[slot].slots = first;
  for (const BoundValue& bound : *site.with) {
    const Index variable = bound.slot != kNone ? bound.slot : program_.find_bound(body, bound.name);
    if (variable == kNone) continue;
    const std::optional<Index> text = text_of(world, caller.frame, bound.value);
    if (!text) return false;
    const auto number = parse_integer(names_.text_of(*text));
    world.slots[first + variable] = number.value_or(0);
    world.slot_texts[first + variable] = number ? kNone : *text;
  }
  return true;
}

// ---- an attempt -----------------------------------------------------------------------------------------------------

void Model::begin_attempt(World& world, Index slot) {
  Call& call = world.calls[slot];
  const CallSite& site = program_.sites[call.site];
  if (site.timeout && *site.timeout > 0 && !call.has_deadline) {
    call.has_deadline = true;
    effects_->ready.push_back({{Mover::Kind::timeout, slot, call.serial, own_attempts(call)}, *site.timeout});
  }
  call.was_held = is_held(world, call);
  call.had_to_wait = call.had_to_wait || call.was_held;
  if (call.was_held) {
    call.state = Call::State::held;
    world.held.push_back(slot);
    if (observer_ != nullptr) observer_->held(world, slot);
    return;
  }
  arrive(world, slot);
}

void Model::retry(World& world, const Mover& mover) {
  const Call& call = world.calls[mover.index];
  if (call.state != Call::State::retrying || call.serial != mover.tag || call.attempts != mover.attempt) {
    effects_->is_stale = true;
    return;
  }
  begin_attempt(world, mover.index);
}

// Where time is kept, ids are numbered as they are made; else they are named after the call that they were made for.
ReentrancyId Model::fresh_id(const World& world, const Call& call) {
  if (walk_ == Walk::one_path) return Names::generated_id(world.generated_ids + 1);
  for (Index occurrence = 0;; ++occurrence) {
    const ReentrancyId id = Names::generated_id(paths_.id_number({call.trigger, call.number, call.path, occurrence}));
    const bool is_carried = std::any_of(world.calls.begin(), world.calls.end(), [id](const Call& other) {
      return other.state != Call::State::unused && (other.carried == id || other.lock_id == id);
    });
    if (!is_carried && !world.locks.mentions(id)) return id;
  }
}

// A call that is waited for is the only one of its calling activity; of those that are sent, several may be under way.
Index Model::path_of_call(const World& world, const Call& call, const Caller& caller) {
  if (caller.call == kNone) return kNone;
  const Index thread = world.activities[caller.activity].path;
  Index occurrence = 0;
  for (;; ++occurrence) {
    const Index path = paths_.child({world.calls[caller.call].path, thread, call.site, occurrence});
    const bool is_used = std::any_of(world.calls.begin(), world.calls.end(), [&](const Call& other) {
      return &other != &call && other.state != Call::State::unused && other.trigger == call.trigger &&
             other.number == call.number && other.path == path;
    });
    if (!is_used) return path;
  }
}

Arrival Model::arrival_of(const World& world, const Call& call) {
  const CallSite& site = program_.sites[call.site];
  Arrival arrival;
  arrival.header = call.carries_header ? Header::present : Header::absent;
  arrival.id = call.carried;
  arrival.fresh = fresh_id(world, call);
  arrival.after_close = after_close_;
  arrival.given_up = site.timeout && *site.timeout == 0 && program_.lock_rules.notices_cancellation;
  if (call.is_callback && program_.rules.callback_lock == CallbackLock::anonymous) arrival.header = Header::no_request;
  return arrival;
}

void Model::arrive(World& world, Index slot) {
  const Index actor = world.calls[slot].actor;
  if (!program_.types[names_.type_of(actor)].settings.hosted) {
    if (observer_ != nullptr) observer_->arrived(world, slot, std::nullopt);
    end_attempt(world, slot, {CallEnd::How::not_hosted});
    return;
  }
  const Index instance = instance_for(world, actor);
  Call& call = world.calls[slot];
  const Arrival arrival = arrival_of(world, call);
  ArrivalResult result = world.locks.arrive(instance, slot, arrival, lock_effects_);
  // The lock may keep the fresh id where nobody sees it, so it is spent unless the request's own id was taken.
  if (result.lock_id != arrival.id || arrival.header != Header::present || result.lock_id == kNoId)
    ++world.generated_ids;
  if (call.is_callback && program_.rules.callback_lock == CallbackLock::id_never_leaves) result.header_seen = kNoId;
  call.instance = instance;
  call.lock_id = result.lock_id;
  call.header_seen = result.header_seen;
  call.depth = result.depth;
  call.re_entered = result.admission == Admission::re_entered;
  call.had_to_wait = call.had_to_wait || result.admission == Admission::queued;
  if (observer_ != nullptr) observer_->arrived(world, slot, result);
  // Another attempt is the same request, into which the runtime has written the id.
  call.carried = result.header_seen;
  call.carries_header = result.header_seen != kNoId;
  if (!is_refused(result.admission)) ++world.instances[instance].pending;
  const bool given_up = program_.sites[call.site].timeout == Nanoseconds{0};
  switch (result.admission) {
    case Admission::entered:
    case Admission::re_entered:
      if (given_up && !program_.rules.abandoned_waiter_runs) {
        call.state = Call::State::waiting;  // for no time at all
        abandon(world, slot, {CallEnd::How::timed_out});
        admitted_.push_back(slot);
        enter_admitted(world);
        return;
      }
      enter(world, slot);
      if (given_up) give_up(world, slot, {CallEnd::How::timed_out});
      return;
    case Admission::queued:
      call.state = Call::State::waiting;
      if (given_up) give_up(world, slot, {CallEnd::How::timed_out});
      return;
    case Admission::refused_depth:
      if (program_.rules.depth_error_keeps_busy) ++world.instances[instance].pending;
      end_attempt(world, slot, {CallEnd::How::refused_depth});
      return;
    case Admission::refused_closed: end_attempt(world, slot, {CallEnd::How::refused_closed}); return;
    case Admission::refused_cancelled: end_attempt(world, slot, {CallEnd::How::timed_out}); return;
  }
}

void Model::enter(World& world, Index slot) {
  Call& call = world.calls[slot];
  call.state = Call::State::inside;
  ActorState& actor = world.actors[call.actor];
  Instance& instance = world.instances[call.instance];
  instance.last_entry = world.now;
  // Without time: a deactivation that had been put off becomes an ordinary idle deadline, which does not come.
  if (walk_ == Walk::all_orders) instance.looks_again_at = instance.look_period = 0;
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
  world.activities[activity].frame = call.slots;
  settle(world, activity);
}

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

// ---- leaving --------------------------------------------------------------------------------------------------------

// The call leaves its actor and the lock; who is let in by that comes in.
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
  pass_through(world, slot);
}

// Releases the lock that `slot` holds, whether or not its handler has run.
void Model::pass_through(World& world, Index slot) {
  const Index instance = world.calls[slot].instance;
  world.calls[slot].state = Call::State::answered;
  world.locks.release(slot, lock_effects_);
  take_lock_effects(world, CallEnd::By::nobody);
  one_call_less(world, instance);
}

// What a lock did to other calls than the one at hand. The order: refused, cut, let in.
void Model::take_lock_effects(World& world, CallEnd::By closer) {
  admitted_.insert(admitted_.end(), lock_effects_.admitted.begin(), lock_effects_.admitted.end());
  if (!lock_effects_.refused.empty() || !lock_effects_.cancelled_holders.empty() ||
      !lock_effects_.closes_returned.empty()) {
    const LockEffects effects = lock_effects_;
    for (const Refusal& refusal : effects.refused) {
      const Index instance = world.calls[refusal.call].instance;
      if (world.calls[refusal.call].abandoned) {
        world.calls[refusal.call].state = Call::State::answered;
        free_call_if_over(world, refusal.call);
      } else {
        world.calls[refusal.call].state = Call::State::retrying;  // out of the queue
        end_attempt(world, refusal.call, {CallEnd::How::refused_closed});
      }
      one_call_less(world, instance);
    }
    for (const CallSlot holder : effects.cancelled_holders) {
      const Call& call = world.calls[holder];
      if (call.state == Call::State::inside) give_up(world, holder, {CallEnd::How::cancelled, kNone, kNone, closer});
    }
    for (const CallSlot closer_slot : effects.closes_returned) {
      if (world.calls[closer_slot].is_deactivation) start_delete(world, closer_slot);
    }
  }
  enter_admitted(world);
}

void Model::grant(World& world, const Mover& mover) {
  effects_->is_stale = !world.locks.can_grant(mover.index);
  if (effects_->is_stale) return;
  world.locks.grant(mover.index, lock_effects_);
  take_lock_effects(world, CallEnd::By::nobody);
}

void Model::enter_admitted(World& world) {
  if (is_admitting_) return;
  is_admitting_ = true;
  for (std::size_t i = 0; i < admitted_.size(); ++i) {
    const Index slot = admitted_[i];
    if (!program_.lock_rules.queues_entries) world.calls[slot].depth = 1;
    if (world.calls[slot].abandoned && !program_.rules.abandoned_waiter_runs) {
      pass_through(world, slot);
      free_call_if_over(world, slot);
      continue;
    }
    if (observer_ != nullptr) observer_->admitted(world, slot);
    enter(world, slot);
  }
  admitted_.clear();
  is_admitting_ = false;
}

// ---- the end --------------------------------------------------------------------------------------------------------

// The main line of a handler has come to its end.
void Model::main_line_ended(World& world, Index slot, const CallEnd& end) {
  const Call& call = world.calls[slot];
  if (call.is_deactivation) {
    delete_done(world, slot, end.how != CallEnd::How::answered);
  } else if (call.state == Call::State::answered) {
    free_call_if_over(world, slot);
  } else if (call.abandoned) {
    leave(world, slot);
    free_call_if_over(world, slot);
  } else {
    end_attempt(world, slot, end);
  }
}

// The handler answers before its end.
void Model::reply(World& world, Index slot) {
  const Call& call = world.calls[slot];
  if (call.state != Call::State::inside) return;
  if (call.abandoned) {
    leave(world, slot);
  } else {
    answer(world, slot, {});
  }
}

// An attempt is over; the call is not in the lock's queue any more, but may be inside.
void Model::end_attempt(World& world, Index slot, const CallEnd& end) {
  Call& call = world.calls[slot];
  const std::uint8_t built_in_retries = call.built_in_retries;
  const std::optional<Nanoseconds> delay = retry_delay(program_, call, end);
  // The caller knows nothing of the attempts that the runtime adds: its timeout goes on over them.
  if (call.built_in_retries == built_in_retries) call.has_deadline = false;
  if (!delay) {
    answer(world, slot, end);
    free_call_if_over(world, slot);
    return;
  }
  if (observer_ != nullptr) observer_->will_retry(world, slot, end);
  if (call.state == Call::State::inside) leave(world, slot);
  Call& again = world.calls[slot];
  again.state = Call::State::retrying;
  count_retry(world, again);
  effects_->ready.push_back({{Mover::Kind::retry, slot, again.serial, again.attempts}, *delay});
}

void Model::count_retry(World& world, Call& call) {
  ++call.attempts;
  if (++world.retries_made > program_.max_calls)
    too_many_calls(program_.sites[call.site], " further attempts of calls were made");
}

void Model::answer(World& world, Index slot, const CallEnd& end) {
  const bool was_inside = world.calls[slot].state == Call::State::inside;
  --world.live_calls;
  world.calls[slot].has_deadline = false;
  if (observer_ != nullptr) observer_->ended(world, slot, end);
  if (was_inside) leave(world, slot);
  world.calls[slot].state = Call::State::answered;
  tell_caller(world, slot, end);
}

void Model::tell_caller(World& world, Index slot, const CallEnd& end) {
  const Call& call = world.calls[slot];
  const Index waiting = call.caller_activity;
  if (waiting == kNone) {
    if (call.caller != kNone || call.trigger == kNone) return;
    if (call.is_callback) {
      note_callback_answered(world, slot, end);
    } else {
      note_root_answered(world, call.trigger);
    }
    return;
  }
  world.calls[slot].caller_activity = kNone;
  Activity& activity = world.activities[waiting];
  ACTORSIM_CHECK(activity.state == Activity::State::calling && activity.callee == slot);
  if (end.how != CallEnd::How::answered && !program_.sites[call.site].continue_on_error) {
    activity.failing = true;
    activity.cause = call.serial;
    become_ready(world, waiting, 0);
    return;
  }
  ++activity.pc;
  settle(world, waiting);
}

}  // namespace actorsim
