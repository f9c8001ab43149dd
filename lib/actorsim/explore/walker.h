// Walking through all orders of a scenario's steps: which steps can be taken, and what taking one does. The semantics
// are the Model's; here is only what may happen when.
//
// Every duration and every `at` is ignored. Whatever can happen may happen next: a trigger starts, a handler goes on,
// a call is tried again, a `timeout` passes at any moment until its call has been answered, a free lock of a release
// up to 1.14 is handed over or taken by a newcomer, a call that comes to a closed lock goes any way in which the
// release lets chance decide, a drain timeout passes. Always kept: the order within a handler, `after`, and one step
// at a time. Actors do not go idle by themselves; calls of one load are not ordered, those of a closed loop
// (`clients`) start one after another.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "actorsim/base/outcome.h"
#include "actorsim/explore/schedule.h"
#include "actorsim/model/model.h"
#include "actorsim/model/wait_for.h"

namespace actorsim {

/// What a walk has come to: the world, and what a world does not know.
struct Situation {
  World world;
  std::vector<Mover> pending;               ///< movers that cannot be read off the world
  std::vector<std::vector<Index>> reached;  ///< by trigger, the last for handlers of deactivations: the sites reached
  Verdict verdict = Verdict::ok;            ///< of the calls that have ended so far, and of overlaps
};

/// A step that can be taken.
struct Move {
  Mover mover;
  Choice choice;
  Index trigger = kNone;  ///< of the unrolled program; kNone: a deadline of an instance
};

/// What became of a call in a step.
struct CallOutcome {
  Index label = kNone;  ///< of Walker::label_text
  Outcome outcome = Outcome::entered;

  friend auto operator<=>(const CallOutcome&, const CallOutcome&) = default;
};

/// Steps through the orders of one program. Not for several threads at once; a Situation belongs to the Walker that
/// made it. Cost of a step: linear in the world's size.
class Walker {
 public:
  /// `program` must outlive the walker. Its loads are unrolled.
  explicit Walker(const Program& program);

  Walker(const Walker&) = delete;
  Walker& operator=(const Walker&) = delete;

  Situation initial();

  /// The steps that can be taken: by trigger, deadlines last; those of one trigger by their place in its tree of calls,
  /// timeouts last. The order does not depend on how the situation came about.
  void list_moves(const Situation& situation, std::vector<Move>& moves);

  /// Takes a step that list_moves has listed. What became of calls is appended to `outcomes`. The error is the
  /// scenario's fault. `observer` (may be null) is told as well.
  std::optional<Diagnostic> take(Situation& situation, const Move& move, std::vector<CallOutcome>& outcomes,
                                 Observer* observer = nullptr);

  /// What the step taken last has made ready, in the order in which it came to be. Means nothing any more after
  /// list_moves.
  const std::vector<StepEffects::Ready>& made_ready() const { return effects_.ready; }

  /// Says what is stuck now, for good: whatever steps are taken, these calls do not move. Appends to `outcomes` what
  /// becomes of them, and raises the verdict. Nothing may be taken afterwards.
  void settle(Situation& situation, std::vector<CallOutcome>& outcomes);

  /// Is anything stuck for good?
  Stuck stuck(const Situation& situation) const { return find_stuck(program_, situation.world); }

  /// Labels of sites that no call has reached, for a situation in which nothing moves any more.
  std::vector<Index> skipped(const Situation& situation);

  const Program& program() const { return program_; }  ///< with its loads unrolled
  const Model& model() const { return model_; }
  Model& model() { return model_; }
  Index label(const std::string& text);
  const std::string& label_text(Index label) const { return model_.names().text_of(label); }

 private:
  class Watcher;
  friend class Watcher;

  void add_triggers(const Situation& situation, std::vector<Move>& moves) const;
  void add_calls(const World& world, std::vector<Move>& moves) const;
  void add_closed_lock_ways(const Situation& situation, std::vector<Move>& moves);
  void keep_pending(Situation& situation) const;
  bool is_over(const World& world, const Mover& mover) const;
  Index origin(Index trigger) const;

  const Program program_;
  Model model_;
  StepEffects effects_;
};

}  // namespace actorsim
