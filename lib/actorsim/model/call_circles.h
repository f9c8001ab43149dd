// Which calls can close a circle of waits. Internal to model/; call_map.h says what it means.
#pragma once

#include <vector>

#include "actorsim/model/call_map.h"

namespace actorsim {

/// Which situations follow which: a situation is a handler with what is known of its values.
struct CallFlow {
  struct Step {
    Index call = kNone;        ///< of the map
    Index situation = kNone;   ///< that it leads to
    bool may_give_up = false;  ///< or be made again, which may leave something behind in the lock as well

    friend bool operator==(const Step&, const Step&) = default;
  };
  struct Situation {
    Index actor = kNone;
    bool replies_early = false;  ///< what it calls last may be called without its own lock
    bool forks = false;          ///< what it calls may be called at the same time
    bool leaves_behind = false;  ///< it does not wait for every branch of it
    std::vector<Step> steps;
  };
  std::vector<Step> starts;
  std::vector<Situation> situations;
  bool is_interrupted = false;  ///< by a deactivation or a rebalance
};

/// Sets CallMap::Call::is_on_circle. False: not precisely, as there are too many ways through the program.
bool mark_circles(const Program& program, const CallFlow& flow, CallMap& map);

}  // namespace actorsim
