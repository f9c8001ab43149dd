// Taking steps, choosing among them, and sending on what follows.
#include "actorsim/explore/state_worker.h"

#include <algorithm>

#include "actorsim/base/check.h"

namespace actorsim {
namespace {

constexpr std::uint64_t kEffortPerLook = 20'000;  // in steps that are known
constexpr std::uint64_t kLearningEffort = 1'000;
constexpr std::size_t kMostCircles = 10'000;
constexpr std::uint64_t kManyStates = 200'000;  // more than caches hold

}  // namespace

StateWorker::StateWorker(SharedAutomaton& shared, const StateLayout& layout, LockOrder& order, const Reductions& used,
                         const std::optional<Symmetry>& symmetry, const SearchLimits& limits)
    : shared_(shared),
      limits_(limits),
      next_look_(kEffortPerLook),
      cache_(shared, layout),
      layout_(&layout),
      order_(order),
      used_(used),
      symmetry_(symmetry) {
  fast_.use(layout);
}

void StateWorker::use(const StateLayout& layout) {
  layout_ = &layout;
  cache_.use(layout);
  fast_.use(layout);
  recent_.forget();
}

void StateWorker::begin_block(StateTable& table, StateList& next, std::size_t owners, std::uint64_t most_added) {
  table_ = &table;
  arrivals_.begin(table, next, layout_->width(), most_added);
  found_.resize(owners > 1 ? owners : 0);
  for (Found& found : found_) found.clear();
  if (table.size() > kManyStates) recent_.turn_on();
  next_look_ = kEffortPerLook * (1 + kLearningEffort * cache_.learned() / kEffortPerLook);
}

void StateWorker::expand(const std::uint64_t* first, std::size_t count, bool wants_outcomes) {
  const bool grants = !shared_.automaton.walker().program().lock_rules.queues_entries;
  const bool is_plain = !used_.movers && !used_.stubborn && !used_.lock_graph && !symmetry_ && (!grants || used_.queue);
  for (std::size_t i = 0; i < count; ++i) {
    if (is_time_over()) break;
    const std::uint64_t* state = first + i * layout_->width();
    if (is_plain && fast_.is_usable() && expand_fast(*state)) continue;
    expand_state(state, wants_outcomes);
  }
}

void StateWorker::absorb(const Found& found) {
  const std::size_t width = layout_->width();
  const bool is_word = width == 1 && table_->width() == 1;
  for (std::size_t i = 0; i < found.size() && !arrivals_.has_enough(); i += width) {
    if (is_word) {
      arrivals_.push_word(found[i], StateTable::hash(&found[i], 1));
    } else {
      arrivals_.push(&found[i]);
    }
  }
  if (arrivals_.has_enough()) result.has_spent_share = true;
}

void StateWorker::end_block() {
  arrivals_.flush();
  result.table_is_full = arrivals_.is_full();
}

void StateWorker::send(const std::uint64_t* state) {
  if (found_.empty()) return arrivals_.push(state);
  const std::uint64_t hash = Arrivals::hash_of_entry(*table_, state, layout_->width());
  Found& found = found_[StateTable::owner(hash, found_.size())];
  found.insert(found.end(), state, state + layout_->width());
}

// Of one word, which is no hash.
void StateWorker::send_word(std::uint64_t state) {
  const std::uint64_t hash = StateTable::hash(&state, 1);
  if (recent_.note(state, hash)) return;
  if (found_.empty()) {
    arrivals_.push_word(state, hash);
  } else {
    found_[StateTable::owner(hash, found_.size())].push_back(state);
  }
}

void StateWorker::expand_state(const std::uint64_t* packed, bool wants_outcomes) {
  cache_.open(packed, open_);
  if (used_.lock_graph && cannot_deadlock()) {
    result.verdicts[open_.state.verdict] = true;
    return;
  }
  const bool chooses = used_.movers || used_.stubborn;
  enabled_.clear();
  bool has_moves = false;
  for (Index chain = 0; chain < open_.values.size(); ++chain) {
    if (is_time_over()) return;
    const std::size_t moves = open_.values[chain]->moves.size();
    for (std::size_t move = 0; move < moves; ++move) {
      const KnownStep* step = cache_.step(open_, chain, move);
      if (step->is_queued && used_.queue) continue;
      has_moves = true;
      if (chooses) {
        enabled_.push_back({chain, static_cast<std::uint32_t>(move), step->is_arrival});
      } else {
        take(packed, *step);
      }
    }
  }
  if (!shared_.automaton.walker().program().lock_rules.queues_entries && !used_.queue) {
    for (Index actor = 0; actor < open_.locks.size(); ++actor) {
      if (!cache_.can_grant(open_, actor)) continue;
      has_moves = true;
      take(packed, *cache_.grant(open_, actor));
    }
  }
  if (!has_moves) {
    end(wants_outcomes);
    return;
  }
  if (!chooses) return;
  choose();
  for (const Enabled& enabled : enabled_) {
    take(packed, *cache_.step(open_, enabled.chain, enabled.move));
  }
}

// Looked at now and then, by what has been done: a state may have many steps, and asking the model takes long.
bool StateWorker::is_time_over() {
  if (arrivals_.has_enough()) {
    result.has_spent_share = true;
    return true;
  }
  const std::uint64_t effort = result.steps + kLearningEffort * cache_.learned();
  if (effort < next_look_) return is_over_;
  next_look_ = effort + kEffortPerLook;
  return is_over_ = limits_.is_over();
}

// False: it has to be done the other way; what has been sent already does no harm.
bool StateWorker::expand_fast(std::uint64_t state) {
  const std::uint64_t steps_before = result.steps;
  bool is_moved = false;
  const bool is_lossy = table_->width() != layout_->width();
  const std::uint32_t count = fast_.each(state, [&](std::uint64_t after, bool is_queued) {
    if (is_queued && used_.queue) return;
    is_moved = true;
    ++result.steps;
    if (is_lossy) {
      send(&after);
    } else {
      send_word(after);
    }
  });
  if (count == FastSteps::kUnknown || !is_moved) {
    result.steps = steps_before;
    return false;
  }
  return true;
}

void StateWorker::take(const std::uint64_t* packed, const KnownStep& step) {
  if (!step.fits) {
    result.layout_is_full = true;
    return;
  }
  ++result.steps;
  const std::size_t width = layout_->width();
  after_.assign(packed, packed + width);
  if (width == 1) {
    after_[0] = (*packed & ~step.clear) | step.set;
  } else {
    for (const Automaton::Write& write : step.writes) {
      if (write.is_residue && write.index >= layout_->residue_fields()) continue;
      StateLayout::set(write.is_residue ? layout_->residue(write.index) : layout_->chain(write.index), write.value,
                       after_.data());
    }
  }
  if (step.verdict > open_.state.verdict) StateLayout::set(layout_->verdict(), step.verdict, after_.data());
  if (symmetry_) make_canonical(after_.data());
  send(after_.data());
}

void StateWorker::make_canonical(std::uint64_t* state) {
  layout_->unpack(state, scratch_);
  symmetry_->make_canonical(scratch_.values);
  // All free grants: what a lock holds follows from the chains.
  for (const std::uint32_t residue : scratch_.residues) ACTORSIM_CHECK(residue == 0);
  layout_->pack(scratch_, state);
}

// Nothing moves any more: what waits now, waits for ever.
void StateWorker::end(bool wants_outcomes) {
  const bool is_done = std::all_of(open_.values.begin(), open_.values.end(),
                                   [](const Automaton::Value* value) { return value->is_done; });
  if (is_done && !wants_outcomes) {
    result.verdicts[open_.state.verdict] = true;
    return;
  }
  const std::lock_guard lock(shared_.mutex);
  Walker& walker = shared_.automaton.walker();
  Situation situation = shared_.automaton.situation(open_.state);
  std::vector<CallOutcome> seen;
  if (used_.queue) {  // those that were kept from arriving arrive now
    std::vector<Move> moves;
    for (walker.list_moves(situation, moves); !moves.empty(); walker.list_moves(situation, moves)) {
      walker.take(situation, moves.front(), seen);
    }
    seen.clear();
  }
  note_circles(situation, walker.stuck(situation));
  walker.settle(situation, seen);
  result.verdicts[static_cast<std::size_t>(situation.verdict)] = true;
  if (!wants_outcomes) return;
  outcomes.insert(seen.begin(), seen.end());
  for (const Index label : walker.skipped(situation)) outcomes.insert({label, Outcome::skipped});
}

void StateWorker::note_circles(const Situation& situation, const Stuck& stuck) {
  for (const WaitCycle& cycle : stuck.cycles) {
    if (circles.size() >= kMostCircles) {
      has_all_circles = false;
      return;
    }
    std::vector<std::array<Index, 3>> circle;
    for (const WaitCycle::Hop& hop : cycle.hops) {
      const Call& call = situation.world.calls[hop.call];
      if (hop.waits_for_lock) circle.push_back({call.trigger, call.path, call.actor});
    }
    std::sort(circle.begin(), circle.end());
    circles.insert(std::move(circle));
  }
}

const ValueFacts& StateWorker::facts(Index chain) {
  std::vector<std::unique_ptr<ValueFacts>>& of_chain = facts_.size() > chain ? facts_[chain] : grow_facts(chain);
  const std::uint32_t id = open_.state.values[chain];
  if (id >= of_chain.size()) of_chain.resize(id + 1);
  if (!of_chain[id]) {
    const std::lock_guard lock(shared_.mutex);
    of_chain[id] = std::make_unique<ValueFacts>(order_.facts(chain, *open_.values[chain]));
  }
  return *of_chain[id];
}

std::vector<std::unique_ptr<ValueFacts>>& StateWorker::grow_facts(Index chain) {
  facts_.resize(chain + 1);
  return facts_[chain];
}

// Is there no circle in who may ask for what while holding what?
bool StateWorker::cannot_deadlock() {
  const std::size_t actors = shared_.automaton.actor_count();
  successors_.resize(actors);
  for (std::vector<Index>& list : successors_) list.clear();
  incoming_.assign(actors, 0);
  for (Index chain = 0; chain < open_.values.size(); ++chain) {
    for (const auto& [held, asked] : facts(chain).order) {
      successors_[held].push_back(asked);
      ++incoming_[asked];
    }
  }
  // Taking away, again and again, what nobody asks for.
  std::vector<Index> free;
  for (Index actor = 0; actor < actors; ++actor) {
    if (incoming_[actor] == 0) free.push_back(actor);
  }
  std::size_t taken = 0;
  for (; taken < free.size(); ++taken) {
    for (const Index next : successors_[free[taken]]) {
      if (--incoming_[next] == 0) free.push_back(next);
    }
  }
  return taken == actors;
}

// Keeps a set of chains' steps that is enough.
void StateWorker::choose() {
  if (used_.movers) {
    // A return, or a call that re-enters, disturbs nobody and is disturbed by nobody.
    for (std::size_t i = 0; i < enabled_.size(); ++i) {
      const Index chain = enabled_[i].chain;
      const bool is_alone = open_.values[chain]->moves.size() == 1;
      if (!is_alone || enabled_[i].is_arrival) continue;
      enabled_ = {enabled_[i]};
      return;
    }
  }
  if (!used_.stubborn) return;
  callers_.resize(shared_.automaton.actor_count());
  insiders_.resize(callers_.size());
  for (std::vector<Index>& chains : callers_) chains.clear();
  for (std::vector<Index>& chains : insiders_) chains.clear();
  for (Index chain = 0; chain < open_.values.size(); ++chain) {
    for (const Index actor : facts(chain).calls) callers_[actor].push_back(chain);
    for (const Index actor : facts(chain).inside) insiders_[actor].push_back(chain);
  }
  std::size_t best = enabled_.size() + 1;
  Index last_seed = kNone;
  for (const Enabled& enabled : enabled_) {
    if (enabled.chain == last_seed) continue;
    last_seed = enabled.chain;
    close_from(enabled.chain);
    const auto size = static_cast<std::size_t>(
        std::count_if(enabled_.begin(), enabled_.end(), [&](const Enabled& one) { return is_in_[one.chain]; }));
    if (size >= best) continue;
    best = size;
    best_set_ = is_in_;
    if (best == 1) break;
  }
  std::erase_if(enabled_, [&](const Enabled& one) { return !best_set_[one.chain]; });
}

// With a chain come all those that its steps and the steps of theirs could meet at a lock.
void StateWorker::close_from(Index seed) {
  is_in_.assign(open_.values.size(), false);
  to_do_ = {seed};
  is_in_[seed] = true;
  const auto add = [&](const std::vector<Index>& chains) {
    for (const Index chain : chains) {
      if (is_in_[chain]) continue;
      is_in_[chain] = true;
      to_do_.push_back(chain);
    }
  };
  while (!to_do_.empty()) {
    const Index chain = to_do_.back();
    to_do_.pop_back();
    const ValueFacts& of_chain = facts(chain);
    for (const Index actor : of_chain.waiting) add(insiders_[actor]);
    const Automaton::Value& value = *open_.values[chain];
    if (!value.part.trigger.released) {  // it comes after others
      for (Index other = 0; other < open_.values.size(); ++other) {
        if (follows(chain, other)) add({other});
      }
    }
    for (std::size_t move = 0; move < value.moves.size(); ++move) {
      const KnownStep* step = cache_.step(open_, chain, move);
      if (!step->is_arrival) continue;
      const std::vector<Index>& actors = cache_.actors_of(open_, chain, move);
      for (const Index actor : actors) {
        add(callers_[actor]);
        if (step->is_queued) add(insiders_[actor]);
      }
    }
  }
}

bool StateWorker::follows(Index chain, Index other) const {
  const StartTrigger& trigger = shared_.automaton.walker().program().triggers[other];
  const StartTrigger& counting =
      trigger.counted_by == kNone ? trigger : shared_.automaton.walker().program().triggers[trigger.counted_by];
  return counting.followers &&
         std::find(counting.followers->begin(), counting.followers->end(), chain) != counting.followers->end();
}

}  // namespace actorsim
