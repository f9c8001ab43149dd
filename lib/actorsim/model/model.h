// The model: the one transition system that every reader of a scenario walks. All semantics of calls, handlers and reentrancy ids
// live here; who chooses the next step lives in explore/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/model/names.h"
#include "actorsim/model/program.h"
#include "actorsim/model/world.h"

namespace actorsim {

/// Who moves in a step.
struct Mover {
  enum class Kind : std::uint8_t {
    trigger,   ///< the outside starts a trigger
    activity,  ///< a handler does its next visible operation
    retry,     ///< the runtime tries a refused call again
  };
  Kind kind = Kind::trigger;
  Index index = 0;

  friend bool operator==(const Mover&, const Mover&) = default;
};

/// How a call ended.
struct CallEnd {
  enum class How : std::uint8_t {
    answered,         ///< without error
    failed_step,      ///< `fail`: `failure` says which
    failed_call,      ///< a nested call ended badly: `cause`
    refused_depth,
    refused_closed,
    refused_cancelled,
    not_hosted,
  };
  How how = How::answered;
  Index failure = kNone;
  std::uint32_t cause = kNone;  ///< serial of the nested call
};

/// Is told what happens, at the moment it happens; the world is as it is right then. Recording is all it may do.
class Observer {
 public:
  virtual ~Observer() = default;

  /// A call arrived (again, where it is another attempt). `result` is nothing where no host serves its type.
  virtual void arrived(const World& world, Index call, const std::optional<ArrivalResult>& result) = 0;
  /// A waiting call got in.
  virtual void admitted(const World& world, Index call) = 0;
  /// A call was answered or refused for good.
  virtual void ended(const World& world, Index call, const CallEnd& end) = 0;
  /// `entering` got in beside `inside`, a call of another chain.
  virtual void overlapped(const World& world, Index entering, Index inside) = 0;
};

/// What a step caused.
struct StepEffects {
  struct Ready {
    Mover mover;
    Nanoseconds delay;
  };
  std::vector<Ready> ready;  ///< movers that can move now, after their delay, in the order in which they came to be
  bool again = false;        ///< the mover is a load that makes its next call at the same instant, before what this call causes
  std::optional<Diagnostic> problem;  ///< the scenario went beyond a bound, or a value made no sense; the run is over
};

/// The transition system of one program. Stateless but for the names it meets and its scratch space: one per thread.
/// A step is indivisible: from one visible operation of a handler to just before its next.
class Model {
 public:
  explicit Model(const Program& program);

  /// Nobody has called anybody yet.
  World initial() const;

  /// The movers that are ready in the initial world, in file order.
  void begin(World& world, StepEffects& effects);

  /// `mover`, which was reported ready and has not moved since, moves. `effects` is cleared first. `observer` may be null.
  void apply(World& world, const Mover& mover, StepEffects& effects, Observer* observer);

  const Program& program() const { return program_; }
  const Names& names() const { return names_; }
  Names& names() { return names_; }

  /// The label of a call: its `as`, else its target with the actor's name filled in.
  std::string label(const World& world, Index call) const;

  /// The text that a `fail` of this call answers with.
  std::string failure_text(const World& world, Index call, Index failure);

 private:
  void release_trigger(World& world, Index trigger);
  void start_trigger(World& world, Index trigger);
  Nanoseconds time_to_next(const StartTrigger& trigger, std::uint32_t started) const;
  void note_root_answered(World& world, Index trigger);
  void move_activity(World& world, Index activity);

  // Calls
  struct Caller {
    Index call = kNone;
    Index activity = kNone;
  };
  bool make_call(World& world, Index site, const Caller& caller);
  bool set_target(World& world, Call& call, const CallSite& site, const Caller& caller);
  bool set_label(World& world, Call& call, const CallSite& site, const Caller& caller);
  bool set_header(World& world, Call& call, const CallSite& site, const Caller& caller);
  bool bind_variables(World& world, Index call, const CallSite& site, const Caller& caller);
  void arrive(World& world, Index call);
  void enter(World& world, Index call);
  void leave(World& world, Index call);
  void refuse(World& world, Index call, CallEnd::How how);
  void end_call(World& world, Index call, const CallEnd& end);
  void answer(World& world, Index call, const CallEnd& end);
  void tell_caller(World& world, Index call, const CallEnd& end);
  void note_overlap(World& world, Index call);

  // Activities
  void settle(World& world, Index activity);
  bool run_silent(World& world, Index& activity);
  void fork(World& world, Index activity, const Instruction& instruction);
  Index finish_branch(World& world, Index activity, bool failed);
  void fail_activity(World& world, Index activity, const CallEnd& end);
  void end_activity(World& world, Index activity);
  void become_ready(World& world, Index activity);

  // Tables
  Index new_call(World& world);
  Index new_activity(World& world, Index call, Index pc, Index parent);
  void free_call_if_over(World& world, Index call);
  ActorState& actor_state(World& world, Index actor);
  Index allocate_slots(World& world, Index count);
  void free_slots(World& world, Index first, Index count);

  // Values
  std::optional<std::int64_t> evaluate(const World& world, Index call, const Expression& expression);
  std::optional<Index> text_of(const World& world, Index call, const Template& value);
  void problem(const Span& span, std::string_view code, std::string message, std::string help);

  const Program& program_;
  Names names_;
  std::vector<Index> fixed_actors_;  // by site: the actor, where type and id are constant; else kNone
  std::int64_t load_number_ = 0;     // `$i` of the load that is making a call
  LockEffects lock_effects_;
  StepEffects* effects_ = nullptr;
  Observer* observer_ = nullptr;
  std::uint64_t silent_steps_ = 0;
};

}  // namespace actorsim
