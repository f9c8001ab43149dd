// The explorer against itself without reductions and on several threads, against the search over whole worlds, against
// brute force, plain runs and replays: on random programs, ACTORSIM_PROGRAMS of each kind (200 by default).
#include <cstdlib>
#include <string>

#include "actorsim/model/compile.h"
#include "explore/checked_exploration.h"
#include "support/random_scenarios.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

constexpr std::uint64_t kMostStates = 20'000;

int programs() {
  const char* count = std::getenv("ACTORSIM_PROGRAMS");
  return count == nullptr ? 200 : std::atoi(count);
}

void check(ExplorationChecker& checker, int seed, const RandomScenarioOptions& options) {
  const std::string text = random_scenario(static_cast<std::uint64_t>(seed), options);
  INFO(text);
  const Scenario scenario = load_text(text);
  checker.check(compile(scenario, "test.yaml"));
}

TEST_CASE("all searches give the answer that brute force gives") {
  ExplorationChecker checker(kMostStates);
  for (int seed = 0; seed < programs(); ++seed) check(checker, seed, {});
  CHECK(checker.checked > programs() * 9 / 10);
  CHECK(checker.by_brute_force > programs() / 3);
}

TEST_CASE("reductions give the answer of the search without them") {
  RandomScenarioOptions calm;
  calm.sends = calm.parallel = calm.join_any = calm.replies = calm.loops = calm.literal_headers = false;
  calm.timeouts = calm.retries = false;
  calm.orders_at_most = 60'000;
  ExplorationChecker checker(kMostStates);
  for (int seed = 0; seed < programs(); ++seed) {
    calm.failures = seed % 3 == 0;
    calm.unhosted = seed % 7 == 0;
    check(checker, seed, calm);
  }
  CHECK(checker.with_reductions > programs() / 2);
}

TEST_CASE("scenarios in which actors leave, timers fire and hosts change are explored as a whole") {
  RandomScenarioOptions options = every_feature();
  options.orders_at_most = 2'000;
  ExplorationChecker checker(kMostStates);
  for (int seed = 0; seed < programs() / 3; ++seed) check(checker, seed, options);
  CHECK(checker.checked > programs() / 4);
}

}  // namespace
