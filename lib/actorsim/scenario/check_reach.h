// Which methods of a file anybody can come to. Internal to scenario/.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// Collects over the scenarios of a file, which may share actors: a method that one of them reaches is in use.
class ReachCheck {
 public:
  void add(const Scenario& scenario);

  /// Warns about methods that nobody calls, and about those that only such methods call.
  void report(Reader& reader) const;

 private:
  struct Known {
    std::string type, method;
    Span span;
    bool is_named = false;
    bool is_reached = false;
  };

  Known& find(const ActorType& type, const Method& method);

  std::vector<Known> methods_;
};

}  // namespace actorsim
