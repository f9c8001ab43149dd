// What the steps of a schedule do, one by one, for those who tell it to a person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/base/outcome.h"
#include "actorsim/explore/run.h"
#include "actorsim/explore/schedule.h"
#include "actorsim/explore/walker.h"

namespace actorsim {

/// A call as a step names it.
struct CallName {
  std::uint32_t serial = 0;  ///< by arrival on this way, from 0
  std::string label;
  std::string actor, method;
  std::string caller;  ///< the caller's actor; empty: nobody called it
  Starter starter = Starter::client;
  bool one_way = false;
  Choice chain;        ///< whose steps are its steps; the alternative means nothing
  Index path = kNone;  ///< its place in the chain's tree of calls: with `chain` it names the call alike on every way
};

/// Something that a step did.
struct StepEvent {
  enum class What : std::uint8_t {
    entered,      ///< the call arrived and got in
    re_entered,   ///< it arrived and got in because its id was inside
    waits,        ///< it arrived and waits; `others`: who is inside
    held,         ///< it arrived and is kept from the lock: its actor leaves or moves
    admitted,     ///< it had waited, and gets in
    answered,     ///< it was answered without an error
    ended_badly,  ///< `outcome` says how
    will_retry,   ///< it ended badly, and will be tried again
    deactivated,  ///< its actor was deactivated, or moved; only `call.actor` means something
    overlapped,   ///< it got in beside `others`
  };
  What what = What::entered;
  CallName call;
  std::int32_t depth = 0;  ///< entered, re-entered, admitted: of the call
  std::vector<CallName> others;
  Outcome outcome = Outcome::entered;
};

/// A call that is not over, by its slot.
CallName name_call(const Walker& walker, const World& world, Index slot);

/// A lock that somebody holds or waits for.
struct LockLine {
  std::string actor;
  std::vector<std::uint32_t> inside, waiting;  ///< serials, ascending
  bool is_free = false;
  bool is_closed = false;
};

struct StepRecord {
  Choice choice;
  Mover::Kind kind = Mover::Kind::trigger;
  std::string subject;  ///< the label of the call that moves; empty: none does
  std::vector<StepEvent> events;
  std::vector<LockLine> locks;  ///< after the step, by actor; free ones that nobody waits for are left out
};

/// Takes a step that Walker::list_moves has listed, and notes in `record` what it does (but for the locks). The error
/// is the scenario's fault.
std::optional<Diagnostic> take_and_tell(Walker& walker, Situation& situation, const Move& move,
                                        std::vector<CallOutcome>& outcomes, StepRecord& record);

/// Does nobody hold the lock? Calls may wait for it all the same (releases up to 1.14).
bool is_lock_free(const Walker& walker, const World& world, Index instance);

std::vector<LockLine> list_locks(const Walker& walker, const Situation& situation);

/// The steps of a schedule that replay() takes, which numbers calls alike.
tl::expected<std::vector<StepRecord>, Diagnostic> tell_steps(const Program& program, const Schedule& schedule);

}  // namespace actorsim
