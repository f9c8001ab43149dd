// One thread's view of the automaton: what has been learned, in tables that are read without a lock.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <mutex>
#include <vector>

#include "actorsim/explore/automaton.h"
#include "actorsim/explore/state_layout.h"

namespace actorsim {

/// The automaton that several threads ask; they take turns when something is not known yet.
struct SharedAutomaton {
  Automaton& automaton;
  std::mutex mutex;
};

/// A state with what follows from it.
struct OpenState {
  AutomatonState state;
  std::vector<const Automaton::Value*> values;  ///< by chain
  std::vector<Automaton::LockId> locks;         ///< by actor
};

/// What a step does, ready to be applied.
struct KnownStep {
  std::vector<Automaton::Write> writes;
  std::uint64_t clear = 0, set = 0;  ///< the writes, of a state of one word
  std::uint32_t verdict = 0;
  bool is_queued = false;
  bool is_arrival = false;
  bool fits = true;  ///< the writes fit into the layout
};

class StepCache {
 public:
  StepCache(SharedAutomaton& shared, const StateLayout& layout) : shared_(shared), layout_(&layout) {}

  void open(const std::uint64_t* packed, OpenState& open);
  /// What follows from a state whose numbers are given.
  void complete(OpenState& open);

  /// The step number `move` of the chain's value. The reference holds until the next call. Null: the scenario is at
  /// fault, see Automaton::take_problem.
  const KnownStep* step(const OpenState& open, Index chain, std::size_t move);
  /// Whose locks it touches; known once `step` has been asked for it.
  const std::vector<Index>& actors_of(const OpenState& open, Index chain, std::size_t move) const {
    return moves_[first_move_[chain][open.state.values[chain]] + move].actors;
  }
  /// On which other chains' values the step that was asked for last depends.
  const std::vector<Index>& last_depends_on() const { return entries_[last_entry_].depends_on; }

  const KnownStep* grant(const OpenState& open, Index actor);
  bool can_grant(const OpenState& open, Index actor);

  /// How often the model had to be asked.
  std::uint64_t learned() const { return learned_; }

  /// The layout has changed.
  void use(const StateLayout& layout);

  /// See Automaton::next_node.
  std::uint32_t node_after(Index actor, std::uint32_t node, std::uint32_t role);

 private:
  // The first key decides alone, or says whose values the second key is made of.
  struct Entry {
    std::uint32_t step = kNone;
    std::vector<Index> depends_on;
  };
  struct MoveFacts {
    std::vector<Index> actors;
    bool is_known = false;
  };

  Automaton::LockId lock_of(Index actor, std::uint32_t node, std::uint32_t residue);
  std::uint32_t key_of(std::vector<std::uint32_t> parts);
  const KnownStep* look_up(const OpenState& open, std::uint64_t key, Index chain, std::size_t move);
  std::uint32_t add_step(const Automaton::Effect& effect);
  void lay_out(KnownStep& step) const;

  SharedAutomaton& shared_;
  const StateLayout* layout_;
  std::vector<std::vector<const Automaton::Value*>> values_;  // by chain and value
  std::vector<std::vector<std::uint32_t>> first_move_;        // by chain and value
  std::vector<MoveFacts> moves_;
  std::vector<std::vector<std::vector<std::uint32_t>>> nodes_;      // by actor, node and role
  std::vector<std::vector<std::vector<Automaton::LockId>>> locks_;  // by actor, node and residue
  std::vector<std::uint8_t> grants_;                                // by lock: 0 not known, 1 no, 2 yes
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> entries_of_;
  std::vector<Entry> entries_;
  std::uint32_t last_entry_ = 0;
  std::uint64_t learned_ = 0;
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> steps_of_;  // by entry and the key of the other values
  WordSet keys_;
  std::vector<KnownStep> steps_;
  std::vector<std::uint32_t> node_scratch_;
};

}  // namespace actorsim
