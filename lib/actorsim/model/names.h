// Texts and actors by number. They stay outside the world, so that a world is numbers only.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/base/index_table.h"
#include "actorsim/lock/lock_table.h"
#include "actorsim/model/program.h"

namespace actorsim {

/// Numbers for the texts and actors that a run meets, in the order in which it meets them. Not for several threads at
/// once.
class Names {
 public:
  Index text(std::string_view text);
  const std::string& text_of(Index text) const { return texts_[text]; }

  Index actor(Index type, Index id);
  std::size_t actor_count() const { return actors_.size(); }
  Index type_of(Index actor) const { return actors_[actor].type; }
  Index id_of(Index actor) const { return actors_[actor].id; }

  /// `Type/id`.
  std::string actor_name(const Program& program, Index actor) const;

  /// Reentrancy ids: one for every text that was sent as a header, one for every id that was generated (`r1`, `r2`, …).
  ReentrancyId literal_id(Index text) const { return (text << 1U) | 1U; }
  static bool is_literal(ReentrancyId id) { return (id & 1U) != 0; }
  static ReentrancyId generated_id(std::uint32_t number) { return number << 1U; }
  std::string id_name(ReentrancyId id) const;

 private:
  struct Actor {
    Index type;
    Index id;
  };
  std::deque<std::string> texts_;
  IndexTable text_index_;
  std::vector<Actor> actors_;
  IndexTable actor_index_;
};

}  // namespace actorsim
