// What the runtime around the lock does, release by release, as data: callbacks, giving up, built-in retries,
// deactivation, rebalancing. The lock's own rules are in lock/lock_rules.h, the configuration's in model/hosting.h.
// Sources are Dapr files at release tags.
#pragma once

#include <cstdint>

#include "actorsim/base/release.h"
#include "actorsim/base/virtual_time.h"

namespace actorsim {

/// How a timer's or a reminder's callback takes the lock, and whether its handler sees a reentrancy id.
enum class CallbackLock : std::uint8_t {
  /// a fresh request, id generated and seen: up to 1.14 (actors.go@v1.14.0 L1219–1268), 1.17 (app.go@v1.17.0 L66), docs
  like_a_call,
  anonymous,        ///< without a request: 1.15, 1.16 (engine.go@v1.15.0 L124, app.go@v1.16.0 L153, L190)
  id_never_leaves,  ///< the id is generated into a request that is thrown away: 1.18 (app.go@v1.18.3 L68–71, L92–95)
};

/// Which timers run one after another, before they come to a lock. One that is due while another runs waits for it.
enum class TimerTurns : std::uint8_t {
  none,            ///< one thread for each timer: up to 1.13, docs
  of_the_sidecar,  ///< all timers of a sidecar (kit queue): 1.14.0 to 1.18.1
  of_the_actor,    ///< a loop for each actor: from 1.18.2
};

/// What happens to an actor that has reached its idle deadline.
enum class IdleStyle : std::uint8_t {
  /// up to 1.12: looked at each scan interval; skipped while busy; calls run beside the DELETE, on the same lock
  scan_keep_lock,
  scan_new_lock,  ///< 1.13: the same, but the actor leaves the table first: calls get a new lock, beside the DELETE
  /// 1.14: at the exact time; a busy actor is postponed by 10 s (actors.go@v1.14.0); a new lock, beside the DELETE
  postpone_busy,
  /// 1.15: busy or not. Waiting calls are refused, running ones go on without a lock; all calls of the sidecar wait for
  /// the DELETE
  close_and_go_on,
  close_in_turn,  ///< 1.16.0, 1.16.1: the close waits its turn; the closed lock stays until the DELETE is over
  /// from 1.16.2: busy or not. Waiting calls are refused, running ones are cut; calls of that type wait for the DELETE
  close_and_cut,
  never_busy,  ///< docs: a busy actor is not idle; calls wait for the DELETE
};

/// How an actor leaves for another host.
enum class RebalanceStyle : std::uint8_t {
  /// up to 1.14 (actors.go@v1.14.0 L994–1044): drained if asked for; nothing is cancelled; new calls go to the new
  /// host, even those of a chain that is inside; since 1.8 they wait for the move first, for 5 s at most
  drain_then_move,
  /// 1.15, 1.16 (placement.go@v1.15.0 L103): all calls wait, all running calls are cancelled after 2 s
  stop_the_sidecar,
  drain_all_types,  ///< 1.17: all calls wait; running calls of every type are cancelled after the drain timeout
  drain_one_type,   ///< from 1.18, docs: the same for the calls of that type only
};

struct RuntimeRules {
  CallbackLock callback_lock = CallbackLock::id_never_leaves;
  TimerTurns timer_turns = TimerTurns::of_the_actor;
  bool failed_timer_stops = false;  ///< defect #8548: a timer whose callback failed is deleted: 1.15.0 to 1.15.2

  bool giving_up_cuts_handler =
      true;  ///< a request whose client has gone is cancelled: since 1.14. Before, it runs to its end
  bool abandoned_waiter_runs =
      false;  ///< a waiting call whose client has gone gets in later and runs in full: up to 1.13

  // The built-in policy: 5 more attempts, 1 s apart.
  bool retries_depth_error = false;   ///< 1.15.6 to 1.15.14: it is not marked permanent (engine.go@v1.15.6 L232–235)
  bool retries_closed_error = false;  ///< the same releases, and since 1.17 (router.go@v1.18.3 L248)
  bool retries_drained_call = false;  ///< a running call cancelled by a rebalance: since 1.17

  IdleStyle idle = IdleStyle::close_and_cut;
  RebalanceStyle rebalance = RebalanceStyle::drain_one_type;
  /// drain_all_types: for as long as the longest of the types' timeouts, not the top level's: since 1.17.7
  /// (inflight.go@v1.17.7 L98–115)
  bool drains_by_longest = false;
  bool depth_error_keeps_busy =
      false;  ///< defect: a refused call counts as pending for ever: up to 1.14 (actor.go@v1.14.0 L121–127)
  bool move_holds_calls =
      false;  ///< drain_then_move: the placement tables stay blocked until the actor has gone: since 1.8
  Nanoseconds move_poll = 0;  ///< drain_then_move: how often it looks whether the old instance has become free

  friend bool operator==(const RuntimeRules&, const RuntimeRules&) = default;
};

inline constexpr std::uint8_t kBuiltInRetries = 5;
inline constexpr Nanoseconds kBuiltInRetryDelay = kSecond;
inline constexpr Nanoseconds kIdlePostponement = 10 * kSecond;
inline constexpr Nanoseconds kDisseminationGrace = 2 * kSecond;
inline constexpr Nanoseconds kPlacementBlock =
    5 * kSecond;  ///< after which blocked placement tables unblock themselves

RuntimeRules runtime_rules_for(const Release& release);

}  // namespace actorsim
