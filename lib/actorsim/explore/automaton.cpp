// Learning: a situation is put together from its parts, the model takes the step, and the parts are cut out again.
#include "actorsim/explore/automaton.h"

#include <algorithm>

#include "actorsim/base/check.h"

namespace actorsim {
namespace {

// Notes which locks a step asks.
class Arrivals : public Observer {
 public:
  void made(const World&, Index) override {}
  void held(const World&, Index) override {}
  void arrived(const World& world, Index call, const std::optional<ArrivalResult>& result) override {
    if (!result) return;
    actors.push_back(world.calls[call].actor);
    if (result->admission == Admission::queued) is_queued = true;
    if (result->admission != Admission::re_entered) is_arrival = true;
    if (result->admission == Admission::refused_depth && world.locks.rules().refusal_keeps_depth)
      throw Automaton::Left{};
  }
  void admitted(const World&, Index) override {}
  void reseated(const World&, Index, Index) override {}
  void ended(const World&, Index, const CallEnd&) override {}
  void will_retry(const World&, Index, const CallEnd&) override {}
  void deactivated(const World&, Index, bool) override { throw Automaton::Left{}; }
  void became_stuck(const World&, const Stuck&) override {}
  void overlapped(const World&, Index, Index) override {}

  std::vector<Index> actors;
  bool is_queued = false;
  bool is_arrival = false;
};

}  // namespace

Automaton::Automaton(Walker& walker, History history, bool shares_values) : walker_(walker), cutter_(walker, history) {
  for (const StartTrigger& trigger : walker.program().triggers) {
    if (trigger.kind != Trigger::Kind::call) throw Left{};
  }
  chains_.resize(walker.program().triggers.size());
  std::map<Words, std::size_t> known;
  std::vector<ChainShape> shapes;
  for (Index chain = 0; chain < chains_.size(); ++chain) {
    chains_[chain].form = forms_.size();
    if (shares_values) {
      shapes.push_back(read_chain_shape(walker, chain));
      const bool is_known = shapes.back().is_known;
      if (is_known) chains_[chain].form = known.try_emplace(shapes.back().form, forms_.size()).first->second;
    }
    if (chains_[chain].form == forms_.size()) forms_.emplace_back();
  }
  if (shares_values) translator_.emplace(walker, cutter_, std::move(shapes));
}

void Automaton::ensure_actor(Index actor) {
  while (actors_.size() <= actor) {
    actors_.emplace_back();
    actors_.back().nodes.emplace_back();
    words_.assign(1, static_cast<std::uint32_t>(actors_.size() - 1));  // the free lock
    const auto [lock, is_new] = locks_.add(words_);
    if (is_new) lock_facts_.emplace_back();
    actors_.back().nodes[kRoot].locks.push_back(lock);
  }
}

AutomatonState Automaton::initial() {
  const Situation start = walker_.initial();
  AutomatonState state;
  cutter_.name_calls(start.world);
  for (Index chain = 0; chain < chains_.size(); ++chain) {
    state.values.push_back(intern_value(chain, cutter_.cut_chain(start, chain)));
  }
  const auto actors = static_cast<Index>(walker_.model().names().actor_count());
  if (actors > 0) ensure_actor(actors - 1);
  state.residues.resize(actors_.size());
  return state;
}

Automaton::ValueId Automaton::intern_value(Index chain, ChainPart part) {
  if (translator_ && translator_->shapes()[chain].is_known) {
    translator_->write(part, chain, words_);
  } else {
    cutter_.write_chain(part, words_);
  }
  Form& form = forms_[chains_[chain].form];
  const auto [id, is_new] = form.words.add(words_);
  if (is_new) form.first_met.push_back(chain);
  std::vector<std::unique_ptr<Value>>& values = chains_[chain].values;
  if (id >= values.size()) values.resize(id + 1);
  if (!values[id]) add_value(chain, id, std::move(part));
  return id;
}

const Automaton::Value& Automaton::value(Index chain, ValueId id) {
  std::vector<std::unique_ptr<Value>>& values = chains_[chain].values;
  if (id >= values.size()) values.resize(id + 1);
  if (!values[id]) {
    const Index other = forms_[chains_[chain].form].first_met[id];
    add_value(chain, id, translator_->translate(chains_[other].values[id]->part, other, chain));
  }
  return *values[id];
}

void Automaton::add_value(Index chain, ValueId id, ChainPart part) {
  auto value = std::make_unique<Value>();
  // What it does at each actor: its calls there that wait or are inside.
  std::map<Index, Words> roles;
  for (std::size_t i = 0; i < part.calls.size(); ++i) {
    const Call& call = part.calls[i];
    if (call.state != Call::State::waiting && call.state != Call::State::inside) continue;
    Words& role = roles[call.actor];
    role.insert(role.end(), {chain, part.names[i], static_cast<std::uint32_t>(call.state)});
  }
  for (const auto& [actor, role] : roles) {
    ensure_actor(actor);
    value->roles.push_back({actor, actors_[actor].roles.add(role).index});
  }
  Situation alone = cutter_.begin_situation();
  cutter_.put_chain(part, chain, alone);
  walker_.list_moves(alone, value->moves);
  value->is_done = part.calls.empty() && value->moves.empty() && part.trigger.released;
  value->part = std::move(part);
  chains_[chain].values[id] = std::move(value);
}

std::uint32_t Automaton::next_node(Index actor, std::uint32_t node, std::uint32_t role) {
  std::vector<Node>& nodes = actors_[actor].nodes;
  const auto [found, is_new] = nodes[node].next.try_emplace(role, static_cast<std::uint32_t>(nodes.size()));
  const std::uint32_t next = found->second;
  if (is_new) nodes.emplace_back();
  return next;
}

// Which of the lock states that fit the chains' values this one is; a new one where it has not been met with them.
std::uint32_t Automaton::find_residue(Index actor, const std::vector<std::uint32_t>& values, LockId lock) {
  std::uint32_t node = kRoot;
  for (Index chain = 0; chain < chains_.size(); ++chain) {
    for (const Role& role : value(chain, values[chain]).roles) {
      if (role.actor == actor) node = next_node(actor, node, role.role);
    }
  }
  std::vector<LockId>& locks = actors_[actor].nodes[node].locks;
  const auto found = std::find(locks.begin(), locks.end(), lock);
  const auto residue = static_cast<std::uint32_t>(found - locks.begin());
  if (found == locks.end()) locks.push_back(lock);
  actors_[actor].most_residues = std::max(actors_[actor].most_residues, static_cast<std::uint32_t>(locks.size()));
  return residue;
}

Automaton::LockId Automaton::intern_lock(Index actor, const Situation& situation) {
  Words words;
  cutter_.write_lock(situation.world, actor, words);
  const Index instance = actor < situation.world.actors.size() ? situation.world.actors[actor].instance : kNone;
  if (instance != kNone && situation.world.locks.is_damaged(instance)) throw Left{};
  words.insert(words.begin(), actor);
  const auto [lock, is_new] = locks_.add(words);
  if (is_new) lock_facts_.push_back({instance != kNone && situation.world.locks.can_grant(instance)});
  return lock;
}

Situation Automaton::situation(const AutomatonState& state) {
  Situation result = cutter_.begin_situation();
  std::vector<std::uint32_t> nodes(actors_.size(), kRoot);
  for (Index chain = 0; chain < chains_.size(); ++chain) {
    const Value& of_chain = value(chain, state.values[chain]);
    cutter_.put_chain(of_chain.part, chain, result);
    for (const Role& role : of_chain.roles) nodes[role.actor] = next_node(role.actor, nodes[role.actor], role.role);
  }
  for (Index actor = 0; actor < actors_.size(); ++actor) {
    const std::uint32_t residue = actor < state.residues.size() ? state.residues[actor] : 0;
    const LockId lock = lock_at(actor, nodes[actor], residue);
    const Words words(locks_.begin_of(lock) + 1, locks_.end_of(lock));
    if (!cutter_.put_lock(words, actor, result)) throw Left{};
  }
  result.verdict = static_cast<Verdict>(state.verdict);
  return result;
}

Automaton::Effect Automaton::learn(const AutomatonState& state, Index chain, std::size_t move_index) {
  Situation before = situation(state);
  // The chain's own tables lie behind those of the chains before it.
  Move move = value(chain, state.values[chain]).moves[move_index];
  Index calls = 0, activities = 0;
  for (Index other = 0; other < chain; ++other) {
    calls += static_cast<Index>(value(other, state.values[other]).part.calls.size());
    activities += static_cast<Index>(value(other, state.values[other]).part.activities.size());
  }
  if (move.mover.kind == Mover::Kind::activity) move.mover.index += activities;
  if (move.mover.kind == Mover::Kind::retry || move.mover.kind == Mover::Kind::timeout) {
    move.mover.index += calls;
    move.mover.tag += calls;
  }
  return learn_from(state, std::move(before), move, chain);
}

Automaton::Effect Automaton::learn_grant(const AutomatonState& state, Index actor) {
  Situation before = situation(state);
  Move move;
  move.mover.kind = Mover::Kind::grant;
  move.mover.index = before.world.actors[actor].instance;
  Effect effect = learn_from(state, std::move(before), move, kNone);
  effect.actors = {actor};
  return effect;
}

Automaton::Effect Automaton::learn_from(const AutomatonState& state, Situation situation, const Move& move,
                                        Index mover) {
  ++learned_;
  Effect effect;
  situation.verdict = Verdict::ok;
  std::vector<LockId> locks_before;
  cutter_.name_calls(situation.world);
  for (Index actor = 0; actor < actors_.size(); ++actor) locks_before.push_back(intern_lock(actor, situation));
  Arrivals arrivals;
  std::vector<CallOutcome> outcomes;
  if (std::optional<Diagnostic> problem = walker_.take(situation, move, outcomes, &arrivals)) {
    problem_ = std::move(problem);
    return effect;
  }
  outcomes_.insert(outcomes.begin(), outcomes.end());
  effect.verdict = static_cast<std::uint32_t>(situation.verdict);
  effect.is_queued = arrivals.is_queued;
  effect.is_arrival = arrivals.is_arrival;
  effect.actors = arrivals.actors;

  cutter_.name_calls(situation.world);
  std::vector<std::uint32_t> values = state.values;
  for (Index chain = 0; chain < chains_.size(); ++chain) {
    values[chain] = intern_value(chain, cutter_.cut_chain(situation, chain));
    if (values[chain] == state.values[chain]) continue;
    effect.writes.push_back({false, chain, values[chain]});
    if (chain != mover) effect.depends_on.push_back(chain);
  }
  if (situation.world.actors.size() > actors_.size())
    ensure_actor(static_cast<Index>(situation.world.actors.size() - 1));
  for (Index actor = 0; actor < actors_.size(); ++actor) {
    const LockId lock = intern_lock(actor, situation);
    const LockId before = actor < locks_before.size() ? locks_before[actor] : actors_[actor].nodes[kRoot].locks[0];
    const std::uint32_t residue_before = actor < state.residues.size() ? state.residues[actor] : 0;
    if (lock != before) effect.actors.push_back(actor);
    const std::uint32_t residue = find_residue(actor, values, lock);
    if (residue != residue_before) effect.writes.push_back({true, actor, residue});
  }
  // A call that gives up touches all locks at which its chain is.
  if (move.mover.kind == Mover::Kind::timeout) {
    for (const Role& role : value(mover, state.values[mover]).roles) effect.actors.push_back(role.actor);
  }
  std::sort(effect.actors.begin(), effect.actors.end());
  effect.actors.erase(std::unique(effect.actors.begin(), effect.actors.end()), effect.actors.end());
  return effect;
}

std::uint64_t Automaton::bytes() const {
  std::uint64_t bytes = locks_.bytes();
  for (const Form& form : forms_) bytes += form.words.bytes() * 4;
  return bytes;
}

}  // namespace actorsim
