// The world: everything that can change while a scenario runs, as flat tables of numbers.
#pragma once

#include <cstdint>
#include <vector>

#include "actorsim/lock/lock_table.h"
#include "actorsim/model/program.h"

namespace actorsim {

/// A call that is not over yet: it waits, is inside, waits for another attempt, or its handler goes on after its
/// answer. The slot is used again once the call has been answered and the last activity of its handler has ended.
struct Call {
  enum class State : std::uint8_t {
    unused,
    held,      ///< before the lock: calls of its type wait for a deactivation or a rebalance
    waiting,   ///< in the lock's queue
    inside,    ///< its turn: admitted, not released
    retrying,  ///< ended badly; it will be tried again
    answered,  ///< answered and out of the lock; activities of its handler may go on
  };
  /// Said once nothing but a deadline could ever admit it; it stays said.
  enum class Stuck : std::uint8_t {
    no,
    deadlocked,
    stranded,
    behind
  };                         // behind: got in, waits for a stuck call's answer
  std::uint32_t serial = 0;  ///< number of the call, by arrival, from 0
  Index actor = kNone;
  Index body = kNone;
  Index site = kNone;
  Index trigger = kNone;     ///< of its root call
  std::uint32_t number = 0;  ///< which call of that trigger its root call is, from 0
  Index path = kNone;        ///< only where all orders are looked at: its place in the tree of calls, see model/paths.h
  std::uint32_t root = 0;    ///< serial of its root call
  std::uint32_t caller = kNone;  ///< serial of the calling call; kNone: a client
  Index caller_actor = kNone;
  Index caller_activity = kNone;     ///< who waits for the answer
  ReentrancyId carried = kNoId;      ///< the header it was sent with
  ReentrancyId lock_id = kNoId;      ///< the id by which the lock knows it
  ReentrancyId header_seen = kNoId;  ///< the header that its handler sees
  std::int32_t depth = 0;
  std::uint32_t nesting = 1;   ///< how many calls `recurse` has nested, this one included
  std::uint32_t ancestry = 1;  ///< how many calls, sends included, lead to this one, itself included
  Index slots = kNone;         ///< first variable, once it is inside
  Index label = kNone;         ///< the text of its `as`, where that has variables in it
  Index inside_next = kNone;   ///< the list of calls inside the same actor; also the list of unused slots
  Index inside_previous = kNone;
  std::uint32_t activities = 0;  ///< running activities of its handler
  Index first_activity = kNone;
  Index instance = kNone;  ///< waiting, inside: the lock it waits for or holds
  State state = State::unused;
  Stuck stuck = Stuck::no;
  std::uint8_t built_in_retries = 0;  ///< attempts that the runtime has added by itself
  std::uint32_t attempts = 1;
  bool had_to_wait = false;  ///< in any attempt: in the queue or before the lock
  bool was_held = false;     ///< in its last attempt: before the lock
  bool re_entered = false;
  bool carries_header = false;   ///< carried is a header, even if empty
  bool has_deadline = false;     ///< its own timeout is running
  bool abandoned = false;        ///< waiting or inside although its caller has been told that it ended
  bool is_callback = false;      ///< a timer's or a reminder's
  bool is_deactivation = false;  ///< no call: the DELETE of an instance, with the handler's steps; takes no lock
};

/// Which chain a call belongs to: its id where the lock uses one, else its root call.
inline std::uint64_t chain_of(const Call& call) {
  return call.lock_id != kNoId ? (std::uint64_t{1} << 32U) | call.lock_id : std::uint64_t{call.root};
}

/// One thread of control of a handler: its main line, or a branch of `parallel`.
struct Activity {
  enum class State : std::uint8_t {
    unused,
    ready,    ///< its next visible operation can be done; where that is a sleep: once its time is over
    calling,  ///< waits for an answer
    joining,  ///< waits for its branches
  };
  Index call = kNone;
  Index pc = 0;
  Index path = kNone;   ///< only where all orders are looked at: its place in its handler; kNone: the main line
  Index frame = kNone;  ///< first variable: those of the call, or a copy for a branch that may be left behind
  Index parent =
      kNone;  ///< the activity that joins it; kNone: the main line, or a branch that nobody waits for any more
  Index callee = kNone;         ///< calling: the call whose answer it waits for
  std::uint32_t pending = 0;    ///< joining: branches not back yet
  std::uint32_t cause = kNone;  ///< failing: serial of the nested call that ended badly, or
  Index failure = kNone;        ///< the `fail` that was reached
  Index next = kNone;           ///< the next of its call, or of the unused ones
  Index previous = kNone;
  std::uint32_t generation = 0;  ///< how often this slot has been used; tells a mover that has been overtaken
  State state = State::unused;
  bool is_main = false;
  bool owns_frame = false;
  bool failing = false;       ///< ready: the next thing it does is to fail; joining: a branch has failed
  bool is_forking = false;    ///< joining: not all branches have been started; `pending` counts one more until they are
  bool is_satisfied = false;  ///< joining any: a branch came back well
};

struct ActorState {
  Index instance = kNone;  ///< the one that calls go to; kNone: not active
  Index first_inside = kNone;
  std::uint32_t inside_count = 0;
  bool overlapped = false;        ///< calls of different chains are inside
  bool timer_is_running = false;  ///< of an actor whose timers take turns
};

/// One activation of an actor, with the lock of the same index. A deactivated or moved actor gets another one when it
/// is called again.
struct Instance {
  enum class State : std::uint8_t {
    active,
    draining,      ///< up to 1.14: about to move, waits for its calls or for the drain timeout
    leaving,       ///< out of the table; waits until it is free, then DELETE
    closing,       ///< 1.16.0, 1.16.1: the close waits for its turn
    deactivating,  ///< DELETE is running
    gone,
  };
  Index actor = kNone;
  Nanoseconds last_entry = 0;
  Nanoseconds left_at = 0;         ///< leaving: since when
  Nanoseconds looks_again_at = 0;  ///< found busy at its idle deadline: when the release would look again, and
  Nanoseconds look_period = 0;     ///< after how long each time; 0: the deadline has not come
  std::uint32_t pending = 0;       ///< calls waiting or inside, and those that a defect has left behind
  State state = State::active;
  bool is_moving = false;  ///< it leaves because of a rebalance
};

struct TriggerState {
  bool released = false;       ///< may start: what it comes after has been answered
  std::uint32_t due = 0;       ///< calls of a closed loop that are made or ready to be made
  std::uint32_t started = 0;   ///< calls made
  std::uint32_t answered = 0;  ///< calls that have been answered
  Nanoseconds next_due = 0;    ///< timer, reminder: when the firing that was made last, or that waits, was due
  bool has_turn = false;       ///< timer: the timer before it has handed its turn on to this one
};

/// A timer that is due and waits for another one.
struct DueTimer {
  Index trigger = kNone;
  Index actor = kNone;
};

/// A rebalance in progress in 1.8 and later: calls that arrive are held until it is over; up to 1.14 for 5 s at most.
/// Rebalances take turns.
struct Round {
  bool is_open = false;
  bool is_draining = false;  ///< ends as soon as the calls that it waits for have ended
  bool is_holding = false;   ///< calls that arrive are held
  std::uint32_t number = 0;  ///< of the round; tells a mover that has been overtaken
  Index instance = kNone;    ///< the one that moves; kNone: it was not active
  Index type = kNone;        ///< whose calls are drained and held; kNone: all
};

/// Copying a world copies a few vectors of plain structs. Indices into it are meaningful only together with its Program
/// and Names.
struct World {
  explicit World(const LockRules& rules) : locks(rules) {}

  std::vector<Call> calls;
  std::vector<Activity> activities;
  std::vector<ActorState> actors;         ///< by actor number of Names
  std::vector<Instance> instances;        ///< by lock
  std::vector<Index> held;                ///< calls before the lock, in the order in which they came
  std::vector<std::uint32_t> holds;       ///< by type, the last for all types: how many reasons there are to hold calls
  std::vector<DueTimer> due_timers;       ///< timers that wait for another one, in the order in which they were due
  std::vector<Index> waiting_rebalances;  ///< triggers that wait for the end of the round
  Round round;
  Nanoseconds now = 0;  ///< set by whoever keeps time; means nothing where durations are ignored
  std::vector<TriggerState> triggers;
  std::vector<std::int64_t> slots;  ///< variables of the live calls: the numbers, and
  std::vector<Index> slot_texts;    ///< by the same index, the text that a variable has instead; kNone: none
  std::vector<std::vector<Index>> unused_slots;  ///< by how many there are in a row
  LockTable locks;
  Index unused_call = kNone;
  Index unused_activity = kNone;
  std::uint32_t calls_made = 0;
  std::uint32_t retries_made = 0;
  std::uint32_t live_calls = 0;   ///< calls that were not answered yet
  bool timer_is_running = false;  ///< of a sidecar whose timers take turns
  std::uint32_t generated_ids = 0;
};

}  // namespace actorsim
