// What a program alone says about deadlocks, against what its runs come to.
#include "actorsim/model/call_map.h"

#include <algorithm>

#include "actorsim/explore/exploration.h"
#include "support/catch.h"
#include "support/random_scenarios.h"
#include "support/run_text.h"

using namespace actorsim;
using namespace actorsim::testing;

namespace {

std::string name_of(const Program& program, const CallMap& map, Index handler) {
  const CallMap::Handler& found = map.handlers[handler];
  const CallMap::Actor& actor = map.actors[found.actor];
  return program.types[actor.type].name + "/" + actor.id + "." + found.method;
}

std::string name_of(const CallRecord& call) { return call.actor + "." + call.method; }

bool is_on_circle(const Program& program, const CallMap& map, const CallRecord& from, const CallRecord& to) {
  return std::any_of(map.calls.begin(), map.calls.end(), [&](const CallMap::Call& call) {
    return call.is_on_circle && call.from != kNone && name_of(program, map, call.from) == name_of(from) &&
           name_of(program, map, call.to) == name_of(to);
  });
}

// Every call of the circle is one that waits for its answer: from whom to whom is known to the map.
void check_circle(const Program& program, const CallMap& map, const Run& run, const std::string& text) {
  if (run.deadlocks.empty()) return;  // somebody on it had given up before it came about
  for (const DeadlockCycle::Hop& hop : run.deadlocks.front().hops) {
    if (!hop.waits_for_lock) continue;
    const CallRecord* call = run.find(hop.call);
    const CallRecord* caller = call->caller ? run.find(*call->caller) : nullptr;
    REQUIRE(caller != nullptr);
    if (!is_on_circle(program, map, *caller, *call))
      FAIL_CHECK("not on a circle: " << name_of(*caller) << " -> " << name_of(*call) << "\n" << text);
  }
}

struct Tally {
  int deadlocks = 0, marked = 0, unmarked = 0;
};

Tally compare_with_all_orders(const RandomScenarioOptions& options, std::uint64_t seeds) {
  Tally tally;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const std::string text = random_scenario(seed, options);
    const Scenario scenario = load_text(text);
    const Program program = compile(scenario, "test.yaml");
    const auto map = map_calls(program, ActorDetail::each, 1000);
    REQUIRE(map);
    const bool has_circle =
        std::any_of(map->calls.begin(), map->calls.end(), [](const CallMap::Call& call) { return call.is_on_circle; });
    ++(has_circle ? tally.marked : tally.unmarked);
    ExploreOptions explore_options;
    explore_options.goal = Goal::deadlock;
    explore_options.max_states = 50'000;
    const auto found = explore(program, explore_options);
    REQUIRE(found);
    for (const Witness& witness : found->witnesses) {
      if (witness.verdict != Verdict::deadlock) continue;
      ++tally.deadlocks;
      check_circle(program, *map, *replay(program, witness.schedule), text);
    }
  }
  return tally;
}

}  // namespace

RandomScenarioOptions larger() {
  RandomScenarioOptions options;
  options.callbacks = true;
  options.orders_at_most = 0;
  options.triggers_at_most = 5;
  options.actors_at_most = 5;
  options.depth = 4;
  options.steps_at_most = 3;
  return options;
}

TEST_CASE("a deadlock has all its waits among the calls that are on a circle") {
  const Tally tally = compare_with_all_orders({}, 1'000);
  CHECK(tally.deadlocks > 100);
  CHECK(tally.unmarked > 300);  // not everything is marked
  const Tally with_all = compare_with_all_orders(every_feature(), 1'000);
  CHECK(with_all.deadlocks > 100);
  CHECK(with_all.unmarked > 300);
}

TEST_CASE("a deadlock of many more programs has all its waits there, too", "[.slow]") {
  compare_with_all_orders({}, 20'000);
  compare_with_all_orders(every_feature(), 20'000);
  const Tally tally = compare_with_all_orders(larger(), 10'000);
  CHECK(tally.deadlocks > 1'000);
}
