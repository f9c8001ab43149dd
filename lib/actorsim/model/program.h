// A scenario compiled: types, handlers as flat code, call sites and triggers in dense tables, everything by index.
// Made once by compile(), then read by any number of runs and threads at the same time; it never changes.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "actorsim/base/release.h"
#include "actorsim/base/span.h"
#include "actorsim/base/virtual_time.h"
#include "actorsim/lock/lock_rules.h"
#include "actorsim/model/hosting.h"
#include "actorsim/model/runtime_rules.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

using Index = std::uint32_t;
inline constexpr Index kNone = std::numeric_limits<Index>::max();
inline constexpr Nanoseconds kForever = std::numeric_limits<Nanoseconds>::max();

/// One operation of a handler. Silent operations (loops, conditions) are run together with the visible one before them,
/// so that a waiting handler always stands at a visible operation: one that the outside can notice.
struct Instruction {
  enum class Op : std::uint8_t {
    // visible
    call,     ///< a: site; waits for the answer
    send,     ///< a: site; does not wait
    recurse,  ///< a: site, b: expression of the depth; like call while the depth is not reached, else silent
    sleep,    ///< value: nanoseconds
    fail,     ///< a: failure
    fork,     ///< a: first of b branches in `branches`; value: 1 for join any
    reply,    ///< answers the caller, leaves the lock
    finish,   ///< the end of the handler: answers the caller if nobody did, leaves the lock
    // silent
    branch_end,   ///< the end of a parallel branch
    loop_begin,   ///< a: expression of the count, b: slot of the counter (the count is kept in slot b+1), value: exit
    loop_next,    ///< b: slot of the counter, value: first instruction of the body
    jump_unless,  ///< a: expression, value: where to go if it is 0
    jump_unless_deep,  ///< a: expression of a depth, value: where to go if fewer calls are nested
    jump,              ///< value: where to go
  };
  Op op = Op::finish;
  Index a = kNone;
  Index b = kNone;
  std::int64_t value = 0;
  Span span;
};

/// A handler: what a method of a type does, or what a hop of a chain does.
struct Body {
  Index type = kNone;
  std::string method;
  Index entry = 0;                                   ///< first instruction
  Index slot_count = 0;                              ///< variables: loop counters and those bound by `with`
  std::vector<std::pair<std::string, Index>> bound;  ///< the variables that a caller may bind, and their slots
};

/// `with: {name: value}`.
struct BoundValue {
  std::string name;
  Template value;      ///< over the caller's variables
  Index slot = kNone;  ///< of the called handler; kNone: it does not use the variable, or (kind caller) is not known
};

/// A place from which calls are made: a step, a hop of a chain, or a trigger.
struct CallSite {
  Target::Kind kind = Target::Kind::named;
  Index type = kNone;  ///< known unless kind is caller
  Template id;         ///< variables resolved to slots
  Index body = kNone;  ///< known unless kind is caller; kNone for a type that nobody describes and that is not hosted
  std::string method;  ///< as named (kind caller), or the body's
  HeaderRule::Kind header = HeaderRule::Kind::keep;  ///< by_sdk is resolved; `drop` also for a client that sends none
  Boxed<Template> header_id;
  std::optional<Nanoseconds> timeout;
  Boxed<Retry> retry;
  bool one_way = false;
  bool continue_on_error = false;
  bool is_recursion = false;
  bool header_by_sdk = false;  ///< nothing is written: what the caller's SDK does
  Boxed<Template> label;       ///< `as`
  Boxed<std::vector<BoundValue>> with;
  Index trigger = kNone;
  std::string text;  ///< the target as a report names it where nothing is computed: `Order/1.place`
  Span span;
};

/// Something that the outside does: one call, or a load of `count` calls, of which `$i` is the number.
struct StartTrigger {
  Trigger::Kind kind = Trigger::Kind::call;
  Index site = kNone;  ///< deactivate, rebalance: names the actor only
  Nanoseconds at = 0;
  std::uint32_t count = 1;     ///< timers and reminders: kNone means without end
  Nanoseconds every = 0;       ///< between two calls of the load; 0: all at once
  double rate_per_second = 0;  ///< instead of `every`, where above 0
  std::uint32_t clients = 0;   ///< above 0: a closed loop; each client calls again once its last call has been answered
  Index after = kNone;         ///< starts when that trigger's call has been answered
  Boxed<std::vector<Index>> followers;  ///< the triggers that are `after` this one
  std::uint32_t first_number = 0;       ///< `$i` of its first call
  Index origin = kNone;                 ///< the trigger of the scenario that this one is; kNone: itself
  Index counted_by = kNone;             ///< the trigger that counts its answers for the followers; kNone: itself
  std::uint32_t awaited = 0;            ///< how many answers that one counts; 0: `count`
  Span span;
};

struct FailureSite {
  Template text;
  int status = 500;
};

struct ProgramType {
  std::string name;
  HostedType settings;
  bool hands_header_on = true;           ///< what `header` defaults to in its handlers
  bool callbacks_hand_header_on = true;  ///< the same in handlers of timers and reminders
  Index on_deactivate = kNone;           ///< a body
};

struct Program {
  Release release;
  LockRules lock_rules;
  RuntimeRules rules;
  std::string file;
  std::vector<ProgramType> types;
  std::vector<Body> bodies;
  std::vector<Instruction> code;
  std::vector<Index> branches;  ///< first instruction of each branch of each fork
  std::vector<Expression> expressions;
  std::vector<CallSite> sites;
  std::vector<FailureSite> failures;
  std::vector<StartTrigger> triggers;
  std::vector<Index> reachable_sites;  ///< sites that a run could come to, in file order
  std::int64_t max_calls = 100'000'000;
  Nanoseconds top_drain_timeout = 60 * kSecond;  ///< of the top level of the configuration
  bool top_drain_rebalanced = false;
  Nanoseconds sidecar_drain_timeout = 0;  ///< the longest of the top level's and all types'
  Nanoseconds until = kForever;           ///< the horizon of the plain run
  std::vector<Diagnostic> warnings;

  /// The slot of a variable that callers may bind; kNone where the handler has no use for it.
  Index find_bound(Index body, const std::string& name) const;

  /// The handler of `type` called `method`; kNone where there is none.
  Index find_body(Index type, const std::string& method) const;
};

/// Bounds on what a scenario may do by its own text; hitting one is a scenario error, never silent.
inline constexpr std::uint32_t kMaxCallDepth = 100'000;       ///< calls nested or sent one out of the other
inline constexpr std::uint64_t kMaxEventsAtOnce = 1'000'000;  ///< per root call started, without time moving

}  // namespace actorsim
