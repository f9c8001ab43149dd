// What a person is shown.
#include "actorsim/report/pretty/pretty.h"

#include <algorithm>
#include <sstream>

#include "actorsim/report/pretty/layout.h"
#include "unit/report/ran.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

std::string pretty(const std::vector<CaseReport>& cases, const ReportOptions& options = {}) {
  Report report;
  report.cases = cases;
  std::ostringstream out;
  write_pretty(out, report, options);
  return out.str();
}

ReportOptions with(Verbosity verbosity) {
  ReportOptions options;
  options.verbosity = verbosity;
  return options;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

const std::string kFails = "name: comes back\nchains: [A -> B -> A]";

}  // namespace

TEST_CASE("a case that passed is one line, its circumstances at the right") {
  const std::vector<std::string> lines = lines_of(pretty({run_text("name: fine\nchains: [A]")}));
  REQUIRE(lines.size() == 4);
  CHECK(lines[0] == "test.yaml");
  CHECK(lines[1].rfind("  ✓ fine ", 0) == 0);
  CHECK_THAT(lines[1], Catch::Matchers::EndsWith("  Dapr 1.18, reentrancy off"));
  CHECK(text_width(lines[1]) == 100);
  CHECK(lines[2].empty());
  CHECK(lines[3] == "1 passed · 1 call: 1 entered (0 re-entered), 0 blocked, 0 deadlocked, 0 exceeded");
}

TEST_CASE("a failure shows what was expected, the calls, the cycle, why and how to fix it") {
  const std::string text = pretty({run_text(kFails)});
  CHECK_THAT(text, Contains("  ✗ comes back"));
  CHECK_THAT(text, Contains(": expected verdict: ok, got deadlock"));
  CHECK_THAT(text, Contains("3        └─▶ A/1.m3    deadlocked behind call 1"));
  CHECK_THAT(text, Contains("wait-for cycle   call 3 ── lock A/1 ──▶ call 1 ── reply ──▶ call 2 ── reply ──▶ call 3"));
  CHECK_THAT(text, Contains("      why  reentrancy is off"));
  CHECK_THAT(text, Contains("      fix  enable reentrancy for A"));
  CHECK_THAT(text, Contains("0 passed, 1 failed · "));
}

TEST_CASE("an expectation that stands in the file is shown with its place") {
  CHECK_THAT(pretty({run_text("chains: [A]\nexpect: {verdict: deadlock}")}),
             Contains("test.yaml:3:19: expected verdict: deadlock, got ok"));
}

TEST_CASE("who keeps a lock is told beside the call") {
  CHECK_THAT(pretty({run_text(kFails)}), Contains("1  client ─▶ A/1.m1    entered    lock A/1: call 1"));
  CHECK_THAT(pretty({run_text("config: {reentrancy: {enabled: true}}\nchains: [A -> B -/> A]")}),
             Contains("lock A/1: r1"));
}

TEST_CASE("a call without an id is not said to have an empty one") {
  const std::string text =
      "dapr: \"1.16\"\nconfig: {reentrancy: {enabled: true}}\n"
      "actors: {A: {tick: [{call: self.more}], more: []}}\nstart: [{reminder: A/1.tick}]";
  CHECK_THAT(pretty({run_text(text)}), Contains("entered    lock A/1: call 1"));
  CHECK_THAT(pretty({run_text(text)}, with(Verbosity::verbose)), !Contains("id \"\""));
  const std::string empty =
      "config: {reentrancy: {enabled: true}}\nactors: {A: {work: []}}\n"
      "start: [{call: A/1.work, header: \"\"}]";
  CHECK_THAT(pretty({run_text(empty)}, with(Verbosity::verbose)), Contains("free, id \"\""));
}

TEST_CASE("verbose shows the table of calls also where all went well, and full adds a line to each call") {
  const CaseReport report = run_text("config: {reentrancy: {enabled: true}}\nchains: [A -> A]");
  CHECK_THAT(pretty({report}, with(Verbosity::verbose)),
             Contains("#  t   call              lock                    depth  outcome\n"
                      "      1  0s  client ─▶ A/1.m1  free, new id r1          1/32  entered\n"
                      "      2  0s    └─▶ A/1.m2      held by r1, same chain   2/32  re-entered\n"));
  CHECK_THAT(pretty({report}, with(Verbosity::full)), Contains("sees Dapr-Reentrancy-Id r1 (new) · answered at 0s"));
}

TEST_CASE("quiet shows failures and the sum only") {
  const std::string text = pretty({run_text("name: fine\nchains: [A]"), run_text(kFails)}, with(Verbosity::quiet));
  CHECK(text.find("fine") == std::string::npos);
  CHECK_THAT(text, Contains("comes back"));
  CHECK_THAT(text, Contains("1 passed, 1 failed"));
}

TEST_CASE("with ASCII only, nothing else is written, names included") {
  ReportOptions options = with(Verbosity::full);
  options.ascii = true;
  const std::string text = pretty({run_text("name: Bücher ☃\n" + kFails.substr(kFails.find('\n') + 1))}, options);
  CHECK(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  CHECK_THAT(text, Contains("B\\u00fccher"));
}

TEST_CASE("nothing of a scenario reaches the terminal as control") {
  CaseReport report = run_text("chains: [A -> A]");
  report.name = "evil\x1b[2J\xE2\x80\xAE name\n";
  report.file = "fi\x1b]0;le";
  report.run->calls[0].label =
      "la\x1b"
      "bel";
  report.why.push_back("be\x07ll");
  const std::string text = pretty({report}, with(Verbosity::full));
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
  CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
  CHECK_THAT(text, Contains("evil\\x1b[2J"));
}

TEST_CASE("color is in its place only when it is wanted") {
  ReportOptions options;
  CHECK(pretty({run_text(kFails)}).find('\x1b') == std::string::npos);
  options.color = true;
  CHECK_THAT(pretty({run_text(kFails)}, options), Contains("\x1b[31m✗\x1b[0m comes back"));
}

TEST_CASE("tables and headings keep within the terminal, whatever the names") {
  const std::string type(200, 'a');
  const CaseReport report =
      run_text("name: " + std::string(300, 'n') + "\nchains: [A" + type + "/" + type + " -> A" + type + "/x]");
  for (const std::size_t width : {60U, 80U, 100U, 120U}) {
    ReportOptions options = with(Verbosity::full);
    options.width = width;
    for (const std::string& line : lines_of(pretty({report}, options))) {
      INFO(line);
      CHECK(text_width(line) <= width);
    }
  }
}

TEST_CASE("on a narrow terminal the circumstances have a line of their own") {
  ReportOptions options;
  options.width = 60;
  const std::vector<std::string> lines = lines_of(
      pretty({run_text("name: " + std::string(45, 'n') + "\nchains: [A -> A]\nexpect: {verdict: deadlock}")}, options));
  CHECK(lines[1] == "  ✓ " + std::string(45, 'n'));
  CHECK(lines[2] == "    deadlock · Dapr 1.18, reentrancy off");
}

TEST_CASE("a chain that is nested too deep to draw is drawn at both ends") {
  const std::string text = pretty({run_text("config: {reentrancy: {enabled: true}}\nchains: [A x40]")});
  CHECK_THAT(text, Contains("⋮ 25 more calls"));
  CHECK_THAT(text, Contains("exceeded limit 32 of A/1"));
  CHECK(lines_of(text).size() < 30);
}

TEST_CASE("of many calls those that explain the verdict are shown") {
  std::string chains = "chains: [";
  for (int i = 0; i < 200; ++i) chains += "C" + std::to_string(i) + ", ";
  const std::string text = pretty({run_text(chains + "A -> A]")});
  CHECK_THAT(text, Contains("deadlocked behind call 201"));
  CHECK_THAT(text, Contains(" more calls"));
  CHECK(lines_of(text).size() < 50);
}

TEST_CASE("a file that could not be read is one line, and counted") {
  CaseReport broken;
  broken.file = "broken.yaml";
  broken.status = Status::error;
  const std::string text = pretty({broken});
  CHECK_THAT(text, Contains("broken.yaml\n  ! not run\n"));
  CHECK_THAT(text, Contains("0 passed, 1 not run"));
}

TEST_CASE("siblings hang on one branch, and a send looks different") {
  const std::string text = pretty({run_text(R"(
actors:
  A: {work: [{send: B/1.m}, {call: C/1.m}, {call: A/1.work}]}
  B: {m: []}
  C: {m: [{call: D/1.m}]}
  D: {m: []}
start: [{call: A/1.work}])")});
  CHECK_THAT(text, Contains("client ─▶ A/1.work"));
  CHECK_THAT(text, Contains("  ├╌▶ B/1.m"));
  CHECK_THAT(text, Contains("  ├─▶ C/1.m"));
  CHECK_THAT(text, Contains("  │   └─▶ D/1.m"));
  CHECK_THAT(text, Contains("  └─▶ A/1.work"));
}

TEST_CASE("steps that were never reached are listed") {
  CHECK_THAT(pretty({run_text("chains: [A -> A -> B]")}), Contains("never reached  B/1.m3"));
}
