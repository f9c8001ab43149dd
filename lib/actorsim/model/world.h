// The world: everything that can change while a scenario runs, as flat tables of numbers.
#pragma once

#include <cstdint>
#include <vector>

#include "actorsim/lock/lock_table.h"
#include "actorsim/model/program.h"

namespace actorsim {

/// A call that is not over yet: it waits, is inside, waits for another attempt, or its handler goes on after its answer.
/// The slot is used again once the call has been answered and the last activity of its handler has ended.
struct Call {
  enum class State : std::uint8_t {
    unused,
    waiting,   ///< in the lock's queue
    inside,    ///< its turn: admitted, not released
    retrying,  ///< refused; the runtime will try again
    answered,  ///< answered and out of the lock; activities of its handler may go on
  };
  std::uint32_t serial = 0;          ///< number of the call, by arrival, from 0
  Index actor = kNone;
  Index body = kNone;
  Index site = kNone;
  Index trigger = kNone;             ///< of its root call
  std::uint32_t root = 0;            ///< serial of its root call
  std::uint32_t caller = kNone;      ///< serial of the calling call; kNone: a client
  Index caller_actor = kNone;
  Index caller_activity = kNone;     ///< who waits for the answer
  ReentrancyId carried = kNoId;      ///< the header it was sent with
  ReentrancyId lock_id = kNoId;      ///< the id by which the lock knows it
  ReentrancyId header_seen = kNoId;  ///< the header that its handler sees
  std::int32_t depth = 0;
  std::uint32_t nesting = 1;         ///< how many calls `recurse` has nested, this one included
  std::uint32_t ancestry = 1;        ///< how many calls, sends included, lead to this one, itself included
  Index slots = kNone;               ///< first variable, once it is inside
  Index label = kNone;               ///< the text of its `as`, where that has variables in it
  Index inside_next = kNone;         ///< the list of calls inside the same actor; also the list of unused slots
  Index inside_previous = kNone;
  std::uint32_t activities = 0;      ///< running activities of its handler
  State state = State::unused;
  bool had_to_wait = false;
  bool re_entered = false;
  bool carries_header = false;       ///< carried is a header, even if empty
  std::uint8_t attempts = 1;
};

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
  Index parent = kNone;       ///< the activity that joins it; kNone: the main line, or a branch that nobody waits for any more
  std::uint32_t pending = 0;  ///< joining: branches not back yet
  std::uint32_t cause = kNone;  ///< failing: serial of the nested call that ended badly, or
  Index failure = kNone;        ///< the `fail` that was reached
  Index next_unused = kNone;
  State state = State::unused;
  bool is_main = false;
  bool failing = false;       ///< ready: the next thing it does is to fail; joining: a branch has failed
  bool is_forking = false;    ///< joining: not all branches have been started; `pending` counts one more until they are
  bool is_satisfied = false;  ///< joining any: a branch came back well
};

struct ActorState {
  LockIndex lock = kNone;  ///< kNone: never called
  Index first_inside = kNone;
  std::uint32_t inside_count = 0;
  bool overlapped = false;  ///< calls of different chains are inside
};

struct TriggerState {
  bool released = false;       ///< may start: what it comes after has been answered
  std::uint32_t due = 0;       ///< calls of a closed loop that are made or ready to be made
  std::uint32_t started = 0;   ///< calls made
  std::uint32_t answered = 0;  ///< calls that have been answered
};

/// Copying a world copies a few vectors of plain structs. Indices into it are meaningful only together with its Program and Names.
struct World {
  explicit World(const LockRules& rules) : locks(rules) {}

  std::vector<Call> calls;
  std::vector<Activity> activities;
  std::vector<ActorState> actors;  ///< by actor number of Names
  std::vector<TriggerState> triggers;
  std::vector<std::int64_t> slots;  ///< variables of the live calls: the numbers, and
  std::vector<Index> slot_texts;    ///< by the same index, the text that a variable has instead; kNone: none
  std::vector<std::vector<Index>> unused_slots;  ///< by how many there are in a row
  LockTable locks;
  Index unused_call = kNone;
  Index unused_activity = kNone;
  std::uint32_t calls_made = 0;
  std::uint32_t live_calls = 0;    ///< calls that were not answered yet
  std::uint32_t generated_ids = 0;
};

}  // namespace actorsim
