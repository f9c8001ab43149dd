// Where the cards of a picture stand, and which way its arrows take. Whole pixels: the same on every machine.
#pragma once

#include <vector>

#include "actorsim/report/graph/picture.h"

namespace actorsim {

struct PicturePoint {
  int x = 0, y = 0;
};

/// How large a card is, and how far below its top the middles of its rows are.
struct CardSize {
  int width = 0, height = 0;
  std::vector<int> rows;
};

/// A way of an arrow: pairs of control points between the points that it passes, as SVG's `C` takes them.
struct ArrowRoute {
  PicturePoint start;
  struct Curve {
    PicturePoint leave, arrive, end;
  };
  std::vector<Curve> curves;
  PicturePoint label;  ///< the middle of its label
};

struct Placement {
  std::vector<PicturePoint> cards;  ///< their upper left corners
  std::vector<ArrowRoute> arrows;
  int width = 0, height = 0;
};

/// In layers, from left to right as far as the arrows go that way: layers by the longest way from a card that nothing
/// leads to, cards of a layer in an order with few crossings, each near those that it is joined to (after Sugiyama,
/// Tagawa and Toda, 1981). `label_width`: room between layers for the longest label.
Placement place_in_layers(const Picture& picture, const std::vector<CardSize>& sizes, int label_width);

/// Those of Picture::ring on an ellipse, the others around it, each near what it is joined to.
Placement place_on_ring(const Picture& picture, const std::vector<CardSize>& sizes);

/// Moves and measures a placement so that all of it lies right and below of 0, 0.
void fit(Placement& placement, const std::vector<CardSize>& sizes, int margin);

}  // namespace actorsim
