// `actorsim graph` from words to exit code.
#include "unit/cli/command_line.h"

namespace {

using namespace actorsim;
using actorsim::testing::Contains;

const std::string kTwo =
    "actorsim: 1\nactors: {A: {m: []}}\nstart: [{call: A/1.m}]\n"
    "scenarios:\n  - name: one\n  - name: two\n    matrix: {reentrancy.enabled: [true, false]}\n";

TEST_CASE("a model goes to standard output, or to a file") {
  CommandLine line;
  line.write("a.yaml", kPasses);
  const Answer murphi = line.run({"graph", "a.yaml", "--format", "murphi"});
  CHECK(murphi.code == kExitOk);
  CHECK_THAT(murphi.out, Contains("rule \"chain 0: A/1.m1 arrives\""));
  const Answer promela = line.run({"graph", "a.yaml", "--format", "promela", "-o", "a.pml"});
  CHECK(promela.code == kExitOk);
  CHECK(promela.out.empty());
  const std::string promela_out = line.run({"graph", "a.yaml", "--format=promela", "--output=-"}).out;
  CHECK_THAT(promela_out, Contains("active proctype"));
  CHECK(line.read("a.pml") == promela_out);
  CHECK(line.run({"graph", "a.yaml", "--format", "promela", "-o", "no/such/folder"}).code == kExitBadInput);
}

TEST_CASE("one case is graphed: which, is said by name, number, settings or release") {
  CommandLine line;
  line.write("two.yaml", kTwo);
  const auto graph = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"graph", "two.yaml", "--format", "murphi"});
    return line.run(more);
  };
  const Answer several = graph({});
  CHECK(several.code == kExitBadInput);
  CHECK(several.out.empty());
  CHECK_THAT(several.err, Contains("3 cases are left"));
  CHECK_THAT(several.err, Contains("2: two (reentrancy.enabled=true)"));
  CHECK_THAT(graph({"--case", "one"}).out, Contains("two.yaml: one (Dapr"));
  CHECK_THAT(graph({"--case", "3"}).out, Contains("two.yaml: two (reentrancy.enabled=false) (Dapr"));
  CHECK_THAT(graph({"--case", "two (reentrancy.enabled=true)"}).out, Contains("reentrancy on"));
  CHECK_THAT(graph({"--case", "two"}).err, Contains("2 cases are left"));
  CHECK_THAT(graph({"--case", "three"}).err, Contains("no case 'three'"));
  CHECK_THAT(graph({"--case", "one", "--dapr", "1.16"}).out, Contains("Dapr 1.16"));
}

TEST_CASE("what cannot be exported is named with its place, and nothing is written") {
  CommandLine line;
  line.write("a.yaml", "actorsim: 1\nchains: [A ~> B]\n");
  const Answer answer = line.run({"graph", "a.yaml", "--format", "promela", "-o", "a.pml"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("a.yaml:2:10: error: a send"));
  CHECK_FALSE(line.has("a.pml"));
}

TEST_CASE("a broken file is told, and no more") {
  CommandLine line;
  line.write("a.yaml", kBroken);
  const Answer answer = line.run({"graph", "a.yaml", "--format", "promela"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("expct"));
  CHECK_THAT(answer.err, !Contains("case"));
}

TEST_CASE("the format is Mermaid, or what the file's name says") {
  CommandLine line;
  line.write("a.yaml", kPasses);
  CHECK_THAT(line.run({"graph", "a.yaml"}).out, Catch::Matchers::StartsWith("flowchart LR\n"));
  CHECK(line.run({"graph", "a.yaml", "-o", "a.svg"}).code == kExitOk);
  CHECK_THAT(line.read("a.svg"), Catch::Matchers::StartsWith("<svg "));
  CHECK(line.run({"graph", "a.yaml", "-o", "a.b/c.gv"}).code == kExitBadInput);  // there is no such folder
  CHECK(line.run({"graph", "a.yaml", "-o", "a.m"}).code == kExitOk);
  CHECK_THAT(line.read("a.m"), Contains("rule \"chain 0"));
  CHECK(line.run({"graph", "a.yaml", "-o", "a.m", "--format", "dot"}).code == kExitOk);
  CHECK_THAT(line.read("a.m"), Catch::Matchers::StartsWith("digraph "));
  CHECK_THAT(line.run({"graph", "a.yaml", "-o", "a.png"}).err, Contains("no format has files with names like 'a.png'"));
}

const std::string kCrossing = "actorsim: 1\nchains: [A.m -> B.k, B.m -> A.k]\nexpect: {verdict: deadlock}\n";

TEST_CASE("who waits for whom: in the plain run, after a schedule, or after the shortest way to a deadlock") {
  CommandLine line;
  line.write("a.yaml", kCrossing);
  CHECK_THAT(line.run({"graph", "a.yaml", "--wait-for"}).out, Contains("the plain run") && Contains("waits for"));
  const Answer after = line.run({"graph", "a.yaml", "--wait-for", "--schedule", "t2.t1.t1.t2"});
  CHECK_THAT(after.out, Contains("after t2.t1.t1.t2") && Contains("waits for"));
  CHECK(after.err.empty());
  line.write("late.yaml",
             "actorsim: 1\nactors: {A: {m: [{call: B/1.k}], k: []}, B: {m: [{call: A/1.k}], k: []}}\n"
             "start: [{call: A/1.m}, {call: B/1.m, at: 1s}]\n");
  const Answer found = line.run({"graph", "late.yaml", "--wait-for"});
  CHECK_THAT(found.out, Contains("after t1.t2.") && Contains("waits for"));
  CHECK(found.err.empty());
}

TEST_CASE("where nothing gets stuck, that is said") {
  CommandLine line;
  line.write("a.yaml", "actorsim: 1\nchains: [A -> C, B -> C]\n");
  const Answer none = line.run({"graph", "a.yaml", "--wait-for"});
  CHECK(none.code == kExitOk);
  CHECK_THAT(none.err, Contains("a.yaml: warning: no deadlock; drawn is the moment when the most calls wait") &&
                           Contains("no order of its steps leads to one"));
  CHECK_THAT(none.out, Contains("waits for") && Contains("No order of the steps leads to a deadlock."));
  CHECK(line.run({"graph", "a.yaml", "--wait-for", "-W"}).code == kExitBadInput);
  line.write("b.yaml", kCrossing);
  const Answer other = line.run({"graph", "b.yaml", "--wait-for", "--schedule", "t1.t1.t1.t1.t2.t2.t2.t2"});
  CHECK_THAT(other.err, Contains("no deadlock"));
}

TEST_CASE("what does not go together is told") {
  CommandLine line;
  line.write("a.yaml", kCrossing);
  CHECK_THAT(line.run({"graph", "a.yaml", "--wait-for", "--format", "murphi"}).err, Contains("a format of models"));
  CHECK_THAT(line.run({"graph", "a.yaml", "--schedule", "t1"}).err, Contains("the same for all schedules"));
  CHECK(line.run({"graph", "a.yaml", "--wait-for", "--schedule", "t9"}).code == kExitBadInput);
}

TEST_CASE("an unknown format is refused, and a near one suggested") {
  CommandLine line;
  CHECK_THAT(line.run({"graph", "a.yaml", "--format", "promella"}).err, Contains("did you mean 'promela'?"));
  CHECK_THAT(line.run({"graph", "--format", "promela"}).err, Contains("nothing to graph"));
}

TEST_CASE("names of a scenario end no comment and no text of a model") {
  CommandLine line;
  const std::string hostile =
      "actorsim: 1\nname: \"*/ x \\n y\"\nactors: {A: {m: []}}\nstart: [{call: 'A/*%s.m', as: '\"*/ %s'}]\n";
  const std::string promela = line.run({"graph", "-", "--format", "promela"}, hostile).out;
  CHECK_THAT(promela, Contains("printf(\"chain 0: __/ _s arrives\\n\")"));
  CHECK_THAT(promela, !Contains("*/ x"));
  CHECK_THAT(line.run({"graph", "-", "--format", "murphi"}, hostile).out, Contains("rule \"chain 0: __/ _s arrives\""));
}

}  // namespace
