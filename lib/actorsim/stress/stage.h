// What the threads of one round share: actors with their real locks, the calls made so far, and who can move.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/lock/blocking_lock.h"
#include "actorsim/model/model.h"
#include "actorsim/stress/crew.h"
#include "actorsim/stress/stillness.h"

namespace actorsim {

class Stage;

/// The variables of a handler: numbers, and the texts that some have instead.
struct Frame {
  std::vector<std::int64_t> numbers;
  std::vector<std::optional<std::string>> texts;
};

/// An actor, its lock, and what happened to it.
class StagedActor : public LockWatch {
 public:
  StagedActor(Stage& stage, Index number, Index type, std::string id);

  void happened(const LockEvent& event) override;
  void broke(const std::exception_ptr& why, std::size_t woken) noexcept override;

  Index number() const { return number_; }
  Index type() const { return type_; }
  const std::string& id() const { return id_; }
  const LockConfig& config() const;
  BlockingLock& lock() { return lock_; }
  const std::vector<LockEvent>& log() const { return log_; }  ///< only while nobody moves

 private:
  Stage& stage_;
  const Index number_, type_;
  const std::string id_;
  std::vector<LockEvent> log_;
  BlockingLock lock_;
};

/// A call on the stage, for the whole round. `facts` is what the model knows of a call as well: the thread that serves
/// the call writes it; others may read it while nobody moves.
struct StagedCall {
  Call facts;
  std::string label;
  StagedActor* actor = nullptr;  ///< null: no host serves the type
  std::shared_ptr<Frame> frame;
  std::function<void()> on_answered;  ///< of a root call: what comes after it

  std::mutex mutex;  ///< of all below
  std::condition_variable changed;
  std::optional<BlockingLock::Turn> turn;
  bool has_arrived = false;  ///< at its lock, or at its end
  bool is_ending = false;    ///< somebody is about to answer it
  bool is_answered = false;
  bool is_awaited = false;  ///< its caller has stopped for the answer
  CallEnd end;
};

/// A thread of control: the model's activity.
struct StagedThread {
  Activity facts;
  Index number = 0;
};

/// More than these are no round any more: what is remembered of them takes memory.
inline constexpr std::size_t kMostCallsOfRound = 20'000;

/// Thread-safe. All references stay valid until the stage is destroyed, which must be after all tasks have ended.
class Stage {
 public:
  /// A round with more than `most_events` is given up: operations on locks, and handlers and branches that begin.
  Stage(const Program& program, Crew& crew, Stillness& stillness, const std::function<void()>& before_step,
        std::uint64_t most_events);

  const Program& program() const { return program_; }
  Stillness& stillness() { return stillness_; }
  FreshIds& fresh_ids() { return fresh_ids_; }
  std::stop_token stop_token() const { return stop_.get_token(); }

  /// Hands work to a thread of its own. False: there is none, and the round is given up then; or it is over already.
  bool start(std::function<void()> work);

  StagedActor& actor(Index type, const std::string& id);
  ReentrancyId literal_id(const std::string& text);

  /// Null: there are too many; the round is given up then.
  StagedCall* new_call();
  StagedThread& new_thread(Index call);
  StagedCall& call(Index number);

  void note_event();

  /// Before each step of a handler. False: the round is over, the handler has to stop.
  bool may_go_on();

  /// The scenario goes beyond a bound, or a value makes no sense. The first one counts.
  void fail(Diagnostic problem);
  void problem(const Span& span, std::string_view code, std::string message, std::string help);

  /// Something was thrown. The first one counts.
  void fail(const std::exception_ptr& error) noexcept;

  /// From now on handlers stop; calls that wait are cancelled; with `break_up` whatever their release makes of that,
  /// and everybody who waits for anything is woken. Takes no memory.
  void give_up(bool break_up) noexcept;

  bool is_over() const { return is_over_.load(std::memory_order_acquire); }
  std::optional<Diagnostic> first_problem() const;
  std::exception_ptr first_error() const;

  // Only while nobody moves.
  const std::deque<StagedActor>& actors() const { return actors_; }
  const std::deque<StagedCall>& calls() const { return calls_; }
  const std::deque<StagedThread>& threads() const { return threads_; }

 private:
  void tell_lack_of_threads(Crew::Start why);

  const Program& program_;
  Crew& crew_;
  Stillness& stillness_;
  const std::function<void()> before_step_;
  const std::uint64_t most_events_;
  FreshIds fresh_ids_;
  std::stop_source stop_;
  std::atomic<bool> is_over_ = false;
  std::atomic<std::uint64_t> events_ = 0;

  mutable std::mutex mutex_;
  std::map<std::pair<Index, std::string>, StagedActor*> actor_index_;
  std::map<std::string, ReentrancyId> literal_ids_;
  std::deque<StagedActor> actors_;
  std::deque<StagedCall> calls_;
  std::deque<StagedThread> threads_;
  std::optional<Diagnostic> problem_;
  std::exception_ptr error_;
};

}  // namespace actorsim
