// What can move: a least fixpoint. Knots by Tarjan's algorithm (without recursion), then a shortest cycle through each knot by breadth-first search.
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
    if (!anything_moves()) return;
    while (spread()) {
    }
  }

  bool can_answer(Index slot) const { return can_answer_[slot]; }

 private:
  bool anything_moves() const {
    for (const Activity& activity : world_.activities) {
      if (activity.state == Activity::State::ready) return true;
    }
    for (const Call& call : world_.calls) {
      const bool is_live = call.state != Call::State::unused && call.state != Call::State::answered;
      if (is_live && (call.has_deadline || call.state == Call::State::retrying || call.state == Call::State::held))
        return true;
    }
    return false;
  }

  bool spread() {
    bool changed = false;
    const auto note = [&](std::vector<bool>& facts, Index slot, bool holds) {
      if (!holds || facts[slot]) return;
      facts[slot] = true;
      changed = true;
    };
    for (Index slot = 0; slot < world_.calls.size(); ++slot) {
      const Call& call = world_.calls[slot];
      switch (call.state) {
        case Call::State::unused:
        case Call::State::answered: break;
        case Call::State::held:
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
  std::vector<bool> can_answer_, can_leave_;
};

class Graph {
 public:
  // Over the calls that cannot be answered any more.
  Graph(const World& world, const Mobility& mobility)
      : world_(world), mobility_(mobility), edges_(world.calls.size()), knot_(world.calls.size(), kNone) {
    for (Index slot = 0; slot < world.calls.size(); ++slot) {
      if (!mobility.can_answer(slot)) add_edges(slot);
    }
    for (std::vector<Index>& targets : edges_) {
      std::sort(targets.begin(), targets.end(), [&](Index a, Index b) { return serial(a) < serial(b); });
    }
    find_knots();
  }

  bool is_in_knot(Index slot) const { return knot_size_[knot_[slot]] > 1; }
  Index knot(Index slot) const { return knot_[slot]; }
  std::uint32_t serial(Index slot) const { return world_.calls[slot].serial; }
  bool is_waiting(Index slot) const { return world_.calls[slot].state == Call::State::waiting; }

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
  void add_edges(Index slot) {
    const Call& call = world_.calls[slot];
    if (call.state == Call::State::unused) return;
    if (call.state == Call::State::waiting) {
      for (Index inside = world_.actors[call.actor].first_inside; inside != kNone;
           inside = world_.calls[inside].inside_next) {
        const bool same = world_.calls[inside].instance == call.instance;
        if (same && !mobility_.can_answer(inside) && world_.locks.can_move_queue(inside))
          edges_[slot].push_back(inside);
      }
    }
    const bool is_open = call.state == Call::State::waiting || call.state == Call::State::inside;
    if (is_open && call.caller_activity != kNone) {
      const Index caller = world_.activities[call.caller_activity].call;
      if (!mobility_.can_answer(caller)) edges_[caller].push_back(slot);
    }
  }

  WaitCycle path(Index start, Index last, const std::vector<Index>& came_from) const {
    WaitCycle cycle;
    for (Index slot = last;; slot = came_from[slot]) {
      cycle.hops.push_back({slot, is_waiting(slot)});
      if (slot == start) break;
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
    if (call.state == Call::State::waiting && !call.abandoned) waiting.push_back(slot);
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
