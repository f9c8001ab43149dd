// What happened to one lock, operation by operation, and whether the pure machine says the same of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "actorsim/lock/lock_table.h"

namespace actorsim {

/// One operation on a lock between threads, and what the lock answered.
struct LockEvent {
  enum class Kind : std::uint8_t {
    arrive,    ///< a call came
    release,   ///< a call left
    cancel,    ///< the request of a call was cancelled
    close,     ///< the actor was deactivated
    returned,  ///< a thread came back from waiting, or never waited, with `told`
    break_up,  ///< somebody gave up on the lock: no call waits any more, whatever the release would do
  };
  Kind kind = Kind::arrive;
  CallSlot call = 0;
  std::uint32_t caller = 0;             ///< arrive, returned: as the thread named itself
  Arrival arrival;                      ///< arrive
  bool given_up = false;                ///< close
  ArrivalResult answer;                 ///< arrive
  Admission told = Admission::entered;  ///< returned: `entered` stands for every way to get in
  LockEffects effects;                  ///< on other calls
};
std::string_view to_word(LockEvent::Kind kind);

/// Is told of every operation at the moment at which it happens, in one order, by whichever thread did it.
class LockWatch {
 public:
  virtual ~LockWatch() = default;

  /// The lock's mutex is held: nothing that could come back to this lock may be done.
  virtual void happened(const LockEvent& event) = 0;
};

/// Does it all again on a fresh machine, up to a break-up. Nothing: each answer was the same, and each thread was told
/// what the machine says. Else what was not, and at which event (counted from 1).
std::optional<std::string> replay_lock_log(const LockRules& rules, const LockConfig& config,
                                           const std::vector<LockEvent>& log);

/// An event on one line, in which nothing is a scenario's text: `arrive call 2 id 1 -> queued, depth 1`.
std::string to_string(const LockEvent& event);

}  // namespace actorsim
