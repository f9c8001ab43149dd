// The table of runtime rules.
#include "actorsim/model/runtime_rules.h"

namespace actorsim {
namespace {

bool between(const Release& release, std::uint16_t minor, std::uint16_t patch, std::uint16_t next_minor,
             std::uint16_t next_patch = 0) {
  return at_least(release, minor, patch) && before(release, next_minor, next_patch);
}

CallbackLock callback_lock_of(const Release& release) {
  if (at_least(release, 18)) return CallbackLock::id_never_leaves;
  if (between(release, 15, 0, 17)) return CallbackLock::anonymous;
  return CallbackLock::like_a_call;
}

TimerTurns timer_turns_of(const Release& release) {
  if (release.is_docs || before(release, 14)) return TimerTurns::none;
  return before(release, 18, 2) ? TimerTurns::of_the_sidecar : TimerTurns::of_the_actor;
}

IdleStyle idle_style_of(const Release& release) {
  if (release.is_docs) return IdleStyle::never_busy;
  if (before(release, 13)) return IdleStyle::scan_keep_lock;
  if (before(release, 14)) return IdleStyle::scan_new_lock;
  if (before(release, 15)) return IdleStyle::postpone_busy;
  if (before(release, 16)) return IdleStyle::close_and_go_on;
  if (before(release, 16, 2)) return IdleStyle::close_in_turn;
  return IdleStyle::close_and_cut;
}

RebalanceStyle rebalance_style_of(const Release& release) {
  if (before(release, 15)) return RebalanceStyle::drain_then_move;
  if (before(release, 17)) return RebalanceStyle::stop_the_sidecar;
  if (before(release, 18)) return RebalanceStyle::drain_all_types;
  return RebalanceStyle::drain_one_type;
}

}  // namespace

RuntimeRules runtime_rules_for(const Release& release) {
  RuntimeRules rules;
  rules.callback_lock = callback_lock_of(release);
  rules.timer_turns = timer_turns_of(release);
  rules.failed_timer_stops = between(release, 15, 0, 15, 3);
  rules.giving_up_cuts_handler = !before(release, 14);
  rules.abandoned_waiter_runs = before(release, 14);
  rules.retries_depth_error = between(release, 15, 6, 16);
  rules.retries_closed_error = rules.retries_depth_error || at_least(release, 17);
  rules.retries_drained_call = release.is_docs || at_least(release, 17);
  rules.idle = idle_style_of(release);
  rules.rebalance = rebalance_style_of(release);
  rules.drains_by_longest = between(release, 17, 7, 18);
  rules.depth_error_keeps_busy = before(release, 15);
  rules.move_holds_calls = between(release, 8, 0, 15);
  rules.move_poll = before(release, 13) ? 500 * kMillisecond : 100 * kMillisecond;
  return rules;
}

}  // namespace actorsim
