// Where the ways from a player's situation lead, for hints.
#pragma once

#include <cstddef>
#include <optional>

#include "actorsim/explore/player.h"
#include "actorsim/explore/state_graph.h"

namespace actorsim {

/// Knows what the ways from a player's situation lead to, where that can be found out: of a scenario that is too large as
/// soon as what is left of it is not. Finds it out when it is asked for the first time.
class Guide {
 public:
  Guide(Player& player, const StateGraphOptions& options) : player_(player), options_(options) {}

  /// The state of the situation; its views have only verdicts. Null: too much can happen from here.
  const StateGraph::State* here();

  /// The number of a step on the shortest way to where `verdict` is certain; nothing: no way leads there, it is certain
  /// already, or too much can happen from here.
  std::optional<std::size_t> step_to(Verdict verdict);

  /// The state of the beginning, and of the situation after so many steps. Null: the scenario is too large.
  const StateGraph::State* beginning();
  const StateGraph::State* after(std::size_t steps);

 private:
  const StateGraph* whole();
  const StateGraph* rest();
  Index place(std::size_t steps) const;

  Player& player_;
  const StateGraphOptions options_;
  bool has_looked_ = false;
  std::optional<StateGraph> whole_;
  std::optional<StateGraph> rest_;
  std::optional<Schedule> rest_of_;  // the way to where rest_ begins
};

}  // namespace actorsim
