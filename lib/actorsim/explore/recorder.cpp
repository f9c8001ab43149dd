// Recording: one CallRecord per kept call, counts for all.
#include "actorsim/explore/recorder.h"

#include <algorithm>

#include "actorsim/base/check.h"
#include "actorsim/explore/outcome_words.h"
#include "actorsim/model/wait_for.h"

namespace actorsim {
namespace {

constexpr std::size_t kKeptOverlaps = 100;
constexpr std::size_t kKeptDeactivations = 10'000;
constexpr std::size_t kLongestBody = 2'000;  // each level of a failing chain wraps the text once more

// At most `length` bytes, not ending inside a character.
std::string cut(const std::string& text, std::size_t length) {
  while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
  return text.substr(0, length);
}

std::string ended_by(const CallEnd& end) {
  if (end.how == CallEnd::How::timed_out) return "its own timeout";
  switch (end.by) {
    case CallEnd::By::caller: return "its caller, which had been cut off";
    case CallEnd::By::deactivation: return "the deactivation of its actor";
    case CallEnd::By::rebalance: return "a rebalance";
    case CallEnd::By::nobody: break;
  }
  return {};
}

}  // namespace

Recorder::Recorder(Model& model, const RunOptions& options)
    : model_(model),
      kept_calls_(options.kept_calls),
      wanted_labels_(options.wanted_labels.begin(), options.wanted_labels.end()),
      site_was_reached_(model.program().sites.size()) {}

CallRecord* Recorder::record_of(Index call) {
  const Index index = call < record_of_slot_.size() ? record_of_slot_[call] : kNone;
  return index == kNone ? nullptr : &run_.calls[index];
}

// Ids that were generated are numbered in the order in which the records show them.
std::string Recorder::id_name(ReentrancyId id) {
  if (id == kNoId || Names::is_literal(id)) return model_.names().id_name(id);
  const auto [found, is_new] = shown_ids_.try_emplace(id, named_ids_ + 1);
  if (is_new) ++named_ids_;
  return "r" + std::to_string(found->second);
}

std::optional<std::string> Recorder::shown_id(ReentrancyId id) const {
  if (id == kNoId) return std::nullopt;
  if (Names::is_literal(id)) return model_.names().id_name(id);
  const auto shown = shown_ids_.find(id);
  if (shown == shown_ids_.end()) return std::nullopt;
  return "r" + std::to_string(shown->second);
}

// ---- arrival --------------------------------------------------------------------------------------------------------

void Recorder::made(const World& world, Index slot) {
  ++run_.counts.calls;
  ++run_.counts.attempts;
  ++events_;
  site_was_reached_[world.calls[slot].site] = true;
  add_record(world, slot);
}

void Recorder::will_retry(const World& world, Index slot, const CallEnd&) {
  note_broken_up(world, slot);
  if (world.calls[slot].stuck == Call::Stuck::no) ++run_.counts.attempts;
}

void Recorder::reseated(const World&, Index from, Index to) {
  if (to >= record_of_slot_.size()) record_of_slot_.resize(to + 1, kNone);
  record_of_slot_[to] = from < record_of_slot_.size() ? record_of_slot_[from] : kNone;
  if (from < record_of_slot_.size()) record_of_slot_[from] = kNone;
}

void Recorder::held(const World& world, Index slot) {
  if (world.calls[slot].stuck != Call::Stuck::no) return;
  ++run_.counts.blocked;
  CallRecord* record = record_of(slot);
  if (record == nullptr) return;
  record->attempts = world.calls[slot].attempts;
  record->had_to_wait = true;
  record->was_held = true;
}

// What becomes of a call after it has been called stuck is told by its end alone.
void Recorder::arrived(const World& world, Index slot, const std::optional<ArrivalResult>& result) {
  if (world.calls[slot].stuck != Call::Stuck::no) return;
  CallRecord* record = record_of(slot);
  if (record != nullptr) note_attempt(world, slot, result, *record);
  if (!result) return;
  switch (result->admission) {
    case Admission::re_entered:
      ++run_.counts.re_entered;
      note_entered(record);
      break;
    case Admission::entered: note_entered(record); break;
    case Admission::queued:
      if (!world.calls[slot].was_held) ++run_.counts.blocked;
      break;
    case Admission::refused_closed:
      if (record != nullptr) record->met_closed_lock = true;
      break;
    case Admission::refused_depth:
    case Admission::refused_cancelled: break;
  }
}

namespace {

Starter starter_of(const Program& program, const Call& call) {
  if (call.trigger == kNone) return Starter::deactivation;
  switch (program.triggers[call.trigger].kind) {
    case Trigger::Kind::reminder: return Starter::reminder;
    case Trigger::Kind::timer: return Starter::timer;
    case Trigger::Kind::call:
    case Trigger::Kind::deactivate:
    case Trigger::Kind::rebalance: break;
  }
  return Starter::client;
}

}  // namespace

std::string_view to_word(Starter starter) {
  switch (starter) {
    case Starter::client: return "client";
    case Starter::reminder: return "reminder";
    case Starter::timer: return "timer";
    case Starter::deactivation: return "deactivation";
  }
  return "";
}

void Recorder::add_record(const World& world, Index slot) {
  const Call& call = world.calls[slot];
  if (slot >= record_of_slot_.size()) record_of_slot_.resize(slot + 1, kNone);
  record_of_slot_[slot] = kNone;
  const bool is_kept = call.serial < kept_calls_;
  if (!is_kept && wanted_labels_.empty()) return;
  std::string label = model_.label(world, slot);
  if (!is_kept && wanted_labels_.count(label) == 0) return;
  const Program& program = model_.program();
  const HostedType& settings = program.types[model_.names().type_of(call.actor)].settings;
  CallRecord record;
  record.serial = call.serial;
  record.label = std::move(label);
  record.actor = model_.names().actor_name(program, call.actor);
  record.method = program.bodies[call.body].method;
  if (call.caller != kNone) record.caller = call.caller;
  record.root = call.root;
  record.trigger = call.trigger;
  if (call.trigger != kNone && program.triggers[call.trigger].origin != kNone)
    record.trigger = program.triggers[call.trigger].origin;
  record.starter = starter_of(program, call);
  record.span = program.sites[call.site].span;
  record.one_way = program.sites[call.site].one_way;
  record.max_depth = settings.lock.max_stack_depth;
  record.reentrancy = settings.lock.enabled;
  record.arrived = now_;
  record.made_event = events_;
  record_of_slot_[slot] = static_cast<Index>(run_.calls.size());
  run_.calls.push_back(std::move(record));
}

void Recorder::note_attempt(const World& world, Index slot, const std::optional<ArrivalResult>& result,
                            CallRecord& record) {
  const Call& call = world.calls[slot];
  record.attempts = call.attempts;
  if (!result) return;
  // Where all orders are looked at, ids that are over are generated again.
  if (!call.carries_header) shown_ids_.erase(result->header_seen);
  record.id = id_name(result->lock_id);
  record.header.reset();
  if (result->header_seen != kNoId) record.header = id_name(result->header_seen);
  if (call.attempts == 1) record.id_was_generated = !call.carries_header && result->header_seen != kNoId;
  Index oldest = kNone;
  for (Index inside = world.actors[call.actor].first_inside; inside != kNone;
       inside = world.calls[inside].inside_next) {
    if (world.calls[inside].instance == call.instance) oldest = inside;
  }
  record.lock_was_free = oldest == kNone;
  record.held_by = oldest == kNone ? std::string() : id_name(world.calls[oldest].lock_id);
  record.had_to_wait = call.had_to_wait;
  record.was_held = call.was_held;
  if (result->admission == Admission::queued) {
    if (oldest != kNone) record.behind = world.calls[oldest].serial;
  }
  record.depth = result->depth;
}

// ---- admission and end ----------------------------------------------------------------------------------------------

void Recorder::admitted(const World& world, Index slot) {
  note_broken_up(world, slot);
  if (world.calls[slot].stuck != Call::Stuck::no) return;
  CallRecord* record = record_of(slot);
  if (record != nullptr) record->depth = world.calls[slot].depth;
  note_entered(record);
}

void Recorder::note_entered(CallRecord* record) {
  ++run_.counts.entered;
  ++entered_so_far_;
  ++events_;
  if (record == nullptr) return;
  record->entered = now_;
  record->entered_order = entered_so_far_;
  record->entered_event = events_;
}

void Recorder::ended(const World& world, Index slot, const CallEnd& end) {
  ++events_;
  const Call& call = world.calls[slot];
  CallRecord* record = record_of(slot);
  note_broken_up(world, slot);
  const bool was_counted = call.stuck != Call::Stuck::no;
  if (!was_counted) count_outcome(outcome_of(call, end), record);
  if (end.how == CallEnd::How::answered) {
    if (!was_counted) ++run_.counts.completed;
    if (record != nullptr) record->completed = !was_counted;
  } else if (record != nullptr || (call.caller != kNone && run_.find(call.caller) != nullptr)) {
    CallError error = error_of(world, slot, end);
    if (call.caller_activity != kNone) bodies_[call.serial] = error.message;
    if (record != nullptr) record->error = std::move(error);
  }
  if (record == nullptr) return;
  record->ended = now_;
  record->ended_event = events_;
  record->ended_by = ended_by(end);
  record_of_slot_[slot] = kNone;
}

void Recorder::count_outcome(Outcome outcome, CallRecord* record) {
  ++run_.counts.by_outcome[static_cast<std::size_t>(outcome)];
  run_.verdict = std::max(run_.verdict, verdict_of(outcome));
  if (record == nullptr) return;
  record->outcome = outcome;
  if (!record->entered) record->depth = 0;
}

// A handler that fails because a nested call did answers with what its sidecar told it.
CallError Recorder::error_of(const World& world, Index slot, const CallEnd& end) {
  const Program& program = model_.program();
  const Release& release = program.release;
  switch (end.how) {
    case CallEnd::How::refused_depth: return depth_error(release);
    case CallEnd::How::refused_closed: return closed_error(release, program.bodies[world.calls[slot].body].method);
    case CallEnd::How::not_hosted: return not_hosted_error(release);
    case CallEnd::How::failed_step:
      return handler_error(release, program.failures[end.failure].status,
                           model_.failure_text(world, slot, end.failure));
    case CallEnd::How::failed_call: {
      const auto found = bodies_.find(end.cause);
      std::string body;
      if (found != bodies_.end()) {
        body = std::move(found->second);
        bodies_.erase(found);
      }
      if (body.size() > kLongestBody) body = cut(body, kLongestBody) + " …";
      return handler_error(release, 500, body);
    }
    case CallEnd::How::timed_out: return timeout_error(release);
    case CallEnd::How::cancelled: return cancelled_error(release);
    case CallEnd::How::answered: break;
  }
  return {};
}

void Recorder::overlapped(const World& world, Index entering, Index inside) {
  run_.verdict = std::max(run_.verdict, Verdict::overlap);
  ++run_.overlap_count;
  if (run_.overlaps.size() >= kKeptOverlaps) return;
  OverlapRecord record;
  record.actor = model_.names().actor_name(model_.program(), world.calls[entering].actor);
  record.entering = world.calls[entering].serial;
  record.inside = world.calls[inside].serial;
  record.entering_label = model_.label(world, entering);
  record.inside_label = model_.label(world, inside);
  record.at = now_;
  run_.overlaps.push_back(std::move(record));
}

// ---- the end of the run ---------------------------------------------------------------------------------------------

Run Recorder::finish(const World& world) {
  for (const Call& call : world.calls) {
    const bool is_live = call.state != Call::State::unused && call.state != Call::State::answered;
    if (!is_live || call.abandoned || call.stuck != Call::Stuck::no) continue;
    const bool is_inside = call.state == Call::State::inside;
    count_outcome(is_inside ? admission_word(call) : Outcome::blocked,
                  record_of(static_cast<Index>(&call - world.calls.data())));
  }
  find_skipped();
  run_.ended_at = now_;
  run_.calls_left_out = run_.counts.calls - run_.calls.size();
  return std::move(run_);
}

void Recorder::became_stuck(const World& world, const Stuck& stuck) {
  const auto is_new = [&](Index slot) { return world.calls[slot].stuck == Call::Stuck::no; };
  for (const Index slot : stuck.deadlocked) {
    if (is_new(slot)) count_outcome(Outcome::deadlocked, record_of(slot));
  }
  for (const Index slot : stuck.stranded) {
    if (is_new(slot)) count_outcome(Outcome::stranded, record_of(slot));
  }
  for (const Index slot : stuck.behind) {
    if (is_new(slot)) count_outcome(admission_word(world.calls[slot]), record_of(slot));
  }
  for (const WaitCycle& cycle : stuck.cycles) {
    if (std::any_of(cycle.hops.begin(), cycle.hops.end(),
                    [&](const WaitCycle::Hop& hop) { return is_new(hop.call); })) {
      note_cycle(world, cycle);
    }
  }
}

void Recorder::note_cycle(const World& world, const WaitCycle& cycle) {
  DeadlockCycle deadlock;
  std::set<std::uint32_t> roots;
  for (const WaitCycle::Hop& hop : cycle.hops) {
    const Call& call = world.calls[hop.call];
    deadlock.hops.push_back({call.serial, hop.waits_for_lock});
    if (!hop.waits_for_lock) continue;
    deadlock.actors.push_back(model_.names().actor_name(model_.program(), call.actor));
    roots.insert(call.root);
  }
  deadlock.root_calls = roots.size();
  run_.deadlocks.push_back(std::move(deadlock));
}

// Something has moved a call that was stuck.
void Recorder::note_broken_up(const World& world, Index slot) {
  const Call& call = world.calls[slot];
  if (call.stuck == Call::Stuck::no) return;
  for (DeadlockCycle& deadlock : run_.deadlocks) {
    if (deadlock.broken_up_at) continue;
    const bool is_on_it = std::any_of(deadlock.hops.begin(), deadlock.hops.end(),
                                      [&](const DeadlockCycle::Hop& hop) { return hop.call == call.serial; });
    if (is_on_it) deadlock.broken_up_at = now_;
  }
}

void Recorder::deactivated(const World& world, Index instance, bool moved) {
  ++run_.deactivation_count;
  if (run_.deactivations.size() >= kKeptDeactivations) return;
  run_.deactivations.push_back(
      {model_.names().actor_name(model_.program(), world.instances[instance].actor), now_, moved});
}

void Recorder::find_skipped() {
  const Program& program = model_.program();
  for (const Index site : program.reachable_sites) {
    const CallSite& skipped = program.sites[site];
    if (site_was_reached_[site] || (skipped.is_recursion && !skipped.label)) continue;
    for (const std::string& label : labels_of_skipped(program, skipped)) {
      run_.skipped.push_back({label, skipped.span});
      ++run_.counts.by_outcome[static_cast<std::size_t>(Outcome::skipped)];
    }
  }
}

const CallRecord* Run::find(std::uint32_t serial) const {
  const auto found =
      std::lower_bound(calls.begin(), calls.end(), serial,
                       [](const CallRecord& record, std::uint32_t wanted) { return record.serial < wanted; });
  return found != calls.end() && found->serial == serial ? &*found : nullptr;
}

}  // namespace actorsim
