// An observer that writes down the events of one step.
#include "actorsim/explore/step_log.h"

#include <algorithm>

#include "actorsim/explore/orders.h"
#include "actorsim/explore/outcome_words.h"

namespace actorsim {
namespace {

// The handler that answers a DELETE is no call of any site.
std::string label_of(const Walker& walker, const World& world, Index slot) {
  const Call& call = world.calls[slot];
  if (!call.is_deactivation) return walker.model().label(world, slot);
  return walker.model().names().actor_name(walker.program(), call.actor) + ".on-deactivate";
}

class StepWriter : public Observer {
 public:
  StepWriter(const Walker& walker, StepRecord& record)
      : walker_(walker), program_(walker.program()), model_(walker.model()), record_(record) {}

  void made(const World&, Index) override {}

  void held(const World& world, Index slot) override { add(StepEvent::What::held, world, slot); }

  void arrived(const World& world, Index slot, const std::optional<ArrivalResult>& result) override {
    if (!result || is_refused(result->admission)) return;  // its end says so
    StepEvent::What what = StepEvent::What::waits;
    if (result->admission == Admission::entered) what = StepEvent::What::entered;
    if (result->admission == Admission::re_entered) what = StepEvent::What::re_entered;
    StepEvent& event = add(what, world, slot);
    event.depth = result->depth;
    if (what != StepEvent::What::waits) return;
    for (Index inside = world.actors[world.calls[slot].actor].first_inside; inside != kNone;
         inside = world.calls[inside].inside_next) {
      event.others.push_back(name_of(world, inside));
    }
    std::sort(event.others.begin(), event.others.end(),
              [](const CallName& left, const CallName& right) { return left.serial < right.serial; });
  }

  void admitted(const World& world, Index slot) override {
    add(StepEvent::What::admitted, world, slot).depth = world.calls[slot].depth;
  }

  void reseated(const World&, Index, Index) override {}

  void ended(const World& world, Index slot, const CallEnd& end) override {
    const bool is_well = end.how == CallEnd::How::answered;
    StepEvent& event = add(is_well ? StepEvent::What::answered : StepEvent::What::ended_badly, world, slot);
    event.outcome = outcome_of(world.calls[slot], end);
  }

  void will_retry(const World& world, Index slot, const CallEnd& end) override {
    add(StepEvent::What::will_retry, world, slot).outcome = outcome_of(world.calls[slot], end);
  }

  void deactivated(const World& world, Index instance, bool) override {
    StepEvent event;
    event.what = StepEvent::What::deactivated;
    event.call.actor = model_.names().actor_name(program_, world.instances[instance].actor);
    record_.events.push_back(std::move(event));
  }

  void became_stuck(const World&, const Stuck&) override {}

  void overlapped(const World& world, Index entering, Index inside) override {
    add(StepEvent::What::overlapped, world, entering).others.push_back(name_of(world, inside));
  }

  CallName name_of(const World& world, Index slot) const { return name_call(walker_, world, slot); }

 private:
  StepEvent& add(StepEvent::What what, const World& world, Index slot) {
    StepEvent event;
    event.what = what;
    event.call = name_of(world, slot);
    record_.events.push_back(std::move(event));
    return record_.events.back();
  }

  const Walker& walker_;
  const Program& program_;
  const Model& model_;
  StepRecord& record_;
};

Index call_that_moves(const World& world, const Mover& mover) {
  switch (mover.kind) {
    case Mover::Kind::activity: return world.activities[mover.index].call;
    case Mover::Kind::retry:
    case Mover::Kind::timeout: return mover.index;
    case Mover::Kind::trigger:
    case Mover::Kind::idle:
    case Mover::Kind::drain:
    case Mover::Kind::look_again:
    case Mover::Kind::grant: break;
  }
  return kNone;
}

}  // namespace

bool is_lock_free(const Walker& walker, const World& world, Index instance) {
  const LockStateView lock = world.locks.inspect(instance);
  return walker.program().lock_rules.queues_entries ? lock.ring.empty() : !lock.locked;
}

CallName name_call(const Walker& walker, const World& world, Index slot) {
  const Program& program = walker.program();
  const Names& names = walker.model().names();
  const Call& call = world.calls[slot];
  CallName name;
  name.serial = call.serial;
  name.label = label_of(walker, world, slot);
  name.method = call.is_deactivation ? "on-deactivate" : program.bodies[call.body].method;
  name.actor = names.actor_name(program, call.actor);
  if (call.caller_actor != kNone) name.caller = names.actor_name(program, call.caller_actor);
  if (!call.is_deactivation) name.one_way = program.sites[call.site].one_way;
  name.path = call.path;
  if (call.trigger == kNone) {
    name.starter = Starter::deactivation;
    return name;
  }
  const StartTrigger& trigger = program.triggers[call.trigger];
  if (trigger.kind == Trigger::Kind::reminder) name.starter = Starter::reminder;
  if (trigger.kind == Trigger::Kind::timer) name.starter = Starter::timer;
  name.chain = {trigger.origin == kNone ? call.trigger : trigger.origin, call.number, 0};
  return name;
}

std::optional<Diagnostic> take_and_tell(Walker& walker, Situation& situation, const Move& move,
                                        std::vector<CallOutcome>& outcomes, StepRecord& record) {
  record = {};
  record.choice = move.choice;
  record.kind = move.mover.kind;
  const Index mover = call_that_moves(situation.world, move.mover);
  if (mover != kNone) record.subject = label_of(walker, situation.world, mover);
  StepWriter writer(walker, record);
  return walker.take(situation, move, outcomes, &writer);
}

std::vector<LockLine> list_locks(const Walker& walker, const Situation& situation) {
  const World& world = situation.world;
  std::vector<LockLine> lines(world.instances.size());
  for (const Call& call : world.calls) {
    if (call.state == Call::State::inside && !call.is_deactivation) lines[call.instance].inside.push_back(call.serial);
    if (call.state == Call::State::waiting) lines[call.instance].waiting.push_back(call.serial);
  }
  for (Index instance = 0; instance < world.instances.size(); ++instance) {
    LockLine& line = lines[instance];
    line.actor = walker.model().names().actor_name(walker.program(), world.instances[instance].actor);
    line.is_free = is_lock_free(walker, world, instance);
    line.is_closed = world.locks.is_closed(instance);
    std::sort(line.inside.begin(), line.inside.end());
    std::sort(line.waiting.begin(), line.waiting.end());
  }
  std::erase_if(lines,
                [](const LockLine& line) { return line.is_free && line.inside.empty() && line.waiting.empty(); });
  std::stable_sort(lines.begin(), lines.end(),
                   [](const LockLine& left, const LockLine& right) { return left.actor < right.actor; });
  return lines;
}

tl::expected<std::vector<StepRecord>, Diagnostic> tell_steps(const Program& program, const Schedule& schedule) {
  Walker walker(program);
  Situation situation = walker.initial();
  std::vector<Move> moves;
  std::vector<CallOutcome> outcomes;
  std::vector<StepRecord> steps;
  for (const Choice& choice : schedule) {
    walker.list_moves(situation, moves);
    const Move& move = find_move(moves, choice);
    steps.emplace_back();
    if (std::optional<Diagnostic> problem = take_and_tell(walker, situation, move, outcomes, steps.back()))
      return tl::unexpected(std::move(*problem));
    steps.back().locks = list_locks(walker, situation);
  }
  return steps;
}

}  // namespace actorsim
