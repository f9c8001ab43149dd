// A scenario of calls and locks as an automaton over small numbers, learned from the model while it is explored.
//
// A state is one number per chain (what its calls have come to: a *value*) and one per actor (which of the lock states
// that fit those values: mostly there is only one, and the number is 0). What a step does depends on the value of the
// chain that moves and on the states of the locks that the step touches, and sometimes on the values of the chains that
// the lock lets in. So the model is asked once for each such combination, on a world put together from the parts, and
// the answer is kept: nothing of the semantics is written again, and a step that is known costs a few look-ups.
//
// Only for scenarios of which this is true: all triggers are calls (no timers, reminders, deactivations, rebalances),
// and no lock is damaged (leaked entries, evicted holders). `Left` is thrown as soon as that turns out not to hold.
#pragma once

#include <memory>
#include <set>
#include <vector>

#include "actorsim/explore/chain_part.h"
#include "actorsim/explore/chain_shape.h"
#include "actorsim/explore/word_set.h"

namespace actorsim {

/// A number per chain and per actor.
struct AutomatonState {
  std::vector<std::uint32_t> values;    ///< by chain
  std::vector<std::uint32_t> residues;  ///< by actor
  std::uint32_t verdict = 0;            ///< so far

  friend bool operator==(const AutomatonState&, const AutomatonState&) = default;
};

class Automaton {
 public:
  /// The scenario is not of the kind that this can handle; said by whatever finds it out.
  struct Left {};

  using ValueId = std::uint32_t;  // of a chain
  using LockId = std::uint32_t;   // of all lock states that were met

  /// What a chain's calls do at an actor.
  struct Role {
    Index actor;
    std::uint32_t role;  // of those of this actor
  };

  /// A value. Never changes once it is there, but for what is learned about its moves.
  struct Value {
    ChainPart part;
    std::vector<Role> roles;  // by actor
    std::vector<Move> moves;  // of this chain alone in the world
    bool is_done = false;     // nothing of this chain goes on any more
  };

  /// What a step does.
  struct Write {
    bool is_residue;
    std::uint32_t index;  // chain or actor
    std::uint32_t value;
  };
  struct Effect {
    std::vector<Write> writes;
    std::uint32_t verdict = 0;      // of these outcomes
    bool is_queued = false;         // an arrival that had to wait
    bool is_arrival = false;        // something arrived at a lock, and did not re-enter
    std::vector<Index> depends_on;  // other chains whose values matter too
    std::vector<Index> actors;      // whose locks were touched
  };

  /// `shares_values`: chains of the same form number their values alike.
  Automaton(Walker& walker, History history, bool shares_values);

  std::size_t chain_count() const { return chains_.size(); }
  std::size_t actor_count() const { return actors_.size(); }
  AutomatonState initial();

  const Value& value(Index chain, ValueId id);
  std::uint32_t value_count(Index chain) const { return forms_[chains_[chain].form].words.size(); }
  const std::vector<ChainShape>* shapes() const { return translator_ ? &translator_->shapes() : nullptr; }
  std::uint32_t residue_count(Index actor) const { return actors_[actor].most_residues; }

  /// Locks: follow the chains' roles from kRoot, chain by chain, then look the residue up.
  static constexpr std::uint32_t kRoot = 0;
  std::uint32_t next_node(Index actor, std::uint32_t node, std::uint32_t role);
  LockId lock_at(Index actor, std::uint32_t node, std::uint32_t residue) const {
    return actors_[actor].nodes[node].locks[residue];
  }
  bool can_grant(LockId lock) const { return lock_facts_[lock].can_grant; }

  /// The step `move` of `chain` in `state`, whose locks are `locks`, asked of the model.
  Effect learn(const AutomatonState& state, Index chain, std::size_t move);
  /// Hands the lock of `actor` over (up to 1.14).
  Effect learn_grant(const AutomatonState& state, Index actor);

  /// The state as the model has it.
  Situation situation(const AutomatonState& state);

  Walker& walker() { return walker_; }
  bool has_problem() const { return problem_.has_value(); }
  std::optional<Diagnostic> take_problem() { return std::move(problem_); }
  const std::set<CallOutcome>& outcomes() const { return outcomes_; }  ///< of all steps that were learned
  std::uint64_t bytes() const;
  std::uint64_t learned() const { return learned_; }

 private:
  struct Node {
    std::map<std::uint32_t, std::uint32_t> next;  // by role
    std::vector<LockId> locks;                    // by residue
  };
  struct Form {
    WordSet words;
    std::vector<Index> first_met;  // by value: the chain that it was first met of
  };
  struct Chain {
    std::size_t form = 0;
    std::vector<std::unique_ptr<Value>> values;  // null: not met of this chain yet
  };
  struct Actor {
    WordSet roles;
    std::vector<Node> nodes;
    std::uint32_t most_residues = 1;
  };
  struct LockFacts {
    bool can_grant = false;
  };

  ValueId intern_value(Index chain, ChainPart part);
  void add_value(Index chain, ValueId id, ChainPart part);
  std::uint32_t find_residue(Index actor, const std::vector<std::uint32_t>& values, LockId lock);
  LockId intern_lock(Index actor, const Situation& situation);
  Effect learn_from(const AutomatonState& state, Situation before, const Move& move, Index mover);
  void ensure_actor(Index actor);

  Walker& walker_;
  PartCutter cutter_;
  std::optional<ShapeTranslator> translator_;
  std::vector<Form> forms_;
  std::vector<Chain> chains_;
  std::vector<Actor> actors_;
  WordSet locks_;  // the actor in front
  std::vector<LockFacts> lock_facts_;
  std::optional<Diagnostic> problem_;
  std::set<CallOutcome> outcomes_;
  std::uint64_t learned_ = 0;
  Words words_;
};

}  // namespace actorsim
