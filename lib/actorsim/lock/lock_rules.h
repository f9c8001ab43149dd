// Which release has which lock: the classes of locks that Dapr shipped, and each class as a value of flags that the one
// machine obeys. What the flags mean in full is written in lock_table.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "actorsim/base/release.h"

namespace actorsim {

/// The releases whose locks behave alike, oldest first. `docs` is no release: it is what the documentation promises.
enum class LockClass : std::uint8_t {
  classic_uuid,  ///< 1.2
  classic,       ///< 1.3.0 to 1.14.5
  ring_1_15_0,   ///< 1.15.0
  ring_1_15,     ///< 1.15.1 to 1.15.14
  ring_1_16_0,   ///< 1.16.0 and 1.16.1
  ring_1_16_2,   ///< 1.16.2 to 1.17.13
  ring_1_18,     ///< 1.18.0 and later
  docs,
};
inline constexpr std::size_t kLockClassCount = 8;

/// `classic-uuid`, `classic`, `ring-1.15.0`, `ring-1.15`, `ring-1.16.0`, `ring-1.16.2`, `ring-1.18`, `docs`.
std::string_view to_word(LockClass lock_class);
std::optional<LockClass> parse_lock_class(std::string_view word);

/// The lock's behaviour as data. A plain value; only the combinations that `rules_for` returns are meant to be used.
struct LockRules {
  LockClass lock_class = LockClass::ring_1_18;

  // The queue.
  bool queues_entries = true;  ///< a ring of entries that same ids share; otherwise a mutex with a depth (classic)
  bool limit_is_at_least_one = false;            ///< a maximum below 1 acts as 1
  bool refusal_keeps_depth = false;              ///< defect: the depth leak
  bool front_can_be_removed_from_empty = false;  ///< defect: the corrupted empty ring

  // The id.
  bool off_generates_header = false;  ///< the application gets a generated header although reentrancy is off
  bool off_generates_lock_id =
      false;  ///< classic: with reentrancy off the lock is taken with a fresh id instead of none
  bool off_takes_header_as_id =
      false;  ///< the header is the entry's id even with reentrancy off (seen in the state only)
  bool no_request_is_anonymous = false;  ///< a call without a request gets an id that nobody learns
  bool replaces_empty_header = false;    ///< a header without values is overwritten by the generated one

  // Giving up and closing.
  bool notices_cancellation = false;          ///< a waiting call leaves when its request is cancelled
  bool leaving_waiter_removes_front = false;  ///< defect: the evicted holder and the ghost
  bool knows_closing = false;                 ///< the lock can be closed at all
  bool close_waits_for_its_turn = false;      ///< a close queues like an anonymous call
  bool close_cancels_holders = false;         ///< the requests of the calls inside are cancelled by a close
  bool refused_by_close_release =
      false;  ///< waiting calls that a close refuses leave their entry; otherwise it keeps their depth
  bool second_close_panics = false;  ///< closing twice is a panic; otherwise nothing

  friend bool operator==(const LockRules&, const LockRules&) = default;
};

LockRules rules_for(LockClass lock_class);

LockClass lock_class_of(const Release& release);
LockRules rules_for(const Release& release);

/// One lock's settings, as handed to the lock's constructor, before any clamping: 0 and negative limits mean what the
/// class makes of them.
struct LockConfig {
  bool enabled = false;
  std::int64_t max_stack_depth = 32;

  friend bool operator==(const LockConfig&, const LockConfig&) = default;
};

}  // namespace actorsim
