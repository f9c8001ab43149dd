// The JSON Schema for editors knows the words that the program knows. The rest is in tests/schema.
#include "actorsim/scenario/schema.h"

#include <algorithm>
#include <regex>
#include <set>

#include <nlohmann/json.hpp>

#include "actorsim/base/outcome.h"
#include "actorsim/base/release.h"
#include "actorsim/scenario/layer.h"
#include "actorsim/scenario/read_config.h"
#include "support/catch.h"

using namespace actorsim;
using Json = nlohmann::ordered_json;

namespace {

const Json& schema() {
  static const Json document = Json::parse(scenario_schema());
  return document;
}

std::set<std::string> keys_of(const Json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

std::set<std::string> words_of(const Json& list) { return list.get<std::set<std::string>>(); }

bool accepts_release(const std::string& text) {
  const std::regex pattern(schema()["$defs"]["release"]["anyOf"][1]["pattern"].get<std::string>());
  return std::regex_search(text, pattern);
}

}  // namespace

TEST_CASE("the schema knows every release line, every patch of it, and no other") {
  const std::set<std::string> words = words_of(schema()["$defs"]["release"]["anyOf"][0]["enum"]);
  CHECK(words.size() == release_lines().size() + 1);
  CHECK(words.count("docs") == 1);
  for (const Release& release : release_lines()) {
    const std::string line = to_string(release);
    CAPTURE(line);
    CHECK(words.count(line) == 1);
    CHECK(accepts_release(line));
    CHECK(accepts_release("v" + line));
    for (int patch = 0; patch <= release.patch; ++patch) CHECK(accepts_release(line + "." + std::to_string(patch)));
    CHECK_FALSE(accepts_release(line + "." + std::to_string(release.patch + 1)));
    CHECK_FALSE(accepts_release(line + ".01"));
    const Json& numbers = schema()["$defs"]["release"]["anyOf"][2]["not"]["not"]["enum"];
    CHECK(std::count(numbers.begin(), numbers.end(), Json(std::stod(line))) == 1);
  }
}

TEST_CASE("the schema knows every outcome and every verdict") {
  std::set<std::string> outcomes, verdicts;
  for (std::size_t i = 0; i < kOutcomeCount; ++i) outcomes.emplace(to_word(static_cast<Outcome>(i)));
  for (std::size_t i = 0; i < kVerdictCount; ++i) verdicts.emplace(to_word(static_cast<Verdict>(i)));
  CHECK(words_of(schema()["$defs"]["outcome"]["anyOf"][0]["enum"]) == outcomes);
  CHECK(words_of(schema()["$defs"]["verdict"]["anyOf"][0]["enum"]) == verdicts);
}

TEST_CASE("the schema knows the keys of the top and of an entry") {
  CHECK(keys_of(schema()["properties"]) == std::set<std::string>(top_keys().begin(), top_keys().end()));
  CHECK(keys_of(schema()["$defs"]["entry"]["properties"]) ==
        std::set<std::string>(entry_keys().begin(), entry_keys().end()));
}

TEST_CASE("the schema knows the paths of the config that can be axes") {
  std::set<std::string> known = keys_of(schema()["$defs"]["config"]["properties"]);
  for (const auto& [key, value] : schema()["$defs"]["config"]["properties"]["reentrancy"]["properties"].items())
    known.insert("reentrancy." + key);
  for (const std::string& path : config_paths()) CHECK(known.count(path) == 1);
}
