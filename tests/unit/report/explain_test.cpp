// What `explain` says is true: every example is run.
#include "actorsim/report/explain/explain.h"

#include <algorithm>
#include <set>

#include "actorsim/base/outcome.h"
#include "actorsim/explore/expectations.h"
#include "actorsim/explore/exploration.h"
#include "actorsim/explore/quantified.h"
#include "actorsim/model/compile.h"
#include "actorsim/scenario/loader.h"
#include "support/catch.h"

using namespace actorsim;

namespace {

struct Ran {
  Run run;
  bool holds = false;                // all that is expected
  std::set<std::string_view> codes;  // of all diagnostics, warnings included
};

void note(const Diagnostics& diagnostics, Ran& ran) {
  for (const Diagnostic& diagnostic : diagnostics.items()) ran.codes.insert(diagnostic.code);
}

Ran run_example(std::string_view text) {
  Ran ran;
  const auto file = load_scenario_file({"example.yaml", std::string(text)});
  if (!file) {
    note(file.error(), ran);
    return ran;
  }
  note(file->warnings(), ran);
  const auto scenario = file->load_case(0);
  if (!scenario) {
    note(scenario.error(), ran);
    return ran;
  }
  const Program program = compile(*scenario, "example.yaml");
  for (const Diagnostic& warning : program.warnings) ran.codes.insert(warning.code);
  auto run = run_plainly(program);
  if (!run) {
    ran.codes.insert(run.error().code);
    return ran;
  }
  const auto results = check_expectations(scenario->expect, program, *run);
  if (!results) note(results.error(), ran);
  const auto all_pass = [](const std::vector<ExpectationResult>& checked) {
    return std::all_of(checked.begin(), checked.end(), [](const ExpectationResult& result) { return result.passed; });
  };
  ran.holds = results && all_pass(*results);
  if (speaks_of_all_orders(scenario->expect)) {
    ExploreOptions options;
    options.goal = goal_for(scenario->expect);
    const auto exploration = explore(program, options);
    if (!exploration) {
      ran.codes.insert(exploration.error().code);
      return ran;
    }
    const auto of_all_orders = check_all_orders(scenario->expect, program, *exploration, options);
    ran.holds = ran.holds && of_all_orders && all_pass(*of_all_orders);
  }
  ran.run = std::move(*run);
  return ran;
}

std::vector<Explanation> of_kind(WordKind kind) {
  std::vector<Explanation> result;
  for (const Explanation& explanation : explanations()) {
    if (explanation.kind == kind) result.push_back(explanation);
  }
  return result;
}

}  // namespace

TEST_CASE("every outcome is explained, in order, and its example gives it") {
  const std::set<std::string_view> without{"closed", "timed-out",
                                           "cancelled"};  // nothing in the format leads to them yet
  const std::vector<Explanation> all = of_kind(WordKind::outcome);
  REQUIRE(all.size() == kOutcomeCount);
  for (std::size_t i = 0; i < kOutcomeCount; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    INFO(all[i].word);
    CHECK(all[i].word == to_word(outcome));
    CHECK(all[i].example.empty() == (without.count(all[i].word) > 0));
    if (all[i].example.empty()) continue;
    CHECK(run_example(all[i].example).run.counts.of(outcome) > 0);
  }
}

TEST_CASE("what can be expected of all orders is explained, and the examples hold") {
  const std::vector<Explanation> all = of_kind(WordKind::quantifier);
  REQUIRE(all.size() == 3);
  for (const Explanation& explanation : all) {
    INFO(explanation.word);
    CHECK(explanation.example.find(explanation.word) != std::string_view::npos);
    CHECK(run_example(explanation.example).holds);
  }
}

TEST_CASE("the example of interleavings comes out one way or the other") {
  const std::vector<Explanation> all = of_kind(WordKind::idea);
  REQUIRE(all.size() == 1);
  CHECK(all.front().word == "interleavings");
  const auto file = load_scenario_file({"example.yaml", std::string(all.front().example)});
  REQUIRE(file);
  const auto found = explore(compile(*file->load_case(0), "example.yaml"));
  REQUIRE(found);
  CHECK(found->can(Verdict::ok));
  CHECK(found->can(Verdict::deadlock));
}

TEST_CASE("every verdict is explained, in order, and its example gives it") {
  const std::set<std::string_view> without{"timeout", "closed", "overlap"};  // nothing in the format leads to them yet
  const std::vector<Explanation> all = of_kind(WordKind::verdict);
  REQUIRE(all.size() == kVerdictCount);
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    INFO(all[i].word);
    CHECK(all[i].word == to_word(static_cast<Verdict>(i)));
    CHECK(all[i].example.empty() == (without.count(all[i].word) > 0));
    if (all[i].example.empty()) continue;
    const Ran ran = run_example(all[i].example);
    CHECK(ran.run.counts.calls > 0);
    CHECK(to_word(ran.run.verdict) == all[i].word);
  }
}

TEST_CASE("every diagnostic is explained, and its example gives it") {
  std::size_t examples = 0;
  const std::vector<Explanation> all = of_kind(WordKind::diagnostic);
  REQUIRE(all.size() == diagnostic_codes().size());
  for (const Explanation& explanation : all) {
    INFO(explanation.word);
    CHECK_FALSE(explanation.text.empty());
    if (explanation.example.empty()) continue;
    ++examples;
    const Ran ran = run_example(explanation.example);
    std::string given;
    for (const std::string_view code : ran.codes) given += std::string(code) + " ";
    INFO("gives: " << given);
    CHECK(ran.codes.count(explanation.word) == 1);
  }
  CHECK(examples >= 30);
}

TEST_CASE("a word with two meanings is explained twice on one page") {
  const std::string page = explain("exceeded", 80);
  CHECK(page.find("exceeded: an outcome of a call") != std::string::npos);
  CHECK(page.find("exceeded: a verdict on a scenario") != std::string::npos);
}

TEST_CASE("an unknown word has no page") { CHECK(explain("deadlok", 80).empty()); }

TEST_CASE("pages and the list of words keep within their width") {
  std::string all = list_of_words(60);
  for (const Explanation& explanation : explanations()) {
    const std::string page = explain(explanation.word, 60);
    all += page.substr(0, page.find("Example"));
  }
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find('\n', begin), all.size());
    INFO(all.substr(begin, end - begin));
    CHECK(end - begin <= 60);
    begin = end + 1;
  }
}
