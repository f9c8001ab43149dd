// The index of long queues.
#include "actorsim/lock/entry_index.h"

#include <map>
#include <random>
#include <utility>

#include "support/catch.h"

using namespace actorsim;

TEST_CASE("the index finds what was inserted and not erased, whatever came between") {
  EntryIndexTable index;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> expected;
  std::mt19937 random(1);
  for (std::uint32_t step = 0; step < 20'000; ++step) {
    const std::uint32_t lock = static_cast<std::uint32_t>(random() % 5);
    const std::uint32_t id = static_cast<std::uint32_t>(random() % 60);
    const auto found = expected.find({lock, id});
    REQUIRE(index.find(lock, id) == (found == expected.end() ? EntryIndexTable::kAbsent : found->second));
    if (found == expected.end()) {
      index.insert(lock, id, step);
      expected[{lock, id}] = step;
    } else {
      index.erase(lock, id);
      expected.erase(found);
    }
    REQUIRE(index.size() == expected.size());
  }
}

TEST_CASE("an empty index finds nothing") { REQUIRE(EntryIndexTable().find(0, 1) == EntryIndexTable::kAbsent); }
