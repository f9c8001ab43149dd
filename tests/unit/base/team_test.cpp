// Threads that work together: everybody works once in each round, and what one throws arrives.
#include "actorsim/base/team.h"

#include <array>
#include <atomic>
#include <stdexcept>

#include "support/catch.h"

using namespace actorsim;

TEST_CASE("a team works round by round") {
  constexpr std::size_t kSize = 4;
  Team team(kSize);
  REQUIRE(team.size() == kSize);
  std::array<int, kSize> done{};
  for (int round = 1; round <= 1'000; ++round) {
    std::atomic<int> now{0};
    team.run([&](std::size_t number) {
      ++done[number];
      ++now;
    });
    REQUIRE(now == kSize);
    for (const int count : done) REQUIRE(count == round);
  }
}

TEST_CASE("a team of one is the caller") {
  Team team(1);
  int done = 0;
  team.run([&](std::size_t number) { done += number == 0 ? 1 : 100; });
  CHECK(done == 1);
}

TEST_CASE("what a member of a team throws arrives when all have ended, and the team goes on") {
  Team team(3);
  std::atomic<int> ended{0};
  const auto throwing = [&](std::size_t number) {
    ++ended;
    if (number == 2) throw std::runtime_error("two");
  };
  CHECK_THROWS_WITH(team.run(throwing), "two");
  CHECK(ended == 3);
  team.run([&](std::size_t) { ++ended; });
  CHECK(ended == 6);
}
