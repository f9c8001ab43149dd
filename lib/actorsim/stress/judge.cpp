// From threads and logs to a world, and from there to words.
#include "actorsim/stress/judge.h"

#include <algorithm>
#include <map>

#include "actorsim/explore/outcome_words.h"
#include "actorsim/model/wait_for.h"

namespace actorsim {
namespace {

// Calls are numbered as they were made, locks and actors as they were met.
class WorldMaker {
 public:
  explicit WorldMaker(const Stage& stage) : stage_(stage), world_(stage.program().lock_rules) {}

  World make() {
    for (const StagedCall& call : stage_.calls()) world_.calls.push_back(call.facts);
    for (const StagedActor& actor : stage_.actors()) add_lock(actor);
    for (Index number = 0; number < world_.calls.size(); ++number) place_call(number);
    add_threads();
    return std::move(world_);
  }

  bool has_overlap() const { return has_overlap_; }

 private:
  // What happened to it, by the numbers of the calls. Watches whether two chains are inside at once.
  void add_lock(const StagedActor& actor) {
    const LockIndex lock = world_.locks.add(actor.config());
    Instance instance;
    instance.actor = lock;
    world_.instances.push_back(instance);
    world_.actors.emplace_back().instance = lock;
    std::map<CallSlot, Index> callers;
    std::vector<Index> inside;
    const auto enter = [&](Index call) {
      const auto is_strange = [&](Index other) {
        return chain_of(world_.calls[other]) != chain_of(world_.calls[call]);
      };
      has_overlap_ = has_overlap_ || std::any_of(inside.begin(), inside.end(), is_strange);
      inside.push_back(call);
    };
    for (const LockEvent& event : actor.log()) {
      if (event.kind == LockEvent::Kind::arrive) {
        callers[event.call] = event.caller;
        Call& call = world_.calls[event.caller];
        call.lock_id = event.answer.lock_id;
        world_.locks.arrive(lock, event.caller, event.arrival, effects_);
        if (is_admitted(event.answer.admission)) enter(event.caller);
      } else if (event.kind == LockEvent::Kind::release) {
        const Index call = callers[event.call];
        std::erase(inside, call);
        world_.locks.release(call, effects_);
        for (const CallSlot admitted : event.effects.admitted) enter(callers[admitted]);
      }
    }
  }

  void place_call(Index number) {
    Call& call = world_.calls[number];
    const StagedCall& staged = stage_.calls()[number];
    if (staged.is_answered) {
      call.state = Call::State::answered;
      call.caller_activity = kNone;
    } else if (world_.locks.is_waiting(number)) {
      call.state = Call::State::waiting;
    } else {
      call.state = Call::State::inside;
      Index& first = world_.actors[call.actor].first_inside;
      call.inside_next = first;
      if (first != kNone) world_.calls[first].inside_previous = number;
      first = number;
    }
  }

  void add_threads() {
    for (const StagedThread& thread : stage_.threads()) {
      world_.activities.push_back(thread.facts);
      Activity& activity = world_.activities.back();
      if (activity.state == Activity::State::unused) continue;
      Index& first = world_.calls[activity.call].first_activity;
      activity.next = first;
      first = thread.number;
    }
  }

  const Stage& stage_;
  World world_;
  LockEffects effects_;
  bool has_overlap_ = false;
};

std::string name_of(const Stage& stage, const StagedActor& actor) {
  return stage.program().types[actor.type()].name + "/" + actor.id();
}

}  // namespace

bool replay_logs(const Stage& stage, RoundResult& result) {
  const std::size_t defects = result.defects.size();
  result.operations = 0;
  for (const StagedActor& actor : stage.actors()) {
    result.operations += actor.log().size();
    if (const auto difference = replay_lock_log(stage.program().lock_rules, actor.config(), actor.log()))
      result.defects.push_back("the lock of " + name_of(stage, actor) + ": " + *difference);
  }
  return result.defects.size() == defects;
}

void judge(const Stage& stage, RoundResult& result) {
  WorldMaker maker(stage);
  const World world = maker.make();
  Combination& combination = result.combination;
  if (maker.has_overlap()) combination.verdict = Verdict::overlap;
  const auto note = [&](const std::string& label, Outcome outcome) {
    combination.verdict = std::max(combination.verdict, verdict_of(outcome));
    combination.calls.push_back({label, outcome});
  };
  std::vector<bool> was_reached(stage.program().sites.size());
  for (const StagedCall& call : stage.calls()) {
    was_reached[call.facts.site] = true;
    if (call.is_answered) note(call.label, outcome_of(call.facts, call.end));
  }
  const Stuck stuck = find_stuck(stage.program(), world);
  const auto note_all = [&](const std::vector<Index>& calls, std::optional<Outcome> outcome) {
    for (const Index number : calls) {
      const StagedCall& call = stage.calls()[number];
      note(call.label, outcome ? *outcome : admission_word(call.facts));
    }
  };
  note_all(stuck.deadlocked, Outcome::deadlocked);
  note_all(stuck.stranded, Outcome::stranded);
  note_all(stuck.behind, std::nullopt);
  for (const std::string& label : skipped_labels(stage.program(), was_reached)) note(label, Outcome::skipped);
  std::sort(combination.calls.begin(), combination.calls.end());
}

std::vector<LockLog> lock_logs(const Stage& stage) {
  std::vector<LockLog> logs;
  for (const StagedActor& actor : stage.actors()) {
    LockLog& log = logs.emplace_back();
    log.actor = name_of(stage, actor);
    for (const LockEvent& event : actor.log()) log.events.push_back(to_string(event));
  }
  return logs;
}

}  // namespace actorsim
