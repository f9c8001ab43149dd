// A state graph for programs: one JSON value, for a page that lets its reader choose who moves.
//
// Compact, the same bytes for the same graph. Whoever embeds it escapes it for where it goes (in a script element of
// HTML: every `<` as `\u003c`). Numbers of calls, acts and states are places in `calls`, `acts` and `states`, from 0.
// Names come as they stand in the scenario; texts are for people and safe to show. What does not apply is null or
// empty; every key is always there.
//
//   calls[]             every call of every way; the number of a call is its place here, the same on all ways
//     label, target     `place`, `Order/1.place`
//     chain             whose steps are its steps: `t1`, `t3#5`; null: a deactivation's
//     caller            the calling actor, `Order/1`; null: nobody's
//     starter           client | reminder | timer | deactivation: who began its chain
//     one_way           nobody waits for it
//   acts[]              what a step does; many steps do the same
//     text              `client ─▶ A/1.m enters`
//     kind              trigger | activity | retry | timeout | idle | drain | look-again | grant: who moves
//     subject           the label of the call that moves; null: none does
//     events[]          in order
//       what            entered | re-entered | waits | held | admitted | answered | ended-badly | will-retry |
//                       deactivated | overlapped
//       call            its number; null: the actor's deactivation
//       actor           the call's
//       depth           entered, re-entered, admitted: of the call; else 0
//       others[]        waits, overlapped: the calls inside
//       outcome         ended-badly, will-retry: the outcome's word; else null
//   states[]            the first is the beginning
//     level             steps from the beginning, on the shortest way
//     verdict           the worst that has happened; at an end the verdict
//     stuck             some call is deadlocked or stranded
//     end               nothing can move any more
//     steps[]           that can be chosen, in the order of a schedule's alternatives
//       choice          `t1`, `t1/2`, `d`: its word in a schedule
//       act, to         what it does, and the state that it leads to
//     blocked[]         calls that cannot move, the oldest first
//       call            its number
//       by              lock (waits for its actor's) | held (kept from the lock) | answer (inside, waits for calls)
//       outlook         open | deadlocked | stranded | behind (a stuck call)
//       actor           its own
//       others[]        lock: the calls inside; answer: those that it waits for
//       ahead[]         lock: calls that wait before it
//       id, held_by     the ids of the call, and of those inside; null: none
//       own_chain       lock: a call of its own chain is inside
//       text            why, in a sentence without full stop: `t2's A/1.m waits for A/1: …`
//     locks[]           that somebody holds or waits for, by actor
//       actor, reentrancy, max_depth
//       free, closed    nobody holds it (those who wait are let in by a step); it is closed for good
//       seats[]         front first: the holder, then the queue; evicted ones last
//         id            null: none that another call could share
//         depth
//         evicted       its calls are inside, but the lock has forgotten them
//         inside[], waiting[]  numbers of calls; null in them: the close by the actor's deactivation
//       text            `held by t1's A/1.m (id r1, depth 1 of 32); t2's A/1.m (id r2) waits`
//     prospects         {verdict: …} of those that are possible from here
//       steps           to where it is certain, on the shortest way; 0: it is now
//       steps_to_end    to the nearest end with it
//       orders          of the steps from here that end with it, up to 2^64; null: more
//       step            the one to choose on the shortest way, by its place in `steps`; null where `steps` is 0
#pragma once

#include <string>

#include "actorsim/explore/state_graph.h"

namespace actorsim {

std::string state_graph_json(const StateGraph& graph);

}  // namespace actorsim
