// Why a scenario comes out differently in another release: each entry of the table knows a rule that differs, how it
// shows in what happened, and how to say it of either release.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "actorsim/report/compare/compare.h"
#include "actorsim/report/compare/compare_pair.h"

namespace actorsim {
namespace {

constexpr std::size_t kMostReasons = 2;

bool warns(const Program& program, std::string_view code) {
  return std::any_of(program.warnings.begin(), program.warnings.end(),
                     [&](const Diagnostic& warning) { return warning.code == code; });
}

// ---- settings -----------------------------------------------------------------------------------------------------

bool hosting_differs(const Pair& pair) { return pair.only_one_has(Outcome::not_hosted); }

std::string say_hosting(const Program& program, const Pair& pair) {
  const bool is_culprit = program.release == pair.older().program.release
                              ? pair.older().run.counts.of(Outcome::not_hosted) > 0
                              : pair.newer().run.counts.of(Outcome::not_hosted) > 0;
  return is_culprit ? "a duration of the settings that cannot be read leaves no type hosted"
                    : "the default is taken for such a duration";
}

Index type_with_other_reentrancy(const Pair& pair) {
  return pair.type_with(
      [](const LockConfig& before, const LockConfig& after) { return before.enabled != after.enabled; });
}

bool reentrancy_differs(const Pair& pair) { return type_with_other_reentrancy(pair) != kNone; }

std::string say_reentrancy(const Program& program, const Pair& pair) {
  const ProgramType& type = program.types[type_with_other_reentrancy(pair)];
  const bool is_on = type.settings.lock.enabled;
  if (!is_on && warns(program, "gate-closed"))
    return fmt::format("reentrancy is off for {}, as the Configuration does not switch the feature Actor.Reentrancy on",
                       type.name);
  if (before(program.release, 7) && warns(program, "setting-ignored"))
    return fmt::format("entitiesConfig is not read, and reentrancy is {} for {}", is_on ? "on" : "off", type.name);
  return fmt::format("reentrancy is {} for {}", is_on ? "on" : "off", type.name);
}

// ---- the limit ----------------------------------------------------------------------------------------------------

Index type_with_other_limit(const Pair& pair) {
  const bool other_queue = pair.old_lock().queues_entries != pair.new_lock().queues_entries;
  return pair.type_with([&](const LockConfig& before, const LockConfig& after) {
    return before.max_stack_depth != after.max_stack_depth || (other_queue && after.max_stack_depth < 1);
  });
}

bool limit_differs(const Pair& pair) { return type_with_other_limit(pair) != kNone; }

std::string say_limit(const Program& program, const Pair& pair) {
  const std::int64_t limit = program.types[type_with_other_limit(pair)].settings.lock.max_stack_depth;
  if (limit >= 1) return fmt::format("the limit is {}", limit);
  if (program.lock_rules.queues_entries) return "a limit below 1 acts as 1";
  return limit == 0 ? "a limit of 0 refuses every call" : "a limit below 0 is none";
}

bool stranger_is_refused(const Pair& pair) {
  if (pair.old_lock().queues_entries == pair.new_lock().queues_entries || limit_differs(pair)) return false;
  const bool old_is_classic = !pair.old_lock().queues_entries;
  return pair.any_difference([&](const Difference& difference) {
    const CallRecord* classic = old_is_classic ? difference.older : difference.newer;
    const CallRecord* ring = old_is_classic ? difference.newer : difference.older;
    return classic != nullptr && classic->outcome == Outcome::exceeded &&
           (ring == nullptr || ring->outcome != Outcome::exceeded);
  });
}

std::string say_stranger(const Program& program, const Pair&) {
  return program.lock_rules.queues_entries ? "an actor at its limit lets calls of other chains wait"
                                           : "an actor at its limit refuses calls of other chains, too";
}

bool waiting_calls_count(const Pair& pair) {
  if (pair.old_lock().queues_entries == pair.new_lock().queues_entries || limit_differs(pair)) return false;
  const bool old_is_classic = !pair.old_lock().queues_entries;
  return pair.any_difference([&](const Difference& difference) {
    const CallRecord* classic = old_is_classic ? difference.older : difference.newer;
    const CallRecord* ring = old_is_classic ? difference.newer : difference.older;
    return classic != nullptr && ring != nullptr && ring->outcome == Outcome::exceeded &&
           classic->outcome != Outcome::exceeded;
  });
}

std::string say_waiting_calls(const Program& program, const Pair&) {
  return program.lock_rules.queues_entries ? "calls that wait count towards the limit of their chain"
                                           : "only calls that are inside count towards the limit";
}

bool leak_shows(const Pair& pair) {
  return pair.old_lock().refusal_keeps_depth != pair.new_lock().refusal_keeps_depth &&
         pair.both_have(Outcome::exceeded) &&
         (pair.only_one_has(Outcome::stranded) || pair.any_difference([](const Difference& difference) {
           return difference.older != nullptr && difference.newer != nullptr && difference.older->entered &&
                  difference.newer->entered && difference.older->depth != difference.newer->depth;
         }));
}

std::string say_leak(const Program& program, const Pair&) {
  return program.lock_rules.refusal_keeps_depth
             ? "a refused call leaves the depth of its chain one too high, and the actor is never free again for others"
             : "a refused call leaves nothing behind";
}

bool retries_show(const Pair& pair) {
  return pair.old_rules().retries_depth_error != pair.new_rules().retries_depth_error &&
         pair.either_has(Outcome::exceeded);
}

std::string say_retries(const Program& program, const Pair&) {
  return program.rules.retries_depth_error
             ? fmt::format("a refused call is tried {} times, 1 s apart", kBuiltInRetries + 1)
             : "a refused call fails at once";
}

// ---- the queue ----------------------------------------------------------------------------------------------------

// Two calls with one id that waited for one actor.
bool has_waiting_pair(const Run& run) {
  std::map<std::pair<std::string, std::string>, int> waiting;
  for (const CallRecord& call : run.calls) {
    if (call.had_to_wait && call.reentrancy && !call.id.empty() && ++waiting[{call.actor, call.id}] > 1) return true;
  }
  return false;
}

bool joining_shows(const Pair& pair) {
  return pair.old_lock().queues_entries != pair.new_lock().queues_entries &&
         (has_waiting_pair(pair.older().run) || has_waiting_pair(pair.newer().run));
}

std::string say_joining(const Program& program, const Pair&) {
  return program.lock_rules.queues_entries ? "calls of one chain that wait get in together, on one place in the queue"
                                           : "each of them waits for a turn of its own";
}

bool gives_up(const Pair& pair) { return pair.either_has(Outcome::timed_out); }

bool cancellation_shows(const Pair& pair) {
  return pair.old_lock().notices_cancellation != pair.new_lock().notices_cancellation && gives_up(pair);
}

std::string say_cancellation(const Program& program, const Pair&) {
  if (program.lock_rules.notices_cancellation) return "a waiting call leaves the queue when its caller gives up";
  return program.rules.abandoned_waiter_runs ? "it stays in the queue and runs when its turn comes"
                                             : "it stays in the queue until its turn comes";
}

bool eviction_shows(const Pair& pair) {
  return pair.old_lock().leaving_waiter_removes_front != pair.new_lock().leaving_waiter_removes_front && gives_up(pair);
}

std::string say_eviction(const Program& program, const Pair&) {
  return program.lock_rules.leaving_waiter_removes_front
             ? "a waiting call that gives up takes the entry in front of the queue away, which is not its own"
             : "a waiting call that gives up takes nobody else's place away";
}

bool cutting_shows(const Pair& pair) {
  return pair.old_rules().giving_up_cuts_handler != pair.new_rules().giving_up_cuts_handler && gives_up(pair);
}

std::string say_cutting(const Program& program, const Pair&) {
  return program.rules.giving_up_cuts_handler ? "a call that its client gave up gives the lock back at once"
                                              : "it holds the lock until its handler ends";
}

bool empty_front_shows(const Pair& pair) {
  return pair.old_lock().front_can_be_removed_from_empty != pair.new_lock().front_can_be_removed_from_empty &&
         pair.old_lock().queues_entries && pair.new_lock().queues_entries && gives_up(pair);
}

std::string say_empty_front(const Program& program, const Pair&) {
  return program.lock_rules.front_can_be_removed_from_empty ? "giving up on an empty queue corrupts it"
                                                            : "giving up on an empty queue does nothing";
}

// ---- what is around the lock --------------------------------------------------------------------------------------

bool idle_shows(const Pair& pair) {
  return pair.old_rules().idle != pair.new_rules().idle &&
         (pair.deactivates() || pair.breaks_up() || pair.only_one_has(Outcome::cancelled) ||
          pair.only_one_has(Outcome::closed));
}

std::string say_idle(const Program& program, const Pair&) {
  switch (program.rules.idle) {
    case IdleStyle::scan_keep_lock:
      return "a busy actor is never idle; idle ones are looked for now and then, and keep their lock while they leave";
    case IdleStyle::scan_new_lock:
      return "a busy actor is never idle; idle ones are looked for now and then, and calls that come meanwhile get a "
             "new lock";
    case IdleStyle::postpone_busy: return "the deactivation of a busy actor is put off by 10 s";
    case IdleStyle::close_and_go_on:
      return "the idle deadline takes busy actors too: waiting calls are refused, running ones go on without a lock";
    case IdleStyle::close_in_turn:
      return "the idle deadline takes busy actors too, once the calls before it in the queue are through";
    case IdleStyle::close_and_cut:
      return "the idle deadline takes busy actors too: waiting calls are refused, running ones are cancelled";
    case IdleStyle::never_busy: return "a busy actor is never idle";
  }
  return {};
}

bool rebalance_shows(const Pair& pair) {
  return pair.old_rules().rebalance != pair.new_rules().rebalance && pair.has_trigger(Trigger::Kind::rebalance);
}

std::string say_rebalance(const Program& program, const Pair&) {
  switch (program.rules.rebalance) {
    case RebalanceStyle::drain_then_move: return "a rebalance waits for running calls and cancels none";
    case RebalanceStyle::stop_the_sidecar: return "a rebalance cancels all running calls after 2 s";
    case RebalanceStyle::drain_all_types:
      return "a rebalance cancels running calls of all types after the drain timeout";
    case RebalanceStyle::drain_one_type:
      return "a rebalance cancels running calls of the moved type after the drain timeout";
  }
  return {};
}

bool closed_retries_show(const Pair& pair) {
  return pair.old_rules().retries_closed_error != pair.new_rules().retries_closed_error &&
         (pair.only_one_has(Outcome::closed) || pair.deactivates() || pair.breaks_up());
}

std::string say_closed_retries(const Program& program, const Pair&) {
  return program.rules.retries_closed_error
             ? fmt::format("a call that finds its actor closing is tried again, {} times at most", kBuiltInRetries)
             : "a call that finds its actor closing fails at once";
}

bool callbacks_show(const Pair& pair) {
  return pair.old_rules().callback_lock != pair.new_rules().callback_lock &&
         (pair.has_trigger(Trigger::Kind::timer) || pair.has_trigger(Trigger::Kind::reminder)) &&
         pair.any_difference([](const Difference& difference) {
           return (difference.older != nullptr && difference.older->reentrancy) ||
                  (difference.newer != nullptr && difference.newer->reentrancy);
         });
}

std::string say_callbacks(const Program& program, const Pair&) {
  switch (program.rules.callback_lock) {
    case CallbackLock::like_a_call: return "handlers of timers and reminders see an id, which they can hand on";
    case CallbackLock::anonymous: return "calls of timers and reminders have no id";
    case CallbackLock::id_never_leaves: return "handlers of timers and reminders do not see their id";
  }
  return {};
}

bool timers_show(const Pair& pair) {
  return pair.old_rules().timer_turns != pair.new_rules().timer_turns && pair.has_trigger(Trigger::Kind::timer);
}

std::string say_timers(const Program& program, const Pair&) {
  switch (program.rules.timer_turns) {
    case TimerTurns::none: return "timers do not wait for each other";
    case TimerTurns::of_the_sidecar: return "all timers of a sidecar run one after the other";
    case TimerTurns::of_the_actor: return "timers of different actors do not wait for each other";
  }
  return {};
}

bool busy_for_ever_shows(const Pair& pair) {
  return pair.old_rules().depth_error_keeps_busy != pair.new_rules().depth_error_keeps_busy &&
         pair.either_has(Outcome::exceeded) &&
         pair.older().run.deactivation_count != pair.newer().run.deactivation_count;
}

std::string say_busy_for_ever(const Program& program, const Pair&) {
  return program.rules.depth_error_keeps_busy ? "an actor that refused a call counts as busy for ever"
                                              : "an actor that refused a call can be deactivated like any other";
}

struct Reason {
  bool (*shows)(const Pair& pair);
  std::string (*say)(const Program& program, const Pair& pair);
};

// The most telling first.
constexpr std::array<Reason, 18> kReasons{{
    {hosting_differs, say_hosting},
    {reentrancy_differs, say_reentrancy},
    {limit_differs, say_limit},
    {leak_shows, say_leak},
    {stranger_is_refused, say_stranger},
    {waiting_calls_count, say_waiting_calls},
    {callbacks_show, say_callbacks},
    {retries_show, say_retries},
    {joining_shows, say_joining},
    {cancellation_shows, say_cancellation},
    {eviction_shows, say_eviction},
    {cutting_shows, say_cutting},
    {empty_front_shows, say_empty_front},
    {rebalance_shows, say_rebalance},
    {idle_shows, say_idle},
    {closed_retries_show, say_closed_retries},
    {timers_show, say_timers},
    {busy_for_ever_shows, say_busy_for_ever},
}};

}  // namespace

std::vector<std::string> reasons_for_change(const ReleaseRun& older, const ReleaseRun& newer,
                                            const std::string& old_name, const std::string& new_name) {
  const Pair pair(older, newer);
  std::vector<std::string> result;
  const auto consider = [&](const Reason& reason) {
    if (result.size() == kMostReasons || !reason.shows(pair)) return;
    const std::string now = reason.say(newer.program, pair);
    const std::string then = reason.say(older.program, pair);
    if (now != then) result.push_back(fmt::format("{}: {}; {} {}", new_name, now, old_name, then));
  };
  for (const Reason& reason : kReasons) consider(reason);
  return result;
}

}  // namespace actorsim
