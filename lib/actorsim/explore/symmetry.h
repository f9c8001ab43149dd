// Which chains can be exchanged without anybody noticing, and the one state that stands for all that differ only by
// such an exchange.
//
// The exchanges are the permutations of chains that turn the scenario into itself: each chain becomes one of the same
// form, and the actors of all chains follow without contradiction. They are found as classes of chains that do the same
// to the same actors (identical clients), which are exchanged by sorting, times the permutations of whole classes
// (rotations, say), which are listed.
#pragma once

#include <string>
#include <vector>

#include "actorsim/explore/chain_shape.h"

namespace actorsim {

class Symmetry {
 public:
  Symmetry(const Program& program, const std::vector<ChainShape>& shapes);

  bool is_trivial() const { return permutations_.size() == 1 && classes_.size() == chain_count_; }

  /// `10 rotations × 3! of identical calls`.
  std::string words() const;

  /// Where `chain` goes by the exchange of classes number `permutation`, staying at its place in its class.
  Index image(Index chain, std::size_t permutation) const;
  std::size_t permutation_count() const { return permutations_.size(); }

  /// Replaces the values of all chains by the least that an exchange makes of them.
  void make_canonical(std::vector<std::uint32_t>& values);

 private:
  struct Class {
    std::vector<Index> chains;
    std::vector<Index> actors;  // kNone: nobody else's
  };

  void find_permutations(const std::vector<ChainShape>& shapes);

  std::size_t chain_count_;
  std::vector<Class> classes_;
  std::vector<Index> form_of_class_;
  std::vector<std::vector<Index>> permutations_;  // class i goes where class permutation[i] is; the first is identity
  bool was_cut_ = false;
  std::vector<std::vector<std::uint32_t>> sorted_;
  std::vector<std::uint32_t> least_, image_;
};

}  // namespace actorsim
