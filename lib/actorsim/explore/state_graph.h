// All situations that a small scenario can come to, in every order of its steps, and how far each of them is from every
// way in which it can end. For those who choose the steps themselves, and for pictures of it.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/explore/situation_view.h"
#include "actorsim/model/program.h"

namespace actorsim {

inline constexpr std::uint32_t kMostGraphStates = 2'000;

/// The whole graph; there is no such thing as a part of one. Two ways that come to situations which behave alike for
/// ever come to the same state. Calls and ids are named alike on all ways: calls by their number in `calls`, which
/// stands wherever a view has a number and a CallName its serial; ids by CallNames of the whole graph.
struct StateGraph {
  /// More orders than are counted.
  static constexpr std::uint64_t kCountless = std::numeric_limits<std::uint64_t>::max();

  /// What a verdict is from a state.
  struct Prospect {
    /// Steps to the nearest state where it is certain: for `ok` at the end, else as soon as it has happened (the
    /// state's own verdict is this one). None: no way leads there.
    std::optional<std::uint32_t> steps;
    std::optional<std::uint32_t> steps_to_end;  ///< to the nearest end with this verdict
    std::uint64_t orders = 0;                   ///< of the steps from here that end with it; kCountless: too many
  };

  struct State {
    SituationView view;
    std::vector<Index> after;  ///< by step of the view: the state that it leads to
    std::uint32_t level = 0;   ///< steps from the beginning, on the shortest way
    std::array<Prospect, kVerdictCount> prospects;

    const Prospect& prospect(Verdict verdict) const { return prospects[static_cast<std::size_t>(verdict)]; }
    bool can_end(Verdict verdict) const { return prospect(verdict).steps_to_end.has_value(); }
  };

  std::vector<CallName> calls;  ///< every call of every way; one that a loop makes again is the same
  std::vector<State> states;    ///< the first is the beginning; breadth first, by the order of the steps
};

struct StateGraphOptions {
  /// `none`: views have only verdicts; calls are not numbered. For those who want nothing but the distances.
  enum class Views : std::uint8_t { all, none };
  Views views = Views::all;
  std::uint32_t most_states = kMostGraphStates;
  std::uint64_t most_bytes = 256ULL << 20U;  ///< of situations that wait to be looked at
};

/// Nothing where there are more states, or more to remember, than the options allow: the scenario is too large.
/// Deterministic. The error is the scenario's fault, as with explore().
tl::expected<std::optional<StateGraph>, Diagnostic> build_state_graph(const Program& program,
                                                                      const StateGraphOptions& options = {});

inline tl::expected<std::optional<StateGraph>, Diagnostic> build_state_graph(const Program& program,
                                                                             std::uint32_t most_states) {
  StateGraphOptions options;
  options.most_states = most_states;
  return build_state_graph(program, options);
}

/// The same of what is left from `start` on, a situation of `walker`.
tl::expected<std::optional<StateGraph>, Diagnostic> build_state_graph_from(Walker& walker, const Situation& start,
                                                                           const StateGraphOptions& options = {});

/// A choice on the shortest way from a state to where `verdict` is certain: by the number of the step in its view.
/// Nothing: no way leads there, or it is certain already.
std::optional<std::size_t> step_towards(const StateGraph& graph, Index state, Verdict verdict);

}  // namespace actorsim
