// Bounds of an exploration: each ends it, close to where it was set, with what was found.
#include <atomic>
#include <chrono>

#include <fmt/format.h>

#include "actorsim/explore/exploration.h"
#include "actorsim/model/compile.h"
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

Program ring(int actors) {
  std::string text = "dapr: \"1.18\"\nconfig: {reentrancy: {enabled: true}}\nchains:\n";
  for (int i = 0; i < actors; ++i) text += fmt::format("  - A/{} -> A/{}\n", i, (i + 1) % actors);
  return compile(load_text(text), "test.yaml");
}

ExploreOptions unreduced() {
  ExploreOptions options;
  options.goal = Goal::deadlock;
  options.reductions = Reductions::none();
  options.wants_schedules = false;
  return options;
}

TEST_CASE("a ring has the states that theory says") {
  // ((5+√29)/2)^N + ((5-√29)/2)^N - 1 first come first served, (2+√6)^N + (2-√6)^N - 1 with free grants.
  CHECK(explore(ring(4), unreduced())->states == 726);
  CHECK(explore(ring(6), unreduced())->states == 19'601);
  ExploreOptions free_grants = unreduced();
  free_grants.reductions.queue = true;
  CHECK(explore(ring(6), free_grants)->states == 7'759);
  free_grants.reductions.stubborn = true;
  CHECK(explore(ring(6), free_grants)->states == 719);
  free_grants.reductions.lock_graph = true;
  CHECK(explore(ring(6), free_grants)->states == 62);
  for (const int actors : {4, 8, 16}) {
    ExploreOptions all;
    all.goal = Goal::deadlock;
    const auto found = explore(ring(actors), all);
    CHECK(found->states == 2 * static_cast<std::uint64_t>(actors));
    CHECK(found->can(Verdict::deadlock));
    REQUIRE(!found->witnesses.empty());  // the worst verdict's first
    REQUIRE(found->witnesses[0].verdict == Verdict::deadlock);
    CHECK(found->witnesses[0].schedule.size() == 2 * static_cast<std::size_t>(actors));
    CHECK(found->witnesses[0].switches == static_cast<std::uint32_t>(actors));
  }
}

TEST_CASE("the most states are kept to") {
  for (const std::uint64_t most : {std::uint64_t{1}, std::uint64_t{500}, std::uint64_t{15'000}}) {
    for (const unsigned threads : {1U, 2U}) {
      ExploreOptions options = unreduced();
      options.max_states = most;
      options.threads = threads;
      const auto found = explore(ring(8), options);
      CHECK(found->end == Exploration::End::max_states);
      CHECK(found->states >= most);
      CHECK(found->states <= most + most / 20 + 64);
    }
  }
}

TEST_CASE("the most memory is kept to") {
  ExploreOptions options = unreduced();
  options.max_memory = 3'000'000;
  const auto found = explore(ring(8), options);
  CHECK(found->end == Exploration::End::max_memory);
  CHECK(found->bytes <= options.max_memory * 11 / 10);
  CHECK(found->states > 50'000);
}

TEST_CASE("time and the wish to stop end an exploration") {
  ExploreOptions options = unreduced();
  std::chrono::milliseconds now{0};
  options.clock = [&] { return now += std::chrono::milliseconds{1}; };
  options.time_limit = std::chrono::milliseconds{5};
  CHECK(explore(ring(8), options)->end == Exploration::End::time_limit);

  options = unreduced();
  const std::atomic<bool> stop{true};
  options.stop = &stop;
  CHECK(explore(ring(8), options)->end == Exploration::End::stopped);
}

TEST_CASE("states known by hashes are counted as those that are known exactly, with the chance of an error") {
  ExploreOptions options;
  options.goal = Goal::deadlock;
  options.reductions.symmetry = false;  // so that there are some
  const auto exact = explore(ring(40), options);
  CHECK(exact->omission == 0);
  options.is_lossy = true;
  const auto lossy = explore(ring(40), options);
  CHECK(lossy->states == exact->states);
  CHECK(lossy->verdicts == exact->verdicts);
  CHECK(lossy->omission > 0);
  CHECK(lossy->omission < 1e-9);
  CHECK(explore(ring(6), options)->omission == 0);  // one word says it all
}

}  // namespace
