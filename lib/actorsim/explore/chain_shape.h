// Which chains do the same to other actors: what they have in common, and how one reads as another.
#pragma once

#include <vector>

#include "actorsim/explore/chain_part.h"

namespace actorsim {

/// A chain's code in the order in which reading it meets sites, handlers and actors. Chains of equal `form` do the same
/// steps, each to its own actors: what one calls its second actor does for the other what its own second actor does.
struct ChainShape {
  Words form;
  std::vector<Index> sites;
  std::vector<Index> bodies;
  std::vector<Index> actors;
  bool is_known = false;  ///< all targets are fixed, and nothing is computed
};

/// Reads the chain of a trigger.
ChainShape read_chain_shape(Walker& walker, Index trigger);

/// Writes parts without saying whose they are, and turns a part of one chain into that of another of its form.
class ShapeTranslator {
 public:
  ShapeTranslator(Walker& walker, PartCutter& cutter, std::vector<ChainShape> shapes)
      : walker_(walker), cutter_(cutter), shapes_(std::move(shapes)) {}

  const std::vector<ChainShape>& shapes() const { return shapes_; }

  /// Parts of chains of one form have equal words exactly when they are each other's translation.
  void write(const ChainPart& part, Index chain, Words& words);

  ChainPart translate(const ChainPart& part, Index from, Index to);

 private:
  Index relative_path(Index path, Index chain);
  Index path_in(Index path, Index from, Index to);
  ReentrancyId id_in(ReentrancyId id, Index from, Index to);
  Index ordinal(const std::vector<Index>& list, Index wanted) const;

  Walker& walker_;
  PartCutter& cutter_;
  const std::vector<ChainShape> shapes_;
  Paths relative_;
};

}  // namespace actorsim
