// What one trigger's calls have come to, cut out of a situation, and put into another one.
//
// A situation of calls and locks alone is made of parts: one for each trigger (its calls, their handlers, their
// variables) and one for each actor's lock. A step changes few of them, so parts are kept once and named by numbers.
#pragma once

#include <map>
#include <vector>

#include "actorsim/explore/canonical.h"
#include "actorsim/explore/walker.h"

namespace actorsim {

/// The calls of one trigger. Indices are into the part's own tables; an instance is its actor's number.
struct ChainPart {
  TriggerState trigger;
  std::vector<Call> calls;
  std::vector<Index> names;  ///< of the calls
  std::vector<Activity> activities;
  std::vector<std::int64_t> slots;
  std::vector<Index> slot_texts;
  std::vector<Index> reached;
};

/// Cuts situations into parts and puts them together again. Only for scenarios whose triggers are all calls. Not for
/// several threads at once.
class PartCutter {
 public:
  PartCutter(Walker& walker, History history);

  /// Names all calls; needed before the others, after each change of the situation.
  void name_calls(const World& world);

  /// The number that stands for a call's place.
  Index name_of(const Call& call);

  ChainPart cut_chain(const Situation& situation, Index trigger);
  void write_chain(const ChainPart& part, Words& words) const;

  /// The lock of `actor`, and who is inside. No words: it is free, as if the actor had never been called.
  void write_lock(const World& world, Index actor, Words& words) const;

  /// Starts to put a situation together.
  Situation begin_situation();
  /// Adds the calls of a trigger. To be done before the locks.
  void put_chain(const ChainPart& part, Index trigger, Situation& situation);
  /// False: the lock is in a state that cannot be put back.
  bool put_lock(const Words& words, Index actor, Situation& situation);

 private:
  Index ensure_instance(World& world, Index actor) const;

  Walker& walker_;
  const History history_;
  Words free_lock_;
  std::map<std::array<Index, 4>, Index> names_;
  std::vector<Index> call_names_;               // by slot
  std::vector<std::vector<Index>> by_trigger_;  // slots of each trigger's calls, by name
  std::vector<Index> slot_of_name_;             // of the situation that is being put together
};

}  // namespace actorsim
