// What happened to one lock, operation by operation, and whether the pure machine says the same of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "actorsim/lock/actor_lock.h"

namespace actorsim {

/// One operation on a lock between threads, and what the lock answered.
struct LockEvent {
  enum class Kind : std::uint8_t {
    arrive,    ///< a call came
    release,   ///< a call left
    cancel,    ///< the request of a call was cancelled
    close,     ///< the actor was deactivated
    returned,  ///< a thread came back from waiting, or never waited, with `told`
    break_up,  ///< somebody gave up on the lock: no call waits any more, whatever the release would do
  };
  Kind kind = Kind::arrive;
  CallSlot call = 0;
  std::uint32_t caller = 0;             ///< arrive, returned: as the thread named itself
  Arrival arrival;                      ///< arrive
  bool given_up = false;                ///< close
  ArrivalResult answer;                 ///< arrive
  Admission told = Admission::entered;  ///< returned: `entered` stands for every way to get in
  LockEffects effects;                  ///< on other calls
};
std::string_view to_word(LockEvent::Kind kind);

/// Is told of every operation at the moment at which it happens, in one order, by whichever thread did it.
class LockWatch {
 public:
  virtual ~LockWatch() = default;

  /// The lock's mutex is held: nothing that could come back to this lock may be done. What it throws breaks the lock
  /// up, as if memory had run out.
  virtual void happened(const LockEvent& event) = 0;

  /// An operation could not be done to its end, which `why` says: the lock is broken up, and `woken` calls that waited
  /// are refused. Nothing happens to it any more. The lock's mutex is held.
  virtual void broke(const std::exception_ptr& /*why*/, std::size_t /*woken*/) noexcept {}
};

/// Does what a log says again, step by step, on a machine of its own.
class LockReplay {
 public:
  LockReplay(const LockRules& rules, const LockConfig& config) : lock_(rules, config) {}

  /// Goes on to the end of the log, or to a break-up in it, from where it stood. Nothing: each answer was the same, and
  /// each thread was told what the machine says. Else what was not, and at which event (counted from 1); that is its
  /// end.
  std::optional<std::string> follow(const std::vector<LockEvent>& log);

 private:
  std::string differs(const LockEvent& event);
  std::string arrive(const LockEvent& event);
  std::string returned(const LockEvent& event);
  std::string compare_effects(const LockEvent& event);
  bool is_there(CallSlot call) const { return lock_.is_inside(call) || lock_.is_waiting(call); }

  ActorLock lock_;
  LockEffects effects_;
  std::map<CallSlot, std::optional<Admission>> told_;  // how a call was refused
  std::size_t done_ = 0;                               // events
};

/// The same of a whole log, on a fresh machine.
std::optional<std::string> replay_lock_log(const LockRules& rules, const LockConfig& config,
                                           const std::vector<LockEvent>& log);

/// An event on one line, in which nothing is a scenario's text: `arrive call 2 id 1 -> queued, depth 1`.
std::string to_string(const LockEvent& event);

}  // namespace actorsim
