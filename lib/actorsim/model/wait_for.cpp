// What can move: a least fixpoint. Knots by Tarjan's algorithm (without recursion), then a shortest cycle through each
// knot by breadth-first search.
#include "actorsim/model/wait_for.h"

#include <algorithm>

namespace actorsim {
namespace {

// Which calls can still be answered, leave their lock, or be let in, without any deadline of an instance.
class Mobility {
 public:
  Mobility(const Program& program, const World& world) : program_(program), world_(world) {
    can_answer_.resize(world.calls.size());
    can_leave_.resize(world.calls.size());
    for (Index slot = 0; slot < world.calls.size(); ++slot) {
      if (world.calls[slot].is_deactivation && world.calls[slot].first_activity != kNone) deletions_.push_back(slot);
    }
    if (!anything_moves()) return;
    // Waits run mostly along the slots, in one direction or the other, so sweeping both ways takes few rounds.
    for (bool forwards = true; spread(forwards) || spread(!forwards); forwards = !forwards) {
    }
  }

  bool can_answer(Index slot) const { return can_answer_[slot]; }

  // Does it hold up whoever waits for its lock or its handler? A timeout alone does not free the lock up to 1.13.
  bool is_stuck(Index slot) const {
    return world_.calls[slot].state == Call::State::inside ? !can_leave_[slot] : !can_answer_[slot];
  }

 private:
  bool anything_moves() const {
    for (const Activity& activity : world_.activities) {
      if (activity.state == Activity::State::ready) return true;
    }
    for (const Call& call : world_.calls) {
      const bool is_live = call.state != Call::State::unused && call.state != Call::State::answered;
      if (is_live && (call.has_deadline || call.state == Call::State::retrying)) return true;
      if (call.state == Call::State::held && can_be_let_go(call)) return true;
      if (call.state == Call::State::waiting && world_.locks.can_grant(call.instance)) return true;
    }
    return false;
  }

  // A rebalance ends by itself; a DELETE when its handler has come to its end.
  bool can_be_let_go(const Call& held) const {
    if (world_.round.is_open) return true;
    const bool of_all_types = program_.rules.idle == IdleStyle::close_and_go_on;
    return std::all_of(deletions_.begin(), deletions_.end(), [&](Index deletion) {
      const bool holds_it = of_all_types || type_of(world_.calls[deletion]) == type_of(held);
      return !holds_it || can_leave_[deletion];
    });
  }

  Index type_of(const Call& call) const { return call.body == kNone ? kNone : program_.bodies[call.body].type; }

  bool spread(bool forwards) {
    bool changed = false;
    const auto note = [&](std::vector<bool>& facts, Index slot, bool holds) {
      if (!holds || facts[slot]) return;
      facts[slot] = true;
      changed = true;
    };
    const auto count = static_cast<Index>(world_.calls.size());
    for (Index i = 0; i < count; ++i) {
      const Index slot = forwards ? i : count - 1 - i;
      const Call& call = world_.calls[slot];
      switch (call.state) {
        case Call::State::unused: break;
        case Call::State::answered: note(can_leave_, slot, call.is_deactivation && can_finish(call)); break;
        case Call::State::held: note(can_answer_, slot, call.has_deadline || can_be_let_go(call)); break;
        case Call::State::retrying: note(can_answer_, slot, true); break;
        case Call::State::waiting: {
          const bool gets_in = can_get_in(call);
          note(can_answer_, slot, gets_in || call.has_deadline);
          note(can_leave_, slot, gets_in);
          break;
        }
        case Call::State::inside: {
          const bool finishes = can_finish(call);
          note(can_answer_, slot, finishes || call.has_deadline);
          note(can_leave_, slot, finishes || (call.has_deadline && program_.rules.giving_up_cuts_handler));
          break;
        }
      }
    }
    return changed;
  }

  bool can_get_in(const Call& waiting) const {
    if (world_.locks.can_grant(waiting.instance)) return true;
    bool somebody = false;
    for (Index inside = world_.actors[waiting.actor].first_inside; inside != kNone;
         inside = world_.calls[inside].inside_next) {
      if (world_.calls[inside].instance != waiting.instance || !world_.locks.can_move_queue(inside)) continue;
      if (!can_leave_[inside]) return false;
      somebody = true;
    }
    return somebody;
  }

  bool can_finish(const Call& call) const {
    for (Index index = call.first_activity; index != kNone; index = world_.activities[index].next) {
      if (world_.activities[index].is_main) return can_go_on(call, index);
    }
    return true;
  }

  bool can_go_on(const Call& call, Index index) const {
    const Activity& activity = world_.activities[index];
    switch (activity.state) {
      case Activity::State::unused:
      case Activity::State::ready: return true;
      case Activity::State::calling: return can_answer_[activity.callee];
      case Activity::State::joining: break;
    }
    const bool any = program_.code[activity.pc - 1].value == 1;
    for (Index branch = call.first_activity; branch != kNone; branch = world_.activities[branch].next) {
      if (world_.activities[branch].parent != index) continue;
      if (can_go_on(call, branch) == any) return any;
    }
    return !any;
  }

  const Program& program_;
  const World& world_;
  std::vector<Index> deletions_;  // DELETEs whose handlers run
  std::vector<bool> can_answer_, can_leave_;
};

// Does the main line of the activity's handler wait for it? (Nobody joins a branch that `join: any` has left behind.)
bool is_joined(const World& world, Index activity) {
  while (world.activities[activity].parent != kNone) activity = world.activities[activity].parent;
  return world.activities[activity].is_main;
}

// Nodes are call slots and, behind them, locks: a waiting call points at its lock, a lock at the calls that hold it.
class Graph {
 public:
  // Over the calls that are stuck.
  Graph(const World& world, const Mobility& mobility)
      : world_(world),
        mobility_(mobility),
        call_count_(static_cast<Index>(world.calls.size())),
        edges_(world.calls.size() + world.instances.size()),
        knot_(edges_.size(), kNone) {
    for (Index slot = 0; slot < call_count_; ++slot) {
      if (mobility.is_stuck(slot)) add_edges(slot);
    }
    for (std::vector<Index>& targets : edges_) {
      std::sort(targets.begin(), targets.end(), [&](Index a, Index b) { return age(a) < age(b); });
    }
    find_knots();
  }

  bool is_in_knot(Index slot) const { return knot_size_[knot_[slot]] > 1; }
  Index knot(Index slot) const { return knot_[slot]; }

  WaitCycle shortest_cycle(Index start) const {
    std::vector<Index> came_from(edges_.size(), kNone);
    std::vector<Index> to_visit{start};
    for (std::size_t i = 0; i < to_visit.size(); ++i) {
      for (const Index next : edges_[to_visit[i]]) {
        if (next == start) return path(start, to_visit[i], came_from);
        if (knot_[next] != knot_[start] || came_from[next] != kNone) continue;
        came_from[next] = to_visit[i];
        to_visit.push_back(next);
      }
    }
    return {};
  }

 private:
  std::uint64_t age(Index node) const {
    return node < call_count_ ? world_.calls[node].serial : (std::uint64_t{1} << 32U) + node;
  }

  void add_edges(Index slot) {
    const Call& call = world_.calls[slot];
    if (call.state == Call::State::waiting) edges_[slot].push_back(call_count_ + call.instance);
    if (call.state == Call::State::inside && world_.locks.can_move_queue(slot)) {
      edges_[call_count_ + call.instance].push_back(slot);
    }
    const bool is_open = call.state == Call::State::waiting || call.state == Call::State::inside;
    if (!is_open || call.caller_activity == kNone || !is_joined(world_, call.caller_activity)) return;
    const Index caller = world_.activities[call.caller_activity].call;
    if (mobility_.is_stuck(caller)) edges_[caller].push_back(slot);
  }

  WaitCycle path(Index start, Index last, const std::vector<Index>& came_from) const {
    WaitCycle cycle;
    for (Index node = last;; node = came_from[node]) {
      if (node < call_count_) cycle.hops.push_back({node, world_.calls[node].state == Call::State::waiting});
      if (node == start) break;
    }
    std::reverse(cycle.hops.begin(), cycle.hops.end());
    return cycle;
  }

  void find_knots() {
    struct Frame {
      Index slot;
      std::size_t next_edge;
    };
    const std::size_t count = edges_.size();
    std::vector<Index> order(count, kNone), low(count, 0), stack;
    std::vector<bool> on_stack(count);
    std::vector<Frame> frames;
    Index next_order = 0;
    const auto open = [&](Index slot) {
      order[slot] = low[slot] = next_order++;
      stack.push_back(slot);
      on_stack[slot] = true;
      frames.push_back({slot, 0});
    };
    for (Index root = 0; root < count; ++root) {
      if (order[root] != kNone) continue;
      open(root);
      while (!frames.empty()) {
        const Index slot = frames.back().slot;
        if (frames.back().next_edge < edges_[slot].size()) {
          const Index next = edges_[slot][frames.back().next_edge++];
          if (order[next] == kNone) {
            open(next);
          } else if (on_stack[next]) {
            low[slot] = std::min(low[slot], order[next]);
          }
          continue;
        }
        frames.pop_back();
        if (!frames.empty()) low[frames.back().slot] = std::min(low[frames.back().slot], low[slot]);
        if (low[slot] == order[slot]) close_knot(slot, stack, on_stack);
      }
    }
  }

  void close_knot(Index root, std::vector<Index>& stack, std::vector<bool>& on_stack) {
    const auto knot = static_cast<Index>(knot_size_.size());
    knot_size_.push_back(0);
    for (;;) {
      const Index slot = stack.back();
      stack.pop_back();
      on_stack[slot] = false;
      knot_[slot] = knot;
      ++knot_size_[knot];
      if (slot == root) return;
    }
  }

  const World& world_;
  const Mobility& mobility_;
  const Index call_count_;
  std::vector<std::vector<Index>> edges_;
  std::vector<Index> knot_;
  std::vector<std::uint32_t> knot_size_;
};

}  // namespace

Stuck find_stuck(const Program& program, const World& world) {
  Stuck result;
  const Mobility mobility(program, world);
  std::vector<Index> waiting;
  for (Index slot = 0; slot < world.calls.size(); ++slot) {
    const Call& call = world.calls[slot];
    if (call.is_deactivation || mobility.can_answer(slot)) continue;
    const bool waits = call.state == Call::State::waiting || call.state == Call::State::held;
    if (waits && !call.abandoned) waiting.push_back(slot);
    if (call.state == Call::State::inside && !call.abandoned) result.behind.push_back(slot);
  }
  if (waiting.empty() && result.behind.empty()) return result;
  const auto by_serial = [&](Index a, Index b) { return world.calls[a].serial < world.calls[b].serial; };
  std::sort(waiting.begin(), waiting.end(), by_serial);
  std::sort(result.behind.begin(), result.behind.end(), by_serial);
  const Graph graph(world, mobility);
  std::vector<Index> shown_knots;
  for (const Index slot : waiting) {
    if (!graph.is_in_knot(slot)) {
      result.stranded.push_back(slot);
      continue;
    }
    result.deadlocked.push_back(slot);
    const Index knot = graph.knot(slot);
    if (std::find(shown_knots.begin(), shown_knots.end(), knot) != shown_knots.end()) continue;
    shown_knots.push_back(knot);
    result.cycles.push_back(graph.shortest_cycle(slot));
  }
  return result;
}

}  // namespace actorsim
