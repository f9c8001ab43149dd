// Which cases run, which are skipped, and what is remembered of them.
#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "cli/cases/choose_cases.h"
#include "cli/cases/name_pattern.h"
#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;
namespace fs = std::filesystem;

namespace {

// `+a -b ~c`: a has passed, b has not, c was skipped.
std::string cases(const Answer& answer) {
  std::string text;
  std::istringstream lines(answer.out);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("  ", 0) != 0 || line.rfind("   ", 0) == 0) continue;
    const std::string mark = line.substr(2, line.find(' ', 2) - 2);
    std::string name = line.substr(3 + mark.size());
    name = name.substr(0, std::min(name.find("  "), name.find(": ")));
    text += (text.empty() ? "" : " ") + std::string(mark == "✓" ? "+" : mark == "-" ? "~" : "-") + name;
  }
  return text;
}

std::string scenario(const std::string& name, const std::string& tags, bool passes) {
  return "actorsim: 1\nname: " + name + "\ntags: [" + tags + "]\nchains: [" + (passes ? "A -> B" : "A -> A") + "]\n";
}

// One file for each letter; those in capitals fail.
void write_letters(const CommandLine& line, const std::string& letters) {
  for (const char letter : letters) {
    const bool passes = letter >= 'a';
    const std::string name(1, letter);
    line.write("d/" + std::string(1, static_cast<char>(letter | ' ')) + ".yaml",
               scenario(name, passes ? "good, all" : "bad, all", passes));
  }
}

}  // namespace

TEST_CASE("--filter takes the cases whose name has a match") {
  CommandLine line;
  line.write("d/m.yaml", "actorsim: 1\nname: transfer\nvars: {n: 1}\nmatrix: {n: [1, 2, 12]}\nchains: [A -> B]\n");
  line.write("d/z.yaml", scenario("deposit", "", true));
  CHECK(cases(line.run({"run", "d", "-k", "^dep"})) == "+deposit");
  const auto values = [&](const std::string& pattern) {
    std::string text;
    const std::string report = line.run({"run", "d", "-k", pattern, "--report", "json"}).out;
    for (std::size_t at = report.find("\"n\": \""); at != std::string::npos; at = report.find("\"n\": \"", at + 1))
      text += report.substr(at + 6, report.find('"', at + 6) - at - 6) + " ";
    return text;
  };
  CHECK(values("n=1") == "1 12 ");
  CHECK(values("[(]n=(2|12)[)]") == "2 12 ");
  const Answer none = line.run({"run", "d", "-k", "DEP"});
  CHECK(none.code == kExitBadInput);
  CHECK_THAT(none.err, Contains("no case has a name like --filter 'DEP'"));
}

TEST_CASE("a filter that is no regular expression is refused with the reason") {
  CommandLine line;
  CHECK_THAT(line.run({"run", "d", "-k", "a["}).err, Contains("a bracket [ or ] has no partner"));
  CHECK_THAT(line.run({"run", "d", "-k", "a\\"}).err, Contains("a backslash"));
  CHECK_THAT(line.run({"run", "d", "-k", "[z-a]"}).err, Contains("ends before it begins"));
  CHECK(line.run({"run", "d", "-k", "a["}).code == kExitBadInput);
}

TEST_CASE("a hostile name neither hangs a filter nor exhausts the stack") {
  const std::string name(1'000'000, 'a');
  CHECK_FALSE(NamePattern("(a+)+$b").matches(name + "b"));
  CHECK(NamePattern("^a+").matches(name));
  CHECK(NamePattern("(a)\\1").matches("xaax"));
}

TEST_CASE("--tag takes scenarios with one of the tags, --skip-tag leaves some out") {
  CommandLine line;
  line.write("d/a.yaml", scenario("a", "slow, net", true));
  line.write("d/b.yaml", scenario("b", "net", true));
  line.write("d/c.yaml",
             "actorsim: 1\ntags: [top]\nchains: [A]\nscenarios:\n  - {name: c1}\n"
             "  - {name: c2, tags: [own]}\n");
  CHECK(cases(line.run({"run", "d", "-t", "net"})) == "+a +b");
  CHECK(cases(line.run({"run", "d", "-t", "slow", "-t", "own,nothing"})) == "+a +c2");
  CHECK(cases(line.run({"run", "d", "-t", "net", "--skip-tag", "slow"})) == "+b");
  CHECK(cases(line.run({"run", "d", "--skip-tag", "net,own"})) == "+c1");
  CHECK_THAT(line.run({"run", "d", "-t", "slwo"}).err, Contains("did you mean 'slow'?"));
  CHECK_THAT(line.run({"run", "d", "--skip-tag", "slow,net,top,own"}).err, Contains("no scenario is left"));
  CHECK_THAT(line.run({"list", "d", "-t", "own"}).out, Contains("c2"));
  CHECK(line.run({"list", "d", "-t", "own"}).out.find("c1") == std::string::npos);
  CHECK_THAT(line.run({"compare", "d", "-t", "own"}).out, Contains("= c2\n"));
  CHECK_THAT(line.run({"explore", "d", "-t", "own"}).out, Contains("1 cannot go wrong"));
}

TEST_CASE("every case is in exactly one shard, and shards are of one size") {
  CommandLine line;
  write_letters(line, "abcdefghijk");
  for (const int shards : {1, 2, 3, 5, 11}) {
    std::multiset<std::string> seen;
    for (int i = 1; i <= shards; ++i) {
      const std::string shard = std::to_string(i) + "/" + std::to_string(shards);
      std::istringstream words(cases(line.run({"run", "d", "--shard", shard})));
      std::size_t count = 0;
      for (std::string word; words >> word; ++count) seen.insert(word);
      CHECK(count >= 11U / static_cast<unsigned>(shards));
      CHECK(count <= 11U / static_cast<unsigned>(shards) + 1);
    }
    CHECK(seen.size() == 11);
    CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == 11);
  }
}

TEST_CASE("a shard without cases is no error, as the others have them") {
  CommandLine line;
  write_letters(line, "ab");
  const Answer answer = line.run({"run", "d", "--shard", "3/3"});
  CHECK(answer.code == kExitOk);
  CHECK(answer.out.empty());
  CHECK(answer.err == "actorsim: note: none of 2 cases is in shard 3/3\n");
}

TEST_CASE("a shard is named by two numbers") {
  for (const std::string wrong : {"0/2", "3/2", "1", "1/0", "a/b", "1/2/3", "-1/2", "1/1e9"}) {
    const Answer answer = CommandLine().run({"run", "d", "--shard", wrong});
    CHECK(answer.code == kExitBadInput);
    CHECK_THAT(answer.err, Contains("is no value of --shard"));
  }
}

TEST_CASE("after enough failures the rest is skipped, and never passes") {
  CommandLine line;
  write_letters(line, "aBcDe");
  for (const std::string jobs : {"1", "3"}) {
    CHECK(cases(line.run({"run", "d", "-x", "-j", jobs})) == "+a -B ~c ~D ~e");
    CHECK(cases(line.run({"run", "d", "--max-failures", "2", "-j", jobs})) == "+a -B +c -D ~e");
    CHECK(cases(line.run({"run", "d", "--max-failures", "3", "-j", jobs})) == "+a -B +c -D +e");
    const Answer answer = line.run({"run", "d", "-x", "-j", jobs});
    CHECK(answer.code == kExitFailed);
    CHECK_THAT(answer.out, Contains("1 passed, 1 failed, 3 skipped"));
  }
  CHECK_THAT(line.run({"run", "d", "-x", "--max-failures", "2"}).err, Contains("contradict"));
}

TEST_CASE("a file that is broken counts as a failure, and is told of behind others as well") {
  CommandLine line;
  write_letters(line, "abc");
  line.write("d/b.yaml", kBroken);
  line.write("d/d.yaml", kBroken);
  for (const std::string jobs : {"1", "3"}) {
    const Answer answer = line.run({"run", "d", "-x", "-j", jobs});
    CHECK(answer.code == kExitBadInput);
    CHECK_THAT(answer.out, Contains("1 passed, 2 not run, 1 skipped"));
    CHECK_THAT(answer.err, Contains("d/b.yaml:"));
    CHECK_THAT(answer.err, Contains("d/d.yaml:"));
  }
}

// ---- --rerun-failed -------------------------------------------------------------------------------------------------

TEST_CASE("--rerun-failed runs what failed last, until it passes") {
  CommandLine line;
  line.variables["XDG_STATE_HOME"] = (line.folder() / "state").string();
  write_letters(line, "aBcD");
  CHECK(line.run({"run", "d"}).code == kExitFailed);
  CHECK(cases(line.run({"run", "d", "--rerun-failed"})) == "-B -D");
  line.write("d/b.yaml", scenario("B", "bad", true));
  CHECK(cases(line.run({"run", "d", "--rerun-failed"})) == "+B -D");
  CHECK(cases(line.run({"run", "d", "--rerun-failed"})) == "-D");
  line.write("d/d.yaml", scenario("D", "bad", true));
  CHECK(cases(line.run({"run", "d/d.yaml", "--rerun-failed"})) == "+D");
  const Answer all = line.run({"run", "d", "--rerun-failed"});
  CHECK(cases(all) == "+a +B +c +D");
  CHECK_THAT(all.err, Contains("no case is known to have failed: all cases run"));
  CHECK_FALSE(line.has("state/actorsim/failed-cases"));
}

TEST_CASE("a file that was broken runs as a whole once it is not") {
  CommandLine line;
  line.variables["HOME"] = line.folder().string();
  line.write("d/a.yaml", kPasses);
  line.write("d/b.yaml", kBroken);
  CHECK(line.run({"run", "d"}).code == kExitBadInput);
  CHECK(line.has(".local/state/actorsim/failed-cases"));
  line.write("d/b.yaml", "actorsim: 1\nchains: [A]\nscenarios:\n  - name: one\n  - name: two\n");
  CHECK(cases(line.run({"run", "d", "--rerun-failed", "-k", "one"})) == "+one");
  CHECK(cases(line.run({"run", "d", "--rerun-failed"})) == "+two");
}

TEST_CASE("what did not run stays remembered, what is gone is forgotten") {
  CommandLine line;
  line.variables["XDG_STATE_HOME"] = (line.folder() / "state").string();
  write_letters(line, "ABc");
  line.run({"run", "d"});
  CHECK(cases(line.run({"run", "d", "-x"})) == "-A ~B ~c");
  CHECK(cases(line.run({"run", "d", "--rerun-failed"})) == "-A -B");
  line.write("d/a.yaml", scenario("renamed", "", true));
  line.write("d/b.yaml", scenario("renamed too", "", true));
  const Answer gone = line.run({"run", "d", "--rerun-failed"});
  CHECK(gone.code == kExitBadInput);
  CHECK_THAT(gone.err, Contains("none of the cases that failed last is there any more"));
  line.run({"run", "d"});
  CHECK_FALSE(line.has("state/actorsim/failed-cases"));
}

TEST_CASE("shards are dealt before failures are looked at: machines that remember other things agree") {
  CommandLine line;
  line.variables["XDG_STATE_HOME"] = (line.folder() / "state").string();
  write_letters(line, "aBcD");
  line.run({"run", "d"});
  CHECK(cases(line.run({"run", "d", "--rerun-failed", "--shard", "2/2"})) == "-B -D");
  CHECK(cases(line.run({"run", "d", "--rerun-failed", "--shard", "4/4"})) == "-D");
}

TEST_CASE("a damaged list does no harm") {
  CommandLine line;
  line.variables["XDG_STATE_HOME"] = (line.folder() / "state").string();
  write_letters(line, "aB");
  line.run({"run", "d"});
  const std::string good = line.read("state/actorsim/failed-cases");
  CHECK_THAT(good, Contains("/d/b.yaml\tB\n"));
  for (const std::string& damaged :
       {std::string("nonsense"), std::string(1'000, '\0'), good.substr(0, good.size() - 3), std::string()}) {
    line.write("state/actorsim/failed-cases", damaged);
    const Answer answer = line.run({"run", "d", "--rerun-failed"});
    CHECK_THAT(answer.err, Contains("the list of cases that failed is damaged: all cases run"));
    CHECK(cases(answer) == "+a -B");
    CHECK(line.read("state/actorsim/failed-cases") == good);
  }
}

TEST_CASE("hostile names are remembered without harm") {
  CommandLine line;
  line.variables["XDG_STATE_HOME"] = (line.folder() / "state").string();
  line.write("d/a\n\t.yaml", "actorsim: 1\nname: \"x\\ty\\u202e\\nz\"\nchains: [A -> A]\n");
  line.write("d/b.yaml", kPasses);
  line.run({"run", "d"});
  CHECK_THAT(line.run({"run", "d", "--rerun-failed"}).out, Contains("0 passed, 1 failed"));
}

TEST_CASE("where nothing says where to remember, nothing is remembered, which is said") {
  CommandLine line;
  write_letters(line, "aB");
  line.run({"run", "d"});
  const Answer answer = line.run({"run", "d", "--rerun-failed"});
  CHECK(cases(answer) == "+a -B");
  CHECK_THAT(answer.err, Contains("neither XDG_STATE_HOME nor HOME"));
}
