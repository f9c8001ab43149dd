// Outcomes, verdicts, and what is expected of all orders: what each means, and the smallest scenario in which it
// happens. Tests run every example.
#include "actorsim/report/explain/explain_tables.h"

namespace actorsim {

std::vector<Explanation> explanations_of_outcomes() {
  constexpr WordKind kKind = WordKind::outcome;
  return {
      {"exceeded", kKind,
       "The lock refused the call: more calls of its chain would have been inside the actor than maxStackDepth allows "
       "(32 by default, the first "
       "one counted). The caller gets an error and can go on; a handler that does not handle it fails too.\n\n"
       "Up to Dapr 1.14 calls of other chains are refused as well while an actor is at its limit, instead of waiting. "
       "From 1.15 on calls that wait "
       "are counted, and a refused call stays counted: once its chain has left, the actor stays locked for every other "
       "chain (stranded).",
       "actorsim: 1\n"
       "config: {reentrancy: {enabled: true, maxStackDepth: 2}}\n"
       "chains: [A x3]\n"},
      {"closed", kKind,
       "The lock refused the call, or put it out of the queue, because the actor was being deactivated or moved to "
       "another host. From Dapr 1.17 on "
       "the sidecar tries such a call again on the new instance.",
       ""},
      {"not-hosted", kKind,
       "No host serves the actor's type: the application's config lists the types that it hosts in 'entities', and "
       "this one is not among them. The "
       "call fails at once; no lock is involved.",
       "actorsim: 1\n"
       "config: {entities: [A]}\n"
       "chains: [A -> B]\n"},
      {"deadlocked", kKind,
       "The call never got in, because it is on a circle: it waits for a lock, and whoever holds the lock waits, "
       "directly or over others, for this "
       "call. Nobody on the circle can ever move.\n\n"
       "The usual case is a chain that waits for itself: reentrancy is off, or on but the header Dapr-Reentrancy-Id "
       "was not handed on.",
       "actorsim: 1\n"
       "chains: [A -> A]\n"},
      {"stranded", kKind,
       "The call never got in, and it is on no circle itself: it waits behind a deadlock of others, or for a lock that "
       "nobody will ever release "
       "because a refused call is still counted in it (Dapr 1.15 and later).",
       "actorsim: 1\n"
       "actors:\n"
       "  A:\n"
       "    work: [{call: self.more}]\n"
       "    more: []\n"
       "    visit: []\n"
       "start:\n"
       "  - call: A/1.work\n"
       "  - call: A/1.visit\n"},
      {"timed-out", kKind,
       "The call's own timeout passed before it was answered. Its caller goes on without it. Whether the call itself "
       "then leaves the queue, and what "
       "it leaves behind there, depends on the release.",
       ""},
      {"cancelled", kKind,
       "Somebody else ended the call: the actor was deactivated or moved while it ran, or the call above it was "
       "cancelled. The report says who.",
       ""},
      {"failed", kKind,
       "The call got in, and its handler answered with an error: a 'fail' step, or a call of its own that ended badly "
       "and that it did not handle.",
       "actorsim: 1\n"
       "actors:\n"
       "  A:\n"
       "    work: [{fail: out of stock}]\n"
       "start:\n"
       "  - call: A/1.work\n"},
      {"blocked", kKind,
       "The call had to wait, and then got in: somebody of another chain was inside the actor. That is what the lock "
       "is for.",
       "actorsim: 1\n"
       "actors:\n"
       "  A:\n"
       "    work: [{sleep: 10ms}]\n"
       "start:\n"
       "  - call: A/1.work\n"
       "  - call: A/1.work\n"},
      {"re-entered", kKind,
       "The call got in at once although the actor was locked, because the lock found its reentrancy id in front: it "
       "belongs to the chain that is "
       "inside (or an entry with its id was left behind there by a release's defect).\n\n"
       "It takes three things: reentrancy is on for the type, the first call has an id (the runtime generates one), "
       "and every handler on the way "
       "hands the header Dapr-Reentrancy-Id on.",
       "actorsim: 1\n"
       "config: {reentrancy: {enabled: true}}\n"
       "chains: [A -> A]\n"},
      {"entered", kKind, "The call got in at once: the actor was free.",
       "actorsim: 1\n"
       "chains: [A]\n"},
      {"skipped", kKind,
       "The call was never made: something before it in its handler failed or never ended, so its step was not "
       "reached.",
       "actorsim: 1\n"
       "chains: [A -> A -> B]\n"},
  };
}

std::vector<Explanation> explanations_of_verdicts() {
  constexpr WordKind kKind = WordKind::verdict;
  return {
      {"ok", kKind,
       "Every call was answered, and none with an error. Calls may have waited for each other; that is the lock's "
       "daily work.",
       "actorsim: 1\n"
       "chains: [A -> B]\n"},
      {"failed", kKind,
       "The worst that happened is that a handler answered with an error, or that nobody hosts a type that was called. "
       "Errors that a caller handled "
       "count too.",
       "actorsim: 1\n"
       "config: {entities: [A]}\n"
       "chains: [A -> B]\n"},
      {"timeout", kKind,
       "The worst that happened is that a call ran out of its own time, or was cancelled by somebody else.", ""},
      {"exceeded", kKind,
       "The worst that happened is that a lock refused a call at the limit (maxStackDepth). Nobody hangs now, but from "
       "Dapr 1.15 on the refusal "
       "leaves the actor locked for everybody who comes later.",
       "actorsim: 1\n"
       "config: {reentrancy: {enabled: true, maxStackDepth: 2}}\n"
       "chains: [A x3]\n"},
      {"closed", kKind,
       "The worst that happened is that a call came to an actor that was being deactivated or moved, and was refused.",
       ""},
      {"stranded", kKind,
       "A call waits for ever although there is no deadlock: for a lock that nobody will release. From Dapr 1.15 on "
       "that is what a call beyond the "
       "limit leaves behind for the next client.",
       "actorsim: 1\n"
       "config: {reentrancy: {enabled: true, maxStackDepth: 2}}\n"
       "actors:\n"
       "  A:\n"
       "    work: [{recurse: 3}]\n"
       "start:\n"
       "  - call: A/1.work\n"
       "    as: first\n"
       "  - call: A/1.work\n"
       "    after: first\n"},
      {"overlap", kKind,
       "Two chains were inside one actor at once: the promise that an actor does one thing at a time was broken. The "
       "lock itself does this in some "
       "releases, after a waiting call gave up (1.16 and later) or an idle actor was closed while it worked (1.15).",
       ""},
      {"deadlock", kKind,
       "Calls wait for each other in a circle. In Dapr nothing resolves it: the lock has no timeout, so callers hang "
       "until a client gives up, and "
       "the actors on the circle serve nobody meanwhile.\n\n"
       "A chain that comes back to an actor that it holds is let in again if reentrancy is on and the header is handed "
       "on. Two chains that each hold "
       "what the other wants are not helped by reentrancy: let both take the actors in the same order, or send instead "
       "of calling.",
       "actorsim: 1\n"
       "chains: [A -> B -> A]\n"},
  };
}

std::vector<Explanation> explanations_of_quantifiers() {
  constexpr WordKind kKind = WordKind::quantifier;
  return {
      {"never", kKind,
       "Nothing of this happens, in whatever order the steps of the scenario are taken: neither a verdict ('never: "
       "deadlock') nor an outcome of any call with a label ('never: {call: checkout, outcome: blocked}').\n\n"
       "This is proved, not tried: 'run' looks at all orders. If it fails, the shortest order that leads there is "
       "shown, with a command that runs it again. If a bound is reached before the end (--max-states, --max-memory, "
       "--time-limit), the case is inconclusive, and the exit code 3.\n\n"
       "Times mean nothing here: whatever can happen next may happen next. What is kept is the order of the steps of a "
       "handler, and 'after'.",
       "actorsim: 1\n"
       "chains: [A -> B, A -> B]\n"
       "expect: {never: deadlock}\n"},
      {"possible", kKind,
       "Each of these happens in at least one order of the steps: a verdict ('possible: deadlock'), or an outcome of "
       "some call with a label ('possible: {call: checkout, outcome: blocked}').\n\n"
       "Times mean nothing there: what takes a day in the scenario can still come first. So 'possible' says that "
       "nothing but time prevents it.",
       "actorsim: 1\n"
       "config: {reentrancy: {enabled: true}}\n"
       "chains: [A -> B, B -> A]\n"
       "expect: {possible: [ok, deadlock]}\n"},
      {"always", kKind,
       "Every order of the steps ends with one of these verdicts ('always: [ok, timeout]'), and every call with a "
       "label "
       "comes to one of the outcomes listed for it. Verdicts form one set; the outcomes of a label form another.\n\n"
       "What is not listed is forbidden: 'always: ok' is the same as 'never' with all other verdicts.",
       "actorsim: 1\n"
       "chains: [A -> B, A -> B]\n"
       "expect:\n"
       "  always:\n"
       "    - ok\n"
       "    - {call: B/1.m2, outcome: entered}\n"},
  };
}

std::vector<Explanation> explanations_of_ideas() {
  constexpr WordKind kKind = WordKind::idea;
  return {
      {"interleavings", kKind,
       "Chains of calls go on side by side, and in production nobody knows whose next step comes first. An "
       "interleaving "
       "is one order of all their steps; a plain run (actorsim run) is one of them, actorsim explore looks at all.\n\n"
       "A step is what nobody else can come between: a call is made and comes to its lock, a handler sends an answer, "
       "a "
       "handler comes out of a sleep. Durations and 'at' mean nothing when exploring: whatever can happen next may "
       "happen "
       "next, for what is 5 ms today may be 5 s on a bad day.\n\n"
       "So at any moment, whichever comes first: a client of 'start' makes its call, whatever its 'at'; a handler "
       "takes "
       "its next step; a call is tried again, whatever its 'delay'; a 'timeout' passes, until its call has been "
       "answered; "
       "a drain timeout passes; up to Dapr 1.14 a lock that was given back goes to whoever waits first or to somebody "
       "who "
       "comes just then; and a call that comes to a closed lock goes each way in which the release leaves it to "
       "chance.\n\n"
       "Kept are the order of the steps within a handler, 'after', and the order of the lock's queue. The calls of a "
       "load "
       "are not ordered, but those of 'clients' start one after another. Actors do not go idle by themselves. Timers "
       "and "
       "reminders need a 'count', for what never ends has no last order.\n\n"
       "A schedule names one interleaving: t1.t2.t1 is a step of the first chain or entry of 'start', then one of the "
       "second, then one of the first again; t1/2 is the second of the steps that it could take there, t3#5 belongs to "
       "the "
       "fifth call of a load, d is a deadline.",
       "actorsim: 1\n"
       "chains: [A -> B, B -> A]\n"},
  };
}

}  // namespace actorsim
