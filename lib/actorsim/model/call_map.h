// Who may call whom, told from a program alone, without running it; and which of these calls can close a circle of
// waits.
//
// Handlers are read as they are written: a loop counts as once, a condition as both of its ways unless its value is
// known, times mean nothing. Ids of actors are computed as far as they do not depend on the run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "actorsim/model/program.h"

namespace actorsim {

/// How far actors are told from each other.
enum class ActorDetail : std::uint8_t {
  each,     ///< by their ids; a small load is taken call by call
  written,  ///< by their ids, with `$i` of a load as it is written
  types,    ///< not at all: one for each type
};

struct CallMap {
  struct Actor {
    Index type = kNone;
    std::string id;           ///< `1`, `$to`; empty with ActorDetail::types
    bool is_several = false;  ///< its id is not known: it stands for any number of actors of its type
  };
  struct Handler {
    Index actor = kNone;
    std::string method;
  };
  /// What a handler, or the outside, does in one or more places.
  struct Call {
    Index from = kNone;     ///< a handler; kNone: a trigger
    Index trigger = kNone;  ///< then; kNone as well: Dapr, which tells an actor that it goes
    Index to = kNone;       ///< a handler
    bool one_way = false;
    bool hands_id_on = true;    ///< the caller's reentrancy id; of a trigger: it brings one of its own
    std::uint32_t places = 0;   ///< in how many of them
    bool is_on_circle = false;  ///< it can be part of a deadlock; see below
    Span span;                  ///< of the first place
  };
  std::vector<Actor> actors;  ///< in the order in which they are first called
  std::vector<Handler> handlers;
  std::vector<Call> calls;

  /// Calls on a circle are those with which chains can come to hold one lock each and wait for the next, or one chain
  /// for a lock of its own. More is said to be on one than really is, since conditions and times are left out: a
  /// deadlock of handlers that wait for each other's answers has all its waits among these calls, not every such call
  /// has a deadlock. (The lock-order graph with gate locks of Havelund, "Using Runtime Analysis to Guide Model Checking
  /// of Java Programs", SPIN 2000.) False: there are too many ways through the program; what is on a circle of actors
  /// is marked, which is more.
  bool circles_are_precise = true;
};

/// Nothing where it would be larger than `most_actors`, which cannot be with ActorDetail::types.
std::optional<CallMap> map_calls(const Program& program, ActorDetail detail, std::size_t most_actors);

/// With as much detail as there is room for.
CallMap map_calls(const Program& program, std::size_t most_actors);

}  // namespace actorsim
