// Classes by sorting, then a search for the ways to permute whole classes.
#include "actorsim/explore/symmetry.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace actorsim {
namespace {

constexpr std::size_t kMostPermutations = 4096;
constexpr std::uint64_t kMostTries = 2'000'000;

}  // namespace

Symmetry::Symmetry(const Program& program, const std::vector<ChainShape>& shapes) : chain_count_(shapes.size()) {
  std::map<Index, std::set<Index>> chains_of_actor;
  for (Index chain = 0; chain < shapes.size(); ++chain) {
    for (const Index actor : shapes[chain].actors) chains_of_actor[actor].insert(chain);
  }
  // Chains that come before or after others keep their places.
  const auto stands_alone = [&](Index chain) {
    const StartTrigger& trigger = program.triggers[chain];
    return trigger.after == kNone && !trigger.followers;
  };
  std::map<Words, Index> forms;
  std::map<std::pair<Index, std::vector<Index>>, std::size_t> class_of;
  for (Index chain = 0; chain < shapes.size(); ++chain) {
    const ChainShape& shape = shapes[chain];
    Class entry{{chain}, shape.actors};
    Index form = kNone;
    if (shape.is_known && stands_alone(chain)) {
      form = forms.try_emplace(shape.form, static_cast<Index>(forms.size())).first->second;
      for (Index& actor : entry.actors) {
        if (chains_of_actor[actor].size() == 1) actor = kNone;
      }
      const auto [found, is_new] = class_of.try_emplace({form, entry.actors}, classes_.size());
      if (!is_new) {
        classes_[found->second].chains.push_back(chain);
        continue;
      }
    }
    classes_.push_back(std::move(entry));
    form_of_class_.push_back(form);
  }
  find_permutations(shapes);
}

// Class by class; where a class goes decides where its actors go.
void Symmetry::find_permutations(const std::vector<ChainShape>&) {
  const std::size_t count = classes_.size();
  std::vector<Index> identity(count);
  for (Index i = 0; i < count; ++i) identity[i] = i;
  permutations_ = {identity};
  std::map<Index, Index> image_of_actor, origin_of_actor;
  std::vector<Index> image(count, kNone);
  std::vector<bool> is_taken(count);
  std::uint64_t tries = 0;
  // Classes that share actors stand beside each other, so that a wrong choice shows at once.
  std::vector<Index> order;
  std::vector<bool> is_ordered(count);
  std::set<Index> met;
  while (order.size() < count) {
    Index next = kNone;
    for (Index i = 0; i < count && next == kNone; ++i) {
      const auto& actors = classes_[i].actors;
      const bool is_near = std::any_of(actors.begin(), actors.end(), [&](Index actor) { return met.count(actor) > 0; });
      if (!is_ordered[i] && is_near) next = i;
    }
    for (Index i = 0; i < count && next == kNone; ++i) {
      if (!is_ordered[i]) next = i;
    }
    is_ordered[next] = true;
    order.push_back(next);
    for (const Index actor : classes_[next].actors) {
      if (actor != kNone) met.insert(actor);
    }
  }
  std::vector<std::vector<Index>> found;
  const std::function<bool(std::size_t)> extend = [&](std::size_t depth) {
    if (++tries > kMostTries || found.size() > kMostPermutations) return false;
    if (depth == count) {
      found.push_back(image);
      return true;
    }
    const Index from = order[depth];
    for (Index to = 0; to < count; ++to) {
      const bool is_same_kind = form_of_class_[from] == form_of_class_[to] &&
                                classes_[from].chains.size() == classes_[to].chains.size() &&
                                (form_of_class_[from] != kNone || from == to);
      if (is_taken[to] || !is_same_kind) continue;
      std::vector<std::pair<Index, Index>> added;
      bool fits = true;
      for (std::size_t k = 0; fits && k < classes_[from].actors.size(); ++k) {
        const Index a = classes_[from].actors[k], b = classes_[to].actors[k];
        if (a == kNone || b == kNone) {
          fits = a == b;
          continue;
        }
        const auto forth = image_of_actor.find(a);
        const auto back = origin_of_actor.find(b);
        if (forth == image_of_actor.end() && back == origin_of_actor.end()) {
          image_of_actor[a] = b;
          origin_of_actor[b] = a;
          added.emplace_back(a, b);
        } else {
          fits = forth != image_of_actor.end() && forth->second == b;
        }
      }
      bool goes_on = true;
      if (fits) {
        is_taken[to] = true;
        image[from] = to;
        goes_on = extend(depth + 1);
        is_taken[to] = false;
      }
      for (const auto& [a, b] : added) {
        image_of_actor.erase(a);
        origin_of_actor.erase(b);
      }
      if (!goes_on) return false;
    }
    return true;
  };
  if (!extend(0)) {  // too many to list: identical clients alone are exchanged
    was_cut_ = true;
    return;
  }
  std::erase(found, identity);
  permutations_.insert(permutations_.end(), found.begin(), found.end());
}

void Symmetry::make_canonical(std::vector<std::uint32_t>& values) {
  const std::size_t count = classes_.size();
  sorted_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    sorted_[i].clear();
    for (const Index chain : classes_[i].chains) sorted_[i].push_back(values[chain]);
    std::sort(sorted_[i].begin(), sorted_[i].end());
  }
  // Compared class by class, in their order; the first difference decides.
  const std::vector<Index>* best = &permutations_[0];
  for (std::size_t p = 1; p < permutations_.size(); ++p) {
    const std::vector<Index>& permutation = permutations_[p];
    for (std::size_t i = 0; i < count; ++i) {
      const auto& left = sorted_[permutation[i]];
      const auto& right = sorted_[(*best)[i]];
      if (left == right) continue;
      if (left < right) best = &permutation;
      break;
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<std::uint32_t>& from = sorted_[(*best)[i]];
    for (std::size_t k = 0; k < from.size(); ++k) values[classes_[i].chains[k]] = from[k];
  }
}

Index Symmetry::image(Index chain, std::size_t permutation) const {
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    const std::vector<Index>& chains = classes_[i].chains;
    const auto found = std::find(chains.begin(), chains.end(), chain);
    if (found == chains.end()) continue;
    return classes_[permutations_[permutation][i]].chains[static_cast<std::size_t>(found - chains.begin())];
  }
  return chain;
}

std::string Symmetry::words() const {
  std::vector<std::string> parts;
  if (permutations_.size() > 1) {
    // A rotation moves everything, and one of them makes all the others.
    bool is_cyclic = false;
    for (const std::vector<Index>& permutation : permutations_) {
      std::size_t order = 1;
      std::vector<Index> power = permutation;
      for (; power != permutations_[0] && order <= permutations_.size(); ++order) {
        for (Index& place : power) place = permutation[place];
      }
      is_cyclic = is_cyclic || order == permutations_.size();
    }
    parts.push_back(fmt::format("{} {}", permutations_.size(), is_cyclic ? "rotations" : "exchanges"));
  }
  std::map<std::size_t, std::size_t> classes_of_size;
  for (const Class& one : classes_) {
    if (one.chains.size() > 1) ++classes_of_size[one.chains.size()];
  }
  for (const auto& [size, count] : classes_of_size) {
    parts.push_back(count == 1 ? fmt::format("{}! identical chains", size)
                               : fmt::format("({}!)^{} identical chains", size, count));
  }
  return fmt::format("{}", fmt::join(parts, " × "));
}

}  // namespace actorsim
