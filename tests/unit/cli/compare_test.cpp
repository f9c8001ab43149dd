// `actorsim compare` from words to exit code.
#include <nlohmann/json.hpp>

#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

const std::string kStranger = R"(actorsim: 1
dapr: "1.9"
config: {reentrancy: {maxStackDepth: 1}}
actors: {A: {m: [{sleep: 1s}]}}
start: [{call: A/1.m, as: first}, {call: A/1.m, as: second}]
expect: {verdict: failed}
)";

}  // namespace

TEST_CASE("comparing checks no expectation and does not heed the release of the file") {
  CommandLine line;
  line.write("stranger.yaml", kStranger);
  const Answer answer = line.run({"compare", "stranger.yaml"});
  CHECK(answer.code == kExitOk);
  CHECK(answer.err.empty());
  CHECK_THAT(answer.out, Contains("1.2–1.14    1.15–1.18, docs"));
  CHECK_THAT(answer.out, Contains("exceeded  ≠ blocked"));
}

TEST_CASE("releases can be named, in any order") {
  CommandLine line;
  line.write("stranger.yaml", kStranger);
  const std::string out = line.run({"compare", "stranger.yaml", "--dapr", "docs,1.18,1.14"}).out;
  CHECK_THAT(out, Contains("1.14        1.18, docs"));
  CHECK_THAT(out, Contains("1.14 → 1.18: verdict ok instead of exceeded"));
  CHECK(line.run({"compare", "stranger.yaml", "--dapr", "1.99"}).code == kExitBadInput);
}

TEST_CASE("settings from outside count for a comparison") {
  CommandLine line;
  line.write("stranger.yaml", kStranger);
  CHECK_THAT(line.run({"compare", "stranger.yaml", "-s", "reentrancy.maxStackDepth=2"}).out, Contains("no difference"));
}

TEST_CASE("scenarios of a file that compare alike share a table, and one broken file hides no other") {
  CommandLine line;
  line.write("a.yaml", kBroken);
  line.write("b.yaml", "actorsim: 1\nscenarios:\n  - {name: one, chains: [A]}\n  - {name: two, chains: [B]}\n");
  const Answer answer = line.run({"compare", "."});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("unknown key 'expct'"));
  CHECK_THAT(answer.out, Contains("./a.yaml\n  ! not compared\n"));
  CHECK_THAT(answer.out, Contains("  = one\n  = two\n    no difference: ok in 1.2–1.18, docs\n"));
  CHECK_THAT(answer.out, Contains("2 compared: 0 differ, 2 do not; 1 not compared"));
}

TEST_CASE("a scenario that cannot run is not compared") {
  CommandLine line;
  const Answer answer =
      line.run({"compare", "-"}, "actorsim: 1\nactors: {A: {m: [{send: self.m}]}}\nstart: [{call: A/1.m}]\n");
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("<stdin>:2:"));
  CHECK_THAT(answer.out, Contains("<stdin>: not compared") || Contains("stdin: not compared"));
}

TEST_CASE("a comparison as JSON has a version, columns, calls and changes") {
  CommandLine line;
  line.write("stranger.yaml", kStranger);
  const Answer answer = line.run({"compare", "stranger.yaml", "--report", "json=compare.json"});
  CHECK_THAT(answer.out, Contains("verdict"));
  const auto document = nlohmann::json::parse(line.read("compare.json"));
  CHECK(document["schema"] == 1);
  const auto& comparison = document["comparisons"][0];
  CHECK(comparison["compared"] == true);
  CHECK(comparison["same"] == false);
  CHECK(comparison["columns"][0]["releases"] == nlohmann::json::parse(R"([{"from": "1.2.0", "to": "1.14.5"}])"));
  CHECK(comparison["columns"][1]["releases"][1]["to"] == "docs");
  CHECK(comparison["calls"][1]["label"] == "second");
  CHECK(comparison["calls"][1]["differs"] == true);
  CHECK(comparison["calls"][1]["results"][0]["outcome"] == "exceeded");
  CHECK(comparison["calls"][1]["results"][1]["entered_ns"] == 1'000'000'000);
  CHECK(comparison["changes"][0]["from"] == "1.14.5");
  CHECK(comparison["changes"][0]["to"] == "1.15.0");
  CHECK(comparison["changes"][0]["reasons"].size() == 1);
}
