// A situation as a person looks at it: who could move and what that would do, who cannot and why, and who is in which
// lock. For those who choose the steps themselves.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/base/outcome.h"
#include "actorsim/explore/step_log.h"
#include "actorsim/explore/walker.h"

namespace actorsim {

/// Short names for reentrancy ids: a header that somebody wrote is shown as it is, those that the runtime generates are
/// `r1`, `r2`, … in the order in which they were asked for.
class IdNames {
 public:
  /// Empty for kNoId.
  const std::string& name(const Walker& walker, ReentrancyId id);
  /// Empty unless it has a name already, or needs none.
  std::string known_name(const Walker& walker, ReentrancyId id) const;
  /// What it is called from now on.
  void set(ReentrancyId id, const std::string& name) { names_[id] = name; }

 private:
  std::map<ReentrancyId, std::string> names_;
  std::size_t generated_ = 0;
};

/// Ids as the records of `run` name them, whose end `world` is.
IdNames name_ids(const World& world, const Run& run);

/// A call that cannot move by itself. Calls are numbers: of SituationView::calls.
struct BlockedCall {
  enum class By : std::uint8_t {
    lock,    ///< it waits for its actor's lock
    held,    ///< it is kept from the lock: its actor leaves or moves
    answer,  ///< it is inside, and its handler waits for the answers of `others`
  };
  /// Will it ever get on? (See SituationView::verdict for when even that may change.)
  enum class Outlook : std::uint8_t {
    open,        ///< it may
    deadlocked,  ///< no: it is on a circle of calls that wait for each other
    stranded,    ///< no: it is behind such a circle, or behind a lock that nobody will release
    behind,      ///< no: it waits for the answer of a call that is stuck
  };
  std::uint32_t call = 0;
  By by = By::lock;
  Outlook outlook = Outlook::open;
  std::string actor;                  ///< its own: whose lock it waits for, or is inside
  std::vector<std::uint32_t> others;  ///< lock: who is inside; answer: whose answers it waits for
  std::vector<std::uint32_t> ahead;   ///< lock: who waits before it
  std::string id;                     ///< with which the lock knows it; empty: none
  std::string held_by;                ///< lock: the id of those inside; empty: none
  bool behind_own_chain = false;      ///< lock: a call of its own chain is inside
  bool reentrancy = false;            ///< of its actor's lock
  bool has_given_up = false;          ///< nobody waits for it any more
};

/// A place in a lock's queue. Calls are numbers: of SituationView::calls.
struct LockSeat {
  std::string id;           ///< empty: none that another call could share
  std::int32_t depth = 0;   ///< as the lock counts it; 0 for those that wait for a lock of a release up to 1.14
  bool is_evicted = false;  ///< its calls are inside, but the lock has forgotten them: a defect
  /// Both empty: a defect has left it behind. kNone: not a call, but the close by a deactivation of the actor.
  std::vector<std::uint32_t> inside, waiting;
};

struct LockView {
  std::string actor;
  bool reentrancy = false;
  bool is_free = false;  ///< nobody holds it; its seats, if any, wait to be let in one after another
  bool is_closed = false;
  std::int64_t max_depth = 0;
  std::vector<LockSeat> seats;  ///< front first: whoever holds it, then the queue; evicted ones last
};

struct SituationView {
  std::vector<CallName> calls;       ///< those that are not over, by number (CallName::serial)
  std::vector<StepRecord> steps;     ///< that can be taken, in the order of Walker::list_moves; their locks are empty
  std::vector<BlockedCall> blocked;  ///< by number
  std::vector<LockView> locks;       ///< by actor; free ones that nobody waits for are left out
  /// The worst that has happened: to calls that are over or stuck, or an overlap. Later steps may change it where a
  /// deactivation or a defect of the lock frees calls that were stuck.
  Verdict verdict = Verdict::ok;
  bool is_stuck = false;  ///< a call is deadlocked or stranded
  bool is_end = false;    ///< nothing can move any more

  const CallName* find(std::uint32_t number) const;
};

/// Describes a situation; calls are numbered by arrival on the way to it. The error is the scenario's fault: one of the
/// steps goes beyond a bound. Cost: a step for each step that is tried: of more than `most_tried` steps the later ones
/// do not say what they would do.
tl::expected<SituationView, Diagnostic> view_situation(
    Walker& walker, const Situation& situation, IdNames& ids,
    std::size_t most_tried = std::numeric_limits<std::size_t>::max());

/// Only what is certain: `verdict` and `is_stuck`; `is_end` if `moves` are none.
SituationView view_verdict(const Walker& walker, const Situation& situation, const std::vector<Move>& moves);

}  // namespace actorsim
