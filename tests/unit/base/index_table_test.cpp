// The hash table of indices.
#include "actorsim/base/index_table.h"

#include <string>
#include <vector>

#include "support/catch.h"

using actorsim::IndexTable;

TEST_CASE("an index table finds what was added and nothing else, also when all hashes are equal") {
  for (const bool equal_hashes : {false, true}) {
    std::vector<std::string> texts;
    IndexTable table;
    const auto hash_of = [&](const std::string& text) {
      return equal_hashes ? std::uint64_t{7} : std::hash<std::string>{}(text);
    };
    const auto find = [&](const std::string& text) {
      return table.find(hash_of(text), [&](std::uint32_t index) { return texts[index] == text; });
    };
    REQUIRE(find("0") == IndexTable::kNothing);
    for (std::uint32_t i = 0; i < 500; ++i) {
      texts.push_back(std::to_string(i));
      table.add(i, [&](std::uint32_t index) { return hash_of(texts[index]); });
    }
    for (std::uint32_t i = 0; i < 500; ++i) REQUIRE(find(std::to_string(i)) == i);
    REQUIRE(find("500") == IndexTable::kNothing);
  }
}
