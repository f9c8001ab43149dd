// Bounds and reductions of the command line, and whose word counts.
#include "cli/options/explore_options.h"

#include "cli/options/options.h"
#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

ExploreOptions explore_with(const std::vector<std::string>& words, const Limits& limits = {}) {
  std::vector<std::string> arguments{"run", "x.yaml"};
  arguments.insert(arguments.end(), words.begin(), words.end());
  Diagnostics warnings;
  const auto parsed = parse_options(arguments, Environment{}, warnings);
  if (const Farewell* farewell = std::get_if<Farewell>(&parsed)) FAIL(render(farewell->problems, nullptr));
  return explore_options(std::get<Options>(parsed).exploring, limits);
}

std::string complaint(const std::vector<std::string>& words) {
  std::vector<std::string> arguments{"run", "x.yaml"};
  arguments.insert(arguments.end(), words.begin(), words.end());
  Diagnostics warnings;
  const auto parsed = parse_options(arguments, Environment{}, warnings);
  const Farewell* farewell = std::get_if<Farewell>(&parsed);
  REQUIRE(farewell != nullptr);
  CHECK(farewell->exit_code == kExitBadInput);
  return render(farewell->problems, nullptr);
}

}  // namespace

TEST_CASE("nothing said about exploring means the defaults, and a clock") {
  const ExploreOptions options = explore_with({});
  CHECK(options.max_states == ExploreOptions{}.max_states);
  CHECK(options.max_memory == ExploreOptions{}.max_memory);
  CHECK(options.time_limit == std::chrono::milliseconds(0));
  CHECK(options.threads == ExploreOptions{}.threads);
  CHECK(options.reductions == Reductions{});
  const std::chrono::nanoseconds earlier = options.clock();
  CHECK(earlier <= options.clock());
}

TEST_CASE("bounds of exploring are numbers, sizes and times") {
  const ExploreOptions options =
      explore_with({"--max-states", "2e6", "--max-memory", "512MiB", "--time-limit", "1.5s", "--threads", "4"});
  CHECK(options.max_states == 2'000'000);
  CHECK(options.max_memory == 512U << 20U);
  CHECK(options.time_limit == std::chrono::milliseconds(1500));
  CHECK(options.threads == 4);
  CHECK(explore_with({"--time-limit", "1ns"}).time_limit == std::chrono::milliseconds(1));
}

TEST_CASE("the command line goes before the limits of the scenario, and they before the defaults") {
  Limits limits;
  limits.states = 7;
  limits.memory_bytes = 4096;
  limits.time = 2 * kSecond;
  const ExploreOptions of_scenario = explore_with({}, limits);
  CHECK(of_scenario.max_states == 7);
  CHECK(of_scenario.max_memory == 4096);
  CHECK(of_scenario.time_limit == std::chrono::seconds(2));
  const ExploreOptions of_both = explore_with({"--max-states", "8", "--time-limit", "1s"}, limits);
  CHECK(of_both.max_states == 8);
  CHECK(of_both.max_memory == 4096);
  CHECK(of_both.time_limit == std::chrono::seconds(1));
}

TEST_CASE("reductions are all, none, or those that are named") {
  CHECK(explore_with({"--reduction", "all"}).reductions == Reductions{});
  CHECK(explore_with({"--reduction", "none"}).reductions == Reductions::none());
  Reductions two = Reductions::none();
  two.stubborn = two.lock_graph = true;
  CHECK(explore_with({"--reduction", "stubborn,lock-graph"}).reductions == two);
  CHECK(explore_with({"--reduction", "stubborn", "--reduction", "lock-graph"}).reductions == two);
}

TEST_CASE("a bound that nothing can keep is refused") {
  for (const std::string text : {"0", "-1", "many", "1.5"}) {
    CHECK_THAT(complaint({"--max-states=" + text}), Contains("'" + text + "' is no value of --max-states"));
    CHECK_THAT(complaint({"--threads=" + text}), Contains("is no value of --threads"));
  }
  CHECK_THAT(complaint({"--threads", "1025"}), Contains("a number from 1 to 1024"));
  for (const std::string text : {"0", "0GiB", "much", "4 giga"})
    CHECK_THAT(complaint({"--max-memory", text}), Contains("is no value of --max-memory"));
  for (const std::string text : {"0s", "5", "long"})
    CHECK_THAT(complaint({"--time-limit", text}), Contains("is no value of --time-limit"));
}

TEST_CASE("a reduction that is not known suggests the nearest, or tells all") {
  CHECK_THAT(complaint({"--reduction", "stuborn"}), Contains("unknown reduction 'stuborn'"));
  CHECK_THAT(complaint({"--reduction", "stuborn"}), Contains("did you mean 'stubborn'?"));
  CHECK_THAT(complaint({"--reduction", "everything"}), Contains("'movers', 'stubborn', 'symmetry'"));
  CHECK_THAT(complaint({"--reduction", "queue,"}), Contains("unknown reduction ''"));
  CHECK_THAT(complaint({"--reduction", "none,queue"}), Contains("'none' stands alone"));
}

TEST_CASE("only what explores takes options of exploring") {
  CHECK(CommandLine().run({"check", "x.yaml", "--max-states", "5"}).code == kExitBadInput);
}
