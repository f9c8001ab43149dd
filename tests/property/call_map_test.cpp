// What a program alone says about deadlocks, against what its runs come to.
#include "actorsim/model/call_map.h"

#include <algorithm>
#include <array>

#include "actorsim/explore/exploration.h"
#include "support/catch.h"
#include "support/random_scenarios.h"
#include "support/run_text.h"

using namespace actorsim;
using namespace actorsim::testing;

namespace {

constexpr std::array<ActorDetail, 3> kDetails{ActorDetail::each, ActorDetail::written, ActorDetail::types};

bool stands_for(const Program& program, const CallMap& map, Index handler, const CallRecord& call) {
  const CallMap::Handler& found = map.handlers[handler];
  const CallMap::Actor& actor = map.actors[found.actor];
  const std::string& type = program.types[actor.type].name;
  const bool is_of_type = call.actor.compare(0, type.size() + 1, type + "/") == 0;
  return found.method == call.method && (actor.is_several ? is_of_type : call.actor == type + "/" + actor.id);
}

bool is_on_circle(const Program& program, const CallMap& map, const CallRecord& from, const CallRecord& to) {
  return std::any_of(map.calls.begin(), map.calls.end(), [&](const CallMap::Call& call) {
    return call.is_on_circle && call.from != kNone && stands_for(program, map, call.from, from) &&
           stands_for(program, map, call.to, to);
  });
}

// What waits on a circle is a call with a caller that waits for it, too.
void check_circle(const Program& program, const CallMap& map, const Run& run, const DeadlockCycle& circle,
                  const std::string& text) {
  for (std::size_t i = 0; i < circle.hops.size(); ++i) {
    const DeadlockCycle::Hop& hop = circle.hops[i];
    const CallRecord* call = run.find(hop.waits_for_lock ? hop.call : circle.hops[(i + 1) % circle.hops.size()].call);
    REQUIRE(call != nullptr);
    REQUIRE(call->caller);
    const CallRecord* caller = run.find(*call->caller);
    REQUIRE(caller != nullptr);
    if (!is_on_circle(program, map, *caller, *call)) {
      FAIL_CHECK("not on a circle: " << caller->actor << "." << caller->method << " -> " << call->actor << "."
                                     << call->method << "\n"
                                     << text);
    }
  }
}

void check_circles(const Program& program, const std::vector<CallMap>& maps, const Run& run, const std::string& text) {
  for (const CallMap& map : maps) {
    for (const DeadlockCycle& circle : run.deadlocks) check_circle(program, map, run, circle, text);
  }
}

struct Tally {
  int in_plain_run = 0, in_another = 0;  // circles
  int marked = 0, unmarked = 0;          // programs
};

Tally compare_with_runs(const RandomScenarioOptions& options, std::uint64_t seeds) {
  Tally tally;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const std::string text = random_scenario(seed, options);
    const Scenario scenario = load_text(text);
    const Program program = compile(scenario, "test.yaml");
    std::vector<CallMap> maps;
    for (const ActorDetail detail : kDetails) maps.push_back(*map_calls(program, detail, 1000));
    const std::vector<CallMap::Call>& calls = maps.front().calls;
    const bool has_circle =
        std::any_of(calls.begin(), calls.end(), [](const CallMap::Call& call) { return call.is_on_circle; });
    ++(has_circle ? tally.marked : tally.unmarked);
    if (const auto plain = run_plainly(program)) {
      tally.in_plain_run += static_cast<int>(plain->deadlocks.size());
      check_circles(program, maps, *plain, text);
    }
    ExploreOptions explore_options;
    explore_options.goal = Goal::deadlock;
    explore_options.max_states = 50'000;
    const auto found = explore(program, explore_options);
    REQUIRE(found);
    for (const Witness& witness : found->witnesses) {
      if (witness.verdict != Verdict::deadlock) continue;
      const Run run = *replay(program, witness.schedule);
      tally.in_another += static_cast<int>(run.deadlocks.size());
      check_circles(program, maps, run, text);
    }
  }
  return tally;
}

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

}  // namespace

TEST_CASE("every circle of waits of a run is among the marked calls") {
  for (const RandomScenarioOptions& options : {RandomScenarioOptions{}, every_feature()}) {
    const Tally tally = compare_with_runs(options, 1'000);
    CHECK(tally.in_plain_run > 50);
    CHECK(tally.in_another > 100);
    CHECK(tally.unmarked > 300);  // not everything is marked
  }
}

TEST_CASE("every circle of waits of many more programs is among the marked calls", "[.slow]") {
  compare_with_runs({}, 20'000);
  compare_with_runs(every_feature(), 20'000);
  CHECK(compare_with_runs(larger(), 10'000).in_another > 1'000);
}
