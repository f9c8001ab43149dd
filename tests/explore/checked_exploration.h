// One program explored in every way there is, with all that must agree.
#pragma once

#include <string>

#include "actorsim/explore/exploration.h"
#include "actorsim/explore/search.h"
#include "actorsim/explore/state_graph.h"
#include "support/brute_force.h"
#include "support/catch.h"
#include "support/exploration_text.h"

namespace actorsim::testing {

/// Checks, and counts what it could check.
class ExplorationChecker {
 public:
  explicit ExplorationChecker(std::uint64_t most_states) : most_states_(most_states) {}

  void check(const Program& program) {
    for (const Goal goal : {Goal::deadlock, Goal::verdicts, Goal::outcomes}) {
      INFO("goal " << to_word(goal));
      if (!check_goal(program, goal)) {
        ++not_explored;
        return;
      }
    }
    ++checked;
  }

  int checked = 0, not_explored = 0, with_reductions = 0, by_brute_force = 0;

 private:
  static constexpr std::uint64_t kMostSchedules = 3'000;

  // False: it has no end, or too many states.
  bool check_goal(const Program& program, Goal goal) {
    ExploreOptions options;
    options.goal = goal;
    options.max_states = most_states_;
    const auto reduced = explore(program, options);
    if (!reduced && reduced.error().code == "unbounded") return false;
    Walker walker(program);
    Exploration whole;
    whole.goal = goal;
    SearchLimits limits(options);
    if (search_worlds(walker, options, limits, whole) || !whole.is_complete()) return false;
    options.reductions = Reductions::none();
    const auto full = explore(program, options);
    REQUIRE(reduced);
    REQUIRE(full);
    CHECK(answer(*full) == answer(whole));
    CHECK(answer(*reduced) == answer(whole));
    CHECK(lengths(*reduced) == lengths(*full));
    options.threads = 3;
    const auto parallel = explore(program, options);
    REQUIRE(parallel);
    CHECK(fingerprint(*parallel) == fingerprint(*full));
    if (!reduced->reductions.empty()) ++with_reductions;
    for (const Witness& witness : reduced->witnesses) {
      const auto run = replay(program, witness.schedule);
      INFO(schedule_text(witness.schedule));
      REQUIRE(run);
      CHECK(to_word(run->verdict) == to_word(witness.verdict));
    }
    if (goal == Goal::verdicts) check_graph(program, whole);
    if (goal == Goal::outcomes) {
      check_plain_run(program, *reduced);
      check_against_all(program, *reduced);
    }
    return true;
  }

  // Idle deadlines come to pass in plain runs only.
  static void check_plain_run(const Program& program, const Exploration& exploration) {
    const auto run = run_plainly(program);
    REQUIRE(run);
    if (run->deactivation_count > 0 || run->reached_horizon) return;
    CHECK(exploration.can(run->verdict));
    for (const CallRecord& call : run->calls) {
      INFO(call.label << " " << to_word(call.outcome));
      const auto found = exploration.outcomes.find(call.label);
      REQUIRE(found != exploration.outcomes.end());
      CHECK(((unsigned{found->second} >> static_cast<unsigned>(call.outcome)) & 1U) == 1U);
    }
  }

  static std::optional<StateGraph> graph_of(const Program& program, std::uint64_t most_states) {
    StateGraphOptions options;
    options.most_states = static_cast<std::uint32_t>(most_states);
    auto graph = build_state_graph(program, options);
    REQUIRE(graph);
    return std::move(*graph);
  }

  static void check_graph(const Program& program, const Exploration& whole) {
    if (whole.states > kMostGraphStates) return;
    CHECK_FALSE(graph_of(program, whole.states - 1));
    const auto graph = graph_of(program, whole.states);
    REQUIRE(graph);
    CHECK(graph->states.size() == whole.states);
    std::uint64_t steps = 0;
    for (const StateGraph::State& state : graph->states) steps += state.after.size();
    CHECK(steps == whole.steps);
    for (std::size_t i = 0; i < kVerdictCount; ++i)
      CHECK(graph->states[0].can_end(static_cast<Verdict>(i)) == whole.verdicts[i]);
  }

  static void check_graph_against_all(const Program& program, const BruteForce& all) {
    const auto graph = graph_of(program, kMostGraphStates);
    if (!graph) return;
    std::uint64_t orders = 0;
    for (std::size_t i = 0; i < kVerdictCount; ++i) {
      INFO(to_word(static_cast<Verdict>(i)));
      const StateGraph::Prospect& prospect = graph->states[0].prospects[i];
      CHECK((prospect.steps ? std::optional<std::size_t>(*prospect.steps) : std::nullopt) == all.shortest[i]);
      orders += prospect.orders;
    }
    CHECK(orders == all.schedules);
  }

  void check_against_all(const Program& program, const Exploration& exploration) {
    Walker walker(program);
    const auto all = try_all_orders(walker, kMostSchedules);
    if (!all) return;
    ++by_brute_force;
    check_graph_against_all(program, *all);
    CHECK(exploration.verdicts == all->verdicts);
    CHECK(exploration.outcomes == all->outcomes);
    for (const Witness& witness : exploration.witnesses) {
      if (!witness.is_shortest) continue;
      INFO(to_word(witness.verdict) << " by " << schedule_text(witness.schedule));
      CHECK(all->shortest[static_cast<std::size_t>(witness.verdict)] == witness.schedule.size());
    }
  }

  const std::uint64_t most_states_;
};

}  // namespace actorsim::testing
