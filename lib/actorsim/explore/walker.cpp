// What may happen next, in an order that does not depend on the past; and what happens then.
#include "actorsim/explore/walker.h"

#include <algorithm>
#include <tuple>

#include "actorsim/explore/outcome_words.h"
#include "actorsim/model/retry.h"
#include "actorsim/model/unroll.h"

namespace actorsim {

// Notes what becomes of calls, and which sites were reached.
class Walker::Watcher : public Observer {
 public:
  Watcher(Walker& walker, Situation& situation, std::vector<CallOutcome>& outcomes, Observer* next)
      : walker_(walker), situation_(situation), outcomes_(outcomes), next_(next) {}

  void made(const World& world, Index slot) override {
    const Call& call = world.calls[slot];
    std::vector<Index>& reached =
        situation_.reached[call.trigger == kNone ? situation_.reached.size() - 1 : call.trigger];
    const auto place = std::lower_bound(reached.begin(), reached.end(), call.site);
    if (place == reached.end() || *place != call.site) reached.insert(place, call.site);
    if (next_ != nullptr) next_->made(world, slot);
  }

  void held(const World& world, Index slot) override {
    if (next_ != nullptr) next_->held(world, slot);
  }

  void arrived(const World& world, Index slot, const std::optional<ArrivalResult>& result) override {
    if (result && result->admission == Admission::refused_closed) met_closed_lock_ = true;
    if (next_ != nullptr) next_->arrived(world, slot, result);
  }

  void admitted(const World& world, Index slot) override {
    if (next_ != nullptr) next_->admitted(world, slot);
  }

  void reseated(const World& world, Index from, Index to) override {
    if (next_ != nullptr) next_->reseated(world, from, to);
  }

  void ended(const World& world, Index slot, const CallEnd& end) override {
    if (world.calls[slot].stuck == Call::Stuck::no) note(world, slot, outcome_of(world.calls[slot], end));
    if (next_ != nullptr) next_->ended(world, slot, end);
  }

  void will_retry(const World& world, Index slot, const CallEnd& end) override {
    if (next_ != nullptr) next_->will_retry(world, slot, end);
  }

  void deactivated(const World& world, Index instance, bool moved) override {
    if (next_ != nullptr) next_->deactivated(world, instance, moved);
  }

  void became_stuck(const World& world, const Stuck& stuck) override {
    const auto note_new = [&](const std::vector<Index>& calls, std::optional<Outcome> outcome) {
      for (const Index slot : calls) {
        if (world.calls[slot].stuck == Call::Stuck::no)
          note(world, slot, outcome ? *outcome : admission_word(world.calls[slot]));
      }
    };
    note_new(stuck.deadlocked, Outcome::deadlocked);
    note_new(stuck.stranded, Outcome::stranded);
    note_new(stuck.behind, std::nullopt);
    if (next_ != nullptr) next_->became_stuck(world, stuck);
  }

  void overlapped(const World& world, Index entering, Index inside) override {
    situation_.verdict = std::max(situation_.verdict, Verdict::overlap);
    if (next_ != nullptr) next_->overlapped(world, entering, inside);
  }

  bool met_closed_lock() const { return met_closed_lock_; }

 private:
  void note(const World& world, Index slot, Outcome outcome) {
    situation_.verdict = std::max(situation_.verdict, verdict_of(outcome));
    outcomes_.push_back({walker_.label(walker_.model_.label(world, slot)), outcome});
  }

  Walker& walker_;
  Situation& situation_;
  std::vector<CallOutcome>& outcomes_;
  Observer* next_;
  bool met_closed_lock_ = false;
};

Walker::Walker(const Program& program) : program_(unroll_loads(program)), model_(program_, Walk::all_orders) {}

Situation Walker::initial() {
  Situation situation{model_.initial(), {}, {}, Verdict::ok};
  situation.reached.resize(program_.triggers.size() + 1);
  model_.begin(situation.world, effects_);
  keep_pending(situation);
  return situation;
}

Index Walker::label(const std::string& text) { return model_.names().text(text); }

Index Walker::origin(Index trigger) const {
  const Index origin = trigger == kNone ? kNone : program_.triggers[trigger].origin;
  return origin == kNone ? trigger : origin;
}

// ---- which steps can be taken -----------------------------------------------------------------------------------

// Movers of calls are read off the world; of the others, those that came to be are kept.
void Walker::keep_pending(Situation& situation) const {
  const World& world = situation.world;
  for (const StepEffects::Ready& ready : effects_.ready) {
    const Mover::Kind kind = ready.mover.kind;
    const bool is_load =
        kind == Mover::Kind::trigger && program_.triggers[ready.mover.index].kind == Trigger::Kind::call;
    const bool is_of_a_call =
        kind == Mover::Kind::activity || kind == Mover::Kind::retry || kind == Mover::Kind::timeout;
    if (!is_load && !is_of_a_call) situation.pending.push_back(ready.mover);
  }
  std::erase_if(situation.pending, [&](const Mover& mover) { return is_over(world, mover); });
}

// Will it do nothing, now and for ever?
bool Walker::is_over(const World& world, const Mover& mover) const {
  switch (mover.kind) {
    case Mover::Kind::idle: {
      const Instance& instance = world.instances[mover.index];
      return instance.state != Instance::State::active || world.actors[instance.actor].instance != mover.index ||
             instance.looks_again_at == 0 || instance.look_period > 0;
    }
    case Mover::Kind::drain:
      if (mover.index != kNone) return world.instances[mover.index].state != Instance::State::draining;
      return !world.round.is_open || world.round.number != mover.tag ||
             (program_.rules.rebalance == RebalanceStyle::drain_then_move && !world.round.is_holding);
    case Mover::Kind::look_again: return world.instances[mover.index].state != Instance::State::leaving;
    case Mover::Kind::trigger:
    case Mover::Kind::activity:
    case Mover::Kind::retry:
    case Mover::Kind::timeout:
    case Mover::Kind::grant: break;
  }
  return false;
}

void Walker::add_triggers(const Situation& situation, std::vector<Move>& moves) const {
  const World& world = situation.world;
  for (Index index = 0; index < world.triggers.size(); ++index) {
    const StartTrigger& trigger = program_.triggers[index];
    const TriggerState& state = world.triggers[index];
    if (trigger.kind != Trigger::Kind::call || !state.released || state.started >= state.due) continue;
    const std::uint32_t number = trigger.first_number + state.started;
    moves.push_back({{Mover::Kind::trigger, index}, {origin(index), number, 0}, index});
  }
  for (const Mover& mover : situation.pending) {
    if (mover.kind == Mover::Kind::trigger) {
      const std::uint32_t number = world.triggers[mover.index].started;
      moves.push_back({mover, {mover.index, number, 0}, mover.index});
      continue;
    }
    const bool can_look = mover.kind != Mover::Kind::idle && mover.kind != Mover::Kind::look_again;
    if (can_look || world.instances[mover.index].pending == 0) moves.push_back({mover, {}, kNone});
  }
}

void Walker::add_calls(const World& world, std::vector<Move>& moves) const {
  const auto add = [&](const Mover& mover, const Call& call) {
    moves.push_back({mover, {origin(call.trigger), call.trigger == kNone ? 0 : call.number, 0}, call.trigger});
  };
  for (Index index = 0; index < world.activities.size(); ++index) {
    const Activity& activity = world.activities[index];
    if (activity.state != Activity::State::ready) continue;
    add({Mover::Kind::activity, index, activity.generation}, world.calls[activity.call]);
  }
  for (Index slot = 0; slot < world.calls.size(); ++slot) {
    const Call& call = world.calls[slot];
    if (call.state == Call::State::unused || call.state == Call::State::answered) continue;
    if (call.state == Call::State::retrying) add({Mover::Kind::retry, slot, call.serial, call.attempts}, call);
    if (call.has_deadline) {
      add({Mover::Kind::timeout, slot, call.serial, own_attempts(call)}, call);
    }
  }
  if (program_.lock_rules.queues_entries) return;
  for (Index instance = 0; instance < world.instances.size(); ++instance) {
    if (!world.locks.can_grant(instance)) continue;
    // It is the first waiting call's step.
    for (Index slot = 0; slot < world.calls.size(); ++slot) {
      if (world.calls[slot].instance != instance || !world.locks.is_first_waiting(slot)) continue;
      add({Mover::Kind::grant, instance}, world.calls[slot]);
    }
  }
}

// Where a step's call meets a closed lock, and chance decides what that does, all ways are listed.
void Walker::add_closed_lock_ways(const Situation& situation, std::vector<Move>& moves) {
  if (!program_.lock_rules.leaving_waiter_removes_front) return;
  const World& world = situation.world;
  const auto is_closed = [&](const Instance& instance) {
    return instance.state != Instance::State::gone &&
           world.locks.is_closed(static_cast<LockIndex>(&instance - world.instances.data()));
  };
  if (std::none_of(world.instances.begin(), world.instances.end(), is_closed)) return;
  std::vector<Move> ways;
  for (const Move& move : moves) {
    ways.push_back(move);
    Situation probe = situation;
    std::vector<CallOutcome> ignored;
    Watcher watcher(*this, probe, ignored, nullptr);
    model_.apply(probe.world, move.mover, effects_, &watcher);
    if (!watcher.met_closed_lock()) continue;
    for (const AfterClose way : {AfterClose::refused_in_queue, AfterClose::entered}) {
      ways.push_back(move);
      ways.back().mover.after_close = way;
    }
  }
  moves = std::move(ways);
}

void Walker::list_moves(const Situation& situation, std::vector<Move>& moves) {
  const World& world = situation.world;
  moves.clear();
  add_triggers(situation, moves);
  add_calls(world, moves);
  const auto place_of = [&](const Mover& mover) {  // call's path, thread's path
    switch (mover.kind) {
      case Mover::Kind::activity: {
        const Activity& activity = world.activities[mover.index];
        return std::pair{world.calls[activity.call].path, activity.path};
      }
      case Mover::Kind::retry:
      case Mover::Kind::timeout: return std::pair{world.calls[mover.index].path, kNone};
      case Mover::Kind::grant:
      case Mover::Kind::trigger:
      case Mover::Kind::idle:
      case Mover::Kind::drain:
      case Mover::Kind::look_again: break;
    }
    return std::pair{kNone, kNone};
  };
  const auto rank = [](const Mover& mover) { return mover.kind == Mover::Kind::timeout; };
  const Paths& paths = model_.paths();
  const auto comes_first = [&](const Move& left, const Move& right) {
    const auto key = [&](const Move& move) {
      return std::tuple{move.choice.trigger, move.choice.number, move.trigger, rank(move.mover)};
    };
    const auto a = key(left), b = key(right);
    if (a != b) return a < b;
    const auto [call_a, thread_a] = place_of(left.mover);
    const auto [call_b, thread_b] = place_of(right.mover);
    if (call_a != call_b) return paths.call_comes_before(call_a, call_b);
    if (left.mover.kind != right.mover.kind) return left.mover.kind < right.mover.kind;
    if (thread_a != thread_b) return paths.thread_comes_before(thread_a, thread_b);
    return left.trigger == kNone && left.mover.index < right.mover.index;
  };
  std::stable_sort(moves.begin(), moves.end(), comes_first);
  add_closed_lock_ways(situation, moves);
  for (std::size_t i = 1; i < moves.size(); ++i) {
    const Choice &before = moves[i - 1].choice, &choice = moves[i].choice;
    if (before.trigger == choice.trigger && before.number == choice.number)
      moves[i].choice.alternative = before.alternative + 1;
  }
}

// ---- taking them ------------------------------------------------------------------------------------------------

std::optional<Diagnostic> Walker::take(Situation& situation, const Move& move, std::vector<CallOutcome>& outcomes,
                                       Observer* observer) {
  const auto kept = std::find(situation.pending.begin(), situation.pending.end(), move.mover);
  if (kept != situation.pending.end()) situation.pending.erase(kept);
  Watcher watcher(*this, situation, outcomes, observer);
  model_.apply(situation.world, move.mover, effects_, &watcher);
  if (effects_.problem) return std::move(effects_.problem);
  keep_pending(situation);
  return std::nullopt;
}

void Walker::settle(Situation& situation, std::vector<CallOutcome>& outcomes) {
  Watcher watcher(*this, situation, outcomes, nullptr);
  model_.settle_stuck(situation.world, &watcher);
}

std::vector<Index> Walker::skipped(const Situation& situation) {
  std::vector<bool> was_reached(program_.sites.size());
  for (const std::vector<Index>& sites : situation.reached) {
    for (const Index site : sites) was_reached[site] = true;
  }
  std::vector<Index> labels;
  for (const std::string& text : skipped_labels(program_, was_reached)) labels.push_back(label(text));
  return labels;
}

}  // namespace actorsim
