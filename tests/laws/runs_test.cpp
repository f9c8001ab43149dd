// What holds between running, exploring and replaying: a run is one of the orders that the explorer looks at, and a
// schedule is all there is to an order.
#include <algorithm>
#include <string>

#include "actorsim/explore/combinations.h"
#include "actorsim/explore/exploration.h"
#include "actorsim/stress/stress.h"
#include "laws/figures.h"
#include "laws/programs.h"
#include "laws/random_walk.h"
#include "support/catch.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

constexpr std::size_t kMostSteps = 5'000;

Combination combination_of(const Run& run) {
  Combination result;
  result.verdict = run.verdict;
  for (const CallRecord& call : run.calls) result.calls.push_back({call.label, call.outcome});
  for (const SkippedCall& call : run.skipped) result.calls.push_back({call.label, Outcome::skipped});
  std::sort(result.calls.begin(), result.calls.end());
  return result;
}

// ---- a run is in the explored set -----------------------------------------------------------------------------------

struct Membership {
  explicit Membership(std::uint64_t states) { options.max_states = states; }

  // The plain run, and some orders drawn at random.
  void check(const Program& program, int walks) {
    const auto set = explore_set(program, options);
    if (!set) return;
    ++programs;
    // Idle deadlines come to pass in plain runs only.
    const auto plain = run_plainly(program);
    REQUIRE(plain);
    if (plain->deactivation_count == 0 && !plain->reached_horizon) check_run(*set, *plain);
    Walker walker(program);
    Random random(1);
    for (int i = 0; i < walks; ++i) {
      const auto run = replay(program, walk_at_random(walker, random, kMostSteps));
      REQUIRE(run);
      check_run(*set, *run);
    }
  }

  void check_run(const ExploredSet& set, const Run& run) {
    INFO(schedule_text(run.schedule));
    const ExploredSet::Membership membership = set.membership(combination_of(run));
    CHECK(to_word(membership) != to_word(ExploredSet::Membership::outside));
    ++runs;
    if (membership == ExploredSet::Membership::inside) ++decided;
  }

  ExploreOptions options;
  int programs = 0, runs = 0, decided = 0;
};

TEST_CASE("what comes of a run of a random scenario is in the explored set") {
  Membership law(20'000);
  RandomScenarioOptions options;
  options.orders_at_most = 2'000;
  const auto check = [&law](const Program& program, const std::string& text) {
    INFO(text);
    law.check(program, 5);
  };
  for_random_scenarios(200, options, check);
  options = every_feature();
  options.orders_at_most = 1'000;
  for_random_scenarios(100, options, check);
  tell_figure(std::to_string(law.programs) + " programs, " + std::to_string(law.runs) + " runs");
  CHECK(law.programs == 300);
  CHECK(law.runs > 1'600);
  CHECK(law.decided > law.runs * 9 / 10);
}

TEST_CASE("what comes of a run of the repository's scenarios is in the explored set") {
  Membership law(1'000);
  for_small_cases([&law](const Program& program, const std::string& name) {
    INFO(name);
    law.check(program, 2);
  });
  tell_figure(std::to_string(law.programs) + " programs, " + std::to_string(law.runs) + " runs, " +
              std::to_string(law.decided) + " decided");
  CHECK(law.programs > 400);
  CHECK(law.decided > law.runs * 8 / 10);
}

// ---- replay is identity ---------------------------------------------------------------------------------------------

// A replay has no clock: the order, and what comes of it, but for times, and what actors do that are idle.
std::string without_times(Run run, bool has_idle_actors) {
  run.ended_at = 0;
  run.deactivations.clear();
  run.deactivation_count = 0;
  run.reached_horizon = false;
  for (DeadlockCycle& cycle : run.deadlocks) cycle.broken_up_at.reset();
  for (CallRecord& call : run.calls) {
    call.arrived = 0;
    if (call.entered) call.entered = 0;
    if (call.ended) call.ended = 0;
    if (!has_idle_actors) continue;
    call.ended.reset();
    call.ended_by.clear();
    call.error.reset();
  }
  for (DeactivationRecord& deactivation : run.deactivations) deactivation.at = 0;
  for (OverlapRecord& overlap : run.overlaps) overlap.at = 0;
  return told(run);
}

struct Identity {
  void check(const Program& program, int walks) {
    RunOptions options;
    options.wants_schedule = true;
    const auto plain = run_plainly(program, options);
    REQUIRE(plain);
    if (plain->schedule.empty()) {
      ++without_schedule;
    } else {
      const bool has_idle_actors = plain->deactivation_count > 0;
      CHECK(difference(without_times(*plain, has_idle_actors),
                       without_times(replayed(program, plain->schedule), has_idle_actors)) == "");
      ++plain_runs;
    }
    Walker walker(program);
    Random random(2);
    for (int i = 0; i < walks; ++i) replayed(program, walk_at_random(walker, random, kMostSteps));
  }

  // Itself replayed, to the same bytes.
  Run replayed(const Program& program, const Schedule& schedule) {
    INFO(schedule_text(schedule));
    const auto run = replay(program, schedule);
    REQUIRE(run);
    CHECK(run->schedule == schedule);
    const auto again = replay(program, run->schedule);
    REQUIRE(again);
    CHECK(difference(told(*run), told(*again)) == "");
    ++replays;
    return *run;
  }

  int plain_runs = 0, without_schedule = 0, replays = 0;
};

TEST_CASE("a replay of a random scenario replays to itself, and a plain run's schedule to that run") {
  Identity law;
  const auto check = [&law](const Program& program, const std::string& text) {
    INFO(text);
    law.check(program, 3);
  };
  for_random_scenarios(300, {}, check);
  for_random_scenarios(300, every_feature(), check);
  RandomScenarioOptions large = every_feature();
  large.orders_at_most = 0;
  large.depth = 4;
  large.steps_at_most = 3;
  for_random_scenarios(200, large, check);
  RandomScenarioOptions calm;  // one thing at a time
  calm.parallel = calm.sends = calm.replies = calm.timeouts = calm.retries = false;
  calm.releases = {"1.15.0", "1.15", "1.16.0", "1.16", "1.17", "1.18", "docs"};
  for_random_scenarios(300, calm, check);
  tell_figure(std::to_string(law.replays) + " replays, of plain runs " + std::to_string(law.plain_runs) + "; " +
              std::to_string(law.without_schedule) + " plain runs without a schedule");
  CHECK(law.plain_runs > 800);
  CHECK(law.replays > 3'300);
}

TEST_CASE("a replay of the repository's scenarios replays to itself, a plain run's schedule to that run") {
  Identity law;
  for_small_cases([&law](const Program& program, const std::string& name) {
    INFO(name);
    law.check(program, 2);
  });
  tell_figure(std::to_string(law.replays) + " replays, of plain runs " + std::to_string(law.plain_runs) + "; " +
              std::to_string(law.without_schedule) + " plain runs without a schedule");
  CHECK(law.plain_runs > 900);
  CHECK(law.replays > 1'000);
}

}  // namespace
