// A film as JSON, for the page: compact, as a run of 10,000 calls has some 25,000 frames. film.js reads it; both change
// together, so that there is no version. Names are made safe to show.
//
//   actors[], ids[], labels[], methods[], choices[]   texts, named by their place
//   locks[]      [actor, reentrancy, most depth]
//   calls[]      [label, actor, method, caller, root, starter, one way, line, outcome, id, depth, ended badly]
//                by serial; caller, id: -1 for none; label: -1 where it is `actor.method`
//   times[]      nanoseconds from frame to frame
//   frames[]     [mover, subject, choice, events, locks]
//     events     [what, call, …]: entered, re-entered, admitted: depth, abandoned; waits: reason, other; held: -;
//                ended badly, will retry: outcome; overlapped: other; deactivated, moved: [what, -1, lock]
//     locks      [lock, free + 2 closed, id, depth, inside, gone, come, immovable]; what is empty at the end is not
//                written
//   circles[]    {calls: [[call, waits for a lock]], actors, closed, broken}; frames; -1: not shown
//   left_out     frames
//   ended        nanoseconds
#pragma once

#include <string>

#include "actorsim/explore/run.h"

namespace actorsim {

/// One JSON value, for a run that has a film.
std::string film_json(const Run& run);

}  // namespace actorsim
