// Filling the dense tables; whatever does not fit into them makes them unusable, and the slower way is taken.
#include "actorsim/explore/fast_steps.h"

#include <bit>

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
    chains_[i].needs.assign(chains_.size(), false);
    chains_[i].needs[i] = true;
    chains_[i].asks.assign(layout.residue_fields(), false);
  }
  is_at_.assign(layout.residue_fields(), std::vector<bool>(chains_.size(), false));
  has_tables_ = is_usable_ && chains_.size() <= kMostChains;
  if (has_tables_) make_tables();
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
    if (is_at_[role.actor][chain]) continue;
    is_at_[role.actor][chain] = true;
    for (Chain& other : chains_) {
      if (other.asks[role.actor]) add_need(other, chain);
    }
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
  if (!actors.empty()) add_ask(chain, actors[0]);
  if (node >= fast.by_node.size()) fast.by_node.resize(node + 1, kUnknown);
  std::uint32_t index = add_step(*known);
  if (!depends_on.empty()) {
    const Index other = depends_on[0];
    add_need(chains_[chain], other);
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

void FastSteps::add_need(Chain& chain, Index other) {
  if (chain.needs[other]) return;
  chain.needs[other] = true;
  are_needs_new_ = true;
}

void FastSteps::add_ask(Index chain, Index actor) {
  Chain& asking = chains_[chain];
  if (asking.asks[actor]) return;
  asking.asks[actor] = true;
  for (Index other = 0; other < chains_.size(); ++other) {
    if (is_at_[actor][other]) add_need(asking, other);
  }
}

void FastSteps::make_tables() {
  are_needs_new_ = false;
  grouped_.assign(1, {});
  known_groups_.clear();
  std::size_t entries = 0;
  for (Chain& chain : chains_) {
    chain.pieces.clear();
    unsigned bits = 0;
    for (std::size_t i = 0; i < chains_.size(); ++i) {
      if (!chain.needs[i] || chains_[i].mask == 0) continue;
      const Chain& other = chains_[i];
      const auto own_bits = static_cast<unsigned>(std::bit_width(other.mask));
      Piece* const last = chain.pieces.empty() ? nullptr : &chain.pieces.back();
      const bool continues =
          last != nullptr && last->shift + static_cast<unsigned>(std::bit_width(last->mask)) == other.shift;
      if (continues) {
        last->mask = (last->mask << own_bits) | other.mask;
      } else {
        chain.pieces.push_back({other.shift, bits, other.mask});
      }
      bits += own_bits;
    }
    entries += bits > kMostKeyBits ? kMostEntries : std::size_t{1} << bits;
    if (entries > kMostEntries) break;
    chain.groups.assign(std::size_t{1} << bits, kUnknown);
  }
  if (entries <= kMostEntries) return;
  has_tables_ = false;
  for (Chain& chain : chains_) std::vector<std::uint32_t>().swap(chain.groups);
}

void FastSteps::note(std::uint64_t state) {
  if (are_needs_new_) make_tables();
  if (!has_tables_) return;
  auto next = taken_.begin();
  for (Index i = 0; i < chains_.size(); ++i) {
    const auto first = next;
    while (next != taken_.end() && next->first == i) ++next;
    std::uint32_t& group = chains_[i].groups[key(chains_[i], state)];
    if (group != kUnknown) continue;
    const auto count = static_cast<std::uint32_t>(next - first);
    if (count >= kGroupUnit) {
      has_tables_ = false;
      return;
    }
    if (count == 0) {
      group = 0;
      continue;
    }
    std::vector<std::uint64_t> name;
    for (auto it = first; it != next; ++it) {
      const Step& step = steps_[it->second];
      name.insert(name.end(), {step.clear, step.set, std::uint64_t{step.verdict} * 2 + (step.is_queued ? 1 : 0)});
    }
    const auto [found, is_new] =
        known_groups_.try_emplace(std::move(name), static_cast<std::uint32_t>(grouped_.size()) * kGroupUnit + count);
    group = found->second;
    if (!is_new) continue;
    for (auto it = first; it != next; ++it) grouped_.push_back(steps_[it->second]);
  }
}

}  // namespace actorsim
