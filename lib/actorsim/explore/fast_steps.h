// The steps of states of one word, in dense tables: for the searches that visit everything, where each look-up counts.
//
// What a chain can do depends on its own value and on those of the chains that can be at the actors it asks for. Where
// these are few bits, they are the index of a table of the chain: a state costs one look-up for each chain. What is not
// in these tables yet is put together from the values' roles and moves, which is also the way where the bits are many.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "actorsim/explore/step_cache.h"

namespace actorsim {

/// Filled from a StepCache while it is asked. Holds for one layout of one word in which no lock needs a number of its
/// own; is_usable says so, and turns false when a table would grow too large.
class FastSteps {
 public:
  explicit FastSteps(StepCache& cache) : cache_(cache) {}

  void use(const StateLayout& layout);
  bool is_usable() const { return is_usable_; }

  /// Calls `take(state after, is_queued)` for each step of the state, and says how many there were; the state after
  /// has the layout's verdict. kUnknown: it could not be told (see is_usable), and `take` may have been called for
  /// some. Null steps end it too: the scenario is at fault.
  static constexpr std::uint32_t kUnknown = ~std::uint32_t{0};

  template <typename Take>
  std::uint32_t each(std::uint64_t state, Take take) {
    if (has_tables_ && look_up(state)) {
      // First all that follows, without asking whether there is any: nobody can predict the answers.
      const std::uint64_t verdict = (state >> verdict_shift_) & verdict_mask_;
      std::size_t count = 0;
      for (std::size_t chain = 0; chain < chains_.size(); ++chain) {
        const std::uint32_t group = groups_[chain];
        const Step* step = &grouped_[group / kGroupUnit];
        const std::uint32_t steps = group % kGroupUnit;
        following_[count] = {after(state, *step, verdict), step->is_queued};
        count += steps == 0 ? 0 : 1;
        for (std::uint32_t i = 1; i < steps; ++i)
          following_[count++] = {after(state, step[i], verdict), step[i].is_queued};
      }
      for (std::size_t i = 0; i < count; ++i) take(following_[i].state, following_[i].is_queued);
      return static_cast<std::uint32_t>(count);
    }
    const std::uint32_t count = put_together(state, take);
    if (has_tables_ && count != kUnknown) note(state);
    return count;
  }

 private:
  static constexpr std::uint32_t kRoles = 64;        // of one actor at most
  static constexpr std::uint32_t kMostNodes = 4096;  // of one actor
  // A group of steps: where it begins, times this, and how many they are.
  static constexpr std::uint32_t kGroupUnit = 16;
  static constexpr unsigned kMostKeyBits = 16;
  static constexpr std::size_t kMostChains = 64;                      // that have tables
  static constexpr std::size_t kMostEntries = std::size_t{1} << 20U;  // of all tables

  struct Value {
    std::array<Automaton::Role, 6> roles{};
    std::uint32_t first_move = 0;
    std::uint8_t move_count = 0;
    std::uint8_t role_count = 0;
    bool is_known = false;
  };
  // Bits of the state next to each other.
  struct Piece {
    std::uint32_t shift = 0;
    std::uint32_t to = 0;
    std::uint64_t mask = 0;
  };
  struct Chain {
    std::uint32_t shift = 0;
    std::uint64_t mask = 0;
    std::vector<Value> values;
    std::vector<bool> needs;            // chains that its steps depend on
    std::vector<bool> asks;             // actors
    std::vector<Piece> pieces;          // of the state: what is needed
    std::vector<std::uint32_t> groups;  // by the pieces
  };
  struct Move {
    Index actor = kNone;
    std::vector<std::uint32_t> by_node;
  };
  struct Step {
    std::uint64_t clear = 0, set = 0;
    std::uint32_t depends_on = kNone;
    std::uint32_t by_value = 0;
    std::uint32_t verdict = 0;
    bool is_queued = false;
  };

  static std::uint64_t key(const Chain& chain, std::uint64_t state) {
    std::uint64_t key = 0;
    for (const Piece& piece : chain.pieces) key |= ((state >> piece.shift) & piece.mask) << piece.to;
    return key;
  }

  // Sets groups_. False: one is not known yet.
  bool look_up(std::uint64_t state) {
    std::uint32_t* group = groups_.data();
    std::uint32_t largest = 0;
    for (const Chain& chain : chains_) {
      *group = chain.groups[key(chain, state)];
      largest = std::max(largest, *group);
      ++group;
    }
    return largest != kUnknown;
  }

  std::uint64_t after(std::uint64_t state, const Step& step, std::uint64_t verdict) const {
    const std::uint64_t after = (state & ~step.clear) | step.set;
    if (step.verdict <= verdict) return after;
    return (after & ~(verdict_mask_ << verdict_shift_)) | (std::uint64_t{step.verdict} << verdict_shift_);
  }

  template <typename Take>
  std::uint32_t put_together(std::uint64_t state, Take take) {
    nodes_.assign(nodes_.size(), Automaton::kRoot);
    const std::size_t chains = chains_.size();
    for (std::size_t chain = 0; chain < chains; ++chain) {
      Chain& of_chain = chains_[chain];
      const auto id = static_cast<std::uint32_t>((state >> of_chain.shift) & of_chain.mask);
      if (id >= of_chain.values.size() || !of_chain.values[id].is_known) {
        if (!learn_value(state, static_cast<Index>(chain), id)) return kUnknown;
      }
      const Value& value = of_chain.values[id];
      current_[chain] = &value;
      for (std::uint32_t i = 0; i < value.role_count; ++i) {
        const Automaton::Role role = value.roles[i];
        std::vector<std::uint32_t>& next = next_[role.actor];
        const std::size_t at = std::size_t{nodes_[role.actor]} * kRoles + role.role;
        if (at >= next.size() || next[at] == kUnknown) {
          if (!learn_node(state, role.actor, at)) return kUnknown;
        }
        nodes_[role.actor] = next[at];
      }
    }
    std::uint32_t count = 0;
    const std::uint64_t verdict = (state >> verdict_shift_) & verdict_mask_;
    taken_.clear();
    for (std::size_t chain = 0; chain < chains; ++chain) {
      const Value& value = *current_[chain];
      for (std::uint32_t i = 0; i < value.move_count; ++i) {
        Move& move = moves_[value.first_move + i];
        const std::uint32_t node = move.actor == kNone ? 0 : nodes_[move.actor];
        std::uint32_t index = node < move.by_node.size() ? move.by_node[node] : kUnknown;
        if (index == kUnknown) {
          index = learn_step(state, static_cast<Index>(chain), i, node);
          if (index == kUnknown) return kUnknown;
        }
        const Step* step = &steps_[index];
        if (step->depends_on != kNone) {
          const Chain& other = chains_[step->depends_on];
          const auto id = static_cast<std::uint32_t>((state >> other.shift) & other.mask);
          const std::vector<std::uint32_t>& by_value = dependent_[step->by_value];
          std::uint32_t exact = id < by_value.size() ? by_value[id] : kUnknown;
          if (exact == kUnknown) {
            exact = learn_dependent(state, static_cast<Index>(chain), i, index, id);
            if (exact == kUnknown) return kUnknown;
          }
          step = &steps_[exact];
        }
        ++count;
        taken_.emplace_back(static_cast<Index>(chain), static_cast<std::uint32_t>(step - steps_.data()));
        take(after(state, *step, verdict), step->is_queued);
      }
    }
    return count;
  }

  bool learn_value(std::uint64_t state, Index chain, std::uint32_t id);
  bool learn_node(std::uint64_t state, Index actor, std::size_t at);
  std::uint32_t learn_step(std::uint64_t state, Index chain, std::uint32_t move, std::uint32_t node);
  std::uint32_t learn_dependent(std::uint64_t state, Index chain, std::uint32_t move, std::uint32_t step,
                                std::uint32_t id);
  std::uint32_t add_step(const KnownStep& known);
  // Keeps what was put together for the state, chain by chain.
  void note(std::uint64_t state);
  // The chains' tables anew, by what each is known to need. Turns them off if they would be too large.
  void make_tables();
  void add_need(Chain& chain, Index other);
  void add_ask(Index chain, Index actor);

  StepCache& cache_;
  bool is_usable_ = false;
  bool has_tables_ = false;
  bool are_needs_new_ = false;  // since the tables were made
  std::uint32_t verdict_shift_ = 0;
  std::uint64_t verdict_mask_ = 0;
  std::vector<Chain> chains_;
  std::vector<const Value*> current_;
  std::vector<std::uint32_t> nodes_;              // by actor, of the state at hand
  std::vector<std::vector<std::uint32_t>> next_;  // by actor: node * kRoles + role
  std::vector<Move> moves_;
  std::vector<Step> steps_;
  std::vector<std::vector<std::uint32_t>> dependent_;  // by value of the other chain
  std::vector<std::vector<bool>> is_at_;               // by actor: the chains that some known value has there
  struct Following {
    std::uint64_t state;
    bool is_queued;
  };
  std::vector<Step> grouped_;                                         // never empty
  std::map<std::vector<std::uint64_t>, std::uint32_t> known_groups_;  // by what they do
  std::array<Following, kMostChains * kGroupUnit> following_{};       // of the state at hand
  std::array<std::uint32_t, kMostChains> groups_{};                   // by chain, of the state at hand
  std::vector<std::pair<Index, std::uint32_t>> taken_;                // chain and step, of the state at hand
  OpenState open_;
};

}  // namespace actorsim
