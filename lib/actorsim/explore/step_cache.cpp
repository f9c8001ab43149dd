// Look-ups first; what is not known is asked of the automaton, under its mutex.
#include "actorsim/explore/step_cache.h"

#include <algorithm>

namespace actorsim {
namespace {

constexpr std::uint32_t kUnknown = kNone;
constexpr std::uint32_t kManyLocks = 1U << 31U;  // keys of several locks, apart from the locks themselves
constexpr std::uint32_t kGrant = 1U << 30U;      // among the moves: the lock of an actor is handed over

std::uint64_t pair_of(std::uint32_t high, std::uint32_t low) { return (std::uint64_t{high} << 32U) | low; }

template <typename Vector, typename Value>
auto& at_grown(Vector& vector, std::size_t index, const Value& filling) {
  if (index >= vector.size()) vector.resize(index + 1, filling);
  return vector[index];
}

}  // namespace

std::uint32_t StepCache::node_after(Index actor, std::uint32_t node, std::uint32_t role) {
  auto& of_actor = at_grown(nodes_, actor, std::vector<std::vector<std::uint32_t>>{});
  auto& of_node = at_grown(of_actor, node, std::vector<std::uint32_t>{});
  std::uint32_t& next = at_grown(of_node, role, kUnknown);
  if (next == kUnknown) {
    const std::lock_guard lock(shared_.mutex);
    next = shared_.automaton.next_node(actor, node, role);
  }
  return next;
}

Automaton::LockId StepCache::lock_of(Index actor, std::uint32_t node, std::uint32_t residue) {
  auto& of_actor = at_grown(locks_, actor, std::vector<std::vector<Automaton::LockId>>{});
  auto& of_node = at_grown(of_actor, node, std::vector<Automaton::LockId>{});
  Automaton::LockId& lock_id = at_grown(of_node, residue, kUnknown);
  if (lock_id == kUnknown) {
    const std::lock_guard lock(shared_.mutex);
    lock_id = shared_.automaton.lock_at(actor, node, residue);
  }
  return lock_id;
}

void StepCache::open(const std::uint64_t* packed, OpenState& open) {
  open.state.values.resize(shared_.automaton.chain_count());
  layout_->unpack(packed, open.state);
  complete(open);
}

void StepCache::complete(OpenState& open) {
  const std::size_t chains = open.state.values.size();
  open.values.resize(chains);
  values_.resize(chains);
  first_move_.resize(chains);
  node_scratch_.assign(open.state.residues.size(), Automaton::kRoot);
  for (Index chain = 0; chain < chains; ++chain) {
    const std::uint32_t id = open.state.values[chain];
    const Automaton::Value*& value = at_grown(values_[chain], id, static_cast<const Automaton::Value*>(nullptr));
    if (value == nullptr) {
      const std::lock_guard lock(shared_.mutex);
      value = &shared_.automaton.value(chain, id);
      at_grown(first_move_[chain], id, 0U) = static_cast<std::uint32_t>(moves_.size());
      moves_.resize(moves_.size() + value->moves.size());
    }
    open.values[chain] = value;
    for (const Automaton::Role& role : value->roles) {
      if (role.actor >= node_scratch_.size()) {
        node_scratch_.resize(role.actor + 1, Automaton::kRoot);
        open.state.residues.resize(role.actor + 1);
      }
      node_scratch_[role.actor] = node_after(role.actor, node_scratch_[role.actor], role.role);
    }
  }
  open.locks.resize(node_scratch_.size());
  for (Index actor = 0; actor < node_scratch_.size(); ++actor) {
    open.locks[actor] = lock_of(actor, node_scratch_[actor], open.state.residues[actor]);
  }
}

// A number for several numbers.
std::uint32_t StepCache::key_of(std::vector<std::uint32_t> parts) { return keys_.add(parts).index; }

const KnownStep* StepCache::step(const OpenState& open, Index chain, std::size_t move) {
  const std::uint32_t number = first_move_[chain][open.state.values[chain]] + static_cast<std::uint32_t>(move);
  if (!moves_[number].is_known) {  // which locks it touches does not depend on their states
    const std::lock_guard lock(shared_.mutex);
    const Automaton::Effect effect = shared_.automaton.learn(open.state, chain, move);
    ++learned_;
    moves_[number].actors = effect.actors;
    moves_[number].is_known = true;
  }
  const std::vector<Index>& actors = moves_[number].actors;
  std::uint32_t locks = 0;
  if (actors.size() == 1) {
    // An actor that is called for the first time may not be known yet.
    locks = actors[0] < open.locks.size() ? open.locks[actors[0]] : lock_of(actors[0], Automaton::kRoot, 0);
  } else if (!actors.empty()) {
    std::vector<std::uint32_t> parts;
    for (const Index actor : actors) {
      parts.push_back(actor < open.locks.size() ? open.locks[actor] : lock_of(actor, Automaton::kRoot, 0));
    }
    locks = key_of(std::move(parts)) | kManyLocks;
  }
  return look_up(open, pair_of(number, locks), chain, move);
}

const KnownStep* StepCache::grant(const OpenState& open, Index actor) {
  return look_up(open, pair_of(kGrant, open.locks[actor]), kNone, actor);
}

bool StepCache::can_grant(const OpenState& open, Index actor) {
  std::uint8_t& known = at_grown(grants_, open.locks[actor], std::uint8_t{0});
  if (known == 0) {
    const std::lock_guard lock(shared_.mutex);
    known = shared_.automaton.can_grant(open.locks[actor]) ? 2 : 1;
  }
  return known == 2;
}

// `chain` none: `move` is the actor whose lock is handed over.
const KnownStep* StepCache::look_up(const OpenState& open, std::uint64_t key, Index chain, std::size_t move) {
  const auto learn = [&] {
    ++learned_;
    const std::lock_guard lock(shared_.mutex);
    return chain == kNone ? shared_.automaton.learn_grant(open.state, static_cast<Index>(move))
                          : shared_.automaton.learn(open.state, chain, move);
  };
  const auto others = [&](const std::vector<Index>& chains) {
    if (chains.size() == 1) return open.state.values[chains[0]];
    std::vector<std::uint32_t> parts;
    for (const Index other : chains) parts.push_back(open.state.values[other]);
    return key_of(std::move(parts)) | kManyLocks;
  };
  const auto found = entries_of_.find(key);
  if (found != entries_of_.end()) {
    const Entry& entry = entries_[found->second];
    last_entry_ = found->second;
    if (entry.depends_on.empty()) return &steps_[entry.step];
    const auto step = steps_of_.find(pair_of(found->second, others(entry.depends_on)));
    if (step != steps_of_.end()) return &steps_[step->second];
    const std::vector<Index> depends_on = entry.depends_on;
    const Automaton::Effect effect = learn();
    const std::uint32_t index = add_step(effect);
    steps_of_[pair_of(found->second, others(depends_on))] = index;
    return &steps_[index];
  }
  const Automaton::Effect effect = learn();
  const std::uint32_t index = add_step(effect);
  const auto entry = static_cast<std::uint32_t>(entries_.size());
  last_entry_ = entry;
  entries_.push_back({index, effect.depends_on});
  entries_of_[key] = entry;
  if (!effect.depends_on.empty()) steps_of_[pair_of(entry, others(effect.depends_on))] = index;
  return &steps_[index];
}

std::uint32_t StepCache::add_step(const Automaton::Effect& effect) {
  KnownStep step;
  step.writes = effect.writes;
  step.verdict = effect.verdict;
  step.is_queued = effect.is_queued;
  step.is_arrival = effect.is_arrival;
  lay_out(step);
  steps_.push_back(std::move(step));
  return static_cast<std::uint32_t>(steps_.size() - 1);
}

void StepCache::lay_out(KnownStep& step) const {
  step.clear = step.set = 0;
  step.fits = true;
  for (const Automaton::Write& write : step.writes) {
    if (write.is_residue && write.index >= layout_->residue_fields()) {
      step.fits = step.fits && write.value == 0;
      continue;
    }
    const StateLayout::Field& field = write.is_residue ? layout_->residue(write.index) : layout_->chain(write.index);
    step.fits = step.fits && StateLayout::fits(field, write.value);
    if (layout_->width() > 1) continue;
    step.clear |= field.mask << field.shift;
    step.set |= static_cast<std::uint64_t>(write.value) << field.shift;
  }
}

void StepCache::use(const StateLayout& layout) {
  layout_ = &layout;
  for (KnownStep& step : steps_) lay_out(step);
}

}  // namespace actorsim
