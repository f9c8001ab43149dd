// What a scenario expects, held against what a run gave.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actorsim/explore/run.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

struct ExpectationResult {
  std::string text;  ///< as a person would write it: `verdict: ok`, `calls.Order/1.confirm.outcome: blocked`
  std::string got;   ///< what came instead; empty where it passed
  Span span;         ///< of the expectation in the file; the start of the file where it is implied
  bool passed = true;
  bool is_of_all_orders = false;     ///< `never`, `possible` or `always`; the rest is for these
  bool is_undecided = false;         ///< it did not pass, and a bound was hit before it could fail
  std::optional<Schedule> schedule;  ///< comes to what came instead
  std::string leads_to;              ///< what that is: `deadlock`, `checkout: blocked`
};

/// One result per single fact that the scenario states, in file order. `warnings`: what was said of this case.
/// Errors (a key that matches no call, with "did you mean") are the scenario's fault.
tl::expected<std::vector<ExpectationResult>, Diagnostics> check_expectations(
    const Expectations& expectations, const Program& program, const Run& run,
    const std::vector<Diagnostic>& warnings = {});

/// The labels that the expectations ask about, for RunOptions::wanted_labels.
std::vector<std::string> labels_asked_for(const Expectations& expectations);

/// The options with which a run tells everything that is asked here.
RunOptions options_for(const Expectations& expectations);

}  // namespace actorsim
