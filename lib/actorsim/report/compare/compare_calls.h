// Which call of one run is which of another. Internal to report/compare/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "actorsim/explore/run.h"

namespace actorsim {

/// When the call ended. Nothing for a call that is stuck, or waits for one that is: a plain run does not follow such
/// calls to the end that a deadline of their actors makes; it tells when the deadlock is broken up.
std::optional<Nanoseconds> end_of(const CallRecord& call);

/// Calls of several runs of one scenario, matched: those with the same caller and the same label are matched in the
/// order in which they came. Cost: n log n in the calls.
class MatchedCalls {
 public:
  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

  struct Entry {
    std::string label, target;
    std::size_t caller = kNobody;          ///< an entry; kNobody: no call
    Starter starter = Starter::client;     ///< who made it, if no call did
    std::vector<const CallRecord*> calls;  ///< one for each run; null: not made there
  };

  explicit MatchedCalls(const std::vector<const Run*>& runs);

  /// As a tree, depth first; the callers stand before what they called.
  std::vector<Entry> in_order() const;

 private:
  using Key = std::tuple<std::size_t, Index, std::string, std::size_t>;  // caller, trigger, label, which of them
  void add(const Run& run, std::size_t number, std::size_t runs);

  std::map<Key, std::size_t> known_;
  std::vector<Entry> entries_;  // in order of first appearance
};

}  // namespace actorsim
