// A run as a film: step by step what happened, and how it left the locks. Locks are kept as changes from step to step,
// so that a long queue costs nothing while nobody joins or leaves it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/base/outcome.h"
#include "actorsim/base/virtual_time.h"
#include "actorsim/explore/schedule.h"
#include "actorsim/model/program.h"

namespace actorsim {

/// Calls are serials, which are those of Run::calls; kNone where no call is meant.
struct Film {
  /// Who moves.
  enum class Mover : std::uint8_t {
    trigger,   ///< the outside: a client calls, a timer fires, a deactivation or a rebalance is asked for
    handler,   ///< a handler does its next operation
    retry,     ///< a call is tried again
    timeout,   ///< the time of a call's `timeout` is over
    deadline,  ///< of an instance: idle, drain, or a look whether it is free by now
    grant,     ///< a free lock goes to the first call that waits for it
    nobody,    ///< nothing moves any more; what is stuck is said
  };

  enum class What : std::uint8_t {
    entered,      ///< it arrived and got in
    re_entered,   ///< it arrived and got in because its id was inside
    waits,        ///< it arrived and waits; `reason` says why, `other` is the oldest call inside
    held,         ///< it arrived and is kept from the lock: its actor leaves or moves
    admitted,     ///< it had waited, and got in
    answered,     ///< it was answered without an error
    ended_badly,  ///< `outcome` says how
    will_retry,   ///< it ended badly, and will be tried again
    deactivated,  ///< the actor of `lock` was deactivated
    moved,        ///< the same because it goes to another host
    overlapped,   ///< it is inside beside `other`, a call of another chain
    deadlocked,   ///< only a deadline of an instance could move it: it waits for itself, in a circle
    stranded,     ///< the same without being part of the circle
  };

  /// Why a call that arrived could not get in at once.
  enum class Reason : std::uint8_t {
    none,
    other_chain,       ///< another chain is inside
    one_at_a_time,     ///< another chain is inside, and reentrancy is off
    own_chain_off,     ///< its own chain is inside, and reentrancy is off
    own_chain_lost,    ///< its own chain is inside under another reentrancy id
    own_chain_beside,  ///< its own id is inside, but is not the lock's front any more
    nobody_inside,     ///< the lock is taken, and nobody is inside
  };

  struct Event {
    What what = What::entered;
    std::uint32_t call = kNone;
    std::uint32_t other = kNone;
    std::int32_t depth = 0;  ///< entered, re_entered, admitted
    Reason reason = Reason::none;
    Outcome outcome = Outcome::entered;
    std::uint32_t lock = kNone;  ///< deactivated, moved
    bool is_abandoned = false;   ///< admitted: its caller has been told long ago that it ended
  };

  /// A call that takes its place in a queue. A call of kNone is a close that waits for its turn.
  struct Joining {
    std::uint32_t place = 0;
    std::uint32_t call = kNone;
  };

  /// A lock as a step left it, where it is not as before.
  struct LockChange {
    std::uint32_t lock = 0;
    bool is_free = true;
    bool is_closed = false;
    std::uint32_t id = kNone;  ///< of the front entry, by its place in `ids`; kNone: none that another call could share
    std::int32_t depth = 0;    ///< of the front entry
    std::vector<std::uint32_t> inside;     ///< in the order in which they got in
    std::vector<std::uint32_t> immovable;  ///< those of them whose leaving would let nobody in
    std::vector<std::uint32_t> gone;       ///< places of the queue before the step that are left, ascending
    std::vector<Joining> come;             ///< places of the queue after the step that are taken, ascending
  };

  struct Frame {
    Nanoseconds at = 0;
    Mover mover = Mover::nobody;
    Choice choice;
    std::uint32_t subject = kNone;  ///< the call that moves
    std::vector<Event> events;
    std::vector<LockChange> locks;
  };

  /// A lock is that of one activation of an actor: who is called again after a deactivation has another.
  struct Lock {
    std::string actor;
    bool reentrancy = false;
    std::int64_t max_depth = 0;
  };

  /// When the waits of a deadlock's circle have all begun, and when a deadline has moved one of its calls.
  struct Circle {
    std::uint32_t closed_by = kNone;  ///< frame; kNone: the film does not show it
    std::uint32_t broken_by = kNone;  ///< frame; kNone: never, or the film does not show it
  };

  std::vector<Lock> locks;
  std::vector<std::string> ids;  ///< reentrancy ids, as the calls of the run show them
  std::vector<Frame> frames;
  std::vector<Circle> circles;  ///< by place in Run::deadlocks
  std::uint64_t frames_left_out = 0;
};

/// A film is no longer than this, and ends before the first call that the run does not keep.
inline constexpr std::size_t kMostFrames = 200'000;

}  // namespace actorsim
