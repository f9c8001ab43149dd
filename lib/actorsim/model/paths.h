// Names that do not depend on the order in which things happened: where a call or a thread of control stands in the
// tree of calls that its root call makes. Two worlds that differ only in the order of independent steps name everything
// alike.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "actorsim/model/program.h"

namespace actorsim {

/// Numbers for places, in the order in which they are first met. Not for several threads at once.
class Paths {
 public:
  /// A call: `parent` is the calling call's path, `place` the calling thread's, `which` the site. A thread of control:
  /// `parent` is the forking thread's path, `place` the instruction of the fork, `which` the branch. `occurrence`
  /// tells apart those that live at the same time.
  struct Step {
    Index parent = kNone;
    Index place = kNone;
    Index which = kNone;
    Index occurrence = 0;

    friend auto operator<=>(const Step&, const Step&) = default;
  };

  Index child(const Step& step);
  const Step& at(Index path) const { return steps_[path]; }

  /// A total order of calls that does not depend on when they were met: outer before inner, then by the calling thread.
  bool call_comes_before(Index left, Index right) const;

  /// The same for threads of control: the main line (kNone) before its branches, those by the place of their fork.
  bool thread_comes_before(Index left, Index right) const;

  /// For whom an id was generated: trigger, number, path, and how many ids of that name are still about.
  using IdOwner = std::array<Index, 4>;
  std::uint32_t id_number(const IdOwner& owner);
  const IdOwner& id_owner(std::uint32_t number) const { return id_owners_[number - 1]; }

 private:
  std::vector<Index> way_to(Index path) const;

  std::vector<Step> steps_;
  std::map<Step, Index> index_;
  std::vector<IdOwner> id_owners_;
  std::map<IdOwner, std::uint32_t> id_numbers_;
};

}  // namespace actorsim
