// What a chain's calls may still do to locks, read off the program: which actors they will call, and while they are
// inside which others. Straight-line reading: a loop counts as once, a condition as both of its ways.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "actorsim/explore/automaton.h"

namespace actorsim {

/// What may follow from a value of a chain.
struct ValueFacts {
  std::vector<Index> calls;    ///< actors that will be called, in order
  std::vector<Index> inside;   ///< actors that it is inside of
  std::vector<Index> waiting;  ///< actors that it waits for
  /// It may ask for `second` while it is inside `first`. A call that is sure to re-enter asks for nothing.
  std::vector<std::pair<Index, Index>> order;
};

/// Reads a program. Not for several threads at once.
class LockOrder {
 public:
  explicit LockOrder(Walker& walker);

  /// Can every lock state be foreseen as the reductions need it: nobody gives up, is refused or tries again, ids come
  /// from within their chain, and every call's target is fixed?
  bool is_calm() const { return is_calm_; }

  /// Can a handler fail, or a call find no host? Then not all verdicts come from what is stuck.
  bool can_fail() const { return can_fail_; }

  /// Is each chain one thread of control, that does one thing after another?
  bool is_sequential() const { return is_sequential_; }

  /// Of a program that is calm.
  ValueFacts facts(Index chain, const Automaton::Value& value);

 private:
  // A call that waits for another, or is being read.
  struct Frame {
    Index actor;
    bool hands_id_on;  // its id has come down from the frame above
  };
  struct Reading {
    std::set<Index> calls;
    std::set<std::pair<Index, Index>> order;
    std::vector<Frame> frames;
    std::uint64_t budget = 0;
    std::uint64_t pairs = 0;
    bool is_known = true;
  };

  void read_site(Index site, Reading& reading);
  void read_code(Index first, Index last, Reading& reading);
  void read_anew(Index first, Index last, Reading& reading);
  std::pair<Index, Index> rest_of(Index body, Index pc) const;
  std::optional<Index> target(const CallSite& site, const Reading& reading) const;
  bool re_enters(Index actor, bool hands_on, const Reading& reading) const;
  std::int64_t most_at_once(const Reading& reading, Index actor) const;

  Walker& walker_;
  const Program& program_;
  std::vector<Index> last_of_body_;
  bool is_calm_ = true;
  bool can_fail_ = false;
  bool is_sequential_ = true;
};

}  // namespace actorsim
