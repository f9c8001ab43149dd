// What must come out: `expect`. Internal to scenario/.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// One entry of `expect`: it counts where every axis has one of the values. Without axes it always counts.
struct ConditionalExpectations {
  struct Axis {
    std::string name;
    std::vector<std::string> values;
    Span span;
  };
  std::vector<Axis> when;
  Expectations expectations;
};

/// `expect: {…}` or a list of such with `when`.
std::vector<ConditionalExpectations> read_expect(Reader& reader, DocumentNode node);

}  // namespace actorsim
