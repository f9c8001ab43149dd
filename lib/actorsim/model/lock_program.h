// What is left of a program where nothing but locks matters: for each chain the locks that it takes and gives back, one
// after another. Exporters to model checkers and static analyses start from here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/span.h"
#include "actorsim/model/program.h"

namespace actorsim {

/// A step of a chain that others can notice. Each call is two of them: it arrives, and it returns.
struct LockOperation {
  enum class Kind : std::uint8_t {
    acquire,  ///< a call arrives: it gets in, or waits
    release,  ///< its handler returns, and gives its actor to the first who waits, in the same step
  };
  enum class Entry : std::uint8_t {
    asks,       ///< gets in if the actor is free, or if the entry inside has the same key
    re_enters,  ///< gets in at once: the chain itself is inside with the same key
    blocks,     ///< never gets in: the chain itself is inside with another key
  };
  Kind kind = Kind::acquire;
  Entry entry = Entry::asks;  ///< acquire only
  Index actor = 0;
  /// By which the lock knows the call, from 1, numbered for each actor. Calls with one key share an entry of the queue;
  /// a call whose id nobody else can have has a key that nobody else has.
  Index key = 0;
  Index partner = 0;  ///< the release of this acquire, and the other way round: an index into the chain's operations
  Index depth = 0;    ///< how many calls of this chain with this key are inside, this one counted
  std::string text;   ///< the call: `Order/1.place`, or its label
  Span span;          ///< of the call
};

/// A call from outside and all that it causes.
struct LockChain {
  Index start = 0;  ///< of LockProgram::starts
  std::vector<LockOperation> operations;
};

/// A trigger, whose chains start in any order unless `clients` says so.
struct LockStart {
  Index first_chain = 0;
  Index chain_count = 1;
  Index clients = 0;    ///< above 0: not more than so many of its chains go on at the same time
  Index after = kNone;  ///< none of its chains starts before all of that trigger's have ended
};

struct LockProgram {
  std::vector<std::string> actors;  ///< `Order/1`, in the order in which they are first called
  std::vector<Index> key_counts;    ///< by actor
  std::vector<Index> place_counts;  ///< by actor: how many chains could wait for it at the same time
  std::vector<LockStart> starts;    ///< in file order
  std::vector<LockChain> chains;    ///< at least one; those of one start stand together
  bool shares_keys = false;         ///< some key is used by several chains
};

/// Why there is no lock program: `what` stands in the place of a noun, such as "a step 'send'".
struct MoreThanLocks {
  std::string what;
  std::string help;  ///< may be empty
  Span span;
};

/// A program of more calls is refused: no model checker would come to the end of it.
inline constexpr std::size_t kMaxLockCalls = 10'000;

/// Walks the code of each chain, with every loop unrolled and every expression computed. Times are left out: sleeps,
/// `at`, rates, idle deadlines. What needs more than locks is an error, the first in order of execution. So is a call
/// that the lock might refuse because it is too deep, and a lock up to 1.14. All others behave alike here: R1, R2 and
/// R4 of lock/lock_table.h.
tl::expected<LockProgram, MoreThanLocks> lock_program(const Program& program);

}  // namespace actorsim
