// Choosing rows and drawing branches.
#include "actorsim/report/pretty/call_tree.h"

#include <algorithm>

#include "actorsim/base/outcome.h"

namespace actorsim {
namespace {

constexpr std::uint32_t kNobody = 0xffff'ffffU;
constexpr std::size_t kDeepest = 12;         // levels that are drawn without leaving any out
constexpr std::size_t kFirstLevels = 4;      // of a deeper tree: how many levels are drawn from the top,
constexpr std::uint32_t kFirstSiblings = 8;  // where there are too many calls: how many of one caller's are drawn
constexpr std::size_t kLastLevels = 3;       // and how many above a call that matters

class CallTree {
 public:
  CallTree(const Run& run, std::size_t limit, const Glyphs& glyphs)
      : calls_(run.calls), limit_(limit), glyphs_(glyphs) {
    link();
    mark_important(run);
    choose();
  }

  std::vector<TreeRow> rows() {
    count_shown_below();
    draw();
    return std::move(rows_);
  }

 private:
  struct Node {
    std::uint32_t parent = kNobody;
    std::uint32_t first_child = kNobody, last_child = kNobody, next = kNobody;  // siblings by arrival
    std::uint32_t level = 0;
    bool important = false;
    bool shown = false;
    bool shown_below = false;  // itself or a descendant is shown
    bool shown_after = false;  // a later sibling, or a descendant of one, is shown
    std::uint32_t shown_children = 0;
  };

  // Calls come by serial, a caller before those it calls.
  void link() {
    nodes_.resize(calls_.size());
    for (std::uint32_t i = 0; i < calls_.size(); ++i) {
      const std::uint32_t parent = calls_[i].caller ? find(*calls_[i].caller) : kNobody;
      Node& node = nodes_[i];
      node.parent = parent;
      std::uint32_t& first = parent == kNobody ? first_root_ : nodes_[parent].first_child;
      std::uint32_t& last = parent == kNobody ? last_root_ : nodes_[parent].last_child;
      if (parent != kNobody) node.level = nodes_[parent].level + 1;
      (first == kNobody ? first : nodes_[last].next) = i;
      last = i;
      deepest_ = std::max<std::size_t>(deepest_, node.level);
    }
    order_by_tree();
  }

  std::uint32_t find(std::uint32_t serial) const {
    const auto found =
        std::lower_bound(calls_.begin(), calls_.end(), serial,
                         [](const CallRecord& call, std::uint32_t wanted) { return call.serial < wanted; });
    return found != calls_.end() && found->serial == serial ? static_cast<std::uint32_t>(found - calls_.begin())
                                                            : kNobody;
  }

  // Preorder without recursion: a tree may be as deep as a scenario wants.
  void order_by_tree() {
    std::uint32_t at = first_root_;
    while (at != kNobody) {
      order_.push_back(at);
      if (nodes_[at].first_child != kNobody) {
        at = nodes_[at].first_child;
        continue;
      }
      while (at != kNobody && nodes_[at].next == kNobody) at = nodes_[at].parent;
      if (at != kNobody) at = nodes_[at].next;
    }
  }

  // What went wrong by itself, not because something below it did.
  void mark_important(const Run& run) {
    const auto is_bad = [&](std::uint32_t i) { return verdict_of(calls_[i].outcome) != Verdict::ok; };
    std::vector<bool> bad_below(nodes_.size());
    for (auto i = static_cast<std::uint32_t>(nodes_.size()); i-- > 0;) {
      nodes_[i].important = is_bad(i) && !bad_below[i];
      if ((is_bad(i) || bad_below[i]) && nodes_[i].parent != kNobody) bad_below[nodes_[i].parent] = true;
    }
    for (const DeadlockCycle& cycle : run.deadlocks) {
      for (const DeadlockCycle::Hop& hop : cycle.hops) mark(hop.call);
    }
    for (const OverlapRecord& overlap : run.overlaps) {
      mark(overlap.entering);
      mark(overlap.inside);
    }
  }

  void mark(std::uint32_t serial) {
    const std::uint32_t found = find(serial);
    if (found != kNobody) nodes_[found].important = true;
  }

  bool show(std::uint32_t node) {
    if (nodes_[node].shown) return true;
    if (shown_count_ >= limit_) return false;
    nodes_[node].shown = true;
    ++shown_count_;
    return true;
  }

  void choose() {
    const bool is_deep = deepest_ > kDeepest;
    for (const std::uint32_t i : order_) {
      if (!nodes_[i].important || !show(i)) continue;
      std::size_t above = 0;
      for (std::uint32_t up = nodes_[i].parent; up != kNobody; up = nodes_[up].parent) {
        if (!is_deep || above < kLastLevels || nodes_[up].level < kFirstLevels) show(up);
        ++above;
      }
    }
    const bool is_long = nodes_.size() > limit_;
    for (const std::uint32_t i : order_) {
      if (is_deep && nodes_[i].level >= kFirstLevels) continue;
      std::uint32_t& siblings = nodes_[i].parent == kNobody ? shown_roots_ : nodes_[nodes_[i].parent].shown_children;
      if (is_long && siblings >= kFirstSiblings && !nodes_[i].important) continue;
      if (show(i)) ++siblings;
    }
  }

  // From the last to the first: children and later siblings stand behind.
  void count_shown_below() {
    for (auto i = static_cast<std::uint32_t>(nodes_.size()); i-- > 0;) {
      Node& node = nodes_[i];
      node.shown_below = node.shown_below || node.shown;
      if (node.next != kNobody) node.shown_after = nodes_[node.next].shown_below || nodes_[node.next].shown_after;
      if (node.shown_below && node.parent != kNobody) nodes_[node.parent].shown_below = true;
    }
  }

  // Branches are drawn between shown calls only: a call hangs below its nearest shown ancestor.
  void draw() {
    std::size_t left_out = 0;
    for (const std::uint32_t i : order_) {
      if (!nodes_[i].shown) {
        ++left_out;
        continue;
      }
      add_gap(left_out, i);
      left_out = 0;
      rows_.push_back(
          {&calls_[i], 0, prefix_of(i), bars_above(i, true) + (has_shown_child(i) ? std::string(glyphs_.bar) : " ")});
    }
    if (left_out > 0) rows_.push_back({nullptr, left_out, {}, {}});
  }

  void add_gap(std::size_t left_out, std::uint32_t before) {
    if (left_out == 0) return;
    rows_.push_back(
        {nullptr, left_out, nodes_[before].parent == kNobody ? std::string() : bars_above(before, false), {}});
  }

  // One column of four for each shown ancestor: a bar where it has siblings below.
  std::string bars_above(std::uint32_t node, bool with_own) const {
    std::vector<std::uint32_t> path;  // from the call up, without the root
    for (std::uint32_t at = node; nodes_[at].parent != kNobody; at = nodes_[at].parent) {
      if (at == node ? with_own : nodes_[at].shown) path.push_back(at);
    }
    std::string bars = "  ";
    for (std::size_t i = path.size(); i-- > 0;) {
      bars += has_shown_sibling_below(path[i]) ? std::string(glyphs_.bar) + "   " : "    ";
    }
    return bars;
  }

  std::string prefix_of(std::uint32_t node) const {
    if (nodes_[node].parent == kNobody)
      return std::string(to_word(calls_[node].starter)) + " " + std::string(glyphs_.arrow) + " ";
    const bool is_last = !has_shown_sibling_below(node);
    const std::string_view branch = calls_[node].one_way ? (is_last ? glyphs_.elbow_send : glyphs_.tee_send)
                                                         : (is_last ? glyphs_.elbow : glyphs_.tee);
    return bars_above(node, false) + std::string(branch) + " ";
  }

  bool has_shown_child(std::uint32_t node) const {
    for (std::uint32_t at = nodes_[node].first_child; at != kNobody; at = nodes_[at].next) {
      if (nodes_[at].shown_below) return true;
    }
    return false;
  }

  bool has_shown_sibling_below(std::uint32_t node) const { return nodes_[node].shown_after; }

  const std::vector<CallRecord>& calls_;
  const std::size_t limit_;
  const Glyphs& glyphs_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> order_;
  std::uint32_t first_root_ = kNobody, last_root_ = kNobody;
  std::size_t deepest_ = 0;
  std::size_t shown_count_ = 0;
  std::uint32_t shown_roots_ = 0;
  std::vector<TreeRow> rows_;
};

}  // namespace

std::vector<TreeRow> call_tree(const Run& run, std::size_t limit, const Glyphs& glyphs) {
  return CallTree(run, limit, glyphs).rows();
}

}  // namespace actorsim
