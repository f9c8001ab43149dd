// Giving up: timeouts, cancellation down the chain, and calls whose caller has gone.
//
// Up to 1.13 nothing notices that a client has gone: its call waits on, gets in and runs to its end. In 1.14 and 1.15
// the wait cannot be interrupted either, but whoever gets in with a dead request passes through; a running request is
// cut. From 1.16 on a waiting call leaves at once, through the lock's release.
#include "actorsim/base/check.h"
#include "actorsim/model/model.h"
#include "actorsim/model/retry.h"
#include "actorsim/model/wait_for.h"

namespace actorsim {

void Model::on_timeout(World& world, const Mover& mover) {
  const Call& call = world.calls[mover.index];
  const bool is_current = call.serial == mover.tag && own_attempts(call) == mover.attempt && call.has_deadline;
  if (!is_current || call.state == Call::State::unused || call.state == Call::State::answered) {
    effects_->is_stale = true;
    return;
  }
  give_up(world, mover.index, {CallEnd::How::timed_out});
}

// The calls that its handler waits for are cancelled with it, the outermost first.
void Model::give_up(World& world, Index slot, const CallEnd& end) {
  give_up_one(world, slot, end);
  while (!given_up_.empty()) {
    const std::vector<Index> nested = std::move(given_up_);
    given_up_.clear();
    for (const Index call : nested)
      give_up_one(world, call, {CallEnd::How::cancelled, kNone, kNone, CallEnd::By::caller});
  }
}

void Model::give_up_one(World& world, Index slot, const CallEnd& end) {
  switch (world.calls[slot].state) {
    case Call::State::unused:
    case Call::State::answered: return;
    case Call::State::held:
      std::erase(world.held, slot);
      world.calls[slot].state = Call::State::retrying;
      end_attempt(world, slot, end);
      return;
    case Call::State::retrying: end_attempt(world, slot, end); return;
    case Call::State::waiting: {
      if (!program_.lock_rules.notices_cancellation) {
        abandon(world, slot, end);
        return;
      }
      const Index instance = world.calls[slot].instance;
      world.locks.cancel(slot, lock_effects_);
      std::erase_if(lock_effects_.refused, [slot](const Refusal& refusal) { return refusal.call == slot; });
      world.calls[slot].state = Call::State::retrying;  // out of the queue
      take_lock_effects(world, CallEnd::By::nobody);
      end_attempt(world, slot, end);
      one_call_less(world, instance);
      return;
    }
    case Call::State::inside:
      if (!program_.rules.giving_up_cuts_handler) {
        abandon(world, slot, end);
        return;
      }
      stop_handler(world, slot);
      end_attempt(world, slot, end);
      return;
  }
}

// The caller is told that its call has ended; the call itself stays in the queue or inside. If there is another
// attempt, it is a new request, in a slot of its own.
void Model::abandon(World& world, Index slot, const CallEnd& end) {
  const std::optional<Nanoseconds> delay = retry_delay(program_, world.calls[slot], end);
  if (!delay) {
    --world.live_calls;
    world.calls[slot].abandoned = true;
    world.calls[slot].has_deadline = false;
    if (observer_ != nullptr) observer_->ended(world, slot, end);
    tell_caller(world, slot, end);
    return;
  }
  if (observer_ != nullptr) observer_->will_retry(world, slot, end);
  const Index next = new_call(world);
  Call& left_behind = world.calls[slot];
  Call& call = world.calls[next];
  call = left_behind;
  call.state = Call::State::retrying;
  call.slots = kNone;
  call.first_activity = call.instance = call.inside_next = call.inside_previous = kNone;
  call.activities = 0;
  call.has_deadline = false;
  count_retry(world, call);
  left_behind.abandoned = true;
  left_behind.has_deadline = false;
  left_behind.caller_activity = kNone;
  if (call.caller_activity != kNone) world.activities[call.caller_activity].callee = next;
  if (observer_ != nullptr) observer_->reseated(world, slot, next);
  effects_->ready.push_back({{Mover::Kind::retry, next, call.serial, call.attempts}, *delay});
}

// Says which calls are stuck, before a deadline moves one of them. What has been said of a call stays said.
void Model::mark_stuck(World& world) {
  const Stuck stuck = find_stuck(program_, world);
  if (observer_ != nullptr) observer_->became_stuck(world, stuck);
  const auto mark = [&](const std::vector<Index>& calls, Call::Stuck word) {
    for (const Index slot : calls) {
      if (world.calls[slot].stuck == Call::Stuck::no) world.calls[slot].stuck = word;
    }
  };
  mark(stuck.deadlocked, Call::Stuck::deadlocked);
  mark(stuck.stranded, Call::Stuck::stranded);
  mark(stuck.behind, Call::Stuck::behind);
}

void Model::settle_stuck(World& world, Observer* observer) {
  observer_ = observer;
  mark_stuck(world);
}

// Its request is cancelled: the handler stops at its current step, and with it the requests that it waits for.
void Model::stop_handler(World& world, Index slot) {
  while (world.calls[slot].first_activity != kNone) {
    const Index index = world.calls[slot].first_activity;
    const Activity& activity = world.activities[index];
    if (activity.state == Activity::State::calling) {
      world.calls[activity.callee].caller_activity = kNone;
      given_up_.push_back(activity.callee);
    }
    end_activity(world, index);
  }
}

}  // namespace actorsim
