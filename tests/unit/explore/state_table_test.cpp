// The table of states against a set, while it grows.
#include "actorsim/explore/state_table.h"

#include <algorithm>
#include <set>
#include <thread>

#include "actorsim/base/random.h"
#include "support/catch.h"

using namespace actorsim;

namespace {

constexpr std::uint64_t kNoBound = ~std::uint64_t{0};

std::uint64_t word(Random& random) { return random.below(40'000) * 0x10001; }

}  // namespace

TEST_CASE("a table knows what a set knows, however often it grows") {
  const std::size_t width = GENERATE(1U, 2U, 3U);
  StateTable table(width);
  std::set<std::vector<std::uint64_t>> expected;
  Random random(7);
  for (int round = 0; round < 60; ++round) {
    constexpr std::uint64_t kRound = 2'000;
    REQUIRE(table.plan_room(kRound, kNoBound));
    table.make_room(0, 1);
    for (std::uint64_t i = 0; i < kRound; ++i) {
      std::vector<std::uint64_t> state(width);
      for (std::uint64_t& part : state) part = word(random);
      const bool is_new = expected.insert(state).second;
      const auto inserted = table.insert(state.data(), StateTable::hash(state.data(), width));
      REQUIRE(inserted == (is_new ? StateTable::Inserted::added : StateTable::Inserted::known));
    }
    REQUIRE(table.size() == expected.size());
  }
  std::set<std::vector<std::uint64_t>> kept;
  table.for_each([&](const std::uint64_t* state) { kept.insert({state, state + width}); });
  CHECK(kept == expected);
  CHECK(table.bytes() >= expected.size() * width * sizeof(std::uint64_t));
}

TEST_CASE("a table is not planned larger than it may be, and says when it is full") {
  StateTable table(1);
  const std::uint64_t before = table.bytes();
  CHECK_FALSE(table.plan_room(1'000'000, 1'000'000));
  CHECK(table.bytes() == before);
  bool is_full = false;
  std::uint64_t added = 0;
  for (std::uint64_t state = 0; state < 100'000 && !is_full; ++state) {
    const auto inserted = table.insert(&state, StateTable::hash(&state, 1));
    is_full = is_full || inserted == StateTable::Inserted::full;
    if (inserted == StateTable::Inserted::added) ++added;
  }
  CHECK(is_full);
  CHECK(table.size() == added);
  CHECK(added < before / sizeof(std::uint64_t));
}

TEST_CASE("every shard has one owner, and owners insert side by side") {
  for (const std::size_t owners : {1U, 2U, 3U, 5U, 16U, 40U}) {
    std::set<std::size_t> seen;
    for (std::uint64_t shard = 0; shard < 16; ++shard) {
      const std::size_t owner = StateTable::owner(shard << 60U, owners);
      REQUIRE(owner < owners);
      seen.insert(owner);
    }
    CHECK(seen.size() == std::min<std::size_t>(owners, 16));
  }
  StateTable table(1);
  constexpr std::size_t kOwners = 3;
  constexpr std::uint64_t kStates = 100'000;
  REQUIRE(table.plan_room(kStates, kNoBound));
  std::vector<std::thread> threads;
  for (std::size_t owner = 0; owner < kOwners; ++owner) {
    threads.emplace_back([&table, owner] {
      table.make_room(owner, kOwners);
      for (std::uint64_t state = 0; state < kStates; ++state) {
        const std::uint64_t hash = StateTable::hash(&state, 1);
        if (StateTable::owner(hash, kOwners) == owner) table.insert_word(state, hash);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(table.size() == kStates);
}
