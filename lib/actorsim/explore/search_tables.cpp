// Breadth-first search over packed states, with reductions; level by level, by several threads.
//
// A level is worked off in blocks. Within a block threads take pieces of it and insert into one table; between blocks
// nobody works, and the table grows. Which states a level has does not depend on who found them, so neither does
// anything that is reported.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <thread>

#include "actorsim/base/check.h"
#include "actorsim/explore/fast_steps.h"
#include "actorsim/explore/lock_order.h"
#include "actorsim/explore/search.h"
#include "actorsim/explore/state_list.h"
#include "actorsim/explore/state_table.h"
#include "actorsim/explore/step_cache.h"
#include "actorsim/explore/symmetry.h"

namespace actorsim {
namespace {

constexpr std::size_t kBatch = 64;                // states whose places are fetched before they are looked up
constexpr std::size_t kBlock = 32;                // chunks at most; a thread takes one at a time
constexpr std::uint64_t kEffortPerLook = 20'000;  // in steps that are known
constexpr std::uint64_t kLearningEffort = 1'000;
constexpr std::uint64_t kLeastRoom = 4'096;  // states
constexpr std::size_t kStepsAtOnce = 1'000'000;
constexpr std::size_t kMostCircles = 10'000;

// Of those that are wished for, the ways to look at fewer states that are sound here.
Reductions sound_reductions(const LockOrder& order, const Program& program, const ExploreOptions& options) {
  if (!order.is_calm() || options.goal == Goal::outcomes) return Reductions::none();
  Reductions used = options.reductions;
  // A failure that a handler chooses happens in any order, but not in a state that is not looked at.
  if (options.goal != Goal::deadlock && order.can_fail()) used.lock_graph = false;
  // An exchange would have to exchange the calls in the queues too.
  used.symmetry = used.symmetry && used.queue;
  // Up to 1.14 a newcomer may overtake, so whether a lock is free when it comes matters, unless that is left open.
  const bool in_order = program.lock_rules.queues_entries || used.queue;
  if (!in_order) used.movers = used.stubborn = false;
  return used;
}

// Looks at one thread's share of the states.
class Worker {
 public:
  Worker(SharedAutomaton& shared, const StateLayout& layout, LockOrder& order, const Reductions& used,
         const std::optional<Symmetry>& symmetry, const SearchLimits& limits)
      : shared_(shared),
        limits_(limits),
        cache_(shared, layout),
        layout_(&layout),
        order_(order),
        used_(used),
        symmetry_(symmetry) {
    fast_.use(layout);
  }

  struct Result {
    std::uint64_t steps = 0;
    std::array<bool, kVerdictCount> verdicts{};
    bool layout_is_full = false;
    bool table_is_full = false;
    bool has_spent_share = false;  // of the states that may still come
  };

  void use(const StateLayout& layout) {
    layout_ = &layout;
    cache_.use(layout);
    fast_.use(layout);
  }

  // A table whose entries are narrower than a state knows it by its hash alone.
  StateTable::Inserted insert(StateTable& table, const std::uint64_t* state, std::uint64_t hash) const {
    if (table.width() == layout_->width()) return table.insert(state, hash);
    const std::uint64_t name = hash >> 1U;
    return table.insert(&name, StateTable::hash(&name, 1));
  }

  // New states go to `next`.
  void expand(const std::uint64_t* first, std::size_t count, StateTable& table, StateList& next, bool wants_outcomes) {
    const bool grants = !shared_.automaton.walker().program().lock_rules.queues_entries;
    const bool is_plain =
        !used_.movers && !used_.stubborn && !used_.lock_graph && !symmetry_ && (!grants || used_.queue);
    for (std::size_t i = 0; i < count; ++i) {
      if (is_time_over()) break;
      const std::uint64_t* state = first + i * layout_->width();
      if (is_plain && fast_.is_usable() && expand_fast(*state, table, next)) continue;
      expand_state(state, table, next, wants_outcomes);
    }
    flush(table, next);
    flush_words(table, next);
  }

  void start_counting() { next_look_ = kEffortPerLook * (1 + kLearningEffort * cache_.learned() / kEffortPerLook); }

  /// So many new states end the block.
  void begin_block(std::uint64_t most_added) {
    added_ = 0;
    most_added_ = most_added;
  }

  Result result;
  std::set<CallOutcome> outcomes;  // of what is stuck or was never reached
  // Of each circle of waiting calls: whose they are, their places in their trees, and their actors.
  std::set<std::vector<std::array<Index, 3>>> circles;
  bool has_all_circles = true;

 private:
  struct Enabled {
    Index chain;
    std::uint32_t move;
    bool is_arrival;
  };

  void expand_state(const std::uint64_t* packed, StateTable& table, StateList& next, bool wants_outcomes) {
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
          take(packed, *step, table, next);
        }
      }
    }
    if (!shared_.automaton.walker().program().lock_rules.queues_entries && !used_.queue) {
      for (Index actor = 0; actor < open_.locks.size(); ++actor) {
        if (!cache_.can_grant(open_, actor)) continue;
        has_moves = true;
        take(packed, *cache_.grant(open_, actor), table, next);
      }
    }
    if (!has_moves) {
      end(wants_outcomes);
      return;
    }
    if (!chooses) return;
    choose();
    for (const Enabled& enabled : enabled_) {
      take(packed, *cache_.step(open_, enabled.chain, enabled.move), table, next);
    }
  }

  // Looked at now and then, by what has been done: a state may have many steps, and asking the model takes long.
  bool is_time_over() {
    if (added_ >= most_added_) {
      result.has_spent_share = true;
      return true;
    }
    const std::uint64_t effort = result.steps + kLearningEffort * cache_.learned();
    if (effort < next_look_) return is_over_;
    next_look_ = effort + kEffortPerLook;
    return is_over_ = limits_.is_over();
  }

  // False: it has to be done the other way; what has been inserted already does no harm.
  bool expand_fast(std::uint64_t state, StateTable& table, StateList& next) {
    const std::uint64_t steps_before = result.steps;
    bool is_moved = false;
    const std::uint32_t count = fast_.each(state, [&](std::uint64_t after, bool is_queued) {
      if (is_queued && used_.queue) return;
      is_moved = true;
      ++result.steps;
      queue_word(after, table, next);
    });
    if (count == FastSteps::kUnknown || !is_moved) {
      result.steps = steps_before;
      return false;
    }
    return true;
  }

  void take(const std::uint64_t* packed, const KnownStep& step, StateTable& table, StateList& next) {
    if (!step.fits) {
      result.layout_is_full = true;
      return;
    }
    ++result.steps;
    const std::size_t width = layout_->width();
    const std::size_t at = batch_.size();
    if (width == 1) {
      batch_.push_back((*packed & ~step.clear) | step.set);
    } else {
      batch_.insert(batch_.end(), packed, packed + width);
      for (const Automaton::Write& write : step.writes) {
        if (write.is_residue && write.index >= layout_->residue_fields()) continue;
        StateLayout::set(write.is_residue ? layout_->residue(write.index) : layout_->chain(write.index), write.value,
                         batch_.data() + at);
      }
    }
    if (step.verdict > open_.state.verdict) StateLayout::set(layout_->verdict(), step.verdict, batch_.data() + at);
    if (symmetry_) make_canonical(batch_.data() + at);
    hashes_.push_back(StateTable::hash(batch_.data() + at, width));
    table.prefetch(hashes_.back());
    if (hashes_.size() == kBatch) flush(table, next);
  }

  void make_canonical(std::uint64_t* state) {
    layout_->unpack(state, scratch_);
    symmetry_->make_canonical(scratch_.values);
    // All free grants: what a lock holds follows from the chains.
    for (const std::uint32_t residue : scratch_.residues) ACTORSIM_CHECK(residue == 0);
    layout_->pack(scratch_, state);
  }

  // States of one word that come from the dense tables wait for their places as long as it takes kBatch more to come.
  void queue_word(std::uint64_t state, StateTable& table, StateList& next) {
    const std::uint64_t hash = StateTable::hash(&state, 1);
    table.prefetch(hash);
    std::pair<std::uint64_t, std::uint64_t>& place = words_[word_count_ % kBatch];
    if (word_count_ >= kBatch) insert_word(place, table, next);
    place = {state, hash};
    ++word_count_;
  }

  void insert_word(const std::pair<std::uint64_t, std::uint64_t>& word, StateTable& table, StateList& next) {
    const StateTable::Inserted inserted = table.insert_word(word.first, word.second);
    if (inserted == StateTable::Inserted::known) return;
    if (inserted == StateTable::Inserted::full) {
      result.table_is_full = true;
      return;
    }
    next.push_back(&word.first);
    ++added_;
  }

  void flush_words(StateTable& table, StateList& next) {
    for (std::size_t i = word_count_ - std::min(word_count_, kBatch); i < word_count_; ++i)
      insert_word(words_[i % kBatch], table, next);
    word_count_ = 0;
  }

  void flush(StateTable& table, StateList& next) {
    const std::size_t width = layout_->width();
    for (std::size_t i = 0; i < hashes_.size(); ++i) {
      const std::uint64_t* state = batch_.data() + i * width;
      switch (insert(table, state, hashes_[i])) {
        case StateTable::Inserted::known: break;
        case StateTable::Inserted::added:
          next.push_back(state);
          ++added_;
          break;
        case StateTable::Inserted::full: result.table_is_full = true; break;
      }
    }
    batch_.clear();
    hashes_.clear();
  }

  // Nothing moves any more: what waits now, waits for ever.
  void end(bool wants_outcomes) {
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

  void note_circles(const Situation& situation, const Stuck& stuck) {
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

  // ---- reductions ----

  const ValueFacts& facts(Index chain) {
    std::vector<std::unique_ptr<ValueFacts>>& of_chain = facts_.size() > chain ? facts_[chain] : grow_facts(chain);
    const std::uint32_t id = open_.state.values[chain];
    if (id >= of_chain.size()) of_chain.resize(id + 1);
    if (!of_chain[id]) {
      const std::lock_guard lock(shared_.mutex);
      of_chain[id] = std::make_unique<ValueFacts>(order_.facts(chain, *open_.values[chain]));
    }
    return *of_chain[id];
  }

  std::vector<std::unique_ptr<ValueFacts>>& grow_facts(Index chain) {
    facts_.resize(chain + 1);
    return facts_[chain];
  }

  // Is there no circle in who may ask for what while holding what?
  bool cannot_deadlock() {
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
  void choose() {
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
  void close_from(Index seed) {
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

  bool follows(Index chain, Index other) const {
    const StartTrigger& trigger = shared_.automaton.walker().program().triggers[other];
    const StartTrigger& counting =
        trigger.counted_by == kNone ? trigger : shared_.automaton.walker().program().triggers[trigger.counted_by];
    return counting.followers &&
           std::find(counting.followers->begin(), counting.followers->end(), chain) != counting.followers->end();
  }

  SharedAutomaton& shared_;
  const SearchLimits& limits_;
  std::uint64_t next_look_ = kEffortPerLook;
  std::uint64_t added_ = 0, most_added_ = ~std::uint64_t{0};
  bool is_over_ = false;
  StepCache cache_;
  FastSteps fast_{cache_};
  const StateLayout* layout_;
  LockOrder& order_;
  const Reductions& used_;
  std::optional<Symmetry> symmetry_;
  AutomatonState scratch_;
  OpenState open_;
  std::array<std::pair<std::uint64_t, std::uint64_t>, kBatch> words_{};  // with their hashes
  std::size_t word_count_ = 0;
  std::vector<std::uint64_t> batch_, hashes_;
  std::vector<Enabled> enabled_;
  std::vector<std::vector<std::unique_ptr<ValueFacts>>> facts_;  // by chain and value
  std::vector<std::vector<Index>> successors_, callers_, insiders_;
  std::vector<std::uint32_t> incoming_;
  std::vector<bool> is_in_, best_set_;
  std::vector<Index> to_do_;
};

class TableSearch {
 public:
  TableSearch(Walker& walker, const ExploreOptions& options, SearchLimits& limits, Exploration& result,
              SearchHints& hints)
      : options_(options),
        result_(result),
        hints_(hints),
        order_(walker),
        used_(sound_reductions(order_, walker.program(), options)),
        automaton_(walker, options.goal == Goal::outcomes ? History::outcomes : History::none, used_.symmetry),
        shared_{automaton_, {}},
        limits_(limits) {}

  std::optional<Diagnostic> run() {
    AutomatonState state = automaton_.initial();
    if (used_.symmetry) {
      symmetry_.emplace(automaton_.walker().program(), *automaton_.shapes());
      if (symmetry_->is_trivial()) symmetry_.reset();
    }
    layout_ = std::make_unique<StateLayout>(automaton_);
    for (unsigned i = 0; i < std::max(1U, options_.threads); ++i)
      workers_.push_back(std::make_unique<Worker>(shared_, *layout_, order_, used_, symmetry_, limits_));
    state.residues.resize(automaton_.actor_count());
    do {
      must_start_again_ = false;
      if (!run_from(state)) return automaton_.take_problem();
    } while (must_start_again_);
    finish();
    return std::nullopt;
  }

 private:
  // Level by level. False: the scenario is at fault.
  bool run_from(const AutomatonState& state) {
    result_.steps = result_.levels = 0;
    table_ = std::make_unique<StateTable>(options_.is_lossy ? 1 : layout_->width());
    std::vector<std::uint64_t> packed(layout_->width());
    layout_->pack(state, packed.data());
    const std::uint64_t hash = StateTable::hash(packed.data(), layout_->width());
    workers_[0]->insert(*table_, packed.data(), hash);
    frontier_ = StateList(layout_->width());
    frontier_.push_back(packed.data());
    for (; frontier_.size() > 0 && result_.end == Exploration::End::complete; ++result_.levels) {
      if (!expand_level()) break;
      if (automaton_.has_problem()) return false;
      frontier_.clear();
      for (StateList& part : next_) frontier_.take_over(part);
    }
    if (result_.levels > 0) --result_.levels;
    return true;
  }

  std::uint64_t bytes() const {
    std::uint64_t bytes = table_->bytes() + frontier_.bytes();
    for (const StateList& part : next_) bytes += part.bytes();
    return bytes;
  }

  // False: a bound was reached.
  bool expand_level() {
    next_.clear();
    for (std::size_t i = 0; i < workers_.size(); ++i) next_.emplace_back(layout_->width());
    const std::uint64_t steps_before = result_.steps;
    std::uint64_t states_done = 0;
    for (std::size_t done = 0; done < frontier_.chunks().size();) {
      const std::size_t count = std::min(chunks_at_once(), frontier_.chunks().size() - done);
      const std::uint64_t steps_before_block = result_.steps;
      std::uint64_t states = 0;
      for (std::size_t i = done; i < done + count; ++i) states += frontier_.chunks()[i].count;
      if (!make_room(states)) {
        result_.end = Exploration::End::max_memory;
        return false;
      }
      const std::uint64_t left = options_.max_states - std::min(options_.max_states, table_->size());
      for (const auto& worker : workers_) worker->begin_block(left / workers_.size() + 1);
      run_block(done, count);
      if (automaton_.has_problem()) return true;
      bool is_full = false, needs_room = false;
      for (const auto& worker : workers_) {
        result_.steps += worker->result.steps;
        worker->result.steps = 0;
        worker->start_counting();
        is_full = is_full || worker->result.layout_is_full;
        worker->result.layout_is_full = false;
        needs_room = needs_room || worker->result.table_is_full;
        worker->result.table_is_full = false;
        // Its share is spent, but not that of the others.
        needs_room = needs_room || (worker->result.has_spent_share && table_->size() < options_.max_states);
        worker->result.has_spent_share = false;
      }
      if (is_full) {  // some steps of this level led to numbers that had no room: once more, with room for them
        if (options_.is_lossy) {  // hashes tell nothing about the states
          start_again();
          return false;
        }
        change_layout();
        result_.steps = steps_before;
        done = 0;
        states_done = 0;
        continue;
      }
      if (needs_room) {  // the block once more: what it has found is there already
        result_.steps = steps_before_block;
        continue;
      }
      states_done += states;
      done += count;
      result_.bytes = std::max(result_.bytes, bytes());
      const ExploreProgress progress{table_->size(), result_.steps, frontier_.size() - states_done, result_.levels};
      if (const auto reached = limits_.look(progress, 0)) {
        result_.end = *reached;
        return false;
      }
    }
    return true;
  }

  // So few that the clock is looked at every now and then.
  std::size_t chunks_at_once() const {
    const std::size_t steps = StateList::kChunk * std::max<std::size_t>(automaton_.chain_count(), 1);
    return std::clamp<std::size_t>(kStepsAtOnce / steps, 1, kBlock);
  }

  // Every state of the block may have as many successors as chains have moves.
  bool make_room(std::size_t count) {
    const std::uint64_t most_moves = automaton_.chain_count() * 2;
    const std::uint64_t most = std::min<std::uint64_t>(count * most_moves, count * 64);
    const std::uint64_t others = bytes() - table_->bytes();
    if (others >= options_.max_memory) return false;
    // Near the bound less must do: a table that gets full says so, and the block is done again.
    for (std::uint64_t room = most;; room /= 4) {
      if (table_->make_room(room, options_.max_memory - others)) return true;
      if (room < kLeastRoom) return false;
    }
  }

  void run_block(std::size_t first, std::size_t count) {
    const bool wants_outcomes = options_.goal == Goal::outcomes;
    std::atomic<std::size_t> taken{first};
    std::vector<std::exception_ptr> errors(workers_.size());
    const auto work = [&](std::size_t number) {
      try {
        for (std::size_t at = taken.fetch_add(1); at < first + count; at = taken.fetch_add(1)) {
          const StateList::Chunk& chunk = frontier_.chunks()[at];
          workers_[number]->expand(chunk.words.get(), chunk.count, *table_, next_[number], wants_outcomes);
        }
      } catch (...) {
        errors[number] = std::current_exception();
      }
    };
    std::vector<std::thread> threads;
    const bool is_alone = table_->width() > 1 || count == 1;
    for (std::size_t number = 1; number < workers_.size() && !is_alone; ++number) threads.emplace_back(work, number);
    work(0);
    for (std::thread& thread : threads) thread.join();
    for (const std::exception_ptr& error : errors) {
      if (error) std::rethrow_exception(error);
    }
  }

  void start_again() {
    must_start_again_ = true;
    layout_ = std::make_unique<StateLayout>(automaton_);
    for (const auto& worker : workers_) worker->use(*layout_);
  }

  void change_layout() {
    auto layout = std::make_unique<StateLayout>(automaton_);
    auto table = std::make_unique<StateTable>(layout->width());
    AutomatonState state;
    state.values.resize(automaton_.chain_count());
    std::vector<std::uint64_t> packed(layout->width());
    const auto move_all = [&](const StateList& from) {
      StateList to(layout->width());
      for (const StateList::Chunk& chunk : from.chunks()) {
        for (std::size_t i = 0; i < chunk.count; ++i) {
          layout_->unpack(chunk.words.get() + i * layout_->width(), state);
          layout->pack(state, packed.data());
          to.push_back(packed.data());
        }
      }
      return to;
    };
    table->make_room(table_->size(), ~std::uint64_t{0});
    table_->for_each([&](const std::uint64_t* from) {
      layout_->unpack(from, state);
      layout->pack(state, packed.data());
      table->insert(packed.data(), StateTable::hash(packed.data(), layout->width()));
    });
    frontier_ = move_all(frontier_);
    for (StateList& part : next_) part = move_all(part);
    layout_.swap(layout);
    table_.swap(table);
    for (const auto& worker : workers_) worker->use(*layout_);
  }

  void finish() {
    result_.states = table_->size();
    if (table_->width() < layout_->width()) {
      const auto states = static_cast<double>(result_.states);
      result_.omission = std::min(1.0, states * (states - 1) / 2 / std::ldexp(1.0, 63));
    }
    result_.bytes = std::max(result_.bytes, bytes());
    std::set<CallOutcome> outcomes = automaton_.outcomes();
    for (const auto& worker : workers_) {
      outcomes.insert(worker->outcomes.begin(), worker->outcomes.end());
      for (std::size_t i = 0; i < kVerdictCount; ++i) result_.verdicts[i] |= worker->result.verdicts[i];
    }
    if (options_.goal == Goal::outcomes) {
      for (const CallOutcome& outcome : outcomes) note_outcome(result_, automaton_.walker(), outcome);
    }
    tell_circles();
    if (used_.movers) result_.reductions.emplace_back("movers");
    if (used_.stubborn) result_.reductions.emplace_back("stubborn sets");
    if (symmetry_) result_.reductions.push_back("symmetry: " + symmetry_->words());
    if (used_.lock_graph) result_.reductions.emplace_back("lock graph");
    if (used_.queue) result_.reductions.emplace_back("queues left open");
  }

  // In steps, and with all their images, so that they do not tell which states stood for which.
  void tell_circles() {
    hints_.are_sequential = order_.is_calm() && order_.is_sequential() && !order_.can_fail() && result_.is_complete();
    for (const auto& worker : workers_) hints_.are_sequential = hints_.are_sequential && worker->has_all_circles;
    if (!hints_.are_sequential) return;
    std::set<CircleHint> hints;
    for (const auto& worker : workers_) {
      for (const auto& circle : worker->circles) {
        CircleHint hint;
        for (const auto& [chain, path, actor] : circle) hint.push_back({chain, steps_to(chain, path), actor});
        const std::size_t images = symmetry_ ? symmetry_->permutation_count() : 1;
        for (std::size_t i = 0; i < images; ++i) {
          CircleHint image = hint;
          for (CirclePlace& place : image) place = image_of(place, i);
          std::sort(image.begin(), image.end());
          hints.insert(std::move(image));
        }
      }
    }
    hints_.circles.assign(hints.begin(), hints.end());
  }

  CirclePlace image_of(const CirclePlace& place, std::size_t permutation) const {
    if (!symmetry_) return place;
    const Index chain = symmetry_->image(place.trigger, permutation);
    const std::vector<Index>& here = (*automaton_.shapes())[place.trigger].actors;
    const std::vector<Index>& there = (*automaton_.shapes())[chain].actors;
    const auto ordinal = std::find(here.begin(), here.end(), place.actor) - here.begin();
    return {chain, place.steps, there[static_cast<std::size_t>(ordinal)]};
  }

  // How many steps a chain that nobody disturbs takes until its call at `path` has arrived.
  std::uint32_t steps_to(Index chain, Index path) {
    const auto [found, is_new] = steps_to_.try_emplace({chain, path}, 0);
    if (!is_new) return found->second;
    Walker& walker = automaton_.walker();
    Situation situation = walker.initial();
    situation.world.triggers[chain].released = true;  // whatever it comes after
    situation.world.triggers[chain].due = 1;
    std::vector<Move> moves;
    std::vector<CallOutcome> outcomes;
    for (std::uint32_t steps = 1;; ++steps) {
      walker.list_moves(situation, moves);
      const auto own =
          std::find_if(moves.begin(), moves.end(), [&](const Move& move) { return move.trigger == chain; });
      if (own == moves.end()) return steps;
      walker.take(situation, *own, outcomes);
      const bool is_there =
          std::any_of(situation.world.calls.begin(), situation.world.calls.end(), [&](const Call& call) {
            return call.state != Call::State::unused && call.trigger == chain && call.path == path;
          });
      if (is_there) return steps_to_[{chain, path}] = steps;
    }
  }

  const ExploreOptions& options_;
  Exploration& result_;
  SearchHints& hints_;
  LockOrder order_;
  const Reductions used_;
  Automaton automaton_;
  SharedAutomaton shared_;
  std::optional<Symmetry> symmetry_;
  SearchLimits& limits_;
  std::unique_ptr<StateLayout> layout_;
  std::unique_ptr<StateTable> table_;
  bool must_start_again_ = false;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::map<std::pair<Index, Index>, std::uint32_t> steps_to_;
  StateList frontier_{1};
  std::vector<StateList> next_;  // by worker
};

}  // namespace

bool search_tables(Walker& walker, const ExploreOptions& options, SearchLimits& limits, Exploration& result,
                   SearchHints& hints, std::optional<Diagnostic>& problem) {
  try {
    problem = TableSearch(walker, options, limits, result, hints).run();
    return true;
  } catch (const Automaton::Left&) {
    return false;
  }
}

}  // namespace actorsim
