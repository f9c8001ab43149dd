// Interning by ordered maps: only explorers name things, and they do so once for each new name.
#include "actorsim/model/paths.h"

#include <algorithm>
#include <tuple>

namespace actorsim {

Index Paths::child(const Step& step) {
  const auto [found, is_new] = index_.try_emplace(step, static_cast<Index>(steps_.size()));
  if (is_new) steps_.push_back(step);
  return found->second;
}

std::vector<Index> Paths::way_to(Index path) const {
  std::vector<Index> way;
  for (; path != kNone; path = steps_[path].parent) way.push_back(path);
  std::reverse(way.begin(), way.end());
  return way;
}

bool Paths::call_comes_before(Index left, Index right) const {
  if (left == right) return false;
  const std::vector<Index> a = way_to(left), b = way_to(right);
  const auto comes_first = [this](Index one, Index other) {
    const Step &x = steps_[one], &y = steps_[other];
    if (x.place != y.place) return thread_comes_before(x.place, y.place);
    return std::tie(x.which, x.occurrence) < std::tie(y.which, y.occurrence);
  };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), comes_first);
}

bool Paths::thread_comes_before(Index left, Index right) const {
  if (left == right) return false;
  const std::vector<Index> a = way_to(left), b = way_to(right);
  const auto comes_first = [this](Index one, Index other) {
    const Step &x = steps_[one], &y = steps_[other];
    return std::tie(x.place, x.which, x.occurrence) < std::tie(y.place, y.which, y.occurrence);
  };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), comes_first);
}

std::uint32_t Paths::id_number(const IdOwner& owner) {
  const auto [found, is_new] = id_numbers_.try_emplace(owner, static_cast<std::uint32_t>(id_owners_.size() + 1));
  if (is_new) id_owners_.push_back(owner);
  return found->second;
}

}  // namespace actorsim
