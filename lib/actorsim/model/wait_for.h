// The wait-for graph of a world in which nothing moves: who waits for whom, and which waits close a circle.
//
// A waiting call points at every call inside its actor whose release can move the queue; a call whose handler waits for answers points
// at the calls that owe them. A waiting call on a cycle is deadlocked; any other one is stranded: behind a deadlock, or behind a lock
// that nobody will release.
#pragma once

#include <vector>

#include "actorsim/model/names.h"
#include "actorsim/model/world.h"

namespace actorsim {

/// One cycle, in order: each call waits for the next, the last for the first. It begins with the oldest waiting call on it and is a
/// shortest one through that call. Calls are slots of the world.
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
  std::vector<WaitCycle> cycles;  ///< one for each knot of calls that wait for each other, the oldest first
};

/// Classifies every waiting call of a world without enabled steps. Cost: linear in the live calls and the waits between them.
Stuck find_stuck(const World& world);

}  // namespace actorsim
