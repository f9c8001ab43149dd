// `actorsim ask` and `actorsim explain`.
#include <nlohmann/json.hpp>

#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;
using Catch::Matchers::StartsWith;

namespace {

Answer ask(std::vector<std::string> words) {
  words.insert(words.begin(), "ask");
  return CommandLine().run(words);
}

}  // namespace

TEST_CASE("the answer begins with the verdict, and the exit code is the verdict's") {
  const Answer bad = ask({"A -> A"});
  CHECK(bad.code == kExitFailed);
  CHECK_THAT(bad.out, StartsWith("✗ deadlock: A/1 waits for itself "));
  CHECK_THAT(bad.out, Contains("Dapr 1.18, reentrancy off"));
  CHECK_THAT(bad.out, Contains("  1  client ─▶ A/1.m1    entered    lock A/1: call 1\n"
                               "  2    └─▶ A/1.m2        deadlocked behind call 1\n"));
  CHECK_THAT(bad.out, Contains("reentrancy is off (the default)"));
  CHECK_THAT(bad.out, Contains("(here: --set reentrancy.enabled=true)"));
  const Answer good = ask({"A -> A", "--set", "reentrancy.enabled=true"});
  CHECK(good.code == kExitOk);
  CHECK_THAT(good.out, StartsWith("✓ ok: all 2 calls were answered, 1 of them re-entered"));
}

TEST_CASE("several chains start at once") {
  const Answer answer = ask({"A -> B", "B -> A", "-s", "reentrancy.enabled=true"});
  CHECK_THAT(answer.out, StartsWith("✗ deadlock: two chains wait for each other"));
}

TEST_CASE("several releases are several answers, the worst of which counts") {
  const Answer answer =
      ask({"A x2", "--dapr", "1.14,docs", "-s", "reentrancy.enabled=true", "-s", "reentrancy.maxStackDepth=0"});
  CHECK(answer.code == kExitFailed);
  CHECK_THAT(answer.out, Contains("Dapr 1.14, reentrancy on"));
  CHECK_THAT(answer.out, Contains("Dapr's documentation, reentrancy on"));
}

TEST_CASE("a mistake in a chain is shown in the chain, for all chains at once") {
  const Answer answer = ask({"A -> ", "A -> A", "B => C"});
  CHECK(answer.code == kExitBadInput);
  CHECK(answer.out.empty());
  CHECK_THAT(answer.err, Contains("<ask>:1:"));
  CHECK_THAT(answer.err, Contains(" 1 | A -> \n"));
  CHECK_THAT(answer.err, Contains("<ask>:3:"));
  CHECK_THAT(answer.err, Contains(" 3 | B => C\n"));
}

TEST_CASE("what cannot be set is refused") {
  const Answer answer = ask({"A", "-s", "reentrancy.enabled=yes"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("--set reentrancy.enabled=yes"));
}

TEST_CASE("verbose answers with the full table, quiet with nothing where all is well") {
  CHECK_THAT(ask({"A", "-v"}).out, Contains("#  t   call"));
  CHECK(ask({"A", "-q"}).out.empty());
  CHECK_THAT(ask({"A -> A", "-q"}).out, StartsWith("✗ deadlock"));
}

TEST_CASE("an answer can be JSON") {
  const auto document = nlohmann::json::parse(ask({"A -> A", "--report", "json"}).out);
  CHECK(document["cases"][0]["file"] == "<ask>");
  CHECK(document["cases"][0]["verdict"] == "deadlock");
}

TEST_CASE("hops of different chains are told apart though they stand at the same column") {
  const Answer answer = ask({"A -> B -> A", "A -> B -/> A", "-s", "reentrancy.enabled=true"});
  CHECK_THAT(answer.out, Contains("B -/> A does not hand it on"));
}

TEST_CASE("a line end in a chain does not shift the others") {
  CHECK_THAT(ask({"A\n-> B", "A =>"}).err, Contains("<ask>:2:"));
}

TEST_CASE("explain lists the words, tells one, and suggests the nearest") {
  const CommandLine line;
  const Answer list = line.run({"explain"});
  CHECK(list.code == kExitOk);
  CHECK_THAT(list.out, Contains("re-entered"));
  CHECK_THAT(list.out, Contains("unknown-key"));
  CHECK_THAT(line.run({"explain", "deadlock"}).out, StartsWith("deadlock: a verdict on a scenario\n"));
  const Answer wrong = line.run({"explain", "deadlok"});
  CHECK(wrong.code == kExitBadInput);
  CHECK(wrong.out.empty());
  CHECK_THAT(wrong.err, Contains("did you mean 'deadlock'?"));
  const Answer both = line.run({"explain", "ok", "entered"});
  CHECK_THAT(both.out, Contains("ok: a verdict"));
  CHECK_THAT(both.out, Contains("\n\nentered: an outcome"));
}
