// All sequences of operations on one lock up to a length, done to the machine and to its naive twin.
//
// Sequences that lead to the same state go on alike, so a state is looked at once, and the sequences are counted along
// the ways between states. A state is all that the machine says it is (LockTable::append_state) together with all that
// the twin remembers; the twin's memory is plain containers, so nothing can hide there, and what the machine keeps
// beside its words is redundant and recomputed after each step. What is left out of the words is only
// - how calls are numbered: they are named by the order of their arrival ("how calls and ids are numbered means nothing
//   to a lock" is a test of its own);
// - which of the idle calls arrives: the one with the lowest number;
// - which of the ids that the lock does not know a call comes with: the lowest, counted as often as there are such ids.
//   So also for a generated id: the lowest that the lock does not know.
// all_sequences_one_by_one does without any of this, for short lengths, and must count the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "support/lock_pair.h"

namespace actorsim::testing {

/// What can be done to a lock: a call arrives with the id of a client (1 to `ids`), with an id that the lock has
/// generated and still knows, with no header, without a request, or with a header without values; one that comes with
/// an id may have given up already; a call leaves or is cancelled; the actor is closed, in time or too late. From the
/// close on, each arrival goes each of the ways that the original chooses from by chance.
struct LockAlphabet {
  ReentrancyId ids = 3;
};

struct LockSequences {
  std::uint64_t sequences = 0;         ///< of the full length
  std::uint64_t steps = 0;             ///< done to both and compared
  std::size_t states = 0;              ///< told apart
  std::vector<LockStep> disagreement;  ///< the first sequence after which the two differ; empty: there is none
};

/// All sequences, with states that are alike looked at once.
LockSequences all_sequences(LockClass lock_class, const LockConfig& config, const LockAlphabet& alphabet,
                            std::size_t length);

/// All sequences, each from the beginning to the end, with every id.
LockSequences all_sequences_one_by_one(LockClass lock_class, const LockConfig& config, const LockAlphabet& alphabet,
                                       std::size_t length);

}  // namespace actorsim::testing
