// States that were sent to the table a moment ago. Neighbours in a level lead to the same states, so most of what
// follows is known from here, and never costs a look into memory that is far.
#pragma once

#include <cstdint>
#include <vector>

namespace actorsim {

/// A direct-mapped cache of states of one word that fits into a core's own cache. States are never ~0.
class RecentStates {
 public:
  /// Small searches do without.
  void turn_on() {
    if (states_.empty()) states_.assign(kSize, kNone);
  }

  /// Notes the state; true: it was noted already, and not forgotten since. `hash`: its hash in the table.
  bool note(std::uint64_t state, std::uint64_t hash) {
    if (states_.empty()) return false;
    std::uint64_t& place = states_[(hash >> kShift) % kSize];
    if (place == state) return true;
    place = state;
    return false;
  }

  void forget() { states_.clear(); }

 private:
  static constexpr std::uint64_t kNone = ~std::uint64_t{0};
  static constexpr std::size_t kSize = std::size_t{1} << 18U;
  static constexpr unsigned kShift = 20;  // other bits than those that say where in the table it is

  std::vector<std::uint64_t> states_;
};

}  // namespace actorsim
