// The words.
#include "actorsim/report/html/phrases.h"

namespace actorsim {

const std::vector<Phrase>& phrases() {
  static const std::vector<Phrase> all{
      {"verb-call", "calls", ""},
      {"verb-send", "sends to", ""},
      {"verb-again", "calls again:", ""},

      {"entered", "{from} {calls} {call}. {actor} is free, so the call enters.",
       "{actor} is locked until this call has ended. One turn at a time: that is an actor's promise."},
      {"entered.id", "{from} {calls} {call}. {actor} is free, so the call enters.",
       "The lock of {actor} now belongs to {id}. Only calls that carry this reentrancy id may come in as well."},
      {"re-entered", "{from} {calls} {call}. The call re-enters {actor}, at depth {depth} of {limit}.",
       "The lock is held by {id}, and this call carries the same id: a chain may come back into an actor that it is "
       "inside of."},
      {"waits.other-chain", "{from} {calls} {call}. It has to wait: {actor} is held by {other}.",
       "Another chain is inside, with an id of its own. Reentrancy lets a chain back into a lock that it holds itself, "
       "and nobody else."},
      {"waits.one-at-a-time", "{from} {calls} {call}. It has to wait: {actor} is held by {other}.",
       "One call at a time: whoever came first is served first."},
      {"waits.own-chain-off", "{from} {calls} {call}. It has to wait: {actor} is held by {other}, of its own chain.",
       "Reentrancy is off, so the lock does not know that the two belong together."},
      {"waits.own-chain-lost", "{from} {calls} {call}. It has to wait: {actor} is held by {other}, of its own chain.",
       "The call does not carry the id with which its chain went in. For the lock it is a stranger."},
      {"waits.own-chain-beside", "{from} {calls} {call}. It has to wait, although {other}, of its chain, is inside.",
       "The entry of its chain is not in front of the queue any more: a defect of this release."},
      {"waits.nobody-inside", "{from} {calls} {call}. It has to wait: {actor} is locked, and nobody is inside.",
       "The lock still counts what has left. There is nobody who could release it."},
      {"waits.plain", "{from} {calls} {call}. It has to wait.", ""},
      {"held", "{from} {calls} {call}. It is held back before the lock.",
       "{actor} is being deactivated or moved; the call is let through when that is over."},
      {"admitted", "{call} gets into {actor}.", "Its turn has come: those before it have left."},
      {"admitted.abandoned", "{call} gets into {actor}, although nobody waits for it any more.",
       "This release does not notice that a caller has given up."},
      {"answered", "{call} is done, and {from} has the answer.", ""},
      {"answered.send", "{call} is done. Nobody waits for an answer.", ""},
      {"ended-badly", "{call} ends: {outcome}.", ""},
      {"ended-badly.exceeded", "{call} is refused: {outcome}.",
       "{actor} allows {limit} calls of one chain at a time, and so many are there."},
      {"ended-badly.closed", "{call} is refused: {outcome}.", "Its actor is being deactivated or moved."},
      {"ended-badly.not-hosted", "{call} is refused: {outcome}.", "Nobody hosts this type of actor."},
      {"ended-badly.timed-out", "{call} ends: {outcome}.", "Its caller has waited as long as it wanted to."},
      {"ended-badly.cancelled", "{call} ends: {outcome}.",
       "Whoever waited for it has gone, or its actor was deactivated or moved."},
      {"ended-badly.failed", "{call} ends: {outcome}.",
       "Its handler answers with an error, of its own or because a call that it made ended badly."},
      {"will-retry", "{call} ends: {outcome}. It will be tried again.", ""},
      {"deactivated", "{actor} is deactivated.", ""},
      {"moved", "{actor} moves to another host.", ""},
      {"overlapped", "{call} is inside {actor} together with {other}, of another chain.",
       "The promise of one turn at a time is broken here."},
      {"deadlocked", "{call} will never get in: deadlocked.", "It is on a circle of calls that wait for each other."},
      {"stranded", "{call} will never get in: stranded.",
       "It waits behind a lock that nobody will ever release, without being part of a circle."},

      {"nothing.trigger", "A deactivation or a rebalance is asked for. Nothing has to happen yet.", ""},
      {"nothing.handler", "{call} goes on.", ""},
      {"nothing.handler-of-deletion", "The handler of a deactivation goes on.", ""},
      {"nothing.retry", "{call} is tried again.", ""},
      {"nothing.timeout", "The time of {call} is over.", ""},
      {"nothing.deadline", "A deadline has come. Nothing has to happen yet.", ""},
      {"nothing.grant", "A free lock is handed to a call that has given up.", ""},
      {"nothing.nobody", "Nothing can move any more.", ""},

      {"start", "Nothing has happened yet.", "Press play, or step by step with the arrow keys."},
      {"circle", "This closes a circle. None of these calls can ever go on:", ""},
      {"circle.lock", "waits for the lock of {actor}, held by", ""},
      {"circle.reply", "waits for the answer of", ""},
      {"circle.broken", "The circle is broken up from outside.", ""},
      {"end", "The end.", ""},
  };
  return all;
}

}  // namespace actorsim
