// The lock machine: the locks of many actors as one flat value, moved by pure functions. (The specification is written by the rules below.)
#pragma once

#include <cstdint>
#include <vector>

#include "actorsim/lock/lock_rules.h"

namespace actorsim {

/// A reentrancy id, interned by whoever owns the table: two calls carry the same id exactly when the numbers are equal. 0 is "none".
using ReentrancyId = std::uint32_t;
inline constexpr ReentrancyId kNoId = 0;

/// A call, numbered by the owner: dense, below a bound of the owner's choice, and not reused while the call is waiting or inside.
using CallSlot = std::uint32_t;

/// One lock of the table, numbered from 0 in the order of `add`.
using LockIndex = std::uint32_t;

/// What the request carries as `Dapr-Reentrancy-Id`.
enum class Header : std::uint8_t { absent, present, without_values, no_request };

struct Arrival {
  Header header = Header::absent;
  ReentrancyId id = kNoId;     ///< the header's value, where `header` is present
  ReentrancyId fresh = kNoId;  ///< the id that the runtime takes if it has to generate one; unused by any other call
  bool given_up = false;       ///< the request's context is dead already
};

enum class Admission : std::uint8_t {
  entered,           ///< got in: the lock was free
  re_entered,        ///< got in: the lock found the call's id in front
  queued,            ///< waits
  refused_depth,     ///< maximum stack depth exceeded
  refused_closed,    ///< the actor is being deactivated
  refused_cancelled  ///< its context was dead on arrival (1.16 and later)
};

struct ArrivalResult {
  Admission admission = Admission::entered;
  std::int32_t depth = 0;            ///< of the call's entry (ring) or of the lock (classic) with this call counted; 0 where refused
  ReentrancyId lock_id = kNoId;      ///< the id by which the lock knows the call; kNoId where it uses none that another call could share
  ReentrancyId header_seen = kNoId;  ///< what the application would see as `Dapr-Reentrancy-Id`; kNoId: no header
};

struct Refusal {
  CallSlot call;
  Admission reason;  ///< one of the refused_…
};

/// What one operation did beside its own answer. The vectors are cleared by each operation and keep their capacity.
struct LockEffects {
  std::vector<CallSlot> admitted;           ///< waiting calls that got in, in the order in which they arrived
  std::vector<Refusal> refused;             ///< waiting calls that were refused
  std::vector<CallSlot> cancelled_holders;  ///< calls inside whose request was cancelled
  std::vector<CallSlot> closes_returned;    ///< closes that ended now (1.16.0 and 1.16.1 let a close wait for its turn)
};

/// The locks of any number of actors that follow the same rules. A flat value: copying it copies a few vectors of plain structs.
class LockTable {
 public:
  explicit LockTable(const LockRules& rules);

  /// A new lock, free and open.
  LockIndex add(const LockConfig& config);

  /// `call` asks for `lock`. It must be neither waiting nor inside anywhere.
  ArrivalResult arrive(LockIndex lock, CallSlot call, const Arrival& arrival, LockEffects& effects);

  /// `call`, which is inside, leaves.
  void release(CallSlot call, LockEffects& effects);

  /// The context of `call`, which is waiting or inside, is cancelled. Before 1.16 no lock notices.
  void cancel(CallSlot call, LockEffects& effects);

  /// The actor is deactivated; `closer` names the close (1.16.0 and 1.16.1 queue it like a call). `given_up`: its context is dead already.
  void close(LockIndex lock, CallSlot closer, bool given_up, LockEffects& effects);

  /// Is `call` inside (admitted and not released)? Is it waiting?
  bool is_inside(CallSlot call) const;
  bool is_waiting(CallSlot call) const;

  /// Would `call`, which is inside, move the queue if it and every other call inside with the same entry were released?
  /// (False for holders of a leaked entry: that is what strands the waiters behind it.)
  bool can_move_queue(CallSlot call) const;

  const LockRules& rules() const;
};

}  // namespace actorsim
