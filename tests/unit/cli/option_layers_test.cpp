// Options that do not stand on the command line, and which place is the stronger one.
#include "cli/options/option_layers.h"

#include <algorithm>
#include <set>

#include "cli/options/option_table.h"
#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;
using Catch::Matchers::StartsWith;

namespace {

Options parse(const CommandLine& line, const std::vector<std::string>& words) {
  Diagnostics warnings;
  const auto parsed = parse_options(words, line.environment, warnings);
  if (const Farewell* farewell = std::get_if<Farewell>(&parsed)) FAIL(render(farewell->problems, nullptr));
  CHECK(warnings.empty());
  return std::get<Options>(parsed);
}

std::string complaint(const CommandLine& line, const std::vector<std::string>& words = {"run", "x.yaml"}) {
  const Answer answer = line.run(words);
  CHECK(answer.code == kExitBadInput);
  CHECK(answer.out.empty());
  return answer.err;
}

}  // namespace

TEST_CASE("flags are stronger than variables, variables than the file, and a command's table than the top") {
  CommandLine line;
  line.write("actorsim.toml", "jobs = 1\n[run]\njobs = 2\n[explore]\njobs = 3\n");
  CHECK(parse(line, {"run", "x"}).jobs == 2U);
  CHECK(parse(line, {"explore", "x"}).jobs == 3U);
  CHECK(parse(line, {"check", "x"}).jobs == 1U);
  line.variables["ACTORSIM_JOBS"] = "4";
  CHECK(parse(line, {"run", "x"}).jobs == 4U);
  CHECK(parse(line, {"run", "x", "-j", "5"}).jobs == 5U);
  line.variables["ACTORSIM_JOBS"] = "";
  CHECK(parse(line, {"run", "x"}).jobs == 2U);
}

TEST_CASE("every kind of option can stand in a variable and in the file") {
  for (const bool in_file : {true, false}) {
    CommandLine line;
    if (in_file) {
      line.write("actorsim.toml",
                 "verbose = 2\nascii = true\nset = ['a=1', 'b=2']\ndapr = 1.10\nmax-states = 2e6\ncolor = 'never'\n"
                 "report = 'json=out.json'\nmax-failures = 7\ntag = ['x,y', 'z']\n");
    } else {
      line.variables = {
          {"ACTORSIM_VERBOSE", "2"},  {"ACTORSIM_ASCII", "1"},        {"ACTORSIM_SET", "a=1\nb=2\n"},
          {"ACTORSIM_DAPR", "1.10"},  {"ACTORSIM_COLOR", "never"},    {"ACTORSIM_MAX_STATES", "2e6"},
          {"ACTORSIM_TAG", "x,y\nz"}, {"ACTORSIM_MAX_FAILURES", "7"}, {"ACTORSIM_REPORT", "json=out.json"}};
    }
    const Options options = parse(line, {"run", "x"});
    CHECK(options.verbosity == Verbosity::full);
    CHECK(options.ascii);
    REQUIRE(options.overrides.size() == 2);
    CHECK(options.overrides[1].key == "b");
    CHECK(options.releases == std::vector<Release>{*parse_release("1.10")});
    CHECK(options.exploring.max_states == 2'000'000U);
    CHECK(options.color == ColorChoice::never);
    REQUIRE(options.reports.size() == 2);
    CHECK(options.reports[0].file == "out.json");
    CHECK(options.max_failures == 7U);
    CHECK(options.selection.tags == std::vector<std::string>{"x", "y", "z"});
  }
}

TEST_CASE("what is said twice is said by the stronger place, not by both") {
  CommandLine line;
  line.write("actorsim.toml", "set = ['a=1', 'b=2']\nverbose = true\nfail-fast = true\n");
  CHECK(parse(line, {"run", "x", "-s", "c=3"}).overrides.size() == 1);
  CHECK(parse(line, {"run", "x", "-q"}).verbosity == Verbosity::quiet);
  CHECK(parse(line, {"run", "x", "--max-failures", "5"}).max_failures == 5U);
  CHECK(parse(line, {"run", "x"}).max_failures == 1U);
  CHECK_FALSE(parse(line, {"run", "x", "--fail-fast=false"}).max_failures);
  line.write("actorsim.toml", "verbose = true\nquiet = true\n");
  CHECK_THAT(complaint(line), Contains("actorsim.toml:2:9: error: -q and -v contradict each other"));
}

TEST_CASE("the file is found upward from the current folder, the nearest one") {
  CommandLine line;
  line.write("actorsim.toml", "jobs = 1\n");
  line.write("a/b/x.yaml", kPasses);
  CommandLine below;
  below.environment.current_folder = line.folder() / "a/b";
  CHECK(parse(below, {"run", "x.yaml"}).jobs == 1U);
  line.write("a/actorsim.toml", "jobs = 2\ncolour = 'never'\n");
  CHECK_THAT(complaint(below), StartsWith("../actorsim.toml:2:1: error: 'colour' is no option\n"
                                          " 2 | colour = 'never'\n   | ^^^^^^\n   = help: did you mean 'color'?\n"));
  line.write("a/b/actorsim.toml", "jobs = 3\n");
  CHECK(parse(below, {"run", "x.yaml"}).jobs == 3U);
}

TEST_CASE("--config names another file, or none") {
  CommandLine line;
  line.write("actorsim.toml", "jobs = 1\n");
  line.write("ci.toml", "jobs = 2\n");
  CHECK(parse(line, {"run", "x", "--config", "ci.toml"}).jobs == 2U);
  CHECK_FALSE(parse(line, {"run", "x", "--config", "none"}).jobs);
  CHECK_THAT(complaint(line, {"run", "x", "--config", "gone.toml"}), StartsWith("gone.toml: error: cannot be read"));
}

TEST_CASE("keys that are no options are errors with their place, whatever runs") {
  CommandLine line;
  const auto complaint_about = [&](const std::string& text) {
    line.write("actorsim.toml", text);
    return complaint(line);
  };
  CHECK_THAT(complaint_about("[explore]\nmax-sates = 5\n"),
             Contains("actorsim.toml:2:1: error: 'max-sates' is no option of actorsim explore") &&
                 Contains("did you mean 'max-states'?"));
  CHECK_THAT(complaint_about("[runn]\n"),
             Contains("1:2: error: 'runn' is no command with options") && Contains("did you mean 'run'?"));
  CHECK_THAT(complaint_about("[check]\nschedule = 't1'\n"), Contains("'schedule' is no option of actorsim check"));
  CHECK_THAT(complaint_about("[run]\nschedule = 't1'\n"), Contains("--schedule belongs on the command line"));
  CHECK_THAT(complaint_about("help = true\n"), Contains("--help belongs on the command line"));
  CHECK_THAT(complaint_about("a = 1\nb = 2\n"), Contains("1:1: error: 'a'") && Contains("2:1: error: 'b'"));
}

TEST_CASE("values that are none are errors with their place") {
  CommandLine line;
  const auto complaint_about = [&](const std::string& text) {
    line.write("actorsim.toml", text);
    return complaint(line);
  };
  CHECK_THAT(complaint_about("\n\"color\" = \"nevr\"\n"),
             Contains("actorsim.toml:2:11: error: unknown value 'nevr' of --color") && Contains("'never'?"));
  CHECK_THAT(complaint_about("ascii = 'yes'\n"), Contains("'yes' is no value of --ascii") && Contains("true or false"));
  CHECK_THAT(complaint_about("color = true\n"), Contains("'true' is no value of --color"));
  CHECK_THAT(complaint_about("jobs = [1, 2]\n"), Contains("a list is no value of --jobs"));
  CHECK_THAT(complaint_about("verbose = 99\n"), Contains("a number from 0 to 9"));
  CHECK_THAT(complaint_about("dapr = [1.14, true]\n"),
             Contains("1:15: error: an entry of a list is a text or a number"));
  CHECK_THAT(complaint_about("dapr = ['1.14', '1.99']\n"), Contains("1:8: error: unknown Dapr release '1.99'"));
  CHECK_THAT(complaint_about("jobs = 2026-11-23\n"), Contains("is neither true or false, a number, a text nor a list"));
  CHECK_THAT(complaint_about("color = {a = 1}\n"), Contains("'color' is no command"));
  CHECK_THAT(complaint_about("jobs = \n"), Contains("actorsim.toml:1:8: error: ") && Contains("jobs ="));
  CHECK_THAT(complaint_about("jobs = 1\njobs = 2\n"), Contains("actorsim.toml:2:"));
  CHECK_THAT(complaint_about("color = \"\\u001b[2J\"\n"), Contains("\\x1b[2J"));
}

// toml++ asserts that a key begins there.
TEST_CASE("what stands in brackets and begins no key is an error with its place") {
  CommandLine line;
  for (const char* header : {"[!]", "[ \x07]", "[[%]]", "[=", "[,run]"}) {
    line.write("actorsim.toml", std::string("jobs = 1\n") + header + "\njobs = 2\n");
    CHECK_THAT(complaint(line), Contains("actorsim.toml:2:") && Contains(": error: "));
  }
}

// toml++ 3.3 looks such letters up in a way that is undefined.
TEST_CASE("a letter beyond ASCII stands in quotes and comments, and is an error elsewhere") {
  CommandLine line;
  const auto complaint_about = [&](const std::string& text) {
    line.write("actorsim.toml", text);
    return complaint(line);
  };
  const auto letter_at = [](const std::string& place) {
    return StartsWith("actorsim.toml:" + place + ": error: a letter beyond ASCII");
  };
  CHECK_THAT(complaint_about("# é é\n[é]\n"), letter_at("2:2"));
  CHECK_THAT(complaint_about("jobs = 1 é\n"), letter_at("1:10"));
  CHECK_THAT(complaint_about("tag = 'é' é"), letter_at("1:12"));
  CHECK_THAT(complaint_about("tag = '''\né''\n''' é"), letter_at("3:5"));
  CHECK_THAT(complaint_about("tag = \"a\njobs = é\n"), letter_at("2:8"));
  CHECK_THAT(complaint_about("\xEF\xBB\xBFjobs = é\n"), letter_at("1:11"));
  CHECK_THAT(complaint_about("tag = \"\"\"a\\\" é \\ \n é\"\"\""), letter_at("2:2") && Contains("behind a backslash"));

  const auto taken = [&](const std::string& text) {
    line.write("actorsim.toml", text);
    return line.run({"run", "x.yaml"}).err;
  };
  for (const char* text : {"tag = \"é \\\" é\"  # é\n", "tag = 'é\\'  # é\n", "tag = '''é '' \\\n é'''\n",
                           "tag = \"\"\"é \\\n  e é\\\"\"\"\"\n", "\xEF\xBB\xBF# é\n"})
    CHECK_THAT(taken(text), !Contains("actorsim.toml"));
}

TEST_CASE("a key of many parts is an error, and dots elsewhere are not") {
  CommandLine line;
  const auto complaint_about = [&](const std::string& text) {
    line.write("actorsim.toml", text);
    return complaint(line);
  };
  std::string parts = "a", numbers = "1.14";
  for (int i = 0; i < 99; ++i) {
    parts += ".a";
    numbers += ", 1.14";
  }
  CHECK_THAT(complaint_about("\n" + parts + ".a = 1\n"),
             StartsWith("actorsim.toml:2:200: error: a key of more than 100 parts"));
  CHECK_THAT(complaint_about("jobs = 1\n[" + parts + ".a]\n"), Contains("2:201: error: a key of more than 100 parts"));
  CHECK_THAT(complaint_about(parts + " = 1\n"), !Contains("parts"));

  line.write("actorsim.toml", "# " + parts + ".a\ndapr = [" + numbers + "]\ntag = '" + parts + ".a'\n");
  CHECK_THAT(line.run({"run", "x.yaml"}).err, !Contains("actorsim.toml"));
}

TEST_CASE("a place is counted in bytes, as everywhere") {
  CommandLine line;
  line.write("actorsim.toml", "[run]\nset = [\"ä=1\"]\ntag = \"ä\" \njobs = \"é\"  # ä\n");
  CHECK_THAT(complaint(line), Contains("actorsim.toml:4:8: error: 'é' is no value of --jobs\n"
                                       " 4 | jobs = \"é\"  # ä\n   |        ^^^\n"));
}

TEST_CASE("a variable that means nothing is told by its name") {
  CommandLine line;
  line.variables["ACTORSIM_JOBS"] = "many";
  CHECK_THAT(complaint(line), StartsWith("ACTORSIM_JOBS: error: 'many' is no value of --jobs"));
  line.variables = {{"ACTORSIM_ASCII", "maybe"}};
  CHECK_THAT(complaint(line), StartsWith("ACTORSIM_ASCII: error: 'maybe' is no value of --ascii"));
}

TEST_CASE("a variable that was probably meant for us is warned of, others are left alone") {
  CommandLine line;
  line.write("x.yaml", kPasses);
  std::vector<std::string> names{"PATH", "ACTORSIM_JOB", "ACTORSIM_VERSION", "ACTORSIM_HOME"};
  line.environment.variable_names = [&] { return names; };
  const Answer answer = line.run({"run", "x.yaml"});
  CHECK(answer.code == kExitOk);
  CHECK(answer.err ==
        "actorsim: warning: the variable 'ACTORSIM_JOB' is no option\n"
        "  = help: did you mean 'ACTORSIM_JOBS'?\n");
  CHECK(line.run({"run", "x.yaml", "-W"}).code == kExitBadInput);
  CHECK(line.run({"schema"}).err.empty());
}

TEST_CASE("commands without such options read no file") {
  CommandLine line;
  line.write("actorsim.toml", "broken");
  CHECK(line.run({"explain", "deadlock"}).code == kExitOk);
  CHECK(line.run({"completions", "bash"}).code == kExitOk);
  CHECK(line.run({"init"}).code == kExitOk);
  CHECK(line.run({"ask", "A"}).code == kExitBadInput);
}

TEST_CASE("an option is the same thing wherever it is offered") {
  std::set<std::string> variables;
  for (const CommandEntry& command : command_table()) {
    std::set<std::string> names;
    std::set<char> letters;
    for (const OptionEntry& option : command.options) {
      INFO(command.name << " --" << option.name);
      CHECK(names.insert(option.name).second);
      CHECK((option.letter == '\0' || letters.insert(option.letter).second));
      CHECK_FALSE(option.text.empty());
      const bool is_flag = std::holds_alternative<bool RawOptions::*>(option.target) ||
                           std::holds_alternative<int RawOptions::*>(option.target) ||
                           std::holds_alternative<std::monostate>(option.target);
      CHECK(option.type.empty() == is_flag);
      for (const CommandEntry& other : command_table()) {
        const OptionEntry* same = find_option(other, option.name);
        if (same == nullptr) continue;
        CHECK(same->target == option.target);
        CHECK(same->letter == option.letter);
        CHECK(same->type == option.type);
      }
      for (const std::string& rival : option.rivals) {
        const OptionEntry* known = find_option(command, rival);
        if (known != nullptr)
          CHECK(std::find(known->rivals.begin(), known->rivals.end(), option.name) != known->rivals.end());
      }
    }
  }
  CHECK(variable_of(*find_option(entry_of(Command::run), "max-states")) == "ACTORSIM_MAX_STATES");
}
