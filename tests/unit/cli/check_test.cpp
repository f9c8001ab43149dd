// `actorsim check` from words to exit code.
#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("checking runs nothing: what would fail is no error") {
  CommandLine line;
  line.write("fails.yaml", kFailing);
  const Answer answer = line.run({"check", "fails.yaml"});
  CHECK(answer.code == kExitOk);
  CHECK(answer.err.empty());
  CHECK(answer.out == "1 file: 1 scenario, 1 case; no errors, no warnings\n");
}

TEST_CASE("checking says all that is wrong, file by file, and counts it") {
  CommandLine line;
  line.write("a-broken.yaml", kBroken);
  line.write("b-passes.yaml", kPasses);
  const Answer answer = line.run({"check", ".", "gone.yaml"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("./a-broken.yaml:3:1: error: unknown key 'expct'"));
  CHECK_THAT(answer.err, Contains("./a-broken.yaml:4:"));
  CHECK_THAT(answer.err, Contains("gone.yaml: error: there is no such file or folder"));
  CHECK(answer.out == "3 files: 1 scenario, 1 case; 3 errors, no warnings\n");
}

TEST_CASE("checking compiles: what a release makes of the settings is a warning, said once for all cases") {
  CommandLine line;
  line.write("two.yaml",
             "actorsim: 1\ndapr: \"1.6\"\nconfig: {reentrancy: {enabled: true}}\n"
             "scenarios:\n  - {name: one, chains: [A]}\n  - {name: two, chains: [B]}\n");
  const Answer answer = line.run({"check", "two.yaml"});
  CHECK(answer.code == kExitOk);
  CHECK(occurrences(answer.err, "reentrancy stays off") == 1);
  CHECK(answer.out == "1 file: 2 scenarios, 2 cases; no errors, 1 warning\n");
  const Answer releases = line.run({"check", "two.yaml", "--dapr", "1.5,1.18"});
  CHECK(occurrences(releases.err, "reentrancy stays off") == 1);
  CHECK_THAT(releases.out, Contains("2 scenarios, 4 cases"));
}

TEST_CASE("checking heeds settings from outside") {
  CommandLine line;
  line.write("passes.yaml", kPasses);
  CHECK(line.run({"check", "passes.yaml", "-s", "reentrancy.maxStackDepth=3"}).code == kExitOk);
  const Answer wrong = line.run({"check", "passes.yaml", "-s", "reentrancy.enable=true"});
  CHECK(wrong.code == kExitBadInput);
  CHECK_THAT(wrong.err, Contains("did you mean 'reentrancy.enabled'?"));
}

TEST_CASE("an expect that says nothing about the calls is worth a warning") {
  CommandLine line;
  const auto warnings_of = [&](const std::string& expect) {
    return line.run({"check", "-"}, "actorsim: 1\nchains: [A]\n" + expect).err;
  };
  CHECK_THAT(warnings_of("expect: {}\n"), Contains("<stdin>:3:9: warning: nothing is expected"));
  CHECK_THAT(warnings_of("expect: {counts: {}}\n"), Contains("nothing is expected"));
  CHECK(warnings_of("expect: {warnings: []}\n").empty());
  CHECK(warnings_of("").empty());
  CHECK(warnings_of("expect: {verdict: ok}\n").empty());
  CHECK(warnings_of("expect: {warnings: [], overlap: none}\n").empty());
}

TEST_CASE("a quiet check is silent where nothing is wrong") {
  CommandLine line;
  line.write("passes.yaml", kPasses);
  line.write("nothing.yaml", "actorsim: 1\nchains: [A]\nexpect: {}\n");
  CHECK(line.run({"check", "-q", "passes.yaml"}).out.empty());
  CHECK_THAT(line.run({"check", "-q", "nothing.yaml"}).out, Contains("1 warning"));
}

TEST_CASE("there must be something to check") {
  const Answer answer = CommandLine().run({"check"});
  CHECK(answer.code == kExitBadInput);
  CHECK_THAT(answer.err, Contains("nothing to check"));
}

TEST_CASE("what is expected of all orders is an expectation, unless every verdict is allowed") {
  CommandLine line;
  for (const std::string expect : {"never: deadlock", "possible: ok", "always: ok",
                                   "always: [ok, failed, timeout, exceeded, closed, stranded, overlap]"}) {
    line.write("some.yaml", "actorsim: 1\nchains: [A -> A]\nexpect: {" + expect + "}\n");
    CHECK(line.run({"check", "some.yaml"}).err.empty());
  }
  line.write("none.yaml",
             "actorsim: 1\nchains: [A -> A]\n"
             "expect: {always: [ok, failed, timeout, exceeded, closed, stranded, overlap, deadlock]}\n");
  CHECK_THAT(line.run({"check", "none.yaml"}).err, Contains("none.yaml:3:9: warning: nothing is expected"));
}
