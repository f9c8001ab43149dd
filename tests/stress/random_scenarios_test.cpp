// Random scenarios: the combinations are those that plain recursion over all orders finds, and what threads make of
// them is among these.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "actorsim/explore/walker.h"
#include "stress/stress_text.h"
#include "support/catch.h"
#include "support/random_scenarios.h"

using namespace actorsim;
using namespace actorsim::testing;

namespace {

constexpr std::uint64_t kScenarios = 150;
constexpr std::uint64_t kCompared = 60;
constexpr std::uint64_t kMostOrders = 2'000;
constexpr std::uint64_t kRounds = 8;
constexpr std::uint64_t kMostStates = 20'000;

RandomScenarioOptions what_threads_can_do() {
  RandomScenarioOptions options;
  options.timeouts = false;
  options.unhosted = true;
  return options;
}

// All orders, without recognising any state.
class AllOrders {
 public:
  explicit AllOrders(const Program& program) : walker_(program) {}

  // False: there are too many.
  bool find() { return visit(walker_.initial(), {}); }

  std::set<Combination> found;

 private:
  bool visit(const Situation& situation, const std::vector<CallOutcome>& past) {
    std::vector<Move> moves;
    walker_.list_moves(situation, moves);
    if (moves.empty()) return end(situation, past);
    for (const Move& move : moves) {
      Situation after = situation;
      std::vector<CallOutcome> outcomes = past;
      if (walker_.take(after, move, outcomes) || !visit(after, outcomes)) return false;
    }
    return true;
  }

  bool end(Situation situation, std::vector<CallOutcome> outcomes) {
    if (++orders_ > kMostOrders) return false;
    walker_.settle(situation, outcomes);
    for (const Index label : walker_.skipped(situation)) outcomes.push_back({label, Outcome::skipped});
    Combination combination{situation.verdict, {}};
    for (const CallOutcome& outcome : outcomes)
      combination.calls.push_back({walker_.label_text(outcome.label), outcome.outcome});
    std::sort(combination.calls.begin(), combination.calls.end());
    found.insert(std::move(combination));
    return true;
  }

  Walker walker_;
  std::uint64_t orders_ = 0;
};

}  // namespace

TEST_CASE("the combinations are those of all orders, one by one") {
  std::uint64_t compared = 0, several = 0;
  for (std::uint64_t seed = 1; compared < kCompared; ++seed) {
    REQUIRE(seed < 100 * kCompared);
    const std::string text = random_scenario(seed, every_feature());
    INFO("seed " << seed << '\n' << text);
    const Program program = program_of(text);
    AllOrders all(program);
    if (!all.find()) continue;
    ++compared;
    const auto combinations = explore_combinations(program, {});
    REQUIRE(combinations);
    CHECK(combinations->is_complete());
    CHECK(combinations->found == all.found);
    if (all.found.size() > 1) ++several;
  }
  CHECK(several > kCompared / 4);
}

TEST_CASE("what threads make of random scenarios is in the explored set") {
  std::uint64_t known = 0, stuck = 0, varied = 0;
  for (std::uint64_t seed = 1; seed <= kScenarios; ++seed) {
    const std::string text = random_scenario(seed, what_threads_can_do());
    INFO("seed " << seed << '\n' << text);
    const Program program = program_of(text);
    REQUIRE_FALSE(why_not_for_threads(program));
    const ExploredSet set = explored(program, kMostStates);
    StressOptions options;
    options.rounds = kRounds;
    options.threads = 256;
    options.seed = seed;
    const StressResult result = play(program, set, options);
    CHECK(result.rounds == kRounds);
    CHECK(result.failure_count == 0);
    for (const StressFailure& failure : result.failures) FAIL_CHECK(to_text(failure));
    if (set.combinations.is_complete()) ++known;
    if (result.verdicts[static_cast<std::size_t>(Verdict::deadlock)] > 0) ++stuck;
    if (result.combinations.size() > 1) ++varied;
  }
  // It cannot pass by looking at nothing.
  CHECK(known > kScenarios / 2);
  CHECK(stuck > kScenarios / 20);
  CHECK(varied > kScenarios / 20);
}
