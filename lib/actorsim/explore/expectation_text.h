// What a scenario expects, in words: as a person would write it, and as reports name it.
#pragma once

#include <string>
#include <vector>

#include "actorsim/scenario/scenario.h"

namespace actorsim {

struct ExpectationText {
  std::string text;  ///< `verdict: ok`, `A/1.m2: re-entered`, `blocked: >= 1`
  Span span;         ///< of the expectation in the file
};

/// One text for each single fact, in the order of the file: the texts of check_expectations, without a run.
std::vector<ExpectationText> describe_expectations(const Expectations& expectations);

/// `3`, `>= 1`.
std::string to_text(const Comparison& comparison);

}  // namespace actorsim
