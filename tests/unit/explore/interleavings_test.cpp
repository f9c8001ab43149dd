// Every order as a tree, and how many there may be.
#include "actorsim/explore/interleavings.h"

#include <cmath>

#include "actorsim/explore/exploration.h"
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

const std::string kCrossing = "chains: [A -> B, B -> A]\n";

Program program_of(const std::string& text) { return compile(load_text(text), "test.yaml"); }

Interleavings tree_of(const Program& program, std::uint64_t most = kMostInterleavings) {
  auto tree = list_interleavings(program, most);
  if (!tree) FAIL(tree.error().message);
  REQUIRE(tree->has_value());
  return std::move(**tree);
}

// The schedules of the leaves.
std::vector<std::pair<Schedule, Verdict>> leaves_of(const Interleavings& tree) {
  std::vector<std::pair<Schedule, Verdict>> leaves;
  Schedule way;
  for (const Interleavings::Step& step : tree.steps) {
    way.resize(step.before);
    way.push_back(step.record.choice);
    if (step.verdict) leaves.emplace_back(way, *step.verdict);
  }
  return leaves;
}

}  // namespace

TEST_CASE("one chain has one interleaving") {
  const Interleavings tree = tree_of(program_of("chains: [A -> B]\n"));
  CHECK(tree.count == 1);
  CHECK(tree.verdicts[static_cast<std::size_t>(Verdict::ok)] == 1);
  REQUIRE_FALSE(tree.steps.empty());
  CHECK(tree.steps.back().verdict == Verdict::ok);
}

TEST_CASE("chains that do not meet are shuffled in every way") {
  const Program program = program_of("actors: {A: {m: []}}\nstart: [{call: A/1.m}, {call: A/2.m}]\n");
  const Interleavings tree = tree_of(program);
  const auto leaves = leaves_of(tree);
  CHECK(tree.count == 6);  // two steps each: arrive, return
  CHECK(leaves.size() == 6);
  CHECK(schedule_text(leaves.front().first) == "t1.t1.t2.t2");
  CHECK(schedule_text(leaves.back().first) == "t2.t2.t1.t1");
}

TEST_CASE("the verdict of each interleaving is that of its replay, and together they are those that are possible") {
  const Program program = program_of(kCrossing);
  const Interleavings tree = tree_of(program);
  const auto leaves = leaves_of(tree);
  REQUIRE(leaves.size() == tree.count);
  std::array<std::uint64_t, kVerdictCount> verdicts{};
  for (const auto& [schedule, verdict] : leaves) {
    const auto run = replay(program, schedule);
    REQUIRE(run);
    CHECK(run->verdict == verdict);
    ++verdicts[static_cast<std::size_t>(verdict)];
  }
  CHECK(verdicts == tree.verdicts);
  const auto explored = explore(program);
  REQUIRE(explored);
  for (std::size_t i = 0; i < kVerdictCount; ++i) CHECK(explored->verdicts[i] == (verdicts[i] > 0));
}

TEST_CASE("a tree with too many leaves is not listed") {
  const Program program = program_of(kCrossing);
  const std::uint64_t count = tree_of(program).count;
  CHECK(tree_of(program, count).count == count);
  const auto none = list_interleavings(program, count - 1);
  REQUIRE(none);
  CHECK_FALSE(none->has_value());
}

TEST_CASE("a timer without end cannot be listed or estimated") {
  const Program program = program_of("actors: {A: {m: []}}\nstart: [{timer: A/1.m, every: 1s}]\nuntil: 5s\n");
  CHECK_FALSE(list_interleavings(program));
  CHECK_FALSE(estimate_interleavings(program, 10, 1));
}

TEST_CASE("the estimate is near the number, and the same for the same seed") {
  const Program program = program_of(kCrossing);
  const auto exact = static_cast<double>(tree_of(program).count);
  const auto estimate = estimate_interleavings(program, 20'000, 1);
  REQUIRE(estimate);
  CHECK(std::abs(estimate->count - exact) < exact * 0.05);
  CHECK(estimate->walks == 20'000);
  const auto again = estimate_interleavings(program, 20'000, 1);
  CHECK(again->count == estimate->count);
  CHECK(again->longest == estimate->longest);
  CHECK(estimate_interleavings(program, 100, 1)->count != estimate_interleavings(program, 100, 2)->count);
}
