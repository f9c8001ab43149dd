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

// The lock's mutex is held. Waiters are counted off and on here, so that the count changes with the lock. Nothing
// throws once anything has been counted.
void StagedActor::happened(const LockEvent& event) {
  stage_.note_event();
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

void StagedActor::broke(const std::exception_ptr& why, std::size_t woken) noexcept {
  if (woken > 0) stage_.stillness().more(static_cast<std::int64_t>(woken));
  stage_.fail(why);
}

// ---- the stage ------------------------------------------------------------------------------------------------------

Stage::Stage(const Program& program, Crew& crew, Stillness& stillness, const std::function<void()>& before_step,
             std::uint64_t most_events)
    : program_(program), crew_(crew), stillness_(stillness), before_step_(before_step), most_events_(most_events) {}

bool Stage::start(std::function<void()> work) {
  if (is_over()) return false;
  std::function<void()> task = [this, work = std::move(work)] {
    // `this` must not be touched after the task has ended.
    Stillness& stillness = stillness_;
    try {
      work();
    } catch (...) {
      fail(std::current_exception());
    }
    stillness.task_ends();
  };
  stillness_.task_begins();
  Crew::Start started = Crew::Start::all_busy;
  try {
    started = crew_.start(std::move(task));
  } catch (...) {
    stillness_.task_ends();
    throw;
  }
  if (started == Crew::Start::begun) return true;
  stillness_.task_ends();
  tell_lack_of_threads(started);
  return false;
}

void Stage::tell_lack_of_threads(Crew::Start why) {
  const auto threads = [](std::size_t count) { return fmt::format("{} thread{}", count, count == 1 ? "" : "s"); };
  const std::size_t there = crew_.size();
  std::string message = fmt::format("the scenario takes more than {}", threads(there));
  std::string help = "--threads allows more; each call that goes on takes one, and so does each branch of parallel";
  if (why == Crew::Start::none_to_have) {
    message = there == 0 ? "the system gives no threads to play with"
                         : message + ", and the system gives no more, although --threads allows " +
                               fmt::format("{}", crew_.most());
    help = "a bound on processes or on memory is in the way, such as that of 'ulimit -u' or 'ulimit -v'";
  }
  problem(program_.triggers.front().span, "too-many-threads", std::move(message), std::move(help));
}

StagedActor& Stage::actor(Index type, const std::string& id) {
  const std::lock_guard guard(mutex_);
  StagedActor*& known = actor_index_[{type, id}];
  if (known == nullptr) known = &actors_.emplace_back(*this, static_cast<Index>(actors_.size()), type, id);
  return *known;
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

void Stage::note_event() {
  if (events_.fetch_add(1, std::memory_order_relaxed) != most_events_) return;
  problem(program_.triggers.front().span, "not-for-threads",
          fmt::format("a round takes more than {} operations on locks and branches", most_events_),
          "make retries, loads and repeats smaller");
}

StagedThread& Stage::new_thread(Index call) {
  note_event();
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

void Stage::fail(const std::exception_ptr& error) noexcept {
  is_over_.store(true, std::memory_order_release);
  const std::lock_guard guard(mutex_);
  if (!error_) error_ = error;
}

// Not under the mutex: threads that are woken may ask for it. Whoever comes to the stage from here on sees that it is
// over before he waits for anything.
void Stage::give_up(bool break_up) noexcept {
  is_over_.store(true, std::memory_order_release);
  stop_.request_stop();
  if (!break_up) return;
  const auto nth_of = [this](auto& things, std::size_t number) {
    const std::lock_guard guard(mutex_);
    return number < things.size() ? &things[number] : nullptr;
  };
  std::size_t number = 0;
  while (StagedActor* const actor = nth_of(actors_, number++)) actor->lock().break_up();
  number = 0;
  while (StagedCall* const call = nth_of(calls_, number++)) {
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
