// Every lock is a list of entries, the front one inside; every state is kept as it is.
#include "support/naive_lock_program.h"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>
#include <vector>

namespace actorsim::testing {
namespace {

struct Entry {
  Index key = 0;
  Index depth = 0;            // calls inside, or waiting with it
  std::vector<Index> chains;  // that wait

  friend auto operator<=>(const Entry&, const Entry&) = default;
};

struct State {
  std::vector<std::size_t> done;  // by chain: operations
  std::vector<bool> waits;        // by chain
  std::vector<std::deque<Entry>> actors;

  friend auto operator<=>(const State&, const State&) = default;
};

class Counter {
 public:
  Counter(const LockProgram& program, std::uint64_t limit) : program_(program), limit_(limit) {}

  LockStateCount count() {
    State first;
    first.done.resize(program_.chains.size());
    first.waits.resize(program_.chains.size());
    first.actors.resize(program_.actors.size());
    known_.insert(first);
    std::vector<State> frontier{first};
    for (std::uint64_t level = 0; !frontier.empty() && known_.size() <= limit_; ++level) {
      std::vector<State> next;
      for (const State& state : frontier) expand(state, level, next);
      frontier = std::move(next);
    }
    result_.states = known_.size();
    return result_;
  }

 private:
  bool is_over(const State& state, Index chain) const {
    return state.done[chain] == program_.chains[chain].operations.size();
  }

  bool can_move(const State& state, Index chain) const {
    if (state.waits[chain] || is_over(state, chain)) return false;
    if (state.done[chain] > 0) return true;
    const LockStart& start = program_.starts[program_.chains[chain].start];
    if (start.after != kNone) {
      const LockStart& before = program_.starts[start.after];
      for (Index i = 0; i < before.chain_count; ++i) {
        if (!is_over(state, before.first_chain + i)) return false;
      }
    }
    if (start.clients == 0) return true;
    Index going = 0;
    for (Index other = start.first_chain; other < chain; ++other) {
      if (state.done[other] == 0) return false;
      if (!is_over(state, other)) ++going;
    }
    return going < start.clients;
  }

  static void acquire(State& state, Index chain, const LockOperation& operation) {
    std::deque<Entry>& queue = state.actors[operation.actor];
    auto entry = std::find_if(queue.begin(), queue.end(), [&](const Entry& e) { return e.key == operation.key; });
    if (entry == queue.end()) entry = queue.insert(queue.end(), Entry{operation.key, 0, {}});
    ++entry->depth;
    if (entry == queue.begin()) return;
    entry->chains.push_back(chain);
    state.waits[chain] = true;
  }

  static void release(State& state, const LockOperation& operation) {
    std::deque<Entry>& queue = state.actors[operation.actor];
    if (--queue.front().depth > 0) return;
    queue.pop_front();
    if (queue.empty()) return;
    for (const Index chain : queue.front().chains) state.waits[chain] = false;
    queue.front().chains.clear();
  }

  void expand(const State& state, std::uint64_t level, std::vector<State>& next) {
    bool moves = false, is_end = true;
    for (Index chain = 0; chain < state.done.size(); ++chain) {
      is_end = is_end && is_over(state, chain);
      if (!can_move(state, chain)) continue;
      moves = true;
      ++result_.steps;
      State after = state;
      const LockOperation& operation = program_.chains[chain].operations[after.done[chain]++];
      if (operation.kind == LockOperation::Kind::acquire) {
        acquire(after, chain, operation);
      } else {
        release(after, operation);
      }
      if (known_.insert(after).second) next.push_back(std::move(after));
    }
    if (moves || is_end) return;
    if (result_.stuck++ == 0) result_.shortest = level;
  }

  const LockProgram& program_;
  const std::uint64_t limit_;
  LockStateCount result_;
  std::set<State> known_;
};

}  // namespace

LockStateCount count_states(const LockProgram& program, std::uint64_t limit) { return Counter(program, limit).count(); }

}  // namespace actorsim::testing
