// `actorsim list` from words to exit code.
#include <nlohmann/json.hpp>

#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

const std::string kTwo = R"(actorsim: 1
tags: [shop, slow]
dapr: "1.14"
scenarios:
  - {name: one, chains: [A]}
  - {name: two, dapr: docs, description: it waits, chains: [B -> B], expect: {verdict: deadlock, counts: {calls: 2}}}
)";

}  // namespace

TEST_CASE("a list says what each file holds, in words") {
  CommandLine line;
  line.write("two.yaml", kTwo);
  const Answer answer = line.run({"list", "two.yaml"});
  CHECK(answer.code == kExitOk);
  CHECK(answer.out == R"(two.yaml
  one
    tags      shop, slow
    dapr      1.14
    expects   verdict: ok (implied)
  two
    tags      shop, slow
    dapr      docs
    expects   verdict: deadlock; calls: 2
)");
}

TEST_CASE("what is expected of one call stands together") {
  CommandLine line;
  const std::string text =
      "actorsim: 1\nchains: [A]\nexpect: {calls: {A/1.m1: {outcome: entered, depth: 1}}, counts: {calls: 1}}\n";
  CHECK_THAT(line.run({"list", "-"}, text).out, Contains("expects   A/1.m1: entered, depth 1; calls: 1\n"));
  CHECK_THAT(line.run({"list", "-"}, "actorsim: 1\nchains: [A]\nexpect: {}\n").out, Contains("expects   nothing\n"));
}

TEST_CASE("a list as JSON has a version, every case, and where its expectations stand") {
  CommandLine line;
  line.write("two.yaml", kTwo);
  const auto document = nlohmann::json::parse(line.run({"list", "--json", "two.yaml"}).out);
  CHECK(document["schema"] == 1);
  const auto& scenarios = document["files"][0]["scenarios"];
  REQUIRE(scenarios.size() == 2);
  CHECK(scenarios[0]["name"] == "one");
  CHECK(scenarios[0]["line"] == 5);
  CHECK(scenarios[0]["tags"] == nlohmann::json({"shop", "slow"}));
  CHECK(scenarios[0]["cases"][0]["implied"] == true);
  CHECK(scenarios[0]["cases"][0]["expectations"][0]["line"].is_null());
  CHECK(scenarios[1]["description"] == "it waits");
  CHECK(scenarios[1]["cases"][0]["dapr"] == "docs");
  CHECK(scenarios[1]["cases"][0]["expectations"][0]["text"] == "verdict: deadlock");
  CHECK(scenarios[1]["cases"][0]["expectations"][0]["line"] == 6);
  CHECK(document["diagnostics"].empty());
}

TEST_CASE("a file that is wrong is listed as such, and the others in full") {
  CommandLine line;
  line.write("a.yaml", kBroken);
  line.write("b.yaml", kPasses);
  const Answer answer = line.run({"list", "."});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("unknown key 'expct'"));
  CHECK_THAT(answer.out, Contains("./a.yaml\n  ! not readable\n"));
  CHECK_THAT(answer.out, Contains("./b.yaml\n  b\n"));
  const auto document = nlohmann::json::parse(line.run({"list", ".", "--json"}).out);
  CHECK(document["files"][0]["readable"] == false);
  CHECK(document["diagnostics"][0]["code"] == "unknown-key");
}

TEST_CASE("several releases are the cases of a list") {
  CommandLine line;
  line.write("passes.yaml", kPasses);
  CHECK_THAT(line.run({"list", "passes.yaml", "--dapr", "1.14,1.18"}).out, Contains("dapr      1.14, 1.18\n"));
  CHECK(line.run({"list", "passes.yaml", "--set", "nothing=1"}).code == kExitBadInput);
}
