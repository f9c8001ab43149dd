// Interning.
#include "actorsim/model/names.h"

#include <functional>

namespace actorsim {

namespace {

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

}  // namespace

Index Names::text(std::string_view text) {
  const Index found = text_index_.find(hash_of(text), [&](Index index) { return texts_[index] == text; });
  if (found != IndexTable::kNothing) return found;
  texts_.emplace_back(text);
  const auto index = static_cast<Index>(texts_.size() - 1);
  text_index_.add(index, [&](Index any) { return hash_of(texts_[any]); });
  return index;
}

Index Names::actor(Index type, Index id) {
  const auto key = [](const Actor& actor) { return (std::uint64_t{actor.type} << 32U) | actor.id; };
  const Actor wanted{type, id};
  const Index found = actor_index_.find(key(wanted), [&](Index index) { return key(actors_[index]) == key(wanted); });
  if (found != IndexTable::kNothing) return found;
  actors_.push_back(wanted);
  const auto index = static_cast<Index>(actors_.size() - 1);
  actor_index_.add(index, [&](Index any) { return key(actors_[any]); });
  return index;
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
