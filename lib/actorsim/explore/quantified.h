// What a scenario expects of all orders of its steps (`never`, `possible`, `always`), held against an exploration.
//
// A verdict is that of a complete run in some order. What is said of a call is said of every call with that label, in
// every order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "actorsim/explore/expectations.h"
#include "actorsim/explore/exploration.h"

namespace actorsim {

/// One thing that is expected of all orders. The entries of `always` that speak of the same thing are one demand.
struct Demand {
  enum class Kind : std::uint8_t {
    never,     ///< no order comes to any of `wanted`
    possible,  ///< some order comes to one of `wanted`
    always     ///< no order comes to anything but `wanted`
  };
  Kind kind = Kind::never;
  std::string label;         ///< of calls; empty: it is about verdicts
  std::uint16_t wanted = 0;  ///< bits 1 << Outcome, or 1 << Verdict
  Span span;                 ///< of its first entry
  Span label_span;

  bool is_about_calls() const { return !label.empty(); }
};

/// In the order of the file.
std::vector<Demand> demands_of(const Expectations& expectations);

/// `never: deadlock`, `possible: checkout blocked`, `always: ok or failed`.
std::string to_text(const Demand& demand);

/// Is anything expected of all orders?
bool speaks_of_all_orders(const Expectations& expectations);

/// The least that an exploration must answer for check_all_orders.
Goal goal_for(const Expectations& expectations);

/// One result for each demand, in file order. Where the exploration is not complete, what was found may still decide:
/// one bad order is enough against `never` and `always`, one good one for `possible`; else the result is undecided.
/// `options`: those of the exploration. Where they want schedules, a failed result has one to what came instead.
/// Errors (a label that no call has) are the scenario's fault.
tl::expected<std::vector<ExpectationResult>, Diagnostics> check_all_orders(const Expectations& expectations,
                                                                           const Program& program,
                                                                           const Exploration& exploration,
                                                                           const ExploreOptions& options = {});

}  // namespace actorsim
