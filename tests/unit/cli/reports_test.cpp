// Reports on their way out: streams, files, and GitHub.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;
using Catch::Matchers::StartsWith;

namespace {

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// Remembers what had been written each time when it was flushed.
class Flushed : public std::stringbuf {
 public:
  std::vector<std::string> texts;

 protected:
  int sync() override {
    texts.push_back(str());
    return 0;
  }
};

struct OnGithub : CommandLine {
  OnGithub() { variables["GITHUB_ACTIONS"] = "true"; }
};

}  // namespace

TEST_CASE("jsonl has each case as soon as it has ended") {
  CommandLine line;
  line.write("a.yaml", kPasses);
  line.write("b.yaml", kFailing);
  Flushed buffer;
  std::ostream out(&buffer);
  std::istringstream in;
  std::ostringstream err;
  CHECK(run_cli({"run", "a.yaml", "b.yaml", "--report", "jsonl"}, in, out, err, line.environment) == kExitFailed);
  REQUIRE(buffer.texts.size() == 2);
  CHECK(lines_of(buffer.texts[0]) == 1);
  CHECK(lines_of(buffer.texts[1]) == 2);
  CHECK(lines_of(buffer.str()) == 3);
  const auto entry = nlohmann::json::parse(buffer.texts[0]);
  CHECK(entry["type"] == "case");
  CHECK(entry["calls"].size() == 2);
}

TEST_CASE("jsonl into a file is written in place, and ends with the summary") {
  CommandLine line;
  line.write("a.yaml", kPasses);
  line.write("broken.yaml", kBroken);
  CHECK(line.run({"run", "a.yaml", "broken.yaml", "--report", "jsonl=cases.jsonl"}).code == kExitBadInput);
  std::istringstream lines(line.read("cases.jsonl"));
  std::vector<std::string> types;
  nlohmann::json last;
  for (std::string text; std::getline(lines, text); types.push_back(last["type"])) last = nlohmann::json::parse(text);
  CHECK(types == std::vector<std::string>{"case", "case", "diagnostic", "diagnostic", "summary"});
  CHECK(last["status"] == "error");
  CHECK(last["summary"]["passed"] == 1);
  CHECK_FALSE(line.has("cases.jsonl.part"));
}

TEST_CASE("a stream that cannot be written is told at the end") {
  CommandLine line;
  line.write("a.yaml", kPasses);
  for (const std::string place : {"nowhere/cases.jsonl", "/dev/full"}) {
    const Answer answer = line.run({"run", "a.yaml", "--report", "jsonl=" + place});
    CHECK(answer.code == kExitBadInput);
    CHECK_THAT(answer.err, Contains(place + ": error: the report cannot be written"));
    CHECK_THAT(answer.out, Contains("1 passed"));
  }
}

TEST_CASE("several reports are written at once") {
  CommandLine line;
  line.write("a.yaml", kFailing);
  const Answer answer = line.run({"run", "a.yaml", "--report", "tap", "--report", "junit=a.xml", "--report",
                                  "jsonl=a.jsonl", "--report", "sarif=a.sarif"});
  CHECK(answer.code == kExitFailed);
  CHECK_THAT(answer.out, StartsWith("TAP version 14\n1..1\nnot ok 1 - a.yaml: a\n"));
  CHECK_THAT(line.read("a.xml"), StartsWith("<?xml"));
  CHECK(lines_of(line.read("a.jsonl")) == 2);
  CHECK(nlohmann::json::parse(line.read("a.sarif"))["version"] == "2.1.0");
}

TEST_CASE("an excerpt is of the file in which the case stands, also where it is replayed") {
  CommandLine line;
  line.write("a.yaml", kFailing + "expect: {verdict: ok}\n");
  line.write("b.yaml", kPasses);
  for (const std::vector<std::string>& more :
       std::vector<std::vector<std::string>>{{}, {"--schedule", "t1.t1", "--case", "a"}}) {
    std::vector<std::string> words{"run", "a.yaml", "b.yaml", "--report", "junit"};
    words.insert(words.end(), more.begin(), more.end());
    CHECK_THAT(line.run(words).out, Contains(" 3 | expect: {verdict: ok}\n   |                   ^^\n"));
  }
}

TEST_CASE("on GitHub annotations come beside the report, on the other stream") {
  const OnGithub line;
  line.write("a.yaml", kFailing);
  const Answer answer = line.run({"run", "a.yaml"});
  CHECK_THAT(answer.out, Contains("0 passed, 1 failed"));
  CHECK_THAT(answer.err,
             StartsWith("::error file=a.yaml,line=1,col=1,title=actorsim%3A a::expected verdict: ok, got "));
  CHECK(lines_of(answer.err) == 1);
  CHECK(line.run({"explore", "a.yaml"}).err.find("::error file=a.yaml,title=") == 0);
  CHECK(line.run({"ask", "A -> A"}).err.find("::error title=") == 0);
  CHECK(line.run({"compare", "a.yaml"}).err.empty());
}

TEST_CASE("where annotations were asked for they come once") {
  const OnGithub line;
  line.write("a.yaml", kFailing);
  const Answer answer = line.run({"run", "a.yaml", "--report", "github"});
  CHECK(lines_of(answer.out) == 1);
  CHECK(answer.err.empty());
  CHECK(line.run({"run", "a.yaml", "--report", "github=/dev/null"}).err.empty());
}

TEST_CASE("without GitHub there are no annotations, and no summary") {
  CommandLine line;
  line.write("a.yaml", kFailing);
  line.variables["GITHUB_STEP_SUMMARY"] = "summary.md";
  CHECK(line.run({"run", "a.yaml"}).err.empty());
  line.variables["GITHUB_ACTIONS"] = "false";
  CHECK(line.run({"run", "a.yaml"}).err.empty());
  CHECK_FALSE(line.has("summary.md"));
}

TEST_CASE("the summary of a step grows by what each command adds") {
  OnGithub line;
  line.variables["GITHUB_STEP_SUMMARY"] = "summary.md";
  line.write("a.yaml", kFailing);
  line.write("b.yaml", kPasses);
  CHECK(line.run({"run", "a.yaml"}).code == kExitFailed);
  const std::string first = line.read("summary.md");
  CHECK_THAT(first, StartsWith("### ❌ actorsim: 1 failed\n"));
  CHECK(line.run({"run", "b.yaml", "--report", "github"}).code == kExitOk);
  CHECK_THAT(line.read("summary.md"), StartsWith(first + "\n### ✅ actorsim: 1 passed\n"));
}

TEST_CASE("a summary that cannot be written is an error") {
  OnGithub line;
  line.variables["GITHUB_STEP_SUMMARY"] = "nowhere/summary.md";
  line.write("b.yaml", kPasses);
  const Answer answer = line.run({"run", "b.yaml"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("nowhere/summary.md: error: the summary of the step cannot be written"));
}

TEST_CASE("compare says which reports it can write") {
  CommandLine line;
  line.write("a.yaml", kPasses);
  const Answer answer = line.run({"compare", "a.yaml", "--report", "junit=x"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("compare writes no report 'junit'"));
  CHECK_THAT(answer.err, Contains("known: pretty, json"));
}
