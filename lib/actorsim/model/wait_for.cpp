// Knots by Tarjan's algorithm (without recursion), then a shortest cycle through each knot by breadth-first search.
#include "actorsim/model/wait_for.h"

#include <algorithm>

namespace actorsim {
namespace {

class Graph {
 public:
  explicit Graph(const World& world) : world_(world), edges_(world.calls.size()), knot_(world.calls.size(), kNone) {
    for (Index slot = 0; slot < world.calls.size(); ++slot) add_edges(slot);
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
      for (Index inside = world_.actors[call.actor].first_inside; inside != kNone; inside = world_.calls[inside].inside_next) {
        if (world_.locks.can_move_queue(inside)) edges_[slot].push_back(inside);
      }
    }
    const bool is_open = call.state == Call::State::waiting || call.state == Call::State::inside;
    if (is_open && call.caller_activity != kNone) {
      edges_[world_.activities[call.caller_activity].call].push_back(slot);
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
  std::vector<std::vector<Index>> edges_;
  std::vector<Index> knot_;
  std::vector<std::uint32_t> knot_size_;
};

}  // namespace

Stuck find_stuck(const World& world) {
  Stuck result;
  std::vector<Index> waiting;
  for (Index slot = 0; slot < world.calls.size(); ++slot) {
    if (world.calls[slot].state == Call::State::waiting) waiting.push_back(slot);
  }
  if (waiting.empty()) return result;
  std::sort(waiting.begin(), waiting.end(), [&](Index a, Index b) { return world.calls[a].serial < world.calls[b].serial; });
  const Graph graph(world);
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
