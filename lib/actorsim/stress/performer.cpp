// Threads of control: the main line of a handler, and the branches of parallel.
#include "actorsim/stress/performer.h"

#include <utility>

#include "actorsim/base/check.h"
#include "actorsim/model/retry.h"
#include "actorsim/scenario/expression.h"
#include "actorsim/stress/pace.h"

namespace actorsim {
namespace {

using Op = Instruction::Op;

constexpr CallEnd kCutOff{CallEnd::How::cancelled};

// Where branches come together.
struct Join {
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t pending = 0;
  bool takes_any = false;
  bool is_satisfied = false;  // takes_any: a branch came back well; nobody waits for the others
  bool is_awaited = false;
  std::optional<CallEnd> failure;
  std::vector<StagedThread*> branches;
};

void note_branch_end(Stage& stage, Join& join, const std::optional<CallEnd>& failure) {
  const std::lock_guard guard(join.mutex);
  if (join.is_satisfied) return;
  --join.pending;
  if (failure) {
    if (!join.failure) join.failure = failure;
  } else if (join.takes_any) {
    join.is_satisfied = true;
    join.failure.reset();
    join.pending = 0;
    for (StagedThread* branch : join.branches) branch->facts.parent = kNone;
  }
  if (join.pending > 0) return;
  if (std::exchange(join.is_awaited, false)) stage.stillness().more(1);
  join.changed.notify_all();
}

// Releases the lock, then tells the caller; unless somebody else does.
void answer(Stage& stage, StagedCall& call, const CallEnd& end) {
  std::optional<BlockingLock::Turn> turn;
  {
    const std::lock_guard guard(call.mutex);
    if (std::exchange(call.is_ending, true)) return;
    turn = std::exchange(call.turn, std::nullopt);
  }
  turn.reset();
  {
    const std::lock_guard guard(call.mutex);
    call.end = end;
    call.has_arrived = call.is_answered = true;
    if (std::exchange(call.is_awaited, false)) stage.stillness().more(1);
    call.changed.notify_all();
  }
  if (call.on_answered) call.on_answered();
}

// Whatever happens, nobody is left waiting for what `work` does.
template <typename Work, typename Otherwise>
void do_or(const Work& work, const Otherwise& otherwise) {
  try {
    work();
  } catch (...) {
    otherwise();
    throw;
  }
}

class Performer {
 public:
  // `facts` are the call's: a branch that nobody waits for may meet another attempt of it.
  Performer(Stage& stage, StagedCall& call, const Call& facts, StagedThread& thread, std::shared_ptr<Frame> frame,
            Random random)
      : stage_(stage),
        program_(stage.program()),
        call_(call),
        facts_(facts),
        thread_(thread),
        frame_(std::move(frame)),
        random_(random) {}

  // From an instruction to the end of the handler or the branch. What it failed with; nothing: it did not.
  std::optional<CallEnd> perform(Index first) {
    thread_.facts.pc = first;
    std::optional<CallEnd> failure;
    bool goes_on = true;
    while (goes_on && !failure) goes_on = step(failure);
    thread_.facts.state = Activity::State::unused;
    return failure;
  }

 private:
  // One instruction. False: the end.
  bool step(std::optional<CallEnd>& failure) {
    const Instruction& instruction = program_.code[thread_.facts.pc];
    if (instruction.op == Op::branch_end) return false;
    if (is_visible(instruction.op)) {
      silent_steps_ = 0;
      dawdle(random_);
    } else if (++silent_steps_ > kMaxEventsAtOnce) {
      stage_.problem(instruction.span, "endless-loop", "this step is passed again and again without anything happening",
                     "a repeat whose steps are all skipped does nothing");
    }
    if (!stage_.may_go_on()) {
      failure = kCutOff;
      return false;
    }
    switch (instruction.op) {
      case Op::sleep:
        take_time(random_, instruction.value);
        ++thread_.facts.pc;
        return true;
      case Op::call: return call(instruction, failure);
      case Op::recurse: return recurse(instruction, failure);
      case Op::send: return send(instruction, failure);
      case Op::fail: failure = CallEnd{CallEnd::How::failed_step, instruction.a, kNone}; return false;
      case Op::fork: return fork(instruction, failure);
      case Op::reply: reply(); return true;
      case Op::finish: return false;
      case Op::branch_end: break;
      case Op::loop_begin:
      case Op::loop_next:
      case Op::jump_unless:
      case Op::jump_unless_deep:
      case Op::jump: return jump(instruction, failure);
    }
    return false;
  }

  static bool is_visible(Op op) { return op <= Op::finish && op != Op::fork; }

  std::optional<std::int64_t> value_of(Index expression, std::optional<CallEnd>& failure) {
    const Expression& wanted = program_.expressions[expression];
    if (wanted.is_constant()) return wanted.constant();
    const Evaluation result = evaluate(wanted, frame_->numbers.data());
    if (result.problem == Evaluation::Problem::none) return result.value;
    stage_.problem(wanted.span, "bad-expression", "this expression " + std::string(to_words(result.problem)), "");
    failure = kCutOff;
    return std::nullopt;
  }

  bool jump(const Instruction& instruction, std::optional<CallEnd>& failure) {
    Index& pc = thread_.facts.pc;
    const auto target = static_cast<Index>(instruction.value);
    if (instruction.op == Op::jump) {
      pc = target;
      return true;
    }
    if (instruction.op == Op::loop_next) {
      std::int64_t* const counter = &frame_->numbers[instruction.b];
      ++counter[0];
      pc = counter[0] < counter[1] ? target : pc + 1;
      return true;
    }
    const std::optional<std::int64_t> value = value_of(instruction.a, failure);
    if (!value) return false;
    bool goes_in = *value != 0;
    if (instruction.op == Op::jump_unless_deep) goes_in = facts_.nesting >= *value;
    if (instruction.op == Op::loop_begin) {
      frame_->numbers[instruction.b] = 0;
      frame_->numbers[instruction.b + 1] = *value;
      goes_in = *value > 0;
    }
    pc = goes_in ? pc + 1 : target;
    return true;
  }

  bool recurse(const Instruction& instruction, std::optional<CallEnd>& failure) {
    const std::optional<std::int64_t> depth = value_of(instruction.b, failure);
    if (!depth) return false;
    if (facts_.nesting < *depth) return call(instruction, failure);
    ++thread_.facts.pc;
    return true;
  }

  StagedCall* start_call(Index site) {
    StagedCall* const called = make_staged_call(stage_, site, {&call_, &facts_, &thread_, frame_.get()});
    if (called == nullptr) return nullptr;
    const bool started =
        stage_.start([&stage = stage_, called, random = offspring(random_)] { serve(stage, *called, random); });
    return started ? called : nullptr;
  }

  bool call(const Instruction& instruction, std::optional<CallEnd>& failure) {
    StagedCall* const called = start_call(instruction.a);
    if (called == nullptr) {
      failure = kCutOff;
      return false;
    }
    thread_.facts.callee = called->facts.serial;
    thread_.facts.state = Activity::State::calling;
    const CallEnd end = wait_for_answer(stage_, *called);
    thread_.facts.state = Activity::State::ready;
    ++thread_.facts.pc;
    if (end.how == CallEnd::How::answered || program_.sites[instruction.a].continue_on_error) return true;
    failure = CallEnd{CallEnd::How::failed_call, kNone, called->facts.serial};
    return false;
  }

  // Goes on as soon as the call has come to its lock: what is sent first arrives first.
  bool send(const Instruction& instruction, std::optional<CallEnd>& failure) {
    StagedCall* const called = start_call(instruction.a);
    if (called == nullptr) {
      failure = kCutOff;
      return false;
    }
    std::unique_lock guard(called->mutex);
    called->changed.wait(guard, [&] { return called->has_arrived || stage_.is_over(); });
    ++thread_.facts.pc;
    return true;
  }

  void reply() {
    ++thread_.facts.pc;
    bool is_inside = false;
    {
      const std::lock_guard guard(call_.mutex);
      is_inside = call_.turn.has_value();
    }
    if (is_inside) answer(stage_, call_, {});
  }

  bool fork(const Instruction& instruction, std::optional<CallEnd>& failure) {
    const auto join = std::make_shared<Join>();
    join->pending = instruction.b;
    join->takes_any = instruction.value == 1;
    thread_.facts.state = Activity::State::joining;
    ++thread_.facts.pc;
    for (Index i = 0; i < instruction.b; ++i) start_branch(join, program_.branches[instruction.a + i]);
    std::unique_lock guard(join->mutex);
    const auto can_go_on = [&] { return join->pending == 0; };
    if (!can_go_on()) {
      join->is_awaited = true;
      stage_.stillness().less();
      join->changed.wait(guard, can_go_on);
    }
    thread_.facts.state = Activity::State::ready;
    failure = join->failure;
    return !failure;
  }

  void start_branch(const std::shared_ptr<Join>& join, Index first) {
    StagedThread& branch = stage_.new_thread(facts_.serial);
    {
      const std::lock_guard guard(join->mutex);
      branch.facts.parent = join->is_satisfied ? kNone : thread_.number;
      join->branches.push_back(&branch);
    }
    // Of its own: what branches count is nobody else's to see.
    const auto frame = std::make_shared<Frame>(*frame_);
    const bool started = stage_.start(
        [&stage = stage_, &call = call_, facts = facts_, &branch, join, frame, first, random = offspring(random_)] {
          std::optional<CallEnd> failure;
          do_or([&] { failure = Performer(stage, call, facts, branch, frame, random).perform(first); },
                [&] { note_branch_end(stage, *join, kCutOff); });
          note_branch_end(stage, *join, failure);
        });
    if (!started) note_branch_end(stage_, *join, kCutOff);
  }

  Stage& stage_;
  const Program& program_;
  StagedCall& call_;
  const Call facts_;
  StagedThread& thread_;
  const std::shared_ptr<Frame> frame_;
  Random random_;
  std::uint64_t silent_steps_ = 0;
};

CallEnd end_of_refused(Admission admission) {
  if (admission == Admission::refused_depth) return {CallEnd::How::refused_depth};
  if (admission == Admission::refused_closed) return {CallEnd::How::refused_closed};
  return kCutOff;
}

// To the lock, through the handler. How it ended; still inside, unless it was refused.
CallEnd attempt(Stage& stage, StagedCall& call, Random& random) {
  if (call.actor == nullptr) return {CallEnd::How::not_hosted};
  dawdle(random);
  if (!stage.may_go_on()) return kCutOff;
  Arrival arrival;
  arrival.header = call.facts.carries_header ? Header::present : Header::absent;
  arrival.id = call.facts.carried;
  arrival.fresh = stage.fresh_ids().next();
  auto turn = call.actor->lock().enter(arrival, stage.stop_token(), call.facts.serial);
  if (!turn) return end_of_refused(turn.error());
  // What the thread is told must be what the watch saw.
  ACTORSIM_CHECK(turn->header() == call.facts.header_seen);
  ACTORSIM_CHECK(turn->has_re_entered() == call.facts.re_entered);
  {
    const std::lock_guard guard(call.mutex);
    call.turn.emplace(std::move(*turn));
  }
  StagedThread& thread = stage.new_thread(call.facts.serial);
  thread.facts.is_main = true;
  const Index first = stage.program().bodies[call.facts.body].entry;
  return Performer(stage, call, call.facts, thread, call.frame, offspring(random)).perform(first).value_or(CallEnd{});
}

// Leaves the lock if there is to be another attempt, after so long. Nothing: this one was the last, and may have been
// answered already. All under one hold, so that no branch that nobody waits for replies in between.
std::optional<Nanoseconds> leave_for_another(Stage& stage, StagedCall& call, const CallEnd& end) {
  std::optional<BlockingLock::Turn> turn;  // ends without the mutex
  const std::lock_guard guard(call.mutex);
  if (call.is_ending || stage.is_over()) return std::nullopt;
  const std::optional<Nanoseconds> delay = retry_delay(stage.program(), call.facts, end);
  if (delay) turn = std::exchange(call.turn, std::nullopt);
  return delay;
}

void serve_all_attempts(Stage& stage, StagedCall& call, Random& random) {
  for (;;) {
    const CallEnd end = attempt(stage, call, random);
    const std::optional<Nanoseconds> delay = leave_for_another(stage, call, end);
    if (!delay) {
      answer(stage, call, end);
      return;
    }
    ++call.facts.attempts;
    take_time(random, *delay);
  }
}

}  // namespace

CallEnd wait_for_answer(Stage& stage, StagedCall& call) {
  std::unique_lock guard(call.mutex);
  if (!call.is_answered) {
    call.is_awaited = true;
    stage.stillness().less();
    call.changed.wait(guard, [&] { return call.is_answered; });
  }
  return call.end;
}

void serve(Stage& stage, StagedCall& call, Random random) {
  do_or([&] { serve_all_attempts(stage, call, random); }, [&] { answer(stage, call, kCutOff); });
}

}  // namespace actorsim
