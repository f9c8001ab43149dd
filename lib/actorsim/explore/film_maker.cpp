// Events as they are told; locks by comparing each touched one with what was last told of it.
#include "actorsim/explore/film_maker.h"

#include <algorithm>

#include "actorsim/base/check.h"
#include "actorsim/explore/outcome_words.h"

namespace actorsim {
namespace {

Film::Mover kind_of(Mover::Kind kind) {
  switch (kind) {
    case Mover::Kind::trigger: return Film::Mover::trigger;
    case Mover::Kind::activity: return Film::Mover::handler;
    case Mover::Kind::retry: return Film::Mover::retry;
    case Mover::Kind::timeout: return Film::Mover::timeout;
    case Mover::Kind::idle:
    case Mover::Kind::drain:
    case Mover::Kind::look_again: return Film::Mover::deadline;
    case Mover::Kind::grant: return Film::Mover::grant;
  }
  return Film::Mover::nobody;
}

Index call_of(const World& world, const Mover& mover) {
  switch (mover.kind) {
    case Mover::Kind::activity:
      return mover.index < world.activities.size() ? world.activities[mover.index].call : kNone;
    case Mover::Kind::retry:
    case Mover::Kind::timeout: return mover.index < world.calls.size() ? mover.index : kNone;
    case Mover::Kind::trigger:
    case Mover::Kind::idle:
    case Mover::Kind::drain:
    case Mover::Kind::look_again:
    case Mover::Kind::grant: break;
  }
  return kNone;
}

// The calls inside a lock, the first that got in first.
std::vector<Index> calls_inside(const World& world, Index instance) {
  std::vector<Index> inside;
  for (Index slot = world.actors[world.instances[instance].actor].first_inside; slot != kNone;
       slot = world.calls[slot].inside_next) {
    if (world.calls[slot].instance == instance) inside.push_back(slot);
  }
  std::reverse(inside.begin(), inside.end());
  return inside;
}

// What has left and what has joined, where what stays keeps its order.
void compare_queues(const std::vector<std::uint32_t>& before, const std::vector<std::uint32_t>& after,
                    Film::LockChange& change) {
  // Mostly one leaves at the front, or one joins at the back: what is the same at both ends stays.
  const std::size_t least = std::min(before.size(), after.size());
  std::size_t front = 0, back = 0;
  while (front < least && before[front] == after[front]) ++front;
  while (front + back < least && before[before.size() - 1 - back] == after[after.size() - 1 - back]) ++back;
  const auto before_end = static_cast<std::uint32_t>(before.size() - back);
  const auto after_end = static_cast<std::uint32_t>(after.size() - back);
  std::map<std::uint32_t, std::uint32_t> places;
  for (auto i = static_cast<std::uint32_t>(front); i < after_end; ++i) places.emplace(after[i], i);
  std::vector<bool> stays(after.size());
  std::int64_t last = -1;
  for (auto i = static_cast<std::uint32_t>(front); i < before_end; ++i) {
    const auto place = places.find(before[i]);
    const bool keeps_order = place != places.end() && place->second > last;
    if (!keeps_order) {
      change.gone.push_back(i);
      continue;
    }
    last = place->second;
    stays[place->second] = true;
  }
  for (auto i = static_cast<std::uint32_t>(front); i < after_end; ++i) {
    if (!stays[i]) change.come.push_back({i, after[i]});
  }
}

}  // namespace

// ---- steps ----------------------------------------------------------------------------------------------------------

void FilmMaker::begin_step(const World& world, const Mover& mover, const Choice& choice, Nanoseconds now) {
  frame_ = {};
  frame_.at = now;
  frame_.mover = kind_of(mover.kind);
  frame_.choice = choice;
  touched_.clear();
  touches_all_ = false;
  is_full_ = is_full_ || film_.frames.size() >= kMostFrames;
  const Index call = call_of(world, mover);
  if (call != kNone) {
    if (!world.calls[call].is_deactivation) frame_.subject = world.calls[call].serial;
    touch(world.calls[call].instance);
  }
  touch_mover(world, mover);
}

// What closes locks without a word about it.
void FilmMaker::touch_mover(const World& world, const Mover& mover) {
  if (mover.kind == Mover::Kind::idle || mover.kind == Mover::Kind::look_again || mover.kind == Mover::Kind::grant)
    touch(mover.index);
  const bool is_call =
      mover.kind != Mover::Kind::trigger || model_.program().triggers[mover.index].kind == Trigger::Kind::call;
  touches_all_ = mover.kind == Mover::Kind::drain || !is_call || world.round.is_open;
}

void FilmMaker::end_step(const World& world) {
  if (is_full_ && !is_stopped_) ++film_.frames_left_out;
  if (is_over()) return;
  if (touches_all_) {
    touched_.clear();
    for (Index instance = 0; instance < world.instances.size(); ++instance) touched_.push_back(instance);
  }
  std::sort(touched_.begin(), touched_.end());
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  for (const Index instance : touched_) look_at(world, instance);
  film_.frames.push_back(std::move(frame_));
  frame_ = {};
}

void FilmMaker::touch(Index instance) {
  if (instance != kNone) touched_.push_back(instance);
}

// ---- events ---------------------------------------------------------------------------------------------------------

Film::Event& FilmMaker::add(const World& world, Index slot, Film::What what) {
  Film::Event event;
  event.what = what;
  event.call = world.calls[slot].serial;
  frame_.events.push_back(event);
  touch(world.calls[slot].instance);
  return frame_.events.back();
}

void FilmMaker::note_frame(std::vector<std::uint32_t>& frames, std::uint32_t serial) {
  if (is_over() || serial == kNone) return;
  if (serial >= frames.size()) frames.resize(std::size_t{serial} + 1, kNone);
  frames[serial] = static_cast<std::uint32_t>(film_.frames.size());
}

void FilmMaker::made(const World& world, Index call) {
  recorder_.made(world, call);
  if (world.calls[call].serial >= kept_calls_) is_full_ = true;
  note_frame(made_, world.calls[call].serial);
}

void FilmMaker::held(const World& world, Index call) {
  recorder_.held(world, call);
  add(world, call, Film::What::held);
}

void FilmMaker::arrived(const World& world, Index call, const std::optional<ArrivalResult>& result) {
  recorder_.arrived(world, call, result);
  if (!result) return;
  touch(world.calls[call].instance);
  if (is_refused(result->admission)) return;  // its end says so
  if (result->admission == Admission::queued) {
    Film::Event& event = add(world, call, Film::What::waits);
    event.reason = reason_to_wait(world, call, event);
    note_frame(waiting_, event.call);
    return;
  }
  const bool is_first = result->admission == Admission::entered;
  Film::Event& event = add(world, call, is_first ? Film::What::entered : Film::What::re_entered);
  event.depth = result->depth;
  note_frame(entered_, event.call);
}

Film::Reason FilmMaker::reason_to_wait(const World& world, Index slot, Film::Event& event) const {
  const Call& call = world.calls[slot];
  const std::vector<Index> inside = calls_inside(world, call.instance);
  if (inside.empty()) return Film::Reason::nobody_inside;
  event.other = world.calls[inside.front()].serial;
  const bool is_on = model_.program().types[model_.names().type_of(call.actor)].settings.lock.enabled;
  const auto own =
      std::find_if(inside.begin(), inside.end(), [&](Index other) { return world.calls[other].root == call.root; });
  if (own == inside.end()) return is_on ? Film::Reason::other_chain : Film::Reason::one_at_a_time;
  event.other = world.calls[*own].serial;
  if (!is_on) return Film::Reason::own_chain_off;
  const bool is_known = std::any_of(inside.begin(), inside.end(), [&](Index other) {
    return call.lock_id != kNoId && world.calls[other].lock_id == call.lock_id;
  });
  return is_known ? Film::Reason::own_chain_beside : Film::Reason::own_chain_lost;
}

void FilmMaker::admitted(const World& world, Index call) {
  recorder_.admitted(world, call);
  note_moved(world, call);
  Film::Event& event = add(world, call, Film::What::admitted);
  event.depth = world.calls[call].depth;
  event.is_abandoned = world.calls[call].abandoned;
  note_frame(entered_, event.call);
}

void FilmMaker::reseated(const World& world, Index from, Index to) { recorder_.reseated(world, from, to); }

void FilmMaker::will_retry(const World& world, Index call, const CallEnd& end) {
  recorder_.will_retry(world, call, end);
  note_moved(world, call);
  add(world, call, Film::What::will_retry).outcome = outcome_of(world.calls[call], end);
}

void FilmMaker::ended(const World& world, Index call, const CallEnd& end) {
  recorder_.ended(world, call, end);
  note_moved(world, call);
  const bool is_well = end.how == CallEnd::How::answered;
  add(world, call, is_well ? Film::What::answered : Film::What::ended_badly).outcome =
      outcome_of(world.calls[call], end);
}

void FilmMaker::deactivated(const World& world, Index instance, bool moved) {
  recorder_.deactivated(world, instance, moved);
  Film::Event event;
  event.what = moved ? Film::What::moved : Film::What::deactivated;
  event.lock = instance;
  frame_.events.push_back(event);
  touch(instance);
}

void FilmMaker::overlapped(const World& world, Index entering, Index inside) {
  recorder_.overlapped(world, entering, inside);
  add(world, entering, Film::What::overlapped).other = world.calls[inside].serial;
}

void FilmMaker::became_stuck(const World& world, const Stuck& stuck) {
  recorder_.became_stuck(world, stuck);
  note_stuck(world, stuck.deadlocked, Film::What::deadlocked);
  note_stuck(world, stuck.stranded, Film::What::stranded);
}

void FilmMaker::note_stuck(const World& world, const std::vector<Index>& calls, Film::What what) {
  for (const Index call : calls) {
    if (world.calls[call].stuck == Call::Stuck::no) add(world, call, what);
  }
}

void FilmMaker::note_moved(const World& world, Index call) {
  if (world.calls[call].stuck != Call::Stuck::no) note_frame(moved_, world.calls[call].serial);
}

void FilmMaker::settle(Model& model, World& world, Nanoseconds now) {
  frame_ = {};
  frame_.at = now;
  model.settle_stuck(world, this);
  if (!frame_.events.empty() && !is_over()) film_.frames.push_back(std::move(frame_));
  frame_ = {};
}

// ---- locks ----------------------------------------------------------------------------------------------------------

// Of ids that no call shows nothing is told: they belong to one call alone.
std::uint32_t FilmMaker::id_of(ReentrancyId id) {
  const std::optional<std::string> name = recorder_.shown_id(id);
  if (!name) return kNone;
  const auto [place, is_new] = id_places_.try_emplace(*name, static_cast<std::uint32_t>(film_.ids.size()));
  if (is_new) film_.ids.push_back(*name);
  return place->second;
}

void FilmMaker::look_at(const World& world, Index instance) {
  while (known_.size() <= instance) {
    const Index actor = world.instances[known_.size()].actor;
    const LockConfig& config = model_.program().types[model_.names().type_of(actor)].settings.lock;
    film_.locks.push_back({model_.names().actor_name(model_.program(), actor), config.enabled, config.max_stack_depth});
    known_.emplace_back();
  }
  Known& known = known_[instance];
  Film::LockChange now;
  now.lock = instance;
  now.is_closed = world.locks.is_closed(instance);
  const LockStateView view = world.locks.inspect(instance);
  if (world.locks.rules().queues_entries) {
    now.is_free = view.ring.empty();
    if (!view.ring.empty()) {
      now.id = id_of(view.ring.front().id);
      now.depth = view.ring.front().depth;
    }
  } else {
    now.is_free = !view.locked;
    now.id = id_of(view.active_id);
    now.depth = view.depth;
  }
  for (const Index call : calls_inside(world, instance)) {
    now.inside.push_back(world.calls[call].serial);
    if (!world.locks.can_move_queue(call)) now.immovable.push_back(world.calls[call].serial);
  }
  std::vector<CallSlot> waiting;
  world.locks.append_waiting(instance, waiting);
  std::vector<std::uint32_t> queue;
  for (const CallSlot call : waiting) queue.push_back(world.calls[call].serial);
  const Film::LockChange& last = known.state;
  const bool is_same = now.is_free == last.is_free && now.is_closed == last.is_closed && now.id == last.id &&
                       now.depth == last.depth && now.inside == last.inside && now.immovable == last.immovable &&
                       queue == known.queue;
  if (is_same) return;
  known.state = now;
  compare_queues(known.queue, queue, now);
  known.queue = std::move(queue);
  frame_.locks.push_back(std::move(now));
}

// ---- the end --------------------------------------------------------------------------------------------------------

std::uint32_t FilmMaker::frame_of(const std::vector<std::uint32_t>& frames, std::uint32_t serial) {
  return serial < frames.size() ? frames[serial] : kNone;
}

// The latest beginning of its waits.
std::uint32_t FilmMaker::closing_frame(const DeadlockCycle& cycle) const {
  std::uint32_t latest = 0;
  for (std::size_t i = 0; i < cycle.hops.size(); ++i) {
    const DeadlockCycle::Hop& hop = cycle.hops[i];
    const std::uint32_t next = cycle.hops[(i + 1) % cycle.hops.size()].call;
    std::uint32_t frame = frame_of(made_, next);
    if (hop.waits_for_lock) frame = std::max(frame_of(waiting_, hop.call), frame_of(entered_, next));
    latest = std::max(latest, frame);  // kNone is the latest of all
  }
  return latest;
}

std::uint32_t FilmMaker::breaking_frame(const DeadlockCycle& cycle) const {
  std::uint32_t first = kNone;
  for (const DeadlockCycle::Hop& hop : cycle.hops) first = std::min(first, frame_of(moved_, hop.call));
  return first;
}

Film FilmMaker::finish(const Run& run) {
  for (const DeadlockCycle& cycle : run.deadlocks)
    film_.circles.push_back({closing_frame(cycle), breaking_frame(cycle)});
  return std::move(film_);
}

}  // namespace actorsim
