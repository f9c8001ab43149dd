// One thread of a search over packed states: what follows from its share of them, and which of it has to be looked at.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "actorsim/explore/arrivals.h"
#include "actorsim/explore/fast_steps.h"
#include "actorsim/explore/lock_order.h"
#include "actorsim/explore/recent_states.h"
#include "actorsim/explore/search.h"
#include "actorsim/explore/state_list.h"
#include "actorsim/explore/state_table.h"
#include "actorsim/explore/step_cache.h"
#include "actorsim/explore/symmetry.h"

namespace actorsim {

/// Alone, a worker inserts what follows into the table at once. Of several, each owns some shards of the table: all
/// first sort what follows by its owner (expand), then each inserts what is its own (absorb). So cores hardly ever
/// write to the same place, which would cost more than the sorting.
class alignas(kCacheLines) StateWorker {
 public:
  StateWorker(SharedAutomaton& shared, const StateLayout& layout, LockOrder& order, const Reductions& used,
              const std::optional<Symmetry>& symmetry, const SearchLimits& limits);

  struct Result {
    std::uint64_t steps = 0;
    std::array<bool, kVerdictCount> verdicts{};
    bool layout_is_full = false;
    bool table_is_full = false;
    bool has_spent_share = false;  // of the states that may still come
  };

  void use(const StateLayout& layout);

  /// What is new goes to `next`. `owners`: among so many the table is divided; 1: all is inserted at once. Ends with
  /// `most_added` new states.
  void begin_block(StateTable& table, StateList& next, std::size_t owners, std::uint64_t most_added);

  /// Follows some states of the level.
  void expand(const std::uint64_t* first, std::size_t count, bool wants_outcomes);

  using Found = std::vector<std::uint64_t>;  // states
  /// What was found for an owner.
  const Found& found(std::size_t owner) const { return found_[owner]; }
  /// Inserts what another (or this one) found.
  void absorb(const Found& found);
  void end_block();
  /// Something that was found got lost, and the block will be done again.
  void forget_recent() { recent_.forget(); }

  Result result;
  std::set<CallOutcome> outcomes;  // of what is stuck or was never reached
  // Of each circle of waiting calls: whose they are, their places in their trees, and their actors.
  std::set<std::vector<std::array<Index, 3>>> circles;
  bool has_all_circles = true;

 private:
  struct Enabled {
    Index chain;
    std::uint32_t move;
    bool is_arrival;
  };

  void expand_state(const std::uint64_t* packed, bool wants_outcomes);
  bool is_time_over();
  bool expand_fast(std::uint64_t state);
  void take(const std::uint64_t* packed, const KnownStep& step);
  void send(const std::uint64_t* state);
  void send_word(std::uint64_t state);
  void make_canonical(std::uint64_t* state);
  void end(bool wants_outcomes);
  void note_circles(const Situation& situation, const Stuck& stuck);

  const ValueFacts& facts(Index chain);
  std::vector<std::unique_ptr<ValueFacts>>& grow_facts(Index chain);
  bool cannot_deadlock();
  void choose();
  void close_from(Index seed);
  bool follows(Index chain, Index other) const;

  SharedAutomaton& shared_;
  const SearchLimits& limits_;
  std::uint64_t next_look_;
  bool is_over_ = false;
  StepCache cache_;
  FastSteps fast_{cache_};
  const StateLayout* layout_;
  LockOrder& order_;
  const Reductions& used_;
  std::optional<Symmetry> symmetry_;
  StateTable* table_ = nullptr;
  Arrivals arrivals_;
  RecentStates recent_;
  std::vector<Found> found_;  // by owner; none if this one inserts all
  AutomatonState scratch_;
  OpenState open_;
  std::vector<std::uint64_t> after_;
  std::vector<Enabled> enabled_;
  std::vector<std::vector<std::unique_ptr<ValueFacts>>> facts_;  // by chain and value
  std::vector<std::vector<Index>> successors_, callers_, insiders_;
  std::vector<std::uint32_t> incoming_;
  std::vector<bool> is_in_, best_set_;
  std::vector<Index> to_do_;
};

}  // namespace actorsim
