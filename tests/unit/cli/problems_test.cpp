// How errors and warnings are told: as people, as tools, and as builds want them.
#include "unit/cli/command_line.h"

#include <nlohmann/json.hpp>

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

const std::string kWarns = "actorsim: 1\nchains: [A -> B]\nexpect: {}\n";

}  // namespace

TEST_CASE("--error-format short is a line for each problem, of every kind") {
  CommandLine line;
  line.write("a.yaml", kWarns);
  line.write("b.yaml", kBroken);
  const Answer answer = line.run({"run", "a.yaml", "b.yaml", "gone.yaml", "--error-format", "short"});
  CHECK(answer.err ==
        "a.yaml:3:9: warning: nothing is expected: this holds whatever happens (write verdict: ok, or leave 'expect' "
        "out, which means the same)\n"
        "b.yaml:3:1: error: unknown key 'expct' in a scenario (did you mean 'expect'?)\n"
        "b.yaml:4:7: error: expected a text for name, found a list\n"
        "gone.yaml: error: there is no such file or folder\n");
  CHECK(line.run({"run", "--error-format", "short"}).err ==
        "actorsim: error: nothing to run (name files or folders: actorsim run . runs every scenario below this "
        "folder)\n");
  CHECK(line.run({"run", "a.yaml", "--error-format=short", "--colr", "x"}).err ==
        "actorsim: error: unknown option '--colr' of 'run' (did you mean '--color'?)\n");
}

TEST_CASE("--error-format json is an object on a line for each problem, in ASCII") {
  CommandLine line;
  line.write("b.yaml", "actorsim: 1\nchains: [A]\n\"k\xE2\x80\xAE\\e[2J\": 1\n");
  line.write("a.yaml", kWarns);
  const Answer answer = line.run({"check", "a.yaml", "b.yaml", "gone.yaml", "--error-format", "json"});
  CHECK(answer.code == kExitBadInput);
  std::istringstream lines(answer.err);
  std::vector<nlohmann::json> problems;
  for (std::string text; std::getline(lines, text);) problems.push_back(nlohmann::json::parse(text));
  REQUIRE(problems.size() == 3);
  CHECK(problems[0]["file"] == "a.yaml");
  CHECK(problems[0]["line"] == 3);
  CHECK(problems[0]["severity"] == "warning");
  CHECK(problems[0]["code"] == "nothing-expected");
  CHECK(problems[1]["code"] == "unknown-key");
  CHECK(problems[2]["line"].is_null());
  for (const char c : answer.err) CHECK((c == '\n' || (c >= ' ' && c <= '~')));
  const Answer usage = line.run({"run", "a.yaml", "--error-format", "json", "--jobs", "x"});
  CHECK(nlohmann::json::parse(usage.err)["code"] == "usage");
}

TEST_CASE("an error format that is none is told") {
  CHECK_THAT(CommandLine().run({"run", "x", "--error-format", "jsn"}).err, Contains("did you mean 'json'?"));
}

TEST_CASE("with -W a warning is an error, in every command and in the report") {
  CommandLine line;
  line.write("a.yaml", kWarns);
  for (const std::string command : {"run", "check", "list", "compare", "explore"}) {
    INFO(command);
    CHECK(line.run({command, "a.yaml"}).code == kExitOk);
    const Answer answer = line.run({command, "a.yaml", "-W"});
    CHECK(answer.code == kExitBadInput);
    CHECK_THAT(answer.err, Contains("a.yaml:3:9: error: nothing is expected"));
  }
  const auto report = nlohmann::json::parse(line.run({"run", "a.yaml", "-W", "--report", "json"}).out);
  CHECK(report["status"] == "error");
  CHECK(report["summary"]["passed"] == 1);
  CHECK(report["diagnostics"][0]["severity"] == "error");
  CHECK_THAT(line.run({"check", "a.yaml", "-W"}).out, Contains("1 error, no warnings"));
}

TEST_CASE("an option that another command has is told as such") {
  const std::string said = CommandLine().run({"list", "x", "--fail-fast"}).err;
  CHECK_THAT(said, Contains("unknown option '--fail-fast' of 'list'"));
  CHECK_THAT(said, Contains("actorsim run has it"));
}
