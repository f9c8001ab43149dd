// The circle as an ellipse with its first card at the top, clockwise; everything else on a wider one.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "actorsim/report/graph/place_cards.h"

namespace actorsim {
namespace {

constexpr double kTurn = 6.283185307179586;
constexpr double kFlat = 1.45;  // how much wider than high
constexpr double kLeast = 120;  // half the height of the ring
constexpr double kRoom = 54;    // between cards, for an arrow

struct Vector {
  double x = 0, y = 0;
};

PicturePoint rounded(const Vector& vector) {
  return {static_cast<int>(std::lround(vector.x)), static_cast<int>(std::lround(vector.y))};
}

class Ring {
 public:
  Ring(const Picture& picture, const std::vector<CardSize>& sizes) : picture_(picture), sizes_(sizes) {}

  Placement place() {
    angles_.assign(sizes_.size(), 0);
    distances_.assign(sizes_.size(), -1);
    place_ring();
    place_others();
    Placement placement;
    for (std::size_t i = 0; i < sizes_.size(); ++i) {
      const PicturePoint middle = rounded(middles_[i]);
      placement.cards.push_back({middle.x - sizes_[i].width / 2, middle.y - sizes_[i].height / 2});
    }
    for (const Picture::Arrow& arrow : picture_.arrows) placement.arrows.push_back(route(arrow));
    return placement;
  }

 private:
  double extent(std::size_t card) const { return std::max(sizes_[card].width, 2 * sizes_[card].height); }

  // From one ellipse to the next: so far that two cards in the same direction are in nobody's way, whichever it is.
  double apart() const {
    int width = 0, height = 0;
    for (const CardSize& size : sizes_) {
      width = std::max(width, size.width);
      height = std::max(height, size.height);
    }
    return std::hypot((width + kRoom) / kFlat, height + kRoom);
  }

  Vector at(double angle, double radius) const { return {kFlat * radius * std::sin(angle), -radius * std::cos(angle)}; }

  void place_ring() {
    double around = 0;
    for (const std::size_t card : picture_.ring) around += extent(card) + kRoom;
    radius_ = std::max(kLeast, around / kTurn / ((1 + kFlat) / 2));
    middles_.resize(sizes_.size());
    for (std::size_t i = 0; i < picture_.ring.size(); ++i) {
      const std::size_t card = picture_.ring[i];
      angles_[card] = kTurn * static_cast<double>(i) / static_cast<double>(picture_.ring.size());
      distances_[card] = 0;
      middles_[card] = at(angles_[card], radius_);
    }
  }

  // Each stands where what it is joined to stands; then they move apart.
  void place_others() {
    std::vector<std::size_t> next = picture_.ring;
    int farthest = 0;
    for (std::size_t i = 0; i < next.size(); ++i) {
      for (const Picture::Arrow& arrow : picture_.arrows) {
        const bool is_from = arrow.from.card == next[i];
        if (!is_from && arrow.to.card != next[i]) continue;
        const std::size_t other = is_from ? arrow.to.card : arrow.from.card;
        if (distances_[other] >= 0) continue;
        distances_[other] = distances_[next[i]] + 1;
        angles_[other] = angles_[next[i]];
        farthest = std::max(farthest, distances_[other]);
        next.push_back(other);
      }
    }
    for (std::size_t card = 0; card < sizes_.size(); ++card) {
      if (distances_[card] < 0) distances_[card] = farthest = std::max(farthest, 1);
    }
    for (int distance = 1; distance <= farthest; ++distance) spread(distance);
  }

  void spread(int distance) {
    std::vector<std::size_t> cards;
    for (std::size_t card = 0; card < sizes_.size(); ++card) {
      if (distances_[card] == distance) cards.push_back(card);
    }
    if (cards.empty()) return;
    std::stable_sort(cards.begin(), cards.end(), [&](std::size_t a, std::size_t b) { return angles_[a] < angles_[b]; });
    double around = 0;
    for (const std::size_t card : cards) around += extent(card) + kRoom;
    radius_ = std::max(radius_ + apart(), around / kTurn / ((1 + kFlat) / 2));
    const auto step = [&](std::size_t card) { return (extent(card) + kRoom) / (radius_ * (1 + kFlat) / 2); };
    for (std::size_t i = 1; i < cards.size(); ++i)
      angles_[cards[i]] = std::max(angles_[cards[i]], angles_[cards[i - 1]] + step(cards[i]));
    // What was pushed away from its place is shared by all of them.
    const double pushed = std::max(0.0, angles_[cards.back()] - angles_[cards.front()] - kTurn + step(cards.front()));
    for (std::size_t i = 0; i < cards.size(); ++i)
      angles_[cards[i]] -= pushed * static_cast<double>(i) / static_cast<double>(cards.size());
    for (const std::size_t card : cards) middles_[card] = at(angles_[card], radius_);
  }

  // Where the line from a card's middle towards a point leaves the card.
  Vector border(std::size_t card, const Vector& towards) const {
    const Vector middle = middles_[card];
    const double dx = towards.x - middle.x, dy = towards.y - middle.y;
    const double by_width = std::abs(dx) > 0 ? sizes_[card].width / 2.0 / std::abs(dx) : 1;
    const double by_height = std::abs(dy) > 0 ? sizes_[card].height / 2.0 / std::abs(dy) : 1;
    const double part = std::min({by_width, by_height, 1.0});
    return {middle.x + part * dx, middle.y + part * dy};
  }

  bool are_neighbours(std::size_t from, std::size_t to) const {
    for (std::size_t i = 0; i < picture_.ring.size(); ++i) {
      if (picture_.ring[i] == from && picture_.ring[(i + 1) % picture_.ring.size()] == to) return true;
    }
    return false;
  }

  // Along the ring bent outwards, else straight.
  ArrowRoute route(const Picture::Arrow& arrow) const {
    const Vector from = middles_[arrow.from.card], to = middles_[arrow.to.card];
    Vector bend{(from.x + to.x) / 2, (from.y + to.y) / 2};
    if (are_neighbours(arrow.from.card, arrow.to.card)) {
      const double turn = kTurn / static_cast<double>(picture_.ring.size());
      const double radius = std::hypot(from.x / kFlat, from.y);
      const double stretch = picture_.ring.size() > 2 ? 1 / std::cos(turn / 2) : 1;
      bend = at(angles_[arrow.from.card] + turn / 2, radius * std::min(stretch, 1.35));
    }
    const Vector start = border(arrow.from.card, bend), end = border(arrow.to.card, bend);
    const auto towards_bend = [&](const Vector& point) {  // the same curve with two control points
      return Vector{point.x + (bend.x - point.x) * 2 / 3, point.y + (bend.y - point.y) * 2 / 3};
    };
    ArrowRoute result;
    result.start = rounded(start);
    result.curves.push_back({rounded(towards_bend(start)), rounded(towards_bend(end)), rounded(end)});
    result.label = rounded({(start.x + 2 * bend.x + end.x) / 4, (start.y + 2 * bend.y + end.y) / 4});
    return result;
  }

  const Picture& picture_;
  const std::vector<CardSize>& sizes_;
  double radius_ = 0;  // of the ellipse that was filled last, upwards
  std::vector<double> angles_;
  std::vector<int> distances_;  // from the ring, in arrows; below 0: not known yet
  std::vector<Vector> middles_;
};

}  // namespace

Placement place_on_ring(const Picture& picture, const std::vector<CardSize>& sizes) {
  return Ring(picture, sizes).place();
}

}  // namespace actorsim
