// Runs of one scenario on several releases, side by side.
#include "actorsim/report/compare/compare.h"

#include <algorithm>
#include <sstream>

#include "actorsim/explore/expectations.h"
#include "actorsim/model/compile.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "actorsim/scenario/loader.h"
#include "support/catch.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

ReleaseComparison compare_text(const std::string& text, const std::vector<ReleaseGroup>& groups = release_groups()) {
  const Source source{"test.yaml", "actorsim: 1\n" + text};
  std::vector<ReleaseRun> runs;
  for (const ReleaseGroup& group : groups) {
    LoadOptions options;
    options.releases = {group.last};
    const auto file = load_scenario_file(source, options);
    if (!file) FAIL(render(file.error(), &source));
    const auto scenario = file->load_case(0);
    REQUIRE(scenario);
    Program program = compile(*scenario, source.name);
    auto run = run_plainly(program, options_for(scenario->expect));
    if (!run) FAIL(render(run.error(), &source));
    std::string headline = diagnose(*scenario, program, *run).headline;
    runs.push_back({group, std::move(program), std::move(*run), std::move(headline)});
  }
  ReleaseComparison comparison = compare_runs(runs);
  comparison.file = source.name;
  comparison.name = "test";
  return comparison;
}

ReleaseGroup only(const std::string& name) {
  const auto release = parse_release(name);
  REQUIRE(release);
  return {*release, *release};
}

std::string labels(const ReleaseComparison& comparison) {
  std::string text;
  for (const ComparedColumn& column : comparison.columns) {
    text += text.empty() ? "" : " | ";
    for (std::size_t i = 0; i < column.releases.size(); ++i)
      text += (i > 0 ? ", " : "") + to_string(column.releases[i], "-");
  }
  return text;
}

std::string reasons(const ReleaseComparison& comparison) {
  std::string text;
  for (const ComparedChange& change : comparison.changes) {
    for (const std::string& reason : change.reasons) text += reason + "\n";
  }
  return text;
}

std::string pretty(const ReleaseComparison& comparison, ReportOptions options = {}) {
  std::ostringstream out;
  write_comparison(out, {{comparison}, {}}, options);
  return out.str();
}

const std::string kLeak = R"(config: {reentrancy: {enabled: true, maxStackDepth: 1}}
actors: {A: {m: [{call: self.m}], n: []}}
start: [{call: A/1.m, as: first}, {call: A/1.n, as: next, after: first, at: 1h}]
)";

}  // namespace

TEST_CASE("releases in which a scenario comes out alike share a column") {
  const ReleaseComparison comparison = compare_text("chains: [A -> B]\n");
  CHECK(labels(comparison) == "1.2-1.18, docs");
  CHECK(comparison.changes.empty());
  REQUIRE(comparison.rows.size() == 2);
  CHECK_FALSE(comparison.rows[0].differs);
  CHECK(comparison.rows[1].caller == std::size_t{0});
  CHECK_THAT(pretty(comparison), Contains("= test\n    no difference: ok in 1.2–1.18, docs\n"));
}

TEST_CASE("a range of releases is named as people name it") {
  const auto name = [](const std::string& first, const std::string& last) {
    return to_string(ReleaseGroup{*parse_release(first), *parse_release(last)}, "-");
  };
  CHECK(name("1.2.0", "1.14") == "1.2-1.14");
  CHECK(name("1.15.0", "1.15") == "1.15");
  CHECK(name("1.15.0", "1.15.5") == "1.15.0-5");
  CHECK(name("1.15.1", "1.17") == "1.15.1-1.17");
  CHECK(name("1.15.1", "1.16.1") == "1.15.1-1.16.1");
  CHECK(name("1.15.0", "1.15.0") == "1.15.0");
  CHECK(name("1.18", "1.18") == "1.18");
  CHECK(name("docs", "docs") == "docs");
}

TEST_CASE("releases asked for by name are not joined to ranges that were not run") {
  const ReleaseComparison comparison = compare_text("chains: [A]\n", {only("1.14"), only("1.16"), only("docs")});
  CHECK(labels(comparison) == "1.14, 1.16, docs");
}

TEST_CASE("each change says from which release to which, what it does, and why") {
  const ReleaseComparison comparison = compare_text(kLeak, {only("1.14"), only("1.16.0"), only("docs")});
  CHECK(labels(comparison) == "1.14, docs | 1.16.0");
  REQUIRE(comparison.changes.size() == 1);
  const ComparedChange& change = comparison.changes.front();
  CHECK(change.from_name == "1.14");
  CHECK(change.to_name == "1.16.0");
  CHECK(change.effect == "verdict stranded instead of exceeded; next: stranded instead of entered");
  REQUIRE_FALSE(change.reasons.empty());
  CHECK_THAT(change.reasons.front(), Contains("1.16.0: a refused call leaves the depth of its chain one too high") &&
                                         Contains("in 1.14 a refused call leaves nothing behind"));
}

TEST_CASE("documentation that no release agrees with is explained against the newest") {
  const ReleaseComparison comparison = compare_text(kLeak, {only("1.16.0"), only("docs")});
  REQUIRE(comparison.changes.size() == 1);
  CHECK(comparison.changes[0].to_name == "the documentation");
  CHECK_THAT(reasons(comparison), Contains("the documentation: a refused call leaves nothing behind"));
}

TEST_CASE("'up to' is said only of what was looked at from the oldest release on") {
  const std::string limit = "config: {reentrancy: {maxStackDepth: 0}}\nchains: [A]\n";
  CHECK_THAT(reasons(compare_text(limit)), Contains("up to 1.14 a limit of 0 refuses every call"));
  CHECK_THAT(reasons(compare_text(limit, {only("1.14"), only("1.15")})), Contains("in 1.14 a limit of 0"));
}

TEST_CASE("the rules behind a difference are found") {
  const std::string on = "config: {reentrancy: {enabled: true}}\n";
  CHECK_THAT(reasons(compare_text(on + "chains: [A -> A]\n")), Contains("the feature Actor.Reentrancy"));
  CHECK_THAT(reasons(compare_text("chains: [A -> A]\n")), Contains("the idle deadline takes busy actors too"));
  CHECK_THAT(reasons(compare_text("config: {reentrancy: {enabled: true, maxStackDepth: 1}}\nchains: [A -> A]\n")),
             Contains("a refused call is tried 6 times, 1 s apart"));
  CHECK_THAT(reasons(compare_text("config: {actorIdleTimeout: soon}\nchains: [A]\n")),
             Contains("leaves no type hosted; up to 1.14 the default is taken"));
  CHECK_THAT(reasons(compare_text("config: {reentrancy: {maxStackDepth: 1}}\nactors: {A: {m: [{sleep: 1s}]}}\n"
                                  "start: [{call: A/1.m}, {call: A/1.m}]\n")),
             Contains("an actor at its limit lets calls of other chains wait"));
  CHECK_THAT(reasons(compare_text(on + "actors: {A: {m: [{sleep: 1s}]}}\nstart: [{call: A/1.m}, "
                                       "{call: A/1.m, header: b, as: b1}, {call: A/1.m, header: b, as: b2}]\n")),
             Contains("calls of one chain that wait get in together"));
}

TEST_CASE("a reminder that hangs is explained by its id, not by how its deadlock would be broken up") {
  const std::string text =
      "config: {reentrancy: {enabled: true}}\nactors: {A: {tick: [{call: self.more}], more: []}}\n"
      "start: [{reminder: A/1.tick}]";
  CHECK(
      reasons(compare_text(text, {only("1.14"), only("1.15")})) ==
      "1.15: calls of timers and reminders have no id; in 1.14 handlers of timers and reminders see an id, which they "
      "can hand on\n");
  CHECK(
      reasons(compare_text(text, {only("1.16"), only("1.17")})) ==
      "1.17: handlers of timers and reminders see an id, which they can hand on; in 1.16 calls of timers and reminders "
      "have no id\n");
  CHECK(
      reasons(compare_text(text, {only("1.17"), only("1.18")})) ==
      "1.18: handlers of timers and reminders do not see their id; in 1.17 handlers of timers and reminders see an id, "
      "which they can hand on\n");
}

TEST_CASE("calls are matched by their place in the tree, whatever order they came in") {
  const ReleaseComparison comparison = compare_text(R"(config: {reentrancy: {enabled: true, maxStackDepth: 0}}
actors: {A: {m: [{call: B/1.m}, {call: B/1.m}]}, B: {m: []}}
start: [{call: A/1.m}]
)",
                                                    {only("1.14"), only("1.18")});
  REQUIRE(comparison.rows.size() == 3);
  CHECK(comparison.rows[1].target == "B/1.m");
  CHECK_FALSE(comparison.rows[1].cells[0]);
  REQUIRE(comparison.rows[1].cells[1]);
  CHECK(comparison.rows[1].cells[1]->outcome == Outcome::entered);
  CHECK_THAT(pretty(comparison), Contains("not made  ≠ entered"));
}

TEST_CASE("a cell says more than its outcome only where that tells it from another") {
  const std::string text = pretty(compare_text(R"(config: {reentrancy: {enabled: true, maxStackDepth: 1}}
chains: [A -> A]
)",
                                               {only("1.15.5"), only("1.15")}));
  CHECK_THAT(text, Contains("exceeded, 1 attempt  ≠ exceeded, 6 attempts"));
  CHECK_THAT(text, Contains("verdict             exceeded               exceeded"));
}

TEST_CASE("a comparison is drawn with nothing but ASCII if that is wanted, and fits a narrow terminal") {
  ReportOptions options;
  options.ascii = true;
  options.width = 70;
  const std::string text = pretty(compare_text("chains: [A -> B -> A]\n"), options);
  CHECK(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 100);
}

TEST_CASE("a deep nest that differs is shown by its beginning") {
  const ReleaseComparison comparison = compare_text(
      "config: {reentrancy: {enabled: true, maxStackDepth: -1}}\nchains: [A.m x200]\n", {only("1.14"), only("1.18")});
  CHECK(comparison.rows.size() == 200);
  const std::string text = pretty(comparison);
  CHECK_THAT(text, Contains("more like it"));
  CHECK(std::count(text.begin(), text.end(), '\n') < 30);
}

TEST_CASE("a difference that no call shows is said in words") {
  const ReleaseComparison comparison = compare_text(R"(config:
  actorIdleTimeout: 1h
  entitiesConfig: [{entities: [A], actorIdleTimeout: 5m}]
chains: [A]
until: 2h
expect: {deactivated: {A/1: {count: 1}}}
)",
                                                    {only("1.6"), only("1.7")});
  REQUIRE(comparison.changes.size() == 1);
  CHECK_THAT(comparison.changes[0].effect, Contains("A/1 is deactivated at ") && Contains(" instead of "));
}
