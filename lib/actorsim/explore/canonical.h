// A situation as words that do not tell how it came about: two situations with equal words behave alike for ever.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "actorsim/explore/walker.h"
#include "actorsim/explore/word_set.h"

namespace actorsim {

/// What of a call's past is written.
enum class History : std::uint8_t {
  none,     ///< nothing that only its outcome's word depends on
  outcomes  ///< whether it had to wait or re-entered, and which sites were reached
};

/// Writes situations of one walker as words. Calls are named by their places in their trees and instances by their
/// actors; slots, serial numbers, and everything that only reports show are left out. Cost: linear in the world, and
/// sorting its calls.
class CanonicalForm {
 public:
  CanonicalForm(const Walker& walker, History history) : program_(walker.program()), history_(history) {}

  /// Replaces `words`.
  void write(const Situation& situation, Words& words);

 private:
  void name_calls(const World& world);
  void name_instances(const World& world);
  void write_call(const World& world, Index slot, Words& words) const;
  void write_activities(const World& world, const Call& call, Words& words);
  void write_variables(const World& world, Index first, Index count, Words& words) const;
  void write_instances(const World& world, Words& words) const;
  void write_rest(const Situation& situation, Words& words) const;

  const Program& program_;
  const History history_;
  std::map<std::array<Index, 4>, Index> names_;  // trigger, number, path, and which attempt if it was left behind
  std::vector<Index> calls_;                     // slots, by name
  std::vector<Index> call_names_;                // by slot
  std::vector<Index> instances_;                 // in order
  std::vector<Index> instance_names_;
  std::vector<Index> threads_;
};

}  // namespace actorsim
