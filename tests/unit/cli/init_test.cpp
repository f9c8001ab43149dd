// `actorsim init`: every example is what it says.
#include "cli/examples/examples.h"

#include <algorithm>

#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;
using Catch::Matchers::StartsWith;

TEST_CASE("every example loads without a warning, and comes out as it expects") {
  CommandLine line;
  REQUIRE(starting_examples().size() >= 6);
  for (const Example& example : starting_examples()) {
    INFO(example.name);
    const Answer printed = line.run({"init", "--example", std::string(example.name)});
    CHECK(printed.code == kExitOk);
    CHECK(printed.out == example.text);
    line.write("example.yaml", printed.out);
    const Answer checked = line.run({"check", "example.yaml"});
    CHECK(checked.code == kExitOk);
    CHECK(checked.err.empty());
    const Answer run = line.run({"run", "example.yaml"});
    INFO(run.out << run.err);
    CHECK(run.code == kExitOk);
  }
}

TEST_CASE("an example begins with its schema, and says what it shows") {
  for (const Example& example : starting_examples()) {
    INFO(example.name);
    CHECK_THAT(std::string(example.text), StartsWith("# yaml-language-server: $schema=actorsim.schema.json\n"));
    CHECK_THAT(std::string(example.text), Contains("actorsim schema > actorsim.schema.json"));
    CHECK_FALSE(example.title.empty());
  }
}

TEST_CASE("without a name the first example to read is printed") {
  const Answer answer = CommandLine().run({"init"});
  CHECK(answer.code == kExitOk);
  const auto found = std::find_if(starting_examples().begin(), starting_examples().end(),
                                  [](const Example& example) { return example.name == kDefaultExample; });
  REQUIRE(found != starting_examples().end());
  CHECK(answer.out == found->text);
}

TEST_CASE("an example that does not exist is refused with a guess") {
  const Answer answer = CommandLine().run({"init", "--example", "crosing"});
  CHECK(answer.code == kExitBadInput);
  CHECK(answer.out.empty());
  CHECK_THAT(answer.err, Contains("no example 'crosing'") && Contains("did you mean 'crossing'?"));
  CHECK_THAT(CommandLine().run({"init", "crossing"}).err, Contains("actorsim init --example NAME"));
}

TEST_CASE("the help lists every example") {
  const std::string help = CommandLine().run({"init", "--help"}).out;
  for (const Example& example : starting_examples()) CHECK_THAT(help, Contains(std::string(example.name) + ": "));
}
