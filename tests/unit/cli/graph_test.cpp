// `actorsim graph` from words to exit code.
#include "unit/cli/command_line.h"

namespace {

using namespace actorsim;
using Catch::Contains;

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

TEST_CASE("a format is asked for, and a near one suggested") {
  CommandLine line;
  CHECK_THAT(line.run({"graph", "a.yaml"}).err, Contains("which format?"));
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
