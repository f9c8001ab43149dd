// Reads a world; steps are tried out on copies of it.
#include "actorsim/explore/situation_view.h"

#include <algorithm>

namespace actorsim {

const std::string& IdNames::name(const Walker& walker, ReentrancyId id) {
  const auto [found, is_new] = names_.try_emplace(id);
  if (is_new) {
    const bool is_generated = id != kNoId && !Names::is_literal(id);
    found->second = is_generated ? "r" + std::to_string(++generated_) : walker.model().names().id_name(id);
  }
  return found->second;
}

std::string IdNames::known_name(const Walker& walker, ReentrancyId id) const {
  if (Names::is_literal(id)) return walker.model().names().id_name(id);
  const auto found = names_.find(id);
  return found != names_.end() ? found->second : std::string();
}

IdNames name_ids(const World& world, const Run& run) {
  IdNames names;
  for (const Call& call : world.calls) {
    if (call.state == Call::State::unused) continue;
    const CallRecord* record = run.find(call.serial);
    if (record == nullptr) continue;
    if (call.lock_id != kNoId && !record->id.empty()) names.set(call.lock_id, record->id);
    if (call.header_seen != kNoId && record->header) names.set(call.header_seen, *record->header);
  }
  return names;
}

const CallName* SituationView::find(std::uint32_t number) const {
  const auto found =
      std::find_if(calls.begin(), calls.end(), [&](const CallName& call) { return call.serial == number; });
  return found != calls.end() ? &*found : nullptr;
}

namespace {

bool is_live(const Call& call) { return call.state != Call::State::unused && call.state != Call::State::answered; }

class Viewer {
 public:
  Viewer(Walker& walker, const Situation& situation, IdNames& ids, std::size_t most_tried)
      : walker_(walker),
        program_(walker.program()),
        situation_(situation),
        world_(situation.world),
        ids_(ids),
        most_tried_(most_tried) {
    for (Index slot = 0; slot < world_.calls.size(); ++slot) {
      if (world_.calls[slot].state != Call::State::unused) slots_.push_back(slot);
    }
    std::sort(slots_.begin(), slots_.end(), [&](Index a, Index b) { return serial(a) < serial(b); });
  }

  tl::expected<SituationView, Diagnostic> view() {
    std::vector<Move> moves;
    walker_.list_moves(situation_, moves);
    stuck_ = walker_.stuck(situation_);
    view_ = view_verdict(walker_, situation_, moves);
    name_calls();
    if (std::optional<Diagnostic> problem = try_steps(moves)) return tl::unexpected(std::move(*problem));
    list_blocked();
    list_locks();
    return std::move(view_);
  }

 private:
  std::uint32_t serial(Index slot) const { return world_.calls[slot].serial; }

  // A call whose earlier attempt was left behind is there twice.
  void name_calls() {
    for (const Index slot : slots_) {
      const Call& call = world_.calls[slot];
      if (call.is_deactivation) continue;
      if (!view_.calls.empty() && view_.calls.back().serial == call.serial) continue;
      view_.calls.push_back(name_call(walker_, world_, slot));
    }
    for (const Index slot : slots_) ids_.name(walker_, world_.calls[slot].lock_id);  // the oldest call's id first
  }

  std::optional<Diagnostic> try_steps(const std::vector<Move>& moves) {
    std::vector<CallOutcome> ignored;
    for (const Move& move : moves) {
      view_.steps.emplace_back();
      view_.steps.back().choice = move.choice;
      view_.steps.back().kind = move.mover.kind;
      if (view_.steps.size() > most_tried_) continue;
      Situation after = situation_;
      ignored.clear();
      if (auto problem = take_and_tell(walker_, after, move, ignored, view_.steps.back())) return problem;
    }
    return std::nullopt;
  }

  // ---- who cannot move ----

  void list_blocked() {
    for (const Index slot : slots_) {
      const Call& call = world_.calls[slot];
      if (!is_live(call) || call.is_deactivation) continue;
      switch (call.state) {
        case Call::State::held: add_blocked(slot, BlockedCall::By::held); break;
        case Call::State::waiting: tell_queue(slot, add_blocked(slot, BlockedCall::By::lock)); break;
        case Call::State::inside: {
          const std::vector<std::uint32_t> awaited = awaited_by(call);
          if (!awaited.empty()) add_blocked(slot, BlockedCall::By::answer).others = awaited;
          break;
        }
        case Call::State::unused:
        case Call::State::retrying:
        case Call::State::answered: break;
      }
    }
  }

  BlockedCall& add_blocked(Index slot, BlockedCall::By by) {
    const Call& call = world_.calls[slot];
    BlockedCall& blocked = view_.blocked.emplace_back();
    blocked.call = call.serial;
    blocked.by = by;
    blocked.outlook = outlook_of(slot);
    blocked.actor = walker_.model().names().actor_name(program_, call.actor);
    blocked.id = ids_.name(walker_, call.lock_id);
    blocked.reentrancy = settings_of(call.actor).lock.enabled;
    blocked.has_given_up = call.abandoned;
    return blocked;
  }

  BlockedCall::Outlook outlook_of(Index slot) const {
    const auto is_among = [&](const std::vector<Index>& calls) {
      return std::find(calls.begin(), calls.end(), slot) != calls.end();
    };
    if (is_among(stuck_.deadlocked)) return BlockedCall::Outlook::deadlocked;
    if (is_among(stuck_.stranded)) return BlockedCall::Outlook::stranded;
    return is_among(stuck_.behind) ? BlockedCall::Outlook::behind : BlockedCall::Outlook::open;
  }

  void tell_queue(Index slot, BlockedCall& blocked) {
    const Call& call = world_.calls[slot];
    for (const Index inside : calls_inside(call.instance)) {
      blocked.others.push_back(serial(inside));
      if (blocked.held_by.empty()) blocked.held_by = ids_.name(walker_, world_.calls[inside].lock_id);
      if (world_.calls[inside].root == call.root) blocked.behind_own_chain = true;
    }
    for (const EntryCalls& entry : world_.locks.entries_with_calls(call.instance)) {
      for (const CallSlot other : entry.calls) {
        if (other == slot) return;
        if (world_.locks.is_waiting(other)) blocked.ahead.push_back(serial(other));
      }
    }
  }

  // Whose answers the handler waits for; empty if one of its threads can go on.
  std::vector<std::uint32_t> awaited_by(const Call& call) const {
    std::vector<std::uint32_t> awaited;
    for (Index index = call.first_activity; index != kNone; index = world_.activities[index].next) {
      const Activity& activity = world_.activities[index];
      if (activity.state == Activity::State::ready) return {};
      if (activity.state == Activity::State::calling) awaited.push_back(serial(activity.callee));
    }
    std::sort(awaited.begin(), awaited.end());
    return awaited;
  }

  // ---- locks ----

  const HostedType& settings_of(Index actor) const {
    return program_.types[walker_.model().names().type_of(actor)].settings;
  }

  // Calls of the actor that are inside under this lock, the oldest first.
  std::vector<Index> calls_inside(Index instance) const {
    std::vector<Index> inside;
    for (const Index slot : slots_) {
      const Call& call = world_.calls[slot];
      if (call.state == Call::State::inside && call.instance == instance && !call.is_deactivation)
        inside.push_back(slot);
    }
    return inside;
  }

  void list_locks() {
    for (Index instance = 0; instance < world_.instances.size(); ++instance) {
      const Index actor = world_.instances[instance].actor;
      const HostedType& settings = settings_of(actor);
      LockView lock;
      lock.actor = walker_.model().names().actor_name(program_, actor);
      lock.reentrancy = settings.lock.enabled;
      lock.max_depth = settings.lock.max_stack_depth;
      lock.is_free = is_lock_free(walker_, world_, instance);
      lock.is_closed = world_.locks.is_closed(instance);
      add_seats(instance, lock);
      const bool is_gone = world_.instances[instance].state == Instance::State::gone;
      const bool is_deserted = std::all_of(lock.seats.begin(), lock.seats.end(), [](const LockSeat& seat) {
        return seat.inside.empty() && seat.waiting.empty();
      });
      if (is_deserted && (is_gone || (lock.is_free && lock.seats.empty()))) continue;
      view_.locks.push_back(std::move(lock));
    }
    std::stable_sort(view_.locks.begin(), view_.locks.end(),
                     [](const LockView& left, const LockView& right) { return left.actor < right.actor; });
  }

  void add_seats(Index instance, LockView& lock) {
    if (!program_.lock_rules.queues_entries) {
      const LockStateView state = world_.locks.inspect(instance);
      const std::vector<Index> inside = calls_inside(instance);
      if (state.locked || !inside.empty()) {
        LockSeat& holder = lock.seats.emplace_back();
        holder.depth = state.depth;
        for (const Index slot : inside) sit_down(slot, holder);
      }
    }
    for (const EntryCalls& entry : world_.locks.entries_with_calls(instance)) {
      LockSeat& seat = lock.seats.emplace_back();
      seat.depth = entry.entry.depth;
      seat.is_evicted = entry.is_outside;
      for (const CallSlot slot : entry.calls) sit_down(slot, seat);
      if (entry.calls.empty()) seat.id = ids_.known_name(walker_, entry.entry.id);
    }
  }

  void sit_down(Index slot, LockSeat& seat) {
    if (seat.id.empty()) seat.id = ids_.name(walker_, world_.calls[slot].lock_id);
    (world_.locks.is_waiting(slot) ? seat.waiting : seat.inside).push_back(serial(slot));
  }

  Walker& walker_;
  const Program& program_;
  const Situation& situation_;
  const World& world_;
  IdNames& ids_;
  const std::size_t most_tried_;
  Stuck stuck_;
  std::vector<Index> slots_;  // of the calls that are there, by serial
  SituationView view_;
};

}  // namespace

tl::expected<SituationView, Diagnostic> view_situation(Walker& walker, const Situation& situation, IdNames& ids,
                                                       std::size_t most_tried) {
  return Viewer(walker, situation, ids, most_tried).view();
}

SituationView view_verdict(const Walker& walker, const Situation& situation, const std::vector<Move>& moves) {
  const Stuck stuck = walker.stuck(situation);
  SituationView view;
  view.verdict = situation.verdict;
  if (!stuck.stranded.empty()) view.verdict = std::max(view.verdict, Verdict::stranded);
  if (!stuck.deadlocked.empty()) view.verdict = std::max(view.verdict, Verdict::deadlock);
  view.is_stuck = !stuck.stranded.empty() || !stuck.deadlocked.empty();
  view.is_end = moves.empty();
  return view;
}

}  // namespace actorsim
