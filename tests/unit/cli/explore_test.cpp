// `actorsim explore` from words to exit code.
#include <nlohmann/json.hpp>

#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

const std::string kCrossing = "actorsim: 1\nchains: [A -> B, B -> A]\n";
const std::string kOrdered = "actorsim: 1\nchains: [A -> B, A -> B]\n";

Answer explore(const std::string& text, std::vector<std::string> options = {}) {
  CommandLine line;
  line.write("it.yaml", text);
  options.insert(options.begin(), {"explore", "it.yaml"});
  return line.run(options);
}

nlohmann::json as_json(const Answer& answer) { return nlohmann::json::parse(answer.out); }

}  // namespace

TEST_CASE("the exit code of exploring says whether anything bad is possible, and whether that is proved") {
  CHECK(explore(kOrdered).code == kExitOk);
  CHECK(explore(kCrossing).code == kExitFailed);
  CHECK(explore(kOrdered, {"--max-states", "2"}).code == kExitInconclusive);
  CHECK(explore(kOrdered, {"--random", "10"}).code == kExitInconclusive);
  CHECK(explore(kCrossing, {"--random", "100"}).code == kExitFailed);
  CHECK(explore(kCrossing, {"--switches", "1"}).code == kExitInconclusive);
  CHECK(explore(kCrossing, {"--switches", "2"}).code == kExitFailed);
  CHECK(explore(kOrdered, {"--switches", "100"}).code == kExitOk);
  CHECK(explore("actorsim: 1\nchains: [A\n").code == kExitBadInput);
  CHECK(explore("actorsim: 1\nchains: [A]\nscenarios: []\nexpct: {}\n").code == kExitBadInput);
}

TEST_CASE("exploring asks no expectation") {
  CHECK(explore(kCrossing + "expect: {verdict: deadlock}\n").code == kExitFailed);
  CHECK(explore(kOrdered + "expect: {verdict: deadlock}\n").code == kExitOk);
}

TEST_CASE("where only deadlock is asked for, an error is nothing bad") {
  const std::string fails = "actorsim: 1\nactors: {A: {m: [{fail: no}]}}\nstart: [{call: A/1.m}]\n";
  CHECK(explore(fails).code == kExitFailed);
  const Answer answer = explore(fails, {"--goal", "deadlock"});
  CHECK(answer.code == kExitOk);
  CHECK_THAT(answer.out, Contains("never stuck"));
  CHECK_THAT(answer.out, Contains("no order of the steps deadlocks: complete"));
}

TEST_CASE("an audit compares the answer with the one without reductions") {
  for (const std::string goal : {"deadlock", "verdicts", "outcomes"}) {
    const Answer answer = explore(kCrossing, {"--audit", "--goal", goal});
    CHECK(answer.code == kExitFailed);
    CHECK_THAT(answer.out, Contains("the answer is the same"));
  }
  CHECK_THAT(explore(kCrossing, {"--audit", "--max-states", "3"}).out, Contains("not possible"));
}

TEST_CASE("the schedule of a counterexample is told with the command that replays it") {
  CommandLine line;
  line.write("with blank.yaml", "actorsim: 1\nmatrix: {dapr: [\"1.14\", \"1.18\"]}\nchains: [A -> A]\n");
  const Answer answer = line.run({"explore", "with blank.yaml", "--set", "drainRebalancedActors=true"});
  CHECK_THAT(answer.out, Contains("replay: actorsim run 'with blank.yaml' --set drainRebalancedActors=true --dapr 1.14 "
                                  "--schedule t1.t1"));
}

TEST_CASE("the JSON document of exploring says what is possible and how") {
  const nlohmann::json report = as_json(explore(kCrossing, {"--report", "json"}));
  CHECK(report["status"] == "fail");
  const nlohmann::json& found = report["cases"][0]["exploration"];
  CHECK(found["verdicts"]["ok"] == true);
  CHECK(found["verdicts"]["deadlock"] == true);
  CHECK(found["verdicts"]["stranded"] == false);
  CHECK(found["complete"] == true);
  CHECK(found["outcomes"]["A/1.m1"] == nlohmann::json({"entered", "blocked"}));
  REQUIRE(found["counterexamples"].size() == 1);
  const nlohmann::json& example = found["counterexamples"][0];
  CHECK(example["verdict"] == "deadlock");
  CHECK(example["length"] == 4);
  CHECK(example["deadlock"]["kind"] == "two chains");
  CHECK(example["steps"].size() == 4);
  const nlohmann::json sampled = as_json(explore(kCrossing, {"--report", "json", "--pct", "2", "--random", "50"}));
  const nlohmann::json& runs = sampled["cases"][0]["exploration"]["runs"];
  CHECK(runs["count"] == 50);
  CHECK(runs["depth"] == 2);
  CHECK(runs["guarantee"] > 0);
}

TEST_CASE("a scenario with too many interleavings for a tree has an estimate") {
  const Answer answer = explore("actorsim: 1\nchains: [A -> B, B -> C, C -> D, D -> E]\n", {"-v"});
  CHECK_THAT(answer.out, Contains("too many interleavings to list: about"));
  CHECK_THAT(explore(kCrossing, {"-v"}).out, Contains("interleavings deadlock"));
}

TEST_CASE("an interrupt ends exploring with what there is") {
  std::atomic<bool> interrupted = true;
  CommandLine line;
  line.environment.watch_interrupts = [&] { return &interrupted; };
  line.write("it.yaml", kCrossing);
  const Answer answer = line.run({"explore", "it.yaml"});
  CHECK(answer.code == kExitInterrupted);
  CHECK_THAT(answer.out, Contains("1 skipped"));
}

TEST_CASE("options of exploring that make no sense are refused, all at once") {
  const Answer answer = explore(kCrossing, {"--goal", "deadlok", "--random", "x", "--seed", "-1", "--pct", "0"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("did you mean 'deadlock'?"));
  CHECK_THAT(answer.err, Contains("'x' is no value of --random"));
  CHECK_THAT(answer.err, Contains("'-1' is no value of --seed"));
  CHECK_THAT(answer.err, Contains("'0' is no value of --pct"));
  CHECK(explore(kCrossing, {"--random", "5", "--switches", "1"}).code == kExitBadInput);
  CHECK(explore(kCrossing, {"--seed", "5"}).code == kExitBadInput);
  CHECK(explore(kCrossing, {"--random", "5", "--audit"}).code == kExitBadInput);
  CHECK(explore(kCrossing, {"--switches", "5", "--goal", "verdicts"}).code == kExitBadInput);
}

TEST_CASE("a broken file hides no other from exploring") {
  CommandLine line;
  line.write("a.yaml", kBroken);
  line.write("b.yaml", kOrdered);
  const Answer answer = line.run({"explore", "."});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.out, Contains("always ok"));
  CHECK_THAT(answer.out, Contains("1 cannot go wrong, 1 not explored"));
}

TEST_CASE("one case of several can be explored") {
  CommandLine line;
  line.write("it.yaml", "actorsim: 1\nscenarios:\n  - {name: one, chains: [A -> A]}\n  - {name: two, chains: [B]}\n");
  CHECK(line.run({"explore", "it.yaml", "--case", "one"}).code == kExitFailed);
  CHECK(line.run({"explore", "it.yaml", "--case", "2"}).code == kExitOk);
  const Answer answer = line.run({"explore", "it.yaml", "--case", "three"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("there is no case 'three'"));
}
