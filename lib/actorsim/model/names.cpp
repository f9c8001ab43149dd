// Interning.
#include "actorsim/model/names.h"

namespace actorsim {

Index Names::text(std::string_view text) {
  const auto found = text_index_.find(text);
  if (found != text_index_.end()) return found->second;
  texts_.emplace_back(text);
  const auto index = static_cast<Index>(texts_.size() - 1);
  text_index_.emplace(texts_.back(), index);
  return index;
}

Index Names::actor(Index type, Index id) {
  const std::uint64_t key = (std::uint64_t{type} << 32U) | id;
  const auto [found, is_new] = actor_index_.try_emplace(key, static_cast<Index>(actors_.size()));
  if (is_new) actors_.push_back({type, id});
  return found->second;
}

std::string Names::actor_name(const Program& program, Index actor) const {
  return program.types[type_of(actor)].name + "/" + text_of(id_of(actor));
}

std::string Names::id_name(ReentrancyId id) const {
  if (id == kNoId) return "";
  if ((id & 1U) != 0) return text_of(id >> 1U);
  return "r" + std::to_string(id >> 1U);
}

}  // namespace actorsim
