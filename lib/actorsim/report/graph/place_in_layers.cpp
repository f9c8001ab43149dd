// Layers, order, height, ways: one after another.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "actorsim/report/graph/place_cards.h"

namespace actorsim {
namespace {

constexpr int kGapX = 76;     // between layers, without labels
constexpr int kGapY = 26;     // between cards
constexpr int kLaneGap = 16;  // around an arrow that passes a layer
constexpr int kBulge = 36;    // of an arrow from a card to itself
constexpr int kSweeps = 16;
constexpr int kLaneHeight = 2;

std::size_t index_of(int value) { return static_cast<std::size_t>(value); }

// A card, or the place where an arrow passes a layer.
struct Node {
  int layer = 0;
  int width = 0, height = 0;
  double y = 0;  // its top
  bool is_lane = false;
  struct Joint {
    std::size_t other = 0;
    double here = 0, there = 0;  // how far below the tops they are joined
  };
  std::vector<Joint> left, right;
};

class Layers {
 public:
  Layers(const Picture& picture, const std::vector<CardSize>& sizes, int label_width)
      : picture_(picture), sizes_(sizes), gap_(std::max(kGapX, label_width + 28)) {}

  Placement place() {
    for (std::size_t i = 0; i < sizes_.size(); ++i) {
      Node node;
      node.width = sizes_[i].width;
      node.height = sizes_[i].height;
      nodes_.push_back(node);
    }
    find_directions();
    find_layers();
    add_lanes();
    order_layers();
    find_heights();
    return take_places();
  }

 private:
  using End = Picture::End;

  static bool is_own(const Picture::Arrow& arrow) { return arrow.from.card == arrow.to.card; }

  double middle_of(const End& end) const {
    const CardSize& size = sizes_[end.card];
    return end.row == Picture::kNoRow ? size.height / 2.0 : size.rows[end.row];
  }

  // ---- directions: without circles ----

  void find_directions() {
    next_.resize(sizes_.size());
    state_.resize(sizes_.size());
    is_back_.resize(picture_.arrows.size());
    std::vector<bool> is_led_to(sizes_.size());
    for (const Picture::Arrow& arrow : picture_.arrows) {
      if (!is_own(arrow)) is_led_to[arrow.to.card] = true;
    }
    for (std::size_t i = 0; i < sizes_.size(); ++i) {
      if (!is_led_to[i]) visit(i);
    }
    for (std::size_t i = 0; i < sizes_.size(); ++i) visit(i);
  }

  void visit(std::size_t card) {
    if (state_[card] != State::unseen) return;
    state_[card] = State::open;
    for (std::size_t i = 0; i < picture_.arrows.size(); ++i) {
      const Picture::Arrow& arrow = picture_.arrows[i];
      if (arrow.from.card != card || is_own(arrow)) continue;
      is_back_[i] = state_[arrow.to.card] == State::open;
      next_[is_back_[i] ? arrow.to.card : card].push_back(is_back_[i] ? card : arrow.to.card);
      visit(arrow.to.card);
    }
    state_[card] = State::done;
    done_.push_back(card);
  }

  void find_layers() {
    for (auto card = done_.rbegin(); card != done_.rend(); ++card) {
      for (const std::size_t other : next_[*card])
        nodes_[other].layer = std::max(nodes_[other].layer, nodes_[*card].layer + 1);
    }
    int count = 0;
    for (const Node& node : nodes_) count = std::max(count, node.layer + 1);
    layers_.resize(index_of(count));
    for (auto card = done_.rbegin(); card != done_.rend(); ++card)
      layers_[index_of(nodes_[*card].layer)].push_back(*card);
  }

  // ---- lanes: arrows over several layers ----

  void add_lanes() {
    chains_.resize(picture_.arrows.size());
    for (std::size_t i = 0; i < picture_.arrows.size(); ++i) {
      const Picture::Arrow& arrow = picture_.arrows[i];
      if (is_own(arrow)) continue;
      const End& left = is_back_[i] ? arrow.to : arrow.from;
      const End& right = is_back_[i] ? arrow.from : arrow.to;
      std::size_t before = left.card;
      double port = middle_of(left);
      chains_[i].push_back(before);
      for (int layer = nodes_[left.card].layer + 1; layer < nodes_[right.card].layer; ++layer) {
        Node lane;
        lane.layer = layer;
        lane.height = kLaneHeight;
        lane.is_lane = true;
        const std::size_t index = nodes_.size();
        nodes_.push_back(lane);
        layers_[index_of(layer)].push_back(index);
        join(before, port, index, kLaneHeight / 2.0);
        chains_[i].push_back(index);
        before = index;
        port = kLaneHeight / 2.0;
      }
      join(before, port, right.card, middle_of(right));
      chains_[i].push_back(right.card);
    }
  }

  void join(std::size_t left, double left_port, std::size_t right, double right_port) {
    nodes_[left].right.push_back({right, left_port, right_port});
    nodes_[right].left.push_back({left, right_port, left_port});
  }

  // ---- order: few crossings ----

  void order_layers() {
    std::vector<std::vector<std::size_t>> best = layers_;
    std::size_t fewest = crossings();
    for (int sweep = 0; sweep < kSweeps && fewest > 0; ++sweep) {
      const bool rightwards = sweep % 2 == 0;
      for (std::size_t k = 1; k < layers_.size(); ++k) sort_layer(rightwards ? k : layers_.size() - 1 - k, rightwards);
      const std::size_t now = crossings();
      if (now < fewest) {
        fewest = now;
        best = layers_;
      }
    }
    layers_ = best;
  }

  // Where each node stands among those of its layer; joints a little below.
  std::vector<double> positions() const {
    std::vector<double> result(nodes_.size());
    for (const std::vector<std::size_t>& layer : layers_) {
      for (std::size_t i = 0; i < layer.size(); ++i) result[layer[i]] = static_cast<double>(i);
    }
    return result;
  }

  double joint_position(const std::vector<double>& position, std::size_t node, double port) const {
    return position[node] + port / (nodes_[node].height + 1.0);
  }

  void sort_layer(std::size_t index, bool by_left) {
    const std::vector<double> position = positions();
    std::vector<double> wish(nodes_.size());
    for (const std::size_t node : layers_[index]) {
      const std::vector<Node::Joint>& joints = by_left ? nodes_[node].left : nodes_[node].right;
      double sum = 0;
      for (const Node::Joint& joint : joints) sum += joint_position(position, joint.other, joint.there);
      wish[node] = joints.empty() ? position[node] : sum / static_cast<double>(joints.size());
    }
    std::stable_sort(layers_[index].begin(), layers_[index].end(),
                     [&](std::size_t a, std::size_t b) { return wish[a] < wish[b]; });
  }

  std::size_t crossings() const {
    const std::vector<double> position = positions();
    std::size_t count = 0;
    for (const std::vector<std::size_t>& layer : layers_) {
      std::vector<std::pair<double, double>> lines;
      for (const std::size_t node : layer) {
        for (const Node::Joint& joint : nodes_[node].right)
          lines.emplace_back(joint_position(position, node, joint.here),
                             joint_position(position, joint.other, joint.there));
      }
      for (std::size_t i = 0; i < lines.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          if ((lines[i].first - lines[j].first) * (lines[i].second - lines[j].second) < 0) ++count;
        }
      }
    }
    return count;
  }

  // ---- heights: near what each is joined to ----

  void find_heights() {
    for (const std::vector<std::size_t>& layer : layers_) {
      double y = 0;
      for (std::size_t i = 0; i < layer.size(); ++i) {
        nodes_[layer[i]].y = y;
        if (i + 1 < layer.size()) y += distance(layer[i], layer[i + 1]);
      }
    }
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      for (std::size_t k = 0; k < layers_.size(); ++k) settle(layers_[sweep % 2 == 0 ? k : layers_.size() - 1 - k]);
    }
  }

  // From the top of one to the top of the next.
  double distance(std::size_t upper, std::size_t lower) const {
    const bool has_lane = nodes_[upper].is_lane || nodes_[lower].is_lane;
    return nodes_[upper].height + (has_lane ? kLaneGap : kGapY);
  }

  // As near to what each wishes as their order allows: where they are in each other's way, they share the distance.
  void settle(const std::vector<std::size_t>& layer) {
    struct Block {
      double sum = 0;
      std::size_t count = 0;
      double mean() const { return sum / static_cast<double>(count); }
    };
    std::vector<Block> blocks;
    std::vector<double> offsets;
    double offset = 0;
    for (std::size_t i = 0; i < layer.size(); ++i) {
      offsets.push_back(offset);
      blocks.push_back({wish(nodes_[layer[i]]) - offset, 1});
      while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
        const Block last = blocks.back();
        blocks.pop_back();
        blocks.back().sum += last.sum;
        blocks.back().count += last.count;
      }
      if (i + 1 < layer.size()) offset += distance(layer[i], layer[i + 1]);
    }
    std::size_t at = 0;
    for (const Block& block : blocks) {
      for (std::size_t i = 0; i < block.count; ++i, ++at) nodes_[layer[at]].y = block.mean() + offsets[at];
    }
  }

  double wish(const Node& node) const {
    double sum = 0;
    std::size_t count = 0;
    for (const std::vector<Node::Joint>* joints : {&node.left, &node.right}) {
      for (const Node::Joint& joint : *joints) {
        sum += nodes_[joint.other].y + joint.there - joint.here;
        ++count;
      }
    }
    return count == 0 ? node.y : sum / static_cast<double>(count);
  }

  // ---- places ----

  Placement take_places() {
    std::vector<int> x(layers_.size()), widths(layers_.size());
    int at = 0;
    for (std::size_t k = 0; k < layers_.size(); ++k) {
      for (const std::size_t node : layers_[k]) widths[k] = std::max(widths[k], nodes_[node].width);
      x[k] = at;
      at += widths[k] + gap_;
    }
    Placement placement;
    for (std::size_t i = 0; i < sizes_.size(); ++i) {
      const std::size_t layer = index_of(nodes_[i].layer);
      const int inset = (widths[layer] - nodes_[i].width) / 2;
      placement.cards.push_back({x[layer] + inset, static_cast<int>(std::lround(nodes_[i].y))});
    }
    for (std::size_t i = 0; i < picture_.arrows.size(); ++i)
      placement.arrows.push_back(is_own(picture_.arrows[i]) ? own_route(picture_.arrows[i], placement)
                                                            : route(i, placement, x, widths));
    return placement;
  }

  PicturePoint port(const End& end, const Placement& placement, bool at_right) const {
    const PicturePoint corner = placement.cards[end.card];
    return {corner.x + (at_right ? sizes_[end.card].width : 0),
            corner.y + static_cast<int>(std::lround(middle_of(end)))};
  }

  static ArrowRoute::Curve curve(PicturePoint from, PicturePoint to) {
    const int half = (to.x - from.x) / 2;
    return {{from.x + half, from.y}, {to.x - half, to.y}, to};
  }

  // Out at one side, past the layers between, in at the other.
  ArrowRoute route(std::size_t index, const Placement& placement, const std::vector<int>& x,
                   const std::vector<int>& widths) const {
    const Picture::Arrow& arrow = picture_.arrows[index];
    const bool is_back = is_back_[index];
    std::vector<PicturePoint> points{port(arrow.from, placement, !is_back)};
    std::vector<std::size_t> chain = chains_[index];
    if (is_back) std::reverse(chain.begin(), chain.end());
    for (std::size_t i = 1; i + 1 < chain.size(); ++i) {
      const Node& lane = nodes_[chain[i]];
      const std::size_t layer = index_of(lane.layer);
      const int y = static_cast<int>(std::lround(lane.y + kLaneHeight / 2.0));
      const int enter = is_back ? x[layer] + widths[layer] : x[layer];
      const int leave = is_back ? x[layer] : x[layer] + widths[layer];
      points.push_back({enter, y});
      points.push_back({leave, y});
    }
    points.push_back(port(arrow.to, placement, is_back));
    if (has_opposite(arrow)) {
      constexpr int kApart = 6;
      points.front().y += is_back ? kApart : -kApart;
      points.back().y += is_back ? kApart : -kApart;
    }
    ArrowRoute result;
    result.start = points.front();
    for (std::size_t i = 1; i < points.size(); ++i) result.curves.push_back(curve(points[i - 1], points[i]));
    result.label = {(points[0].x + points[1].x) / 2, (points[0].y + points[1].y) / 2};
    return result;
  }

  // Two arrows between the same rows would lie upon each other.
  bool has_opposite(const Picture::Arrow& arrow) const {
    return std::any_of(picture_.arrows.begin(), picture_.arrows.end(),
                       [&](const Picture::Arrow& other) { return other.from == arrow.to && other.to == arrow.from; });
  }

  ArrowRoute own_route(const Picture::Arrow& arrow, const Placement& placement) const {
    PicturePoint from = port(arrow.from, placement, true);
    PicturePoint to = port(arrow.to, placement, true);
    if (from.y == to.y) {
      constexpr int kApart = 6;
      from.y -= kApart;
      to.y += kApart;
    }
    const int out = from.x + kBulge + std::abs(from.y - to.y) / 6;
    ArrowRoute result;
    result.start = from;
    result.curves.push_back({{out, from.y}, {out, to.y}, to});
    result.label = {out, (from.y + to.y) / 2};
    return result;
  }

  enum class State : std::uint8_t { unseen, open, done };

  const Picture& picture_;
  const std::vector<CardSize>& sizes_;
  const int gap_;
  std::vector<Node> nodes_;  // the cards, then the lanes
  std::vector<State> state_;
  std::vector<bool> is_back_;                   // arrows that lead from right to left
  std::vector<std::vector<std::size_t>> next_;  // by card, without circles
  std::vector<std::size_t> done_;               // cards, what comes last first
  std::vector<std::vector<std::size_t>> layers_;
  std::vector<std::vector<std::size_t>> chains_;  // of each arrow, from left to right
};

}  // namespace

Placement place_in_layers(const Picture& picture, const std::vector<CardSize>& sizes, int label_width) {
  return Layers(picture, sizes, label_width).place();
}

void fit(Placement& placement, const std::vector<CardSize>& sizes, int margin) {
  int left = std::numeric_limits<int>::max(), top = left, right = std::numeric_limits<int>::min(), bottom = right;
  const auto include = [&](const PicturePoint& point) {
    left = std::min(left, point.x);
    right = std::max(right, point.x);
    top = std::min(top, point.y);
    bottom = std::max(bottom, point.y);
  };
  for (std::size_t i = 0; i < placement.cards.size(); ++i) {
    include(placement.cards[i]);
    include({placement.cards[i].x + sizes[i].width, placement.cards[i].y + sizes[i].height});
  }
  for (const ArrowRoute& route : placement.arrows) {
    for (const ArrowRoute::Curve& curve : route.curves) {
      include(curve.leave);
      include(curve.arrive);
    }
  }
  if (left > right) left = right = top = bottom = 0;
  const auto move = [&](PicturePoint& point) {
    point.x += margin - left;
    point.y += margin - top;
  };
  for (PicturePoint& corner : placement.cards) move(corner);
  for (ArrowRoute& route : placement.arrows) {
    move(route.start);
    move(route.label);
    for (ArrowRoute::Curve& curve : route.curves) {
      move(curve.leave);
      move(curve.arrive);
      move(curve.end);
    }
  }
  placement.width = right - left + 2 * margin;
  placement.height = bottom - top + 2 * margin;
}

}  // namespace actorsim
