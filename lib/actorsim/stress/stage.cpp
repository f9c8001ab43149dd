// Tables under one mutex; what is done most often, stepping, goes without.
#include "actorsim/stress/stage.h"

#include <fmt/format.h>

namespace actorsim {

// ---- actors ---------------------------------------------------------------------------------------------------------

StagedActor::StagedActor(Stage& stage, Index number, Index type, std::string id)
    : stage_(stage),
      number_(number),
      type_(type),
      id_(std::move(id)),
      lock_(stage.program().lock_rules, stage.program().types[type].settings.lock, this) {}

const LockConfig& StagedActor::config() const { return stage_.program().types[type_].settings.lock; }

// The lock's mutex is held. Waiters are counted off and on here, so that the count changes with the lock.
void StagedActor::happened(const LockEvent& event) {
  log_.push_back(event);
  stage_.stillness().step();
  const std::size_t settled =
      event.effects.admitted.size() + event.effects.refused.size() + event.effects.closes_returned.size();
  if (settled > 0) stage_.stillness().more(static_cast<std::int64_t>(settled));
  if (event.kind != LockEvent::Kind::arrive) return;
  StagedCall& call = stage_.call(event.caller);
  const ArrivalResult& answer = event.answer;
  call.facts.instance = number_;
  call.facts.lock_id = answer.lock_id;
  call.facts.header_seen = answer.header_seen;
  call.facts.depth = answer.depth;
  call.facts.re_entered = answer.admission == Admission::re_entered;
  call.facts.had_to_wait = call.facts.had_to_wait || answer.admission == Admission::queued;
  // Another attempt is the same request, into which the runtime has written the id.
  call.facts.carried = answer.header_seen;
  call.facts.carries_header = answer.header_seen != kNoId;
  {
    const std::lock_guard guard(call.mutex);
    call.has_arrived = true;
  }
  call.changed.notify_all();
  if (answer.admission == Admission::queued) stage_.stillness().less();
}

// ---- the stage ------------------------------------------------------------------------------------------------------

Stage::Stage(const Program& program, Crew& crew, Stillness& stillness, const std::function<void()>& before_step)
    : program_(program), crew_(crew), stillness_(stillness), before_step_(before_step) {}

bool Stage::start(std::function<void()> work) {
  stillness_.task_begins();
  const bool started = crew_.start([this, work = std::move(work)] {
    // `this` must not be touched after the task has ended.
    Stillness& stillness = stillness_;
    try {
      work();
    } catch (...) {
      is_over_.store(true, std::memory_order_release);
      const std::lock_guard guard(mutex_);
      if (!error_) error_ = std::current_exception();
    }
    stillness.task_ends();
  });
  if (started) return true;
  problem(program_.triggers.front().span, "too-many-threads",
          fmt::format("the scenario takes more than the {} threads that there are", crew_.size()),
          "--threads allows more; each call that goes on takes one, and so does each branch of parallel");
  stillness_.task_ends();
  return false;
}

StagedActor& Stage::actor(Index type, const std::string& id) {
  const std::lock_guard guard(mutex_);
  const auto [place, is_new] = actor_index_.try_emplace({type, id}, nullptr);
  if (is_new) place->second = &actors_.emplace_back(*this, static_cast<Index>(actors_.size()), type, id);
  return *place->second;
}

ReentrancyId Stage::literal_id(const std::string& text) {
  const std::lock_guard guard(mutex_);
  return literal_ids_.try_emplace(text, static_cast<ReentrancyId>(literal_ids_.size() + 1)).first->second;
}

StagedCall* Stage::new_call() {
  {
    const std::lock_guard guard(mutex_);
    if (calls_.size() < kMostCallsOfRound) {
      StagedCall& call = calls_.emplace_back();
      call.facts.serial = static_cast<std::uint32_t>(calls_.size() - 1);
      call.facts.root = call.facts.serial;
      return &call;
    }
  }
  problem(program_.triggers.front().span, "not-for-threads",
          fmt::format("a round makes more than {} calls", kMostCallsOfRound), "make loads and repeats smaller");
  return nullptr;
}

StagedThread& Stage::new_thread(Index call) {
  const std::lock_guard guard(mutex_);
  StagedThread& thread = threads_.emplace_back();
  thread.number = static_cast<Index>(threads_.size() - 1);
  thread.facts.call = call;
  thread.facts.state = Activity::State::ready;
  return thread;
}

StagedCall& Stage::call(Index number) {
  const std::lock_guard guard(mutex_);
  return calls_[number];
}

bool Stage::may_go_on() {
  stillness_.step();
  if (before_step_) before_step_();
  return !is_over();
}

void Stage::fail(Diagnostic problem) {
  {
    const std::lock_guard guard(mutex_);
    if (!problem_) problem_ = std::move(problem);
  }
  is_over_.store(true, std::memory_order_release);
}

void Stage::problem(const Span& span, std::string_view code, std::string message, std::string help) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.file = program_.file;
  diagnostic.span = span;
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  fail(std::move(diagnostic));
}

// Not under the mutex: threads that are woken may ask for it.
void Stage::give_up(bool break_up) {
  is_over_.store(true, std::memory_order_release);
  stop_.request_stop();
  if (!break_up) return;
  std::vector<StagedActor*> actors;
  std::vector<StagedCall*> calls;
  {
    const std::lock_guard guard(mutex_);
    for (StagedActor& actor : actors_) actors.push_back(&actor);
    for (StagedCall& call : calls_) calls.push_back(&call);
  }
  for (StagedActor* actor : actors) actor->lock().break_up();
  for (StagedCall* call : calls) {
    const std::lock_guard guard(call->mutex);
    call->changed.notify_all();
  }
}

std::optional<Diagnostic> Stage::first_problem() const {
  const std::lock_guard guard(mutex_);
  return problem_;
}

std::exception_ptr Stage::first_error() const {
  const std::lock_guard guard(mutex_);
  return error_;
}

}  // namespace actorsim
