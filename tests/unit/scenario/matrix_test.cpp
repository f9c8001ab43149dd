// Cases of a matrix, and what is expected in which of them.
#include <string>

#include "actorsim/scenario/loader.h"
#include "support/catch.h"

using namespace actorsim;

namespace {

ScenarioFile load(const std::string& text, const LoadOptions& options = {}) {
  const Source source{"f", "actorsim: 1\nchains: [A x$n]\nvars: {n: 1, who: ada}\n" + text};
  auto file = load_scenario_file(source, options);
  if (!file) FAIL(render(file.error(), &source));
  return std::move(*file);
}

std::string problems(const std::string& text, const LoadOptions& options = {}) {
  const auto file = load_scenario_file({"f", "actorsim: 1\nchains: [A x$n]\nvars: {n: 1, who: ada}\n" + text}, options);
  return file ? "none" : render(file.error(), nullptr, DiagnosticStyle::one_line);
}

// `n=1 dapr=1.14; n=2 dapr=1.14`
std::string cases_of(const ScenarioFile& file) {
  std::string result;
  for (std::size_t i = 0; i < file.case_count(); ++i) {
    const auto scenario = file.load_case(i);
    REQUIRE(scenario.has_value());
    if (i > 0) result += "; ";
    if (scenario->axes.empty()) result += "-";
    for (const auto& [axis, value] : scenario->axes)
      result += (result.empty() || result.back() == ' ' ? "" : " ") + axis + "=" + value;
  }
  return result;
}

Verdict expected_verdict(const ScenarioFile& file, std::size_t index) {
  const auto scenario = file.load_case(index);
  REQUIRE(scenario.has_value());
  REQUIRE(scenario->expect.verdict.has_value());
  return scenario->expect.verdict->value;
}

}  // namespace

TEST_CASE("a matrix has a case for every combination, and its last axis changes fastest") {
  CHECK(cases_of(load("matrix: {dapr: [\"1.14\", docs], n: [1, 2]}")) ==
        "dapr=1.14 n=1; dapr=1.14 n=2; dapr=docs n=1; dapr=docs n=2");
  CHECK(cases_of(load("")) == "-");
}

TEST_CASE("an axis reaches what it names") {
  const ScenarioFile file =
      load("matrix: {dapr: [\"1.15.3\"], n: [7], reentrancy.enabled: [true], reentrancy.maxStackDepth: [5]}");
  const auto scenario = file.load_case(0);
  REQUIRE(scenario.has_value());
  CHECK(scenario->dapr == Release{15, 3, false});
  CHECK(scenario->chains.at(0).first.at(0).nested == 7);
  CHECK(scenario->config.settings.reentrancy->enabled == true);
  CHECK(scenario->config.settings.reentrancy->max_stack_depth == 5);
}

TEST_CASE("an axis goes before what the scenario says itself") {
  const ScenarioFile file = load(
      "dapr: \"1.10\"\nconfig: {reentrancy: {enabled: true, maxStackDepth: 3}}\n"
      "matrix: {dapr: [\"1.14\"], reentrancy.enabled: [false]}");
  const auto scenario = file.load_case(0);
  REQUIRE(scenario.has_value());
  CHECK(scenario->dapr == Release{14, 5, false});
  CHECK(scenario->config.settings.reentrancy->enabled == false);
  CHECK(scenario->config.settings.reentrancy->max_stack_depth == 3);
}

TEST_CASE("excluded combinations are no cases") {
  CHECK(cases_of(load("matrix: {dapr: [\"1.14\", \"1.15\", \"1.18\", docs], n: [1, 2]}\n"
                      "exclude: [{dapr: \">= 1.15\", n: 2}, {dapr: docs}, {n: [1, 5], dapr: \"1.14\"}]")) ==
        "dapr=1.14 n=2; dapr=1.15 n=1; dapr=1.18 n=1");
}

TEST_CASE("a scenario's matrix replaces that of the file, and what is excluded from it") {
  const ScenarioFile file = load(
      "matrix: {n: [1, 2]}\nexclude: [{n: 2}]\nscenarios:\n"
      "  - {name: a}\n  - {name: b, matrix: {n: [2, 3]}}\n  - {name: c, exclude: [{n: 1}]}\n");
  CHECK(cases_of(file) == "n=1; n=2; n=3; n=2");
  CHECK(file.load_case(1)->name == "b");
  CHECK(file.load_case(3)->name == "c");
}

TEST_CASE("the command line takes the place of an axis") {
  const std::string text = "matrix: {dapr: [\"1.14\", \"1.15\"], n: [1, 2]}";
  CHECK(cases_of(load(text, {{}, {Release{17, 13, false}}, {}})) == "dapr=1.17 n=1; dapr=1.17 n=2");
  CHECK(cases_of(load(text, {{{"n", "9"}}, {}, {}})) == "dapr=1.14 n=9; dapr=1.15 n=9");
  CHECK(cases_of(load("", {{}, {Release{17, 13, false}, kDocs}, {}})) == "dapr=1.17; dapr=docs");
  CHECK(cases_of(load("", {{}, {kDocs}, {}})) == "-");
  CHECK(load("", {{}, {kDocs}, {}}).load_case(0)->dapr == kDocs);
}

TEST_CASE("where the command line leaves nothing over there are no cases") {
  CHECK(load("matrix: {dapr: [\"1.14\", \"1.15\"]}\nexclude: [{dapr: \"1.14\"}]", {{}, {Release{14, 5, false}}, {}})
            .case_count() == 0);
}

TEST_CASE("the first entry of expect whose axes all match counts") {
  const ScenarioFile file = load(
      "matrix: {dapr: [\"1.14\", \"1.15.3\", docs], n: [1, 2]}\n"
      "expect:\n"
      "  - {when: {dapr: \">= 1.15\", n: 2}, verdict: deadlock}\n"
      "  - {when: {dapr: [docs, \"1.14\"], n: \"> 1\"}, verdict: exceeded}\n"
      "  - {when: {dapr: docs}, verdict: closed}\n"
      "  - {verdict: ok}\n");
  CHECK(expected_verdict(file, 0) == Verdict::ok);
  CHECK(expected_verdict(file, 1) == Verdict::exceeded);
  CHECK(expected_verdict(file, 2) == Verdict::ok);
  CHECK(expected_verdict(file, 3) == Verdict::deadlock);
  CHECK(expected_verdict(file, 4) == Verdict::closed);
  CHECK(expected_verdict(file, 5) == Verdict::exceeded);
}

TEST_CASE("in a comparison a release line is all of its patches") {
  const auto matches = [](const std::string& test, const std::string& release) {
    const ScenarioFile file =
        load("matrix: {dapr: [\"" + release + "\", docs, \"1.2\", \"1.17\"]}\nexpect: [{when: {dapr: \"" + test +
             "\"}, verdict: exceeded}, {verdict: ok}]");
    return expected_verdict(file, 0) == Verdict::exceeded;
  };
  CHECK(matches("<= 1.15", "1.15.3"));
  CHECK(matches(">= 1.15", "1.15.0"));
  CHECK_FALSE(matches("< 1.15", "1.15.0"));
  CHECK_FALSE(matches("> 1.15", "1.15.14"));
  CHECK(matches("> 1.15.3", "1.15.4"));
  CHECK_FALSE(matches("> 1.15.3", "1.15.3"));
  CHECK(matches("!= 1.14", "1.15.3"));
  CHECK_FALSE(matches("!= 1.15", "1.15.3"));
}

TEST_CASE("docs matches no comparison") {
  const ScenarioFile file =
      load("matrix: {dapr: [docs, \"1.18\"]}\nexpect: [{when: {dapr: \">= 1.2\"}, verdict: exceeded}, {verdict: ok}]");
  CHECK(expected_verdict(file, 0) == Verdict::ok);
  CHECK(expected_verdict(file, 1) == Verdict::exceeded);
}

TEST_CASE("numbers are equal however they are written, texts letter by letter") {
  const ScenarioFile file = load(
      "matrix: {n: [1e3], who: [ada, Ada]}\nexpect: [{when: {n: 1000, who: Ada}, verdict: exceeded}, {verdict: ok}]");
  CHECK(expected_verdict(file, 0) == Verdict::ok);
  CHECK(expected_verdict(file, 1) == Verdict::exceeded);
}

TEST_CASE("a case that no entry of expect speaks of expects nothing, and that is said") {
  const ScenarioFile file = load("matrix: {n: [1, 2]}\nexpect: [{when: {n: 2}, verdict: ok}]");
  CHECK(file.warnings().items().at(0).code == "nothing-expected");
  const auto scenario = file.load_case(0);
  REQUIRE(scenario.has_value());
  CHECK_FALSE(scenario->expect.verdict.has_value());
  CHECK_FALSE(scenario->expect.implied);
}

TEST_CASE("expect can tell releases apart that only the command line names") {
  const std::string text = "expect: [{when: {dapr: \"1.14\"}, verdict: exceeded}, {verdict: ok}]";
  CHECK(expected_verdict(load(text), 0) == Verdict::ok);
  CHECK(expected_verdict(load(text, {{}, {Release{14, 5, false}}, {}}), 0) == Verdict::exceeded);
}

TEST_CASE("what is wrong in one case only is told with that case") {
  const ScenarioFile file = load("matrix: {n: [1, many]}");
  CHECK(file.load_case(0).has_value());
  const auto broken = file.load_case(1);
  REQUIRE_FALSE(broken.has_value());
  CHECK(broken.error().items().at(0).span.line == 2);
}

TEST_CASE("a matrix may have 100,000 combinations") {
  const auto numbers = [](int count) {
    std::string list = "1";
    for (int i = 2; i <= count; ++i) list += ", " + std::to_string(i);
    return "[" + list + "]";
  };
  const std::string many = "matrix: {n: " + numbers(1000) + ", reentrancy.maxStackDepth: ";
  const ScenarioFile file = load(many + numbers(100) + "}");
  CHECK(file.case_count() == 100'000);
  CHECK(file.load_case(99'999)->axes.at(0).second == "1000");
  CHECK_THAT(problems(many + numbers(101) + "}"), actorsim::testing::Contains("more than 100000 combinations"));
}
