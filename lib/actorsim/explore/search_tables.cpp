// Breadth-first search over packed states, with reductions; level by level, by several threads.
//
// A level is worked off in blocks. Within a block threads take pieces of it and find what follows; then each inserts
// what belongs to its part of the table, which grows if it has to. Which states a level has does not depend on who
// found them, so neither does anything that is reported.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "actorsim/base/team.h"
#include "actorsim/explore/arrivals.h"
#include "actorsim/explore/search.h"
#include "actorsim/explore/state_worker.h"

namespace actorsim {
namespace {

constexpr std::size_t kBlock = 64;           // chunks at most; a thread takes one at a time
constexpr std::uint64_t kLeastRoom = 4'096;  // states
constexpr std::size_t kStepsAtOnce = 2'000'000;

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
      workers_.push_back(std::make_unique<StateWorker>(shared_, *layout_, order_, used_, symmetry_, limits_));
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
    frontier_ = StateList(layout_->width());
    Arrivals first;
    first.begin(*table_, frontier_, layout_->width(), 1);
    first.push(packed.data());
    first.flush();
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
    std::uint64_t bytes = table_->bytes() + frontier_.bytes() + found_bytes_;
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
      const std::uint64_t steps_before_block = result_.steps, size_before_block = table_->size();
      std::uint64_t states = 0;
      for (std::size_t i = done; i < done + count; ++i) states += frontier_.chunks()[i].count;
      if (!plan_room(states)) {
        result_.end = Exploration::End::max_memory;
        return false;
      }
      const std::uint64_t left = options_.max_states - std::min(options_.max_states, table_->size());
      run_block(done, count, left);
      if (automaton_.has_problem()) return true;
      bool is_full = false, needs_room = false;
      for (const auto& worker : workers_) {
        result_.steps += worker->result.steps;
        worker->result.steps = 0;
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
        last_states_ = 0;
        done = 0;
        states_done = 0;
        continue;
      }
      if (needs_room) {  // the block once more: what it has found is there already
        result_.steps = steps_before_block;
        for (const auto& worker : workers_) worker->forget_recent();
        last_states_ = 0;
        continue;
      }
      states_done += states;
      done += count;
      last_states_ = states;
      last_added_ = table_->size() - size_before_block;
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

  // Every state of the block may have as many successors as chains have moves. Most are found by several, so that a
  // little more than came of the block before will do: a table that gets full says so, and the block is done again.
  bool plan_room(std::uint64_t count) {
    const std::uint64_t most_moves = automaton_.chain_count() * 2;
    std::uint64_t most = count * std::min<std::uint64_t>(most_moves, 64);
    if (last_states_ > 0) most = std::min(most, count + 2 * count * last_added_ / last_states_);
    const std::uint64_t others = bytes() - table_->bytes();
    for (std::uint64_t room = most;; room /= 4) {  // near the bound less must do
      const std::uint64_t taken = others + room * layout_->width() * sizeof(std::uint64_t);  // by the next level
      if (taken < options_.max_memory && table_->plan_room(room, options_.max_memory - taken)) return true;
      if (room < kLeastRoom) return false;
    }
  }

  void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
    if (!team_) team_ = std::make_unique<Team>(count);
    team_->run(work);
  }

  // At most `left` new states or so.
  void run_block(std::size_t first, std::size_t count, std::uint64_t left) {
    const bool wants_outcomes = options_.goal == Goal::outcomes;
    const std::size_t owners = count == 1 ? 1 : workers_.size();
    for (std::size_t i = 0; i < owners; ++i) workers_[i]->begin_block(*table_, next_[i], owners, left / owners + 1);
    // Each begins with a part of its own, as neighbours lead to the same states, and then helps the others.
    const auto begin_of = [&](std::size_t part) { return first + count * part / owners; };
    std::vector<std::atomic<std::size_t>> taken(owners);
    for (std::size_t part = 0; part < owners; ++part) taken[part] = begin_of(part);
    const auto expand = [&](std::size_t number) {
      for (std::size_t part = number; part < number + owners; ++part) {
        std::atomic<std::size_t>& next = taken[part % owners];
        const std::size_t end = begin_of(part % owners + 1);
        for (std::size_t at = next.fetch_add(1); at < end; at = next.fetch_add(1)) {
          const StateList::Chunk& chunk = frontier_.chunks()[at];
          workers_[number]->expand(chunk.words.get(), chunk.count, wants_outcomes);
        }
      }
    };
    if (owners == 1) {
      table_->make_room(0, 1);
      expand(0);
    } else {
      in_parallel(owners, expand);
      in_parallel(owners, [&](std::size_t number) {
        table_->make_room(number, owners);
        for (std::size_t i = 0; i < owners; ++i) workers_[number]->absorb(workers_[i]->found(number));
      });
    }
    found_bytes_ = 0;
    for (std::size_t i = 0; i < owners; ++i) {
      for (std::size_t owner = 0; owner < owners && owners > 1; ++owner)
        found_bytes_ += workers_[i]->found(owner).capacity() * sizeof(std::uint64_t);
      workers_[i]->end_block();
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
    table->plan_room(table_->size(), ~std::uint64_t{0});
    table->make_room(0, 1);
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
  std::uint64_t last_states_ = 0, last_added_ = 0;  // of the last block; 0: it is not known
  std::uint64_t found_bytes_ = 0;                   // what the workers sort for each other
  std::vector<std::unique_ptr<StateWorker>> workers_;
  std::unique_ptr<Team> team_;  // as many; none while one is enough
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
