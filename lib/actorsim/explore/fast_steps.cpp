// Filling the dense tables; whatever does not fit into them makes them unusable, and the slower way is taken.
#include "actorsim/explore/fast_steps.h"

namespace actorsim {

void FastSteps::use(const StateLayout& layout) {
  is_usable_ = layout.width() == 1;
  for (std::size_t i = 0; i < layout.residue_fields(); ++i) {
    if (layout.residue(i).mask != 0) is_usable_ = false;
  }
  chains_.clear();
  moves_.clear();
  steps_.clear();
  dependent_.clear();
  next_.assign(layout.residue_fields(), {});
  nodes_.assign(layout.residue_fields(), Automaton::kRoot);
  chains_.resize(layout.chain_count());
  current_.assign(chains_.size(), nullptr);
  for (std::size_t i = 0; i < chains_.size(); ++i) {
    chains_[i].shift = layout.chain(i).shift;
    chains_[i].mask = layout.chain(i).mask;
  }
  verdict_shift_ = layout.verdict().shift;
  verdict_mask_ = layout.verdict().mask;
}

bool FastSteps::learn_value(std::uint64_t state, Index chain, std::uint32_t id) {
  cache_.open(&state, open_);
  const Automaton::Value& value = *open_.values[chain];
  Value fast;
  if (value.roles.size() > fast.roles.size() || value.moves.size() > 255) return is_usable_ = false;
  for (const Automaton::Role& role : value.roles) {
    if (role.role >= kRoles || role.actor >= next_.size()) return is_usable_ = false;
    fast.roles[fast.role_count++] = role;
  }
  fast.first_move = static_cast<std::uint32_t>(moves_.size());
  fast.move_count = static_cast<std::uint8_t>(value.moves.size());
  fast.is_known = true;
  moves_.resize(moves_.size() + value.moves.size());
  // Pointers to values are held only while one state is looked at, and only of chains before this one.
  std::vector<Value>& values = chains_[chain].values;
  if (id >= values.size()) values.resize(id + 1);
  values[id] = fast;
  return true;
}

bool FastSteps::learn_node(std::uint64_t, Index actor, std::size_t at) {
  const auto node = static_cast<std::uint32_t>(at / kRoles);
  if (node >= kMostNodes) return is_usable_ = false;
  std::vector<std::uint32_t>& next = next_[actor];
  if (at >= next.size()) next.resize((std::size_t{node} + 1) * kRoles, kUnknown);
  next[at] = cache_.node_after(actor, node, static_cast<std::uint32_t>(at % kRoles));
  return true;
}

std::uint32_t FastSteps::add_step(const KnownStep& known) {
  Step step;
  step.clear = known.clear;
  step.set = known.set;
  step.verdict = known.verdict;
  step.is_queued = known.is_queued;
  steps_.push_back(step);
  return static_cast<std::uint32_t>(steps_.size() - 1);
}

std::uint32_t FastSteps::learn_step(std::uint64_t state, Index chain, std::uint32_t move, std::uint32_t node) {
  cache_.open(&state, open_);
  const KnownStep* known = cache_.step(open_, chain, move);
  const std::vector<Index>& actors = cache_.actors_of(open_, chain, move);
  const std::vector<Index> depends_on = cache_.last_depends_on();
  const bool is_simple =
      actors.size() <= 1 && depends_on.size() <= 1 && known->fits && (actors.empty() || actors[0] < next_.size());
  if (!is_simple) {
    is_usable_ = false;
    return kUnknown;
  }
  Move& fast = moves_[current_[chain]->first_move + move];
  if (!actors.empty() && fast.actor != actors[0]) {
    fast.actor = actors[0];
    node = nodes_[actors[0]];
  }
  if (node >= fast.by_node.size()) fast.by_node.resize(node + 1, kUnknown);
  std::uint32_t index = add_step(*known);
  if (!depends_on.empty()) {
    const Index other = depends_on[0];
    Step step;
    step.depends_on = other;
    step.by_value = static_cast<std::uint32_t>(dependent_.size());
    dependent_.emplace_back();
    std::vector<std::uint32_t>& by_value = dependent_.back();
    by_value.resize(open_.state.values[other] + 1, kUnknown);
    by_value[open_.state.values[other]] = index;
    steps_.push_back(step);
    index = static_cast<std::uint32_t>(steps_.size() - 1);
  }
  fast.by_node[node] = index;
  return index;
}

std::uint32_t FastSteps::learn_dependent(std::uint64_t state, Index chain, std::uint32_t move, std::uint32_t step,
                                         std::uint32_t id) {
  cache_.open(&state, open_);
  const KnownStep* known = cache_.step(open_, chain, move);
  if (!known->fits) {
    is_usable_ = false;
    return kUnknown;
  }
  const std::uint32_t index = add_step(*known);
  std::vector<std::uint32_t>& by_value = dependent_[steps_[step].by_value];
  if (id >= by_value.size()) by_value.resize(id + 1, kUnknown);
  return by_value[id] = index;
}

}  // namespace actorsim
