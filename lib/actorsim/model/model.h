// The model: the one transition system that every reader of a scenario walks. All semantics of calls, handlers and
// reentrancy ids live here; who chooses the next step lives in explore/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/model/names.h"
#include "actorsim/model/paths.h"
#include "actorsim/model/program.h"
#include "actorsim/model/world.h"

namespace actorsim {

struct Stuck;

/// Who moves in a step.
struct Mover {
  enum class Kind : std::uint8_t {
    trigger,     ///< the outside starts a trigger, or its next call
    activity,    ///< a handler does its next visible operation
    retry,       ///< a call is tried again
    timeout,     ///< the time of a call's `timeout` is over
    idle,        ///< the idle deadline of an instance
    drain,       ///< the drain timeout of an instance (up to 1.14), or of the round
    look_again,  ///< an instance that leaves is looked at again (up to 1.14)
    grant,       ///< a free lock goes to the call that has waited longest (up to 1.14, where all orders are looked at)
  };
  Kind kind = Kind::trigger;
  Index index = 0;  ///< trigger, activity, call slot, instance
  /// What it was made for: an activity's generation, a call's serial, a round's number; idle: kFailedBefore or 0.
  std::uint32_t tag = 0;
  std::uint32_t attempt = 0;                     ///< retry, timeout: of the call
  AfterClose after_close = AfterClose::refused;  ///< which way the release's coin falls where the lock is closed

  friend bool operator==(const Mover&, const Mover&) = default;
};

/// The tag of an idle deadline whose DELETE has failed already.
inline constexpr std::uint32_t kFailedBefore = 1;

/// Deadlines give way: at the same instant, everything else comes first.
constexpr bool is_deadline(Mover::Kind kind) {
  return kind == Mover::Kind::timeout || kind == Mover::Kind::idle || kind == Mover::Kind::drain;
}

/// How a call ended.
struct CallEnd {
  enum class How : std::uint8_t {
    answered,     ///< without error
    failed_step,  ///< `fail`: `failure` says which
    failed_call,  ///< a nested call ended badly: `cause`
    refused_depth,
    refused_closed,
    not_hosted,
    timed_out,  ///< its own timeout passed
    cancelled,  ///< somebody else ended it: `by`
  };
  enum class By : std::uint8_t { nobody, caller, deactivation, rebalance };
  How how = How::answered;
  Index failure = kNone;
  std::uint32_t cause = kNone;  ///< serial of the nested call
  By by = By::nobody;
};

/// Is told what happens, at the moment it happens; the world is as it is right then. Recording is all it may do.
class Observer {
 public:
  virtual ~Observer() = default;

  /// A call was made.
  virtual void made(const World& world, Index call) = 0;
  /// An attempt of a call is kept from the lock for now: a deactivation or a rebalance is going on.
  virtual void held(const World& world, Index call) = 0;
  /// An attempt of a call arrived at the lock. `result` is nothing where no host serves its type.
  virtual void arrived(const World& world, Index call, const std::optional<ArrivalResult>& result) = 0;
  /// A waiting call got in.
  virtual void admitted(const World& world, Index call) = 0;
  /// `call` goes on in another slot of the world, because its earlier attempt stays where it was.
  virtual void reseated(const World& world, Index from, Index to) = 0;
  /// A call was answered or refused for good, as its caller sees it.
  virtual void ended(const World& world, Index call, const CallEnd& end) = 0;
  /// A call ended badly and will be tried again.
  virtual void will_retry(const World& world, Index call, const CallEnd& end) = 0;
  /// An instance is being deactivated; with `moved` because its actor moves to another host.
  virtual void deactivated(const World& world, Index instance, bool moved) = 0;
  /// Nothing but a deadline of an instance can move these calls any more. Calls of which that was said before
  /// (Call::stuck) are among them again as long as they are stuck.
  virtual void became_stuck(const World& world, const Stuck& stuck) = 0;
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
  bool is_stale = false;     ///< the mover had been overtaken: nothing happened
  bool again =
      false;  ///< the mover is a load that makes its next call at the same instant, before what this call causes
  std::optional<Diagnostic> problem;  ///< the scenario went beyond a bound, or a value made no sense; the run is over
};

/// What the model is moved for.
enum class Walk : std::uint8_t {
  one_path,   ///< in virtual time: World::now is kept by whoever moves it
  all_orders  ///< durations mean nothing: calls and ids have names that do not tell in which order things came
              ///< (Call::path), locks up to 1.14 are handed over in steps of their own, actors do not go idle
};

/// The transition system of one program. Stateless but for the names it meets and its scratch space: one per thread.
/// A step is indivisible: from one visible operation of a handler to just before its next.
class Model {
 public:
  explicit Model(const Program& program, Walk walk = Walk::one_path);

  /// Nobody has called anybody yet.
  World initial() const;

  /// The movers that are ready in the initial world, in file order.
  void begin(World& world, StepEffects& effects);

  /// `mover`, which was reported ready and has not moved since, moves. `effects` is cleared first. `observer` may be
  /// null.
  void apply(World& world, const Mover& mover, StepEffects& effects, Observer* observer);

  const Program& program() const { return program_; }
  const Names& names() const { return names_; }
  Names& names() { return names_; }

  /// Where calls and handlers stand in their trees; only for Walk::all_orders.
  const Paths& paths() const { return paths_; }
  Paths& paths() { return paths_; }

  /// Nothing but deadlines is left to move in `world`: says which calls can never get in but by one of them.
  void settle_stuck(World& world, Observer* observer);

  /// The label of a call: its `as`, else its target with the actor's name filled in.
  std::string label(const World& world, Index call) const;

  /// The text that a `fail` of this call answers with.
  std::string failure_text(const World& world, Index call, Index failure);

 private:
  struct Caller {
    Index call = kNone;
    Index activity = kNone;
    Index frame = kNone;  ///< the variables that the call's target, header and label may name
  };

  // Triggers (model_triggers.cpp)
  void release_trigger(World& world, Index trigger);
  void release_followers(World& world, const StartTrigger& trigger);
  void start_trigger(World& world, Index trigger);
  void start_load_call(World& world, Index trigger);
  void fire_callback(World& world, Index trigger);
  Nanoseconds time_to_next(const StartTrigger& trigger, std::uint32_t started) const;
  void note_root_answered(World& world, Index trigger);
  void note_callback_answered(World& world, Index call, const CallEnd& end);
  std::optional<Index> callback_actor(const World& world, Index trigger);
  bool takes_turns(const StartTrigger& trigger) const;
  void wait_for_turn(World& world, Index trigger, Index actor);
  bool& running_timer(World& world, Index actor) const;
  void hand_turn_on(World& world, Index actor);

  // Calls (model.cpp)
  bool make_call(World& world, Index site, const Caller& caller);
  bool set_target(World& world, Call& call, const CallSite& site, const Caller& caller);
  bool set_header(World& world, Call& call, const CallSite& site, const Caller& caller);
  bool set_label(World& world, Call& call, const CallSite& site, const Caller& caller);
  bool bind_variables(World& world, Index call, const CallSite& site, const Caller& caller);
  Index path_of_call(const World& world, const Call& call, const Caller& caller);
  ReentrancyId fresh_id(const World& world, const Call& call);
  void begin_attempt(World& world, Index call);
  void retry(World& world, const Mover& mover);
  void arrive(World& world, Index call);
  Arrival arrival_of(const World& world, const Call& call);
  void enter(World& world, Index call);
  void note_overlap(World& world, Index call);
  void leave(World& world, Index call);
  void pass_through(World& world, Index call);
  void grant(World& world, const Mover& mover);
  void take_lock_effects(World& world, CallEnd::By closer);
  void enter_admitted(World& world);
  void reply(World& world, Index call);
  void main_line_ended(World& world, Index call, const CallEnd& end);
  void end_attempt(World& world, Index call, const CallEnd& end);
  void count_retry(World& world, Call& call);
  void too_many_calls(const CallSite& site, const std::string& what);
  void answer(World& world, Index call, const CallEnd& end);
  void tell_caller(World& world, Index call, const CallEnd& end);

  // Giving up (model_giving_up.cpp)
  void on_timeout(World& world, const Mover& mover);
  void give_up(World& world, Index call, const CallEnd& end);
  void give_up_one(World& world, Index call, const CallEnd& end);
  void abandon(World& world, Index call, const CallEnd& end);
  void stop_handler(World& world, Index call);
  void mark_stuck(World& world);

  // Instances (model_instances.cpp, model_rebalance.cpp)
  Index instance_for(World& world, Index actor);
  void one_call_less(World& world, Index instance);
  Nanoseconds idle_deadline(const Instance& instance) const;
  Nanoseconds time_to_idle(const World& world, const Instance& instance) const;
  void on_idle(World& world, Index instance);
  Nanoseconds idle_period(const HostedType& settings) const;
  void put_off(World& world, Index instance, Nanoseconds period);
  void deactivate_if_allowed(World& world, Index instance);
  void deactivate(World& world, Index instance, bool moved);
  Index path_of_deletion(const World& world, const Call& deletion);
  void note_deactivated(const World& world, Index instance);
  void start_delete(World& world, Index slot);
  void delete_done(World& world, Index slot, bool failed);
  void rebalance(World& world, Index actor);
  void on_drain(World& world, const Mover& mover);
  void leave_table(World& world, Index instance);
  void look_again(World& world, Index instance);
  bool has_claims(const World& world) const;
  void cancel_claims(World& world);
  void begin_round(World& world, Index instance, Index type);
  void finish_round(World& world);
  void end_round(World& world);
  void stop_holding(World& world);
  bool is_held(const World& world, const Call& call) const;
  void hold(World& world, Index type);
  void let_go(World& world, Index type);

  // Activities (model_activities.cpp)
  void move_activity(World& world, const Mover& mover);
  void settle(World& world, Index activity);
  bool run_silent(World& world, Index& activity);
  bool fork(World& world, Index activity, const Instruction& instruction);
  void name_branch(World& world, Index branch, Index parent, Index number);
  Index finish_branch(World& world, Index activity, bool failed);
  void fail_activity(World& world, Index activity, const CallEnd& end);
  void end_activity(World& world, Index activity);
  void give_frame(World& world, Index activity, Index frame, bool is_copy);
  void become_ready(World& world, Index activity, Nanoseconds delay);
  Index new_activity(World& world, Index call, Index pc, Index parent);

  // Tables (model_tables.cpp)
  Index new_call(World& world);
  void free_call_if_over(World& world, Index call);
  Index allocate_slots(World& world, Index count);
  void free_slots(World& world, Index first, Index count);

  // Values (model_values.cpp)
  std::optional<std::int64_t> evaluate(const World& world, Index frame, const Expression& expression);
  std::optional<Index> text_of(const World& world, Index frame, const Template& value);
  void problem(const Span& span, std::string_view code, std::string message, std::string help);

  const Program& program_;
  const Walk walk_;
  Names names_;
  Paths paths_;
  std::vector<Index> fixed_actors_;  // by site: the actor, where type and id are constant; else kNone
  std::int64_t load_number_ = 0;     // `$i` of the load that is making a call
  LockEffects lock_effects_;
  std::vector<Index> admitted_;  // calls that the lock let in and that have not been taken in yet
  bool is_admitting_ = false;
  std::vector<Index> given_up_;                   // calls to cancel because the handler that made them was cut
  AfterClose after_close_ = AfterClose::refused;  // of the step at hand
  StepEffects* effects_ = nullptr;
  Observer* observer_ = nullptr;
  std::uint64_t silent_steps_ = 0;
};

}  // namespace actorsim
