// One order of a scenario's steps that somebody chooses while it goes on, with a way back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/explore/schedule.h"
#include "actorsim/explore/step_log.h"
#include "actorsim/explore/walker.h"

namespace actorsim {

/// Why a scenario cannot be played: it has orders without end, or starts far too many calls.
std::optional<Diagnostic> find_unplayable(const Program& program);

/// Stands in one situation. Going back takes all steps but the last again, so that nothing but the way is remembered.
class Player {
 public:
  /// `program` must outlive the player, and be playable.
  explicit Player(const Program& program);

  /// What can be taken now, as Walker::list_moves lists it; steps are numbered by their places here.
  const std::vector<Move>& moves() const { return moves_; }
  bool is_over() const { return moves_.empty(); }

  const Schedule& schedule() const { return schedule_; }        ///< what has been taken
  const std::vector<std::size_t>& way() const { return way_; }  ///< the same, by numbers
  const Situation& situation() const { return situation_; }
  Walker& walker() { return walker_; }

  /// Takes a step. The error is the scenario's fault; the situation means nothing then.
  tl::expected<StepRecord, Diagnostic> take(std::size_t number);

  /// The number of the step that makes this choice; nothing: it cannot be made now.
  std::optional<std::size_t> find(const Choice& choice) const;

  /// Takes the last `count` steps back, or all there are.
  std::optional<Diagnostic> undo(std::size_t count);

  /// The step of who has been able to move for the longest: first come, first served, as in a run without durations;
  /// deadlines when nothing else is left. There must be one.
  std::size_t first_come() const;

 private:
  using MoverKey = std::tuple<Mover::Kind, Index, std::uint32_t, std::uint32_t, AfterClose>;
  static MoverKey key_of(const Mover& mover);
  void restart();
  void list_moves();

  Walker walker_;
  Situation situation_;
  std::vector<Move> moves_;
  std::map<MoverKey, std::uint64_t> arrivals_;  // of the movers of the moves: which they were of all that came to be
  std::uint64_t next_arrival_ = 0;
  Schedule schedule_;
  std::vector<std::size_t> way_;
};

}  // namespace actorsim
