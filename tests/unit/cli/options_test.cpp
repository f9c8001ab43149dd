// Every flag, and every way to get one wrong.
#include "cli/options/options.h"

#include "actorsim/base/version.h"
#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;
using Catch::Matchers::StartsWith;

namespace {

Answer run(const std::vector<std::string>& arguments) { return CommandLine().run(arguments); }

Options parse(const std::vector<std::string>& arguments) {
  Diagnostics warnings;
  const auto parsed = parse_options(arguments, Environment{}, warnings);
  if (const Farewell* farewell = std::get_if<Farewell>(&parsed)) FAIL(render(farewell->problems, nullptr));
  return std::get<Options>(parsed);
}

}  // namespace

TEST_CASE("without a command there is help, on the error stream, and it is an error") {
  const Answer answer = run({});
  CHECK(answer.code == kExitBadInput);
  CHECK(answer.out.empty());
  CHECK_THAT(answer.err, StartsWith("usage: actorsim COMMAND"));
}

TEST_CASE("help is asked for in every usual way, for all and for each command") {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"--help"}, {"-h"}, {"help"}}) {
    const Answer answer = run(words);
    CHECK(answer.code == 0);
    CHECK_THAT(answer.out, StartsWith("usage: actorsim COMMAND"));
    CHECK_THAT(answer.out, Contains("Exit codes:"));
  }
  for (const std::string command : {"run", "ask", "explain", "schema"}) {
    const std::string page = run({command, "--help"}).out;
    CHECK_THAT(page, StartsWith("usage: actorsim " + command));
    CHECK_THAT(page, Contains("Examples:"));
    CHECK(run({"help", command}).out == page);
    CHECK(run({command, "-h"}).out == page);
  }
}

TEST_CASE("help names every report format, the defaults and the exit codes") {
  const std::string page = run({"run", "--help"}).out;
  for (const FormatDescription& format : report_formats()) CHECK_THAT(page, Contains(std::string(format.name) + ": "));
  CHECK_THAT(page, Contains("default: auto"));
  CHECK_THAT(page, Contains("70   a bug in actorsim"));
}

TEST_CASE("the version is one line, everywhere") {
  const std::string line = "actorsim " + std::string(version()) + "\n";
  CHECK(run({"--version"}).out == line);
  CHECK(run({"run", "--version"}).out == line);
}

TEST_CASE("an unknown command suggests the nearest") {
  const Answer answer = run({"rum"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("no command 'rum'"));
  CHECK_THAT(answer.err, Contains("did you mean 'run'?"));
}

TEST_CASE("a file or a chain where the command was forgotten suggests the command") {
  CHECK_THAT(run({"shop.yaml"}).err, Contains("actorsim run shop.yaml"));
  CHECK_THAT(run({"scenarios/"}).err, Contains("actorsim run scenarios/"));
  CHECK_THAT(run({"A -> A"}).err, Contains("actorsim ask 'A -> A'"));
}

TEST_CASE("an unknown option suggests the nearest, and does not swallow what follows") {
  const Answer answer = run({"run", "--repot", "json", "x.yaml"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("unknown option '--repot' of 'run'"));
  CHECK_THAT(answer.err, Contains("did you mean '--report'?"));
  CHECK_THAT(run({"--verbose"}).err, Contains("options stand behind a command"));
}

TEST_CASE("an option without its value is told with its kind of value") {
  CHECK_THAT(run({"run", "x.yaml", "--set"}).err, Contains("--set needs a value: KEY=VALUE"));
  CHECK(run({"run", "x.yaml", "--set"}).code == kExitBadInput);
}

TEST_CASE("values that mean nothing are refused, all at once") {
  const Answer answer =
      run({"run", "x.yaml", "--report", "jsn", "--color", "sometimes", "--dapr", "1.99", "--set", "nothing"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("unknown report format 'jsn'"));
  CHECK_THAT(answer.err, Contains("did you mean 'json'?"));
  CHECK_THAT(answer.err, Contains("unknown value 'sometimes' of --color"));
  CHECK_THAT(answer.err, Contains("unknown Dapr release '1.99'"));
  CHECK_THAT(answer.err, Contains("'nothing' is not KEY=VALUE"));
}

TEST_CASE("nothing to run and nothing to ask are errors that say what to do") {
  CHECK_THAT(run({"run"}).err, Contains("actorsim run ."));
  CHECK_THAT(run({"ask"}).err, Contains("actorsim ask 'A -> A'"));
  CHECK(run({"run"}).code == kExitBadInput);
}

TEST_CASE("quiet and verbose contradict each other") {
  CHECK_THAT(run({"run", "x", "-q", "-v"}).err, Contains("contradict"));
}

TEST_CASE("a list option takes one value and leaves the paths alone") {
  const Options options =
      parse({"run", "-s", "reentrancy.enabled=true", "a.yaml", "--dapr", "1.14,1.18", "b.yaml", "--dapr=1.15.3"});
  CHECK(options.operands == std::vector<std::string>{"a.yaml", "b.yaml"});
  REQUIRE(options.overrides.size() == 1);
  CHECK(options.overrides[0].key == "reentrancy.enabled");
  CHECK(options.releases ==
        std::vector<Release>{*parse_release("1.14"), *parse_release("1.18"), *parse_release("1.15.3")});
}

TEST_CASE("a dash is a path, and what follows two dashes is no option") {
  CHECK(parse({"run", "-"}).operands == std::vector<std::string>{"-"});
  CHECK(parse({"run", "--", "-v"}).operands == std::vector<std::string>{"-v"});
}

TEST_CASE("verbosity is counted") {
  CHECK(parse({"run", "x"}).verbosity == Verbosity::normal);
  CHECK(parse({"run", "x", "-q"}).verbosity == Verbosity::quiet);
  CHECK(parse({"run", "x", "-v"}).verbosity == Verbosity::verbose);
  CHECK(parse({"run", "x", "-vv"}).verbosity == Verbosity::full);
  CHECK(parse({"run", "x", "-v", "-v"}).verbosity == Verbosity::full);
}

TEST_CASE("pretty goes to standard output unless another report does") {
  const auto formats = [](const std::vector<std::string>& words) {
    std::string text;
    for (const ReportRequest& request : parse(words).reports)
      text += std::to_string(static_cast<int>(request.format)) + ":" + request.file + " ";
    return text;
  };
  CHECK(formats({"run", "x"}) == "0: ");
  CHECK(formats({"run", "x", "--report", "json"}) == "1: ");
  CHECK(formats({"run", "x", "--report", "json=-"}) == "1: ");
  CHECK(formats({"run", "x", "--report", "json=a.json"}) == "1:a.json 0: ");
  CHECK(formats({"run", "x", "--report=json=a=b.json", "--report", "pretty"}) == "1:a=b.json 0: ");
}

TEST_CASE("two reports cannot go to one place") {
  CHECK_THAT(run({"run", "x", "--report", "json", "--report", "pretty"}).err,
             Contains("only one report can go to standard output"));
  CHECK_THAT(run({"run", "x", "--report", "json=f", "--report", "pretty=f"}).err,
             Contains("two reports go to the file 'f'"));
  CHECK_THAT(run({"run", "x", "--report", "json="}).err, Contains("a file name is missing"));
}

TEST_CASE("hostile words on the command line are shown escaped") {
  const Answer answer = run({"ru\x1b[2Jn"});
  CHECK(answer.err.find('\x1b') == std::string::npos);
  CHECK_THAT(answer.err, Contains("ru\\x1b[2Jn"));
}
