// Where the ways from a player's situation lead, for hints.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "actorsim/base/outcome.h"
#include "actorsim/explore/exploration.h"
#include "actorsim/explore/player.h"
#include "actorsim/explore/state_graph.h"

namespace actorsim {

/// Knows what the ways from a player's situation lead to, where that can be found out: of a scenario that is too large
/// as soon as what is left of it is not. Finds it out when it is asked for the first time. `player` must outlive it.
class Guide {
 public:
  Guide(Player& player, const StateGraphOptions& options) : player_(player), options_(options) {}

  /// The state of the situation; its views have only verdicts. Null: too much can happen from here.
  const StateGraph::State* here();

  /// The number of a step on the shortest way to where `verdict` is certain; nothing: no way leads there, it is certain
  /// already, or too much can happen from here.
  std::optional<std::size_t> step_to(Verdict verdict);

  /// Where too much can happen from here: what exploring has found about the whole scenario, if it could.
  struct FarHint {
    enum class What : std::uint8_t {
      nothing,    ///< it could not
      harmless,   ///< no order goes wrong
      step,       ///< the next step of a way from the beginning, which has been followed so far
      elsewhere,  ///< there is a way, but it has been left
    };
    What what = What::nothing;
    Verdict verdict = Verdict::ok;  ///< step, elsewhere: the worst there is
    std::size_t number = 0;         ///< step: which
    std::size_t steps = 0;          ///< step: how many more
  };
  FarHint far_hint();

  /// The state after so many of the player's steps; 0: the beginning. Null: the scenario is too large.
  const StateGraph::State* after(std::size_t steps);

 private:
  const StateGraph* whole();
  const StateGraph* rest();
  const Exploration* explored();
  Index place(std::size_t steps) const;

  Player& player_;
  const StateGraphOptions options_;
  bool has_looked_ = false, has_explored_ = false;
  std::optional<StateGraph> whole_;
  std::optional<StateGraph> rest_;
  std::optional<Schedule> rest_of_;  // the way to where rest_ begins
  std::optional<Exploration> explored_;
};

}  // namespace actorsim
