// What others are told of the options: shells and man(1). That they understand it is tested in tests/shells.
#include "cli/describe/completions.h"
#include "cli/describe/man_page.h"
#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;
using Catch::Matchers::StartsWith;

TEST_CASE("every command, option and known value is in every script and in the manual") {
  std::string page = man_page();
  std::string plain;
  for (const char c : page) {
    if (c != '\\') plain += c;
  }
  for (const Shell& shell : shells()) {
    const std::string script = shell.write();
    for (const CommandEntry& command : command_table()) {
      CHECK_THAT(script, Contains(std::string(command.name)));
      CHECK_THAT(plain, Contains(".SS " + std::string(command.name) + "\n"));
      for (const OptionEntry& option : command.options) {
        CHECK_THAT(script, Contains(option.name));
        CHECK_THAT(plain, Contains("fB--" + option.name + "fR"));
        for (const std::string& word : option.words) CHECK_THAT(script, Contains(word));
      }
    }
  }
}

TEST_CASE("a shell that is not known is told, with those that are") {
  const Answer answer = CommandLine().run({"completions", "zhs"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("did you mean 'zsh'?"));
  CHECK_THAT(CommandLine().run({"completions"}).err, Contains("bash, zsh or fish"));
  CHECK(CommandLine().run({"completions", "bash", "zsh"}).code == kExitBadInput);
  CHECK_THAT(CommandLine().run({"man", "x"}).err, Contains("man takes no operand"));
}

TEST_CASE("the manual is ASCII and no line of it is a macro by accident") {
  const Answer answer = CommandLine().run({"man"});
  CHECK(answer.code == kExitOk);
  std::istringstream lines(answer.out);
  for (std::string line; std::getline(lines, line);) {
    for (const char c : line) CHECK((c >= ' ' && c <= '~'));
    if (!line.empty() && line.front() == '.')
      CHECK_THAT(line, StartsWith(".TH ") || StartsWith(".SH ") || StartsWith(".SS ") || StartsWith(".TP") ||
                           StartsWith(".PP") || StartsWith(".nf") || StartsWith(".fi") || StartsWith(".br"));
  }
}
