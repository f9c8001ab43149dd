// What `explain` says is true: every word has its page, every example is run, and errors are worded as the runs do.
#include "actorsim/report/explain/explain.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>

#include "actorsim/base/diagnostic.h"
#include "actorsim/base/outcome.h"
#include "actorsim/explore/call_error.h"
#include "actorsim/explore/expectations.h"
#include "actorsim/explore/exploration.h"
#include "actorsim/explore/quantified.h"
#include "actorsim/model/compile.h"
#include "actorsim/report/explain/markdown.h"
#include "actorsim/scenario/loader.h"
#include "support/catch.h"

using namespace actorsim;

namespace {

struct Ran {
  Run run;
  bool holds = false;                // all that is expected
  std::set<std::string_view> codes;  // of all diagnostics, warnings included
  std::set<std::string_view> warnings;
};

void note(const Diagnostic& diagnostic, Ran& ran) {
  ran.codes.insert(diagnostic.code);
  if (diagnostic.severity == Severity::warning) ran.warnings.insert(diagnostic.code);
}

void note(const Diagnostics& diagnostics, Ran& ran) {
  for (const Diagnostic& diagnostic : diagnostics.items()) note(diagnostic, ran);
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
  for (const Diagnostic& warning : program.warnings) note(warning, ran);
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

std::vector<std::string> words_of(WordKind kind) {
  std::vector<std::string> result;
  for (const Explanation& explanation : explanations()) {
    if (explanation.kind == kind) result.push_back(explanation.word);
  }
  return result;
}

std::vector<MarkdownBlock> page_of(std::string_view word) {
  for (const WordPage& page : word_pages()) {
    if (page.word == word) return parse_markdown(page.markdown);
  }
  FAIL("no page of " << word);
  return {};
}

/// The scenarios of a page: "yaml" those that are right, "yaml wrong" those that are there to be complained about.
std::vector<std::string> examples_of(std::string_view word, std::string_view language) {
  std::vector<std::string> result;
  for (const MarkdownBlock& block : page_of(word)) {
    if (block.kind == MarkdownBlock::Kind::code && block.language == language) result.push_back(block.text);
  }
  return result;
}

bool some_example(std::string_view word, const std::function<bool(const Ran&)>& is_so) {
  const std::vector<std::string> examples = examples_of(word, "yaml");
  return std::any_of(examples.begin(), examples.end(),
                     [&](const std::string& example) { return is_so(run_example(example)); });
}

// ---- errors: an item `1.10 to 1.14: HTTP 500 'ERR_…', gRPC 'INTERNAL', "message".` --------------------------------

/// The release lines that an item speaks of: `1.2 to 1.9`, `1.15 and later, and 'docs'`, `every release`.
bool speaks_of(const std::string& range, const Release& release) {
  if (range == "every release") return true;
  if (release.is_docs) return range.find("'docs'") != std::string::npos;
  const auto minor = [](const std::string& line) { return std::stoi(line.substr(line.find('.') + 1)); };
  const bool is_open = range.find(" and later") != std::string::npos;
  const std::size_t to = range.find(" to ");
  const int first = minor(range);
  const int last = is_open ? 99 : to == std::string::npos ? first : minor(range.substr(to + 4));
  return release.minor >= first && release.minor <= last;
}

/// The items of a page that tell the error that a release gives.
std::vector<std::string> errors_on(std::string_view word, const Release& release) {
  std::vector<std::string> result;
  for (const MarkdownBlock& block : page_of(word)) {
    const std::size_t end = block.text.find(": HTTP ");
    if (block.kind != MarkdownBlock::Kind::item || end == std::string::npos) continue;
    if (speaks_of(block.text.substr(0, end), release)) result.push_back(block.text.substr(end + 2));
  }
  return result;
}

}  // namespace

TEST_CASE("every word has one page, and every page is of a known word") {
  std::vector<std::string> outcomes;
  for (std::size_t i = 0; i < kOutcomeCount; ++i) outcomes.emplace_back(to_word(static_cast<Outcome>(i)));
  CHECK(words_of(WordKind::outcome) == outcomes);
  std::vector<std::string> verdicts;
  for (std::size_t i = 0; i < kVerdictCount; ++i) verdicts.emplace_back(to_word(static_cast<Verdict>(i)));
  CHECK(words_of(WordKind::verdict) == verdicts);
  CHECK(words_of(WordKind::quantifier) == std::vector<std::string>{"never", "possible", "always"});
  CHECK(words_of(WordKind::idea) == std::vector<std::string>{"interleavings", "reentrancy"});
  std::set<std::string> diagnostics;
  for (const std::string& word : words_of(WordKind::diagnostic)) CHECK(diagnostics.insert(word).second);
  CHECK(diagnostics == std::set<std::string>(diagnostic_codes().begin(), diagnostic_codes().end()));
  std::set<std::string> explained;
  for (const Explanation& explanation : explanations()) {
    INFO(explanation.word);
    CHECK(explanation.text.size() > 20);
    explained.insert(explanation.word);
  }
  CHECK(explained.size() == word_pages().size());
}

TEST_CASE("every page is called by its word, and begins with what it means") {
  for (const WordPage& page : word_pages()) {
    INFO(page.word);
    const std::vector<MarkdownBlock> blocks = parse_markdown(page.markdown);
    REQUIRE(blocks.size() > 2);
    CHECK(blocks[0].kind == MarkdownBlock::Kind::title);
    CHECK(blocks[0].text.find(std::string(page.word) + ": a") == 0);
  }
}

TEST_CASE("the list of pages and the picture of all outcomes leave no word out") {
  const auto read = [](const std::string& name) {
    std::ifstream stream(std::string(ACTORSIM_REPOSITORY) + name);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  };
  const std::string list = read("/scenarios/words/README.md");
  const std::string picture = read("/scenarios/pictures/outcomes.svg");
  for (const Explanation& explanation : explanations()) {
    INFO(explanation.word);
    const std::string folder = explanation.kind == WordKind::diagnostic ? "diagnostics/" : "";
    const std::string mark = explanation.severity == Severity::warning ? " (warning)" : "";
    CHECK(list.find("[" + explanation.word + "](" + folder + explanation.word + ".md)" + mark) != std::string::npos);
    if (explanation.kind == WordKind::outcome || explanation.kind == WordKind::verdict)
      CHECK(picture.find(">" + explanation.word + "</text>") != std::string::npos);
  }
}

TEST_CASE("a page tells what it is in Dapr, and of what is bad why it comes to that and what helps") {
  for (const Explanation& explanation : explanations()) {
    if (explanation.kind != WordKind::outcome && explanation.kind != WordKind::verdict) continue;
    std::set<std::string> headings;
    for (const MarkdownBlock& block : page_of(explanation.word)) {
      if (block.kind == MarkdownBlock::Kind::heading) headings.insert(block.text);
    }
    INFO(explanation.word);
    CHECK(headings.count("Example") == 1);
    CHECK(headings.count("In Dapr") == 1);
    const auto verdict = parse_verdict(explanation.word);
    if (explanation.kind == WordKind::verdict) CHECK(headings.count("Why") == 1);
    if (explanation.kind == WordKind::verdict && verdict != Verdict::ok) CHECK(headings.count("What helps") == 1);
  }
}

TEST_CASE("an example of every outcome gives it") {
  for (std::size_t i = 0; i < kOutcomeCount; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    INFO(to_word(outcome));
    CHECK(some_example(to_word(outcome), [&](const Ran& ran) { return ran.run.counts.of(outcome) > 0; }));
  }
}

TEST_CASE("an example of every verdict gives it") {
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    INFO(to_word(verdict));
    CHECK(some_example(to_word(verdict),
                       [&](const Ran& ran) { return ran.run.counts.calls > 0 && ran.run.verdict == verdict; }));
  }
}

TEST_CASE("an example of what can be expected of all orders expects it, and holds") {
  for (const std::string& word : words_of(WordKind::quantifier)) {
    INFO(word);
    const std::vector<std::string> examples = examples_of(word, "yaml");
    REQUIRE_FALSE(examples.empty());
    CHECK(examples.front().find(word) != std::string::npos);
    CHECK(run_example(examples.front()).holds);
  }
}

TEST_CASE("the example of interleavings comes out one way or the other") {
  const std::vector<std::string> examples = examples_of("interleavings", "yaml");
  REQUIRE(examples.size() == 1);
  const auto file = load_scenario_file({"example.yaml", examples.front()});
  REQUIRE(file);
  const auto found = explore(compile(*file->load_case(0), "example.yaml"));
  REQUIRE(found);
  CHECK(found->can(Verdict::ok));
  CHECK(found->can(Verdict::deadlock));
}

TEST_CASE("the wrong example of a diagnostic gives it, and the right one does not") {
  // They are about bytes, about the command line, or about files beside the scenario.
  const std::set<std::string_view> without{
      "not-utf8",     "control-character",     "too-deep",     "bad-override",    "usage",           "not-exportable",
      "bad-schedule", "schedule-does-not-fit", "no-such-file", "cannot-read",     "cannot-write",    "nothing-selected",
      "path-outside", "toml-syntax",           "no-deadlock",  "not-for-threads", "too-many-threads"};
  for (const std::string_view word : diagnostic_codes()) {
    INFO(word);
    const std::vector<std::string> wrong = examples_of(word, "yaml wrong");
    CHECK((wrong.empty() || word == "path-outside") == (without.count(word) == 1));
    for (const std::string& example : wrong) {
      const std::set<std::string_view> codes = run_example(example).codes;
      CHECK((codes.count(word) == 1 || word == "path-outside"));
    }
    for (const std::string& example : examples_of(word, "yaml")) CHECK(run_example(example).codes.empty());
  }
}

TEST_CASE("a page says of a warning that it is one") {
  std::size_t warnings = 0;
  for (const Explanation& explanation : explanations()) {
    if (explanation.kind != WordKind::diagnostic) continue;
    INFO(explanation.word);
    for (const std::string& example : examples_of(explanation.word, "yaml wrong")) {
      if (explanation.word == "path-outside") continue;
      const Ran ran = run_example(example);
      const bool is_warning = explanation.severity == Severity::warning;
      CHECK(ran.warnings.count(explanation.word) == (is_warning ? 1U : 0U));
      warnings += is_warning ? 1U : 0U;
    }
  }
  CHECK(warnings > 8);
}

TEST_CASE("the errors that the pages tell are those of the runs, for every release") {
  const std::map<std::string_view, std::function<CallError(const Release&)>> errors{
      {"exceeded", depth_error},
      {"closed", [](const Release& release) { return closed_error(release, "METHOD"); }},
      {"failed", [](const Release& release) { return handler_error(release, 402, "card declined"); }},
      {"cancelled", cancelled_error},
      {"timed-out", timeout_error},
      {"not-hosted", not_hosted_error},
  };
  std::vector<Release> lines_and_docs = release_lines();
  lines_and_docs.push_back(kDocs);
  for (const auto& [word, error_of] : errors) {
    for (const Release& release : lines_and_docs) {
      const CallError error = error_of(release);
      const std::string expected = "HTTP " + std::to_string(error.http) + " '" + error.code + "', gRPC '" + error.grpc +
                                   "', \"" + error.message + "\".";
      INFO(word << " in " << to_string(release));
      CHECK(errors_on(word, release) == std::vector<std::string>{expected});
    }
  }
}

TEST_CASE("a word with two meanings is explained twice on one page") {
  const std::string page = explain("exceeded", 80);
  CHECK(page.find("exceeded: an outcome of a call and a verdict on a scenario\n") == 0);
  CHECK(page.find("\nThe outcome\n\n  The lock refused the call") != std::string::npos);
  CHECK(page.find("\nThe verdict\n\n  The worst that happened") != std::string::npos);
}

TEST_CASE("an unknown word has no page") { CHECK(explain("deadlok", 80).empty()); }

TEST_CASE("a page is plain text on a terminal") {
  for (const WordPage& page : word_pages()) {
    INFO(page.word);
    const std::string text = explain(page.word, 80);
    CHECK(text.find("](") == std::string::npos);
    CHECK(text.find('`') == std::string::npos);
    CHECK(text.find("\n#") == std::string::npos);
  }
}

TEST_CASE("pages and the list of words keep within their width, their examples aside") {
  std::string all = list_of_words(60);
  for (const WordPage& page : word_pages()) {
    std::vector<MarkdownBlock> blocks = parse_markdown(page.markdown);
    blocks.erase(std::remove_if(blocks.begin(), blocks.end(),
                                [](const MarkdownBlock& block) { return block.kind == MarkdownBlock::Kind::code; }),
                 blocks.end());
    all += render_markdown(blocks, 60);
  }
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find('\n', begin), all.size());
    INFO(all.substr(begin, end - begin));
    CHECK(end - begin <= 70);  // a word that is longer than the line sticks out
    begin = end + 1;
  }
}
