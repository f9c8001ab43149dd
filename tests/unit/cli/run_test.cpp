// `actorsim run` from words to exit code.
#include <nlohmann/json.hpp>

#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;
namespace fs = std::filesystem;

TEST_CASE("the exit code says whether every expectation holds") {
  CommandLine line;
  line.write("passes.yaml", kPasses);
  line.write("fails.yaml", kFailing);
  CHECK(line.run({"run", "passes.yaml"}).code == kExitOk);
  CHECK(line.run({"run", "fails.yaml"}).code == kExitFailed);
  CHECK(line.run({"run", "passes.yaml", "fails.yaml"}).code == kExitFailed);
}

TEST_CASE("one broken file never hides the others") {
  CommandLine line;
  line.write("a-broken.yaml", kBroken);
  line.write("b-fails.yaml", kFailing);
  line.write("c-passes.yaml", kPasses);
  const Answer answer = line.run({"run", "."});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("./a-broken.yaml:3:1: error: unknown key 'expct'"));
  CHECK_THAT(answer.err, Contains("did you mean 'expect'?"));
  CHECK_THAT(answer.err, Contains("./a-broken.yaml:4:"));
  CHECK_THAT(answer.out, Contains("./a-broken.yaml\n  ! not run"));
  CHECK_THAT(answer.out, Contains("✗ b-fails"));
  CHECK_THAT(answer.out, Contains("✓ c-passes"));
  CHECK_THAT(answer.out, Contains("1 passed, 1 failed, 1 not run"));
}

TEST_CASE("a path that leads nowhere does not keep the others from running") {
  CommandLine line;
  line.write("passes.yaml", kPasses);
  const Answer answer = line.run({"run", "pases.yaml", "passes.yaml"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err,
             Contains("pases.yaml: error: there is no such file or folder\n  = help: did you mean 'passes.yaml'?"));
  CHECK_THAT(answer.out, Contains("1 passed, 1 not run"));
}

TEST_CASE("what cannot be read has its place among the others") {
  CommandLine line;
  line.write("a.yaml", kPasses);
  line.write("b.yaml", kPasses);
  const std::string out = line.run({"run", "b.yaml", "gone.yaml", "a.yaml"}).out;
  CHECK(out.find("b.yaml") < out.find("gone.yaml"));
  CHECK(out.find("gone.yaml") < out.find("a.yaml\n  ✓"));
}

TEST_CASE("a scenario comes from standard input as well") {
  CommandLine line;
  const Answer answer = line.run({"run", "-"}, kFailing);
  CHECK(answer.code == kExitFailed);
  CHECK_THAT(answer.out, Contains("<stdin>\n"));
  CHECK_THAT(line.run({"run", "-"}, "").err, Contains("<stdin>"));
  CHECK(line.run({"run", "-"}, "").code == kExitBadInput);
}

TEST_CASE("a setting and a release can be set from outside") {
  CommandLine line;
  line.write("a-a.yaml", kFailing);
  CHECK(line.run({"run", "a-a.yaml", "-s", "reentrancy.enabled=true"}).code == kExitOk);
  CHECK(line.run({"run", "a-a.yaml", "-s", "reentrancy.enabled=true", "--dapr", "1.6"}).code == kExitFailed);
  const Answer both = line.run({"run", "a-a.yaml", "-s", "reentrancy.enabled=true", "--dapr", "1.6,1.18"});
  CHECK_THAT(both.out, Contains("Dapr 1.6, reentrancy off"));
  CHECK_THAT(both.out, Contains("Dapr 1.18, reentrancy on"));
  CHECK_THAT(both.out, Contains("1 passed, 1 failed"));
  const Answer wrong = line.run({"run", "a-a.yaml", "-s", "reentrancy.enable=true"});
  CHECK(wrong.code == kExitBadInput);
  CHECK_THAT(wrong.err, Contains("did you mean 'reentrancy.enabled'?"));
}

TEST_CASE("a warning is said once, however many cases it belongs to") {
  CommandLine line;
  line.write("two.yaml", R"(actorsim: 1
dapr: "1.6"
config: {reentrancy: {enabled: true}}
scenarios:
  - {name: one, chains: [A]}
  - {name: two, chains: [B]}
)");
  const Answer answer = line.run({"run", "two.yaml"});
  CHECK(answer.code == kExitOk);
  const std::size_t first = answer.err.find("reentrancy stays off");
  REQUIRE(first != std::string::npos);
  CHECK(answer.err.find("reentrancy stays off", first + 1) == std::string::npos);
}

TEST_CASE("a report goes into a file, whole, while people read the pretty one") {
  CommandLine line;
  line.write("fails.yaml", kFailing);
  const Answer answer = line.run({"run", "fails.yaml", "--report", "json=report.json"});
  CHECK(answer.code == kExitFailed);
  CHECK_THAT(answer.out, Contains("✗ fails"));
  CHECK(nlohmann::json::parse(line.read("report.json"))["status"] == "fail");
  CHECK_FALSE(line.has("report.json.part"));
}

TEST_CASE("a report of files that are broken lists their diagnostics") {
  CommandLine line;
  line.write("broken.yaml", kBroken);
  const Answer answer = line.run({"run", "broken.yaml", "--report", "json"});
  const auto document = nlohmann::json::parse(answer.out);
  CHECK(document["status"] == "error");
  CHECK(document["summary"]["errors"] == 1);
  CHECK(document["diagnostics"][0]["code"] == "unknown-key");
  CHECK(document["diagnostics"][0]["line"] == 3);
}

TEST_CASE("a report that cannot be written is an error, and leaves nothing behind") {
  CommandLine line;
  line.write("passes.yaml", kPasses);
  fs::create_directory(line.folder() / "folder");
  for (const std::string place : {"nowhere/report.json", "folder"}) {
    const Answer answer = line.run({"run", "passes.yaml", "--report", "json=" + place});
    CHECK(answer.code == kExitBadInput);
    CHECK_THAT(answer.err, Contains(place + ": error: the report "));
    CHECK_THAT(answer.out, Contains("1 passed"));
  }
  CHECK_FALSE(line.has("folder.part"));
  const Answer full = line.run({"run", "passes.yaml", "--report", "json=/dev/full"});
  CHECK(full.code == kExitBadInput);
  CHECK_THAT(full.err, Contains("/dev/full"));
}

TEST_CASE("an old report stays whole until the new one is") {
  CommandLine line;
  line.write("passes.yaml", kPasses);
  line.write("report.json", "old");
  CHECK(line.run({"run", "passes.yaml", "--report", "json=report.json"}).code == kExitOk);
  CHECK(nlohmann::json::parse(line.read("report.json"))["status"] == "pass");
}

TEST_CASE("color follows the option, then NO_COLOR, then CLICOLOR_FORCE, then the terminal") {
  CommandLine line;
  line.write("passes.yaml", kPasses);
  const auto is_colored = [&](const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"run", "passes.yaml"};
    words.insert(words.end(), more.begin(), more.end());
    return line.run(words).out.find('\x1b') != std::string::npos;
  };
  CHECK_FALSE(is_colored());
  CHECK(is_colored({"--color", "always"}));
  line.variables["CLICOLOR_FORCE"] = "0";
  CHECK_FALSE(is_colored());
  line.variables["CLICOLOR_FORCE"] = "1";
  CHECK(is_colored());
  line.variables["NO_COLOR"] = "1";
  CHECK_FALSE(is_colored());
  CHECK(is_colored({"--color=always"}));
  line.variables.clear();
  line.environment.output_is_terminal = true;
  CHECK(is_colored());
  CHECK_FALSE(is_colored({"--color", "never"}));
  line.variables["TERM"] = "dumb";
  CHECK_FALSE(is_colored());
  line.variables["TERM"] = "xterm";
  line.variables["NO_COLOR"] = "";
  CHECK(is_colored());
}

TEST_CASE("quiet shows failures and the sum") {
  CommandLine line;
  line.write("passes.yaml", kPasses);
  line.write("fails.yaml", kFailing);
  const Answer answer = line.run({"run", "-q", "passes.yaml", "fails.yaml"});
  CHECK(answer.out.find("passes") == std::string::npos);
  CHECK_THAT(answer.out, Contains("✗ fails"));
}

TEST_CASE("several scenarios of a file stand under one heading") {
  CommandLine line;
  line.write("two.yaml", "actorsim: 1\nscenarios:\n  - {name: one, chains: [A]}\n  - {name: two, chains: [B]}\n");
  CHECK_THAT(line.run({"run", "two.yaml"}).out, Catch::Matchers::StartsWith("two.yaml\n  ✓ one "));
}

TEST_CASE("a handler that never ends by its own text is a scenario's error, not a hang") {
  CommandLine line;
  line.write("endless.yaml", "actorsim: 1\nactors: {A: {m: [{send: self.m}]}}\nstart: [{call: A/1.m}]\n");
  line.write("passes.yaml", kPasses);
  const Answer answer = line.run({"run", "endless.yaml", "passes.yaml"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("endless.yaml:2:"));
  CHECK_THAT(answer.out, Contains("endless: not run"));
  CHECK_THAT(answer.out, Contains("✓ passes"));
}
