// One run of a program, and what came of it: a verdict, counts, the calls one by one, and what got stuck.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/base/outcome.h"
#include "actorsim/base/virtual_time.h"
#include "actorsim/explore/call_error.h"
#include "actorsim/explore/schedule.h"
#include "actorsim/model/program.h"

namespace actorsim {

struct Film;

/// Who makes a call that no call makes. `deactivation`: the handler that answers an actor's DELETE.
enum class Starter : std::uint8_t { client, reminder, timer, deactivation };
std::string_view to_word(Starter starter);

/// What is known of one call after the run.
struct CallRecord {
  std::uint32_t serial = 0;  ///< by arrival, from 0
  std::string label;
  std::string actor;  ///< `A/1`
  std::string method;
  std::optional<std::uint32_t> caller;  ///< serial; absent: a client
  std::uint32_t root = 0;               ///< serial of the root call
  Index trigger = kNone;
  Starter starter = Starter::client;  ///< of a root call
  Span span;                          ///< of the step or trigger that made it
  bool one_way = false;
  Outcome outcome = Outcome::entered;
  bool completed = false;    ///< answered without error
  bool had_to_wait = false;  ///< in any attempt
  bool was_held = false;     ///< in its last attempt: before the lock, by a deactivation or a rebalance
  std::uint32_t attempts = 1;
  bool met_closed_lock = false;         ///< it arrived after the close
  std::int32_t depth = 0;               ///< 0: never got in
  std::int64_t max_depth = 0;           ///< the limit of its actor's type
  bool reentrancy = false;              ///< its actor's lock has reentrancy on
  std::string id;                       ///< the id by which its lock knows it; empty: none
  bool id_was_generated = false;        ///< the runtime generated it on arrival
  std::optional<std::string> header;    ///< the Dapr-Reentrancy-Id that its handler saw (would have seen)
  bool lock_was_free = true;            ///< nobody was inside when it arrived
  std::string held_by;                  ///< the id inside when it arrived; empty: held without one
  std::optional<std::uint32_t> behind;  ///< it had to wait: the oldest call inside at that moment
  Nanoseconds arrived = 0;
  std::optional<Nanoseconds> entered, ended;
  std::uint64_t entered_order = 0;  ///< where it stands among all calls that entered, from 1; 0: never got in
  std::optional<CallError> error;
  std::string ended_by;  ///< timed-out, cancelled: who ended it
  /// Where its first arrival, its last entry and its end stand among those of all calls, from 1; 0: it did not happen.
  std::uint64_t made_event = 0, entered_event = 0, ended_event = 0;
};

struct Counts {
  // events
  std::uint64_t calls = 0, attempts = 0, entered = 0, re_entered = 0, blocked = 0, completed = 0;
  // headline words
  std::array<std::uint64_t, kOutcomeCount> by_outcome{};

  std::uint64_t of(Outcome outcome) const { return by_outcome[static_cast<std::size_t>(outcome)]; }
};

/// A wait-for cycle. Calls are serials.
struct DeadlockCycle {
  struct Hop {
    std::uint32_t call = 0;
    bool waits_for_lock =
        false;  ///< of its actor, held by the next hop's call; else for the answer of the next hop's call
  };
  std::vector<Hop> hops;
  std::vector<std::string> actors;  ///< whose lock a call of the cycle waits for, in its order
  std::optional<Nanoseconds>
      broken_up_at;            ///< when a deadline of an instance has moved one of its calls; absent: never
  std::size_t root_calls = 1;  ///< how many root calls take part: 1 is a chain that waits for itself
};

/// One deactivation of an actor.
struct DeactivationRecord {
  std::string actor;
  Nanoseconds at = 0;
  bool moved = false;  ///< by a rebalance
};

struct OverlapRecord {
  std::string actor;
  std::uint32_t entering = 0, inside = 0;  ///< serials
  std::string entering_label, inside_label;
  Nanoseconds at = 0;
};

struct SkippedCall {
  std::string label;
  Span span;
};

struct Run {
  Verdict verdict = Verdict::ok;
  Counts counts;
  std::vector<CallRecord>
      calls;  ///< by serial; the first RunOptions::kept_calls, and those with a label that was asked for
  std::uint64_t calls_left_out = 0;
  std::vector<SkippedCall> skipped;
  std::vector<DeadlockCycle> deadlocks;
  std::vector<OverlapRecord> overlaps;  ///< the first 100
  std::uint64_t overlap_count = 0;
  std::vector<DeactivationRecord> deactivations;  ///< the first 10,000
  std::uint64_t deactivation_count = 0;
  /// Who moved, step by step: replay() comes to the same by it, see explore/plain_schedule.h. Of a plain run only where
  /// it was asked for; empty where there is none.
  Schedule schedule;
  bool reached_horizon = false;  ///< `until` has ended it
  bool was_stopped = false;      ///< by RunOptions::stop: it says nothing about the scenario
  Nanoseconds ended_at = 0;
  std::uint64_t steps = 0;
  std::shared_ptr<const Film> film;  ///< only where it was asked for

  const CallRecord* find(std::uint32_t serial) const;
};

inline constexpr std::uint64_t kMostScheduled = 10'000;  ///< steps of Run::schedule

struct RunOptions {
  std::size_t kept_calls = 10'000;
  bool wants_film = false;  ///< of the kept calls
  bool wants_schedule = false;
  bool idle_deadlines_matter = false;      ///< run them even where nothing but them is left and nothing is stuck
  std::vector<std::string> wanted_labels;  ///< calls with these labels are kept in any case
  /// Told now and then during a long run: the calls made so far, and the virtual time.
  std::function<void(std::uint64_t calls, Nanoseconds now)> on_progress;
  /// Asked for now and then during a long run: true ends it, and Run::was_stopped says so.
  const std::atomic<bool>* stop = nullptr;
};

/// The plain run: one event at a time by virtual time, equal times in the order in which the events came to be.
/// The error is the scenario's fault: a bound of model/program.h that it went beyond, a value that makes no sense.
tl::expected<Run, Diagnostic> run_plainly(const Program& program, const RunOptions& options = {});

}  // namespace actorsim
