// Activities: how a handler's code is run, from one visible operation to the next.
#include "actorsim/base/check.h"
#include "actorsim/model/model.h"

namespace actorsim {

using Op = Instruction::Op;

void Model::become_ready(World& world, Index index, Nanoseconds delay) {
  Activity& activity = world.activities[index];
  activity.state = Activity::State::ready;
  effects_->ready.push_back({{Mover::Kind::activity, index, activity.generation}, delay});
}

void Model::move_activity(World& world, const Mover& mover) {
  Index index = mover.index;
  const Activity& moving = world.activities[index];
  if (moving.state != Activity::State::ready || moving.generation != mover.tag) {  // its handler was cut
    effects_->is_stale = true;
    return;
  }
  const Index slot = moving.call;
  if (moving.failing) {
    const CallEnd::How how = moving.failure != kNone ? CallEnd::How::failed_step : CallEnd::How::failed_call;
    fail_activity(world, index, {how, moving.failure, moving.cause});
    return;
  }
  if (program_.code[world.activities[index].pc].op == Op::sleep) {  // its time is over
    ++world.activities[index].pc;
    if (!run_silent(world, index)) return;
    if (program_.code[world.activities[index].pc].op == Op::sleep) {
      settle(world, index);
      return;
    }
  }
  const Instruction& instruction = program_.code[world.activities[index].pc];
  switch (instruction.op) {
    case Op::call:
    case Op::recurse:
      world.activities[index].state = Activity::State::calling;
      make_call(world, instruction.a, {slot, index, world.activities[index].frame});
      return;
    case Op::send:
      if (!make_call(world, instruction.a, {slot, index, world.activities[index].frame})) return;
      ++world.activities[index].pc;
      settle(world, index);
      return;
    case Op::fail: fail_activity(world, index, {CallEnd::How::failed_step, instruction.a, kNone}); return;
    case Op::reply:
      ++world.activities[index].pc;
      reply(world, slot);
      settle(world, index);
      return;
    case Op::finish:
      end_activity(world, index);
      main_line_ended(world, slot, {});
      return;
    case Op::sleep:
    case Op::fork:
    case Op::branch_end:
    case Op::loop_begin:
    case Op::loop_next:
    case Op::jump_unless:
    case Op::jump_unless_deep:
    case Op::jump: break;
  }
  ACTORSIM_CHECK(false);
}

// Brings an activity to its next visible operation and makes it ready there; or to where it joins or ends.
void Model::settle(World& world, Index index) {
  if (!run_silent(world, index)) return;
  const Instruction& instruction = program_.code[world.activities[index].pc];
  become_ready(world, index, instruction.op == Op::sleep ? instruction.value : 0);
}

// Runs silent operations. True: `index`, which may have become the activity that joined this one, stands at a visible
// operation. False: there is nothing more to do here (it joins, it has ended, it is ready to fail, or the scenario is
// at fault).
bool Model::run_silent(World& world, Index& index) {
  for (;;) {
    const Instruction& instruction = program_.code[world.activities[index].pc];
    const Index slot = world.activities[index].call;
    Index& pc = world.activities[index].pc;
    if (++silent_steps_ > kMaxEventsAtOnce) {
      problem(instruction.span, "endless-loop",
              "this step was passed " + std::to_string(kMaxEventsAtOnce) + " times without anything happening",
              "a repeat whose steps are all skipped does nothing");
      return false;
    }
    switch (instruction.op) {
      case Op::call:
      case Op::send:
      case Op::sleep:
      case Op::fail:
      case Op::reply:
      case Op::finish: return true;
      case Op::recurse: {
        const std::optional<std::int64_t> depth =
            evaluate(world, world.activities[index].frame, program_.expressions[instruction.b]);
        if (!depth) return false;
        if (world.calls[slot].nesting < *depth) return true;
        ++pc;
        break;
      }
      case Op::jump_unless: {
        const std::optional<std::int64_t> holds =
            evaluate(world, world.activities[index].frame, program_.expressions[instruction.a]);
        if (!holds) return false;
        pc = *holds != 0 ? pc + 1 : static_cast<Index>(instruction.value);
        break;
      }
      case Op::jump_unless_deep: {
        const std::optional<std::int64_t> depth =
            evaluate(world, world.activities[index].frame, program_.expressions[instruction.a]);
        if (!depth) return false;
        pc = world.calls[slot].nesting >= *depth ? pc + 1 : static_cast<Index>(instruction.value);
        break;
      }
      case Op::jump: pc = static_cast<Index>(instruction.value); break;
      case Op::loop_begin: {
        const std::optional<std::int64_t> times =
            evaluate(world, world.activities[index].frame, program_.expressions[instruction.a]);
        if (!times) return false;
        std::int64_t* counter = &world.slots[world.activities[index].frame + instruction.b];
        counter[0] = 0;
        counter[1] = *times;
        pc = *times > 0 ? pc + 1 : static_cast<Index>(instruction.value);
        break;
      }
      case Op::loop_next: {
        std::int64_t* counter = &world.slots[world.activities[index].frame + instruction.b];
        ++counter[0];
        pc = counter[0] < counter[1] ? static_cast<Index>(instruction.value) : pc + 1;
        break;
      }
      case Op::fork:
        if (!fork(world, index, instruction)) return false;
        break;
      case Op::branch_end:
        index = finish_branch(world, index, false);
        if (index == kNone) return false;
        break;
    }
  }
}

// Starts the branches in order. A branch that ends at once may let the parent go on, so the parent keeps a share of its
// own until all of them have started. True: they have all ended, and the parent goes on.
bool Model::fork(World& world, Index index, const Instruction& instruction) {
  Activity& forking = world.activities[index];
  forking.state = Activity::State::joining;
  forking.is_forking = true;
  forking.is_satisfied = false;
  forking.pending = instruction.b + 1;
  ++forking.pc;  // where the parent goes on: the jump over the branches
  const Index slot = forking.call;
  for (Index i = 0; i < instruction.b; ++i) {
    const Index parent = world.activities[index].is_satisfied ? kNone : index;
    const Index branch = new_activity(world, slot, program_.branches[instruction.a + i], parent);
    if (walk_ == Walk::all_orders) name_branch(world, branch, index, i);
    give_frame(world, branch, world.activities[index].frame, instruction.value == 1);
    settle(world, branch);
  }
  Activity& parent = world.activities[index];
  parent.is_forking = false;
  return --parent.pending == 0;
}

// A branch that `join: any` has left behind may live beside the same branch of a later round.
void Model::name_branch(World& world, Index branch, Index parent, Index number) {
  const Index call = world.activities[branch].call;
  for (Index occurrence = 0;; ++occurrence) {
    const Activity& forking = world.activities[parent];
    const Index path = paths_.child({forking.path, forking.pc, number, occurrence});
    Index other = world.calls[call].first_activity;
    while (other != kNone && (other == branch || world.activities[other].path != path)) {
      other = world.activities[other].next;
    }
    world.activities[branch].path = path;
    if (other == kNone) return;
  }
}

// A branch is over. Returns its parent where that goes on now, else kNone.
Index Model::finish_branch(World& world, Index index, bool failed) {
  const Activity branch = world.activities[index];
  end_activity(world, index);
  if (branch.parent == kNone) {  // nobody waits for it any more
    free_call_if_over(world, branch.call);
    return kNone;
  }
  Activity& parent = world.activities[branch.parent];
  const bool any = program_.code[parent.pc - 1].value == 1;
  --parent.pending;
  if (failed) {
    if (!parent.failing) {
      parent.cause = branch.cause;
      parent.failure = branch.failure;
    }
    parent.failing = true;
  } else if (any) {  // the first good answer; the others go on alone
    for (Index other = world.calls[branch.call].first_activity; other != kNone; other = world.activities[other].next) {
      if (world.activities[other].parent == branch.parent) world.activities[other].parent = kNone;
    }
    parent.is_satisfied = true;
    parent.failing = false;
    parent.cause = kNone;
    parent.failure = kNone;
    parent.pending = parent.is_forking ? 1 : 0;
  }
  if (parent.pending > 0) return kNone;
  if (!parent.failing) return branch.parent;
  become_ready(world, branch.parent, 0);
  return kNone;
}

// The activity ends badly: a branch fails towards its parent, the main line answers with the error.
void Model::fail_activity(World& world, Index index, const CallEnd& end) {
  const Index slot = world.activities[index].call;
  if (!world.activities[index].is_main) {
    world.activities[index].cause = end.cause;
    world.activities[index].failure = end.failure;
    const Index parent = finish_branch(world, index, true);
    if (parent != kNone) settle(world, parent);
    return;
  }
  end_activity(world, index);
  main_line_ended(world, slot, end);
}

}  // namespace actorsim
