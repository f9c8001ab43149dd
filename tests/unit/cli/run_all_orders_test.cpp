// `actorsim run` where something is expected of all orders, and where one order is replayed.
#include <nlohmann/json.hpp>

#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

const std::string kCrossing = R"(actorsim: 1
name: crossing
config: {reentrancy: {enabled: true}}
chains: [A -> B, B -> A]
)";

nlohmann::json case_of(const Answer& answer) { return nlohmann::json::parse(answer.out).at("cases").at(0); }

}  // namespace

TEST_CASE("an expectation of all orders decides by what some order comes to, not by the plain run") {
  CommandLine line;
  line.write("never.yaml", kCrossing + "expect: {never: deadlock}\n");
  line.write("possible.yaml", kCrossing + "expect: {possible: deadlock}\n");
  line.write("with-verdict.yaml", kCrossing + "expect: {verdict: ok, possible: deadlock}\n");
  CHECK(line.run({"run", "never.yaml"}).code == kExitFailed);
  CHECK(line.run({"run", "possible.yaml"}).code == kExitOk);
  CHECK(line.run({"run", "with-verdict.yaml"}).code == kExitFailed);  // the plain run is a deadlock
}

TEST_CASE("what came instead is shown with the order that leads there, and that order can be replayed") {
  CommandLine line;
  line.write("c.yaml", kCrossing + "expect: {never: deadlock}\n");
  const Answer answer = line.run({"run", "c.yaml"});
  CHECK_THAT(answer.out, Contains("c.yaml:5:17: expected never: deadlock, got deadlock in some order"));
  CHECK_THAT(answer.out, Contains("leads to deadlock: two chains wait for each other"));
  CHECK_THAT(answer.out, Contains("wait-for cycle"));
  const std::size_t begin = answer.out.find("replay: actorsim run c.yaml --schedule ");
  REQUIRE(begin != std::string::npos);
  const std::string schedule = answer.out.substr(begin + 39, answer.out.find_first_of(" \n", begin + 39) - begin - 39);
  const Answer replayed = line.run({"run", "c.yaml", "--schedule", schedule});
  CHECK(replayed.code == kExitOk);  // nothing is expected of one order
  CHECK_THAT(replayed.out, Contains("✓ crossing"));
  CHECK_THAT(replayed.out, Contains("deadlock · Dapr 1.18"));
  CHECK_THAT(replayed.out, Contains("note: never, possible and always are not checked, as this is one order"));
  CHECK_THAT(replayed.out, Contains("wait-for cycle"));
}

TEST_CASE("a replayed order is held against what is expected of a run") {
  CommandLine line;
  line.write("c.yaml", kCrossing + "expect: {verdict: deadlock}\n");
  CHECK(line.run({"run", "c.yaml", "--schedule", "t1.t2.t1.t2"}).code == kExitOk);
  const Answer other = line.run({"run", "c.yaml", "--schedule", "t1.t1.t1.t1.t2.t2.t2.t2"});
  CHECK(other.code == kExitFailed);
  CHECK_THAT(other.out, Contains("expected verdict: deadlock, got ok"));
}

TEST_CASE("a bound that is hit first leaves the case open") {
  CommandLine line;
  line.write("c.yaml", kCrossing + "expect: {never: overlap}\n");
  line.write("d.yaml", kCrossing + "limits: {states: 3}\nexpect: {never: overlap}\n");
  line.write("fails.yaml", kFailing);
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"run", "c.yaml", "--max-states", "3", "--reduction", "none"}, {"run", "d.yaml", "--reduction=none"}}) {
    const Answer answer = line.run(words);
    CHECK(answer.code == kExitInconclusive);
    CHECK_THAT(answer.out, Contains("? crossing"));
    CHECK_THAT(answer.out, Contains("got no answer: 3 states were not enough (--max-states)"));
    CHECK_THAT(answer.out, Contains("all orders: 3 states, "));
    CHECK_THAT(answer.out, Contains("ended by --max-states"));
    CHECK_THAT(answer.out, Contains("0 passed, 1 inconclusive"));
  }
  CHECK(line.run({"run", "d.yaml", "fails.yaml"}).code == kExitFailed);
  CHECK(line.run({"run", "d.yaml", "--max-states", "1000"}).code == kExitOk);
}

TEST_CASE("a case in which something else fails fails, although a bound was hit") {
  CommandLine line;
  line.write("c.yaml", kCrossing + "limits: {states: 3}\nexpect: {verdict: ok, never: overlap}\n");
  CHECK(line.run({"run", "c.yaml", "--reduction", "none"}).code == kExitFailed);
}

TEST_CASE("orders without end are the scenario's fault") {
  CommandLine line;
  line.write("t.yaml",
             "actorsim: 1\nuntil: 5s\nactors: {A: {m: []}}\nstart: [{timer: A/1.m, every: 1s}]\n"
             "expect: {never: deadlock}\n");
  const Answer answer = line.run({"run", "t.yaml"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("t.yaml:4:9: error: this fires without end"));
  CHECK_THAT(answer.err, Contains("4 | start: [{timer"));
}

TEST_CASE("a schedule is for one case, which can be chosen") {
  CommandLine line;
  line.write("two.yaml", "actorsim: 1\nchains: [A -> A]\nscenarios: [{name: it's one}, {name: two}]\n");
  line.write("matrix.yaml", kCrossing + "matrix: {dapr: [\"1.14\", \"1.18\"], reentrancy.enabled: [true, false]}\n");
  const Answer both = line.run({"run", "two.yaml", "--schedule", "t1.t1"});
  CHECK(both.code == kExitBadInput);
  CHECK_THAT(both.err, Contains("a schedule belongs to one case, and 2 are chosen"));
  CHECK(both.out.empty());
  CHECK(line.run({"run", "two.yaml", "--schedule", "t1.t1", "--case", "it's one"}).code == kExitFailed);
  CHECK_THAT(line.run({"run", "matrix.yaml", "--schedule", "t1"}).err, Contains("and 4 are chosen"));
  const Answer one = line.run(
      {"run", "matrix.yaml", "--dapr", "1.14", "--set", "reentrancy.enabled=true", "--schedule", "t1.t2.t1.t2"});
  CHECK(one.code == kExitFailed);
  CHECK_THAT(one.out, Contains("deadlock · Dapr 1.14"));
}

TEST_CASE("a case is chosen by its name or number") {
  CommandLine line;
  line.write("two.yaml", "actorsim: 1\nchains: [A -> B]\nscenarios: [{name: one}, {name: two}]\n");
  const Answer one = line.run({"run", "two.yaml", "--case", "two"});
  CHECK_THAT(one.out, Contains("✓ two"));
  CHECK_THAT(one.out, Contains("1 passed"));
  CHECK_THAT(line.run({"run", "two.yaml", "--case", "1"}).out, Contains("✓ one"));
  const Answer none = line.run({"run", "two.yaml", "--case", "tow"});
  CHECK(none.code == kExitBadInput);
  CHECK_THAT(none.err, Contains("there is no case 'tow'"));
  CHECK_THAT(none.err, Contains("did you mean 'two'?"));
}

TEST_CASE("the command that replays chooses its case among those of the file") {
  CommandLine line;
  const std::string axes = "matrix: {dapr: [\"1.14\", \"1.18\"], n: [1]}\nvars: {n: 1}\nexpect: {never: deadlock}\n";
  line.write("m.yaml", kCrossing + axes);
  line.write("it's.yaml",
             "actorsim: 1\nchains: [A -> B, B -> A]\nexpect: {never: deadlock}\nscenarios: [{name: a b}, {name: c}]\n");
  CHECK_THAT(line.run({"run", "m.yaml"}).out,
             Contains("replay: actorsim run m.yaml --dapr 1.14 --set n=1 --schedule "));
  CHECK_THAT(line.run({"run", "m.yaml", "--set", "n=2", "--set", "reentrancy.enabled=true", "--dapr", "1.15"}).out,
             Contains("replay: actorsim run m.yaml --set reentrancy.enabled=true --dapr 1.15 --set n=2 --schedule "));
  const std::string out = line.run({"run", "it's.yaml"}).out;
  CHECK_THAT(out, Contains("replay: actorsim run 'it'\\''s.yaml' --case 'a b' --schedule "));
  CHECK_THAT(out, Contains("replay: actorsim run 'it'\\''s.yaml' --case c --schedule "));
  CHECK_THAT(line.run({"run", "-"}, kCrossing + "expect: {never: deadlock}\n").out,
             Contains("replay: actorsim run - --schedule "));
}

TEST_CASE("a schedule that cannot be read or does not fit is told with the step") {
  CommandLine line;
  line.write("c.yaml", kCrossing);
  const Answer unread = line.run({"run", "c.yaml", "--schedule", "t1.x"});
  CHECK(unread.code == kExitBadInput);
  CHECK_THAT(unread.err, Contains("--schedule:1:4: error: the schedule cannot be read at 'x'"));
  CHECK(line.run({"run", "c.yaml", "--schedule="}).code == kExitBadInput);
  CHECK(line.run({"run", "c.yaml", "--schedule", "t1", "--schedule", "t2"}).code == kExitBadInput);
  const Answer misfit = line.run({"run", "c.yaml", "--schedule", "t1.t2.t1.t2.t1", "--report", "json"});
  CHECK(misfit.code == kExitBadInput);
  CHECK_THAT(misfit.err, Contains("step 5 is t1, which cannot be done there"));
  CHECK(nlohmann::json::parse(misfit.out).at("diagnostics").at(0).at("code") == "schedule-does-not-fit");
}

TEST_CASE("the JSON report tells what all orders come to") {
  CommandLine line;
  line.write("c.yaml", kCrossing + "expect:\n  never: deadlock\n  possible: {call: A/1.m1, outcome: blocked}\n");
  const nlohmann::json entry = case_of(line.run({"run", "c.yaml", "--report", "json"}));
  const nlohmann::json& found = entry.at("exploration");
  CHECK(found.at("goal") == "outcomes");
  CHECK(found.at("verdicts").at("ok") == true);
  CHECK(found.at("verdicts").at("deadlock") == true);
  CHECK(found.at("verdicts").at("overlap") == false);
  CHECK(found.at("outcomes").at("A/1.m1") == nlohmann::json{"entered", "blocked"});
  CHECK(found.at("complete") == true);
  CHECK(found.at("end") == "complete");
  const nlohmann::json& example = found.at("counterexamples").at(0);
  CHECK(example.at("verdict") == "deadlock");
  CHECK(example.at("length") == 4);
  CHECK(entry.at("expectations").at(0).at("status") == "fail");
  CHECK(entry.at("expectations").at(0).at("schedule") == example.at("schedule"));
  CHECK(entry.at("expectations").at(0).at("leads_to") == "deadlock");
  CHECK(entry.at("expectations").at(1).at("status") == "pass");
  CHECK(entry.at("expectations").at(1).at("schedule").is_null());
  line.write("plain.yaml", kCrossing);
  CHECK(case_of(line.run({"run", "plain.yaml", "--report", "json"})).at("exploration").is_null());
}
