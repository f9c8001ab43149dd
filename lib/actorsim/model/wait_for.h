// The wait-for graph: who waits for whom, which calls can never get in any more, and which waits close a circle.
//
// A waiting call points at every call inside its actor whose release can move the queue; a call whose handler waits for
// answers points at the calls that owe them. A waiting call that cannot get in any more is deadlocked if it is on a
// cycle of such calls, else stranded: behind a deadlock, or behind a lock that nobody will release. What can still move
// on its own – a handler with something to do, a call with a timeout or another attempt – counts as a way out; idle
// deadlines do not.
#pragma once

#include <vector>

#include "actorsim/model/names.h"
#include "actorsim/model/world.h"

namespace actorsim {

/// One cycle, in order: each call waits for the next, the last for the first. It begins with the oldest waiting call on
/// it and is a shortest one through that call. Calls are slots of the world.
struct WaitCycle {
  struct Hop {
    Index call = kNone;
    bool waits_for_lock = false;  ///< for its actor's lock, which the next call holds; else for the next call's answer
  };
  std::vector<Hop> hops;
};

struct Stuck {
  std::vector<Index> deadlocked;  ///< by serial
  std::vector<Index> stranded;    ///< by serial
  std::vector<Index> behind;  ///< calls that got in and whose handlers wait for the answer of a stuck call; by serial
  std::vector<WaitCycle> cycles;  ///< one for each knot of calls that wait for each other, the oldest first
};

/// Classifies the live calls that can never go on but by a deadline of their instance. Cost: linear in the live calls
/// and the waits between them, times the longest chain of waits that can still move.
Stuck find_stuck(const Program& program, const World& world);

}  // namespace actorsim
