// Names mean nothing: with types, ids, methods and labels renamed, a scenario runs and is explored as before, and its
// report is the same with the same words renamed, byte for byte. The new names are as long as the old ones, so that
// columns stay, and in the same order.
//
// With names in another order the same lines are told, but three things are said in the order of names: the outcomes of
// an exploration, the actors that a skipped call of `self` may have been of, and the order in which to take actors that
// a deadlock's explanation advises.
#include <algorithm>
#include <cctype>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "actorsim/explore/exploration.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "laws/figures.h"
#include "laws/programs.h"
#include "support/catch.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

// ---- renaming -------------------------------------------------------------------------------------------------------

/// Words to others, all at once, so that two may change places.
class Renaming {
 public:
  explicit Renaming(std::map<std::string, std::string> words) : words_(std::move(words)) {}

  // An id stands behind its type; other numbers behind a slash are parts of schedules.
  std::string operator()(const std::string& text) const {
    static const std::regex word("A call that|Actor[.]Reentrancy|[A-Za-z_][A-Za-z0-9_-]*|/[0-9]+");
    std::string result;
    auto rest = text.begin();
    for (std::sregex_iterator it(text.begin(), text.end(), word), end; it != end; ++it) {
      result.append(rest, text.begin() + it->position());
      const bool is_number = it->str().front() == '/';
      const bool is_behind_type =
          it->position() > 0 && std::isupper(text[static_cast<std::size_t>(it->position()) - 1]) != 0;
      const auto found = is_number && !is_behind_type ? words_.end() : words_.find(it->str());
      result += found == words_.end() ? it->str() : found->second;
      rest = text.begin() + it->position() + it->length();
    }
    return result.append(rest, text.end());
  }

 private:
  std::map<std::string, std::string> words_;
};

// What random scenarios are written with.
const Renaming kInOrder({{"A", "K"},
                         {"B", "P"},
                         {"C", "Z"},
                         {"/1", "/5"},
                         {"/2", "/7"},
                         {"/3", "/9"},
                         {"m0", "ma"},
                         {"m1", "mb"},
                         {"m2", "mc"},
                         {"m3", "md"},
                         {"c1", "ca"},
                         {"c2", "cb"},
                         {"c3", "cc"},
                         {"x", "u"},
                         {"y", "w"},
                         {"root0", "tree2"},
                         {"root1", "tree3"},
                         {"root2", "tree4"},
                         {"root3", "tree5"}});
// With all orders changed.
const Renaming kMixed({{"A", "C"},
                       {"B", "A"},
                       {"C", "B"},
                       {"/1", "/3"},
                       {"/2", "/1"},
                       {"/3", "/2"},
                       {"m0", "m3"},
                       {"m1", "m0"},
                       {"m2", "m1"},
                       {"m3", "m2"},
                       {"c1", "c3"},
                       {"c2", "c1"},
                       {"c3", "c2"},
                       {"x", "y"},
                       {"y", "x"},
                       {"root0", "root3"},
                       {"root1", "root2"},
                       {"root2", "root1"},
                       {"root3", "root0"}});

// ---- what is told ---------------------------------------------------------------------------------------------------

// The whole of it as JSON: the run, what was expected, and why it went so.
std::string report_of(const Scenario& scenario, const std::string& file) {
  const Program program = compile(scenario, file);
  auto run = run_plainly(program, options_for(scenario.expect));
  REQUIRE(run);
  Report report;
  CaseReport entry;
  entry.file = file;
  entry.name = scenario.name;
  entry.setting = describe_setting(program);
  Diagnosis diagnosis = diagnose(scenario, program, *run);
  entry.headline = diagnosis.headline;
  entry.why = diagnosis.why;
  entry.fix = diagnosis.fix;
  const auto results = check_expectations(scenario.expect, program, *run);
  REQUIRE(results);
  entry.expectations = *results;
  entry.run = std::move(*run);
  report.cases.push_back(std::move(entry));
  std::ostringstream out;
  write_report(out, Format::json, report);
  return out.str();
}

// Without the advice, and commas, which the last of a list lacks.
std::string sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.find("take the actors in one order") != std::string::npos) continue;
    if (!line.empty() && line.back() == ',') line.pop_back();
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  std::string sorted;
  for (const std::string& line : lines) sorted += line + "\n";
  return sorted;
}

std::optional<Exploration> explored(const std::string& text) {
  ExploreOptions limits;
  limits.max_states = 20'000;
  auto result = explore(compile(load_text(text), "test.yaml"), limits);
  if (!result) return std::nullopt;
  return std::move(*result);
}

std::string told(const Exploration& exploration) {
  std::string text = std::to_string(exploration.states) + " states, " + std::to_string(exploration.steps) + " steps, " +
                     std::to_string(exploration.levels) + " levels\n";
  for (std::size_t i = 0; i < kVerdictCount; ++i)
    text += std::string(to_word(static_cast<Verdict>(i))) + (exploration.verdicts[i] ? " can be\n" : " cannot be\n");
  for (const auto& [label, outcomes] : exploration.outcomes) text += label + " = " + std::to_string(outcomes) + "\n";
  for (const Witness& witness : exploration.witnesses)
    text += std::string(to_word(witness.verdict)) + " by " + schedule_text(witness.schedule) + "\n";
  return text;
}

// ---- random scenarios -----------------------------------------------------------------------------------------------

TEST_CASE("renamed random scenarios have renamed runs") {
  RandomScenarioOptions large = every_feature();
  large.orders_at_most = 0;
  large.depth = 4;
  large.steps_at_most = 3;
  large.unhosted = true;
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const std::string text = random_scenario(seed, large);
    INFO("seed " << seed << "\n" << text);
    const std::string report = report_of(load_text(text), "test.yaml");
    const std::string other = report_of(load_text(kInOrder(text)), "test.yaml");
    CHECK(report != other);
    CHECK(difference(kInOrder(report), other) == "");
    const std::string mixed = report_of(load_text(kMixed(text)), "test.yaml");
    CHECK(difference(sorted_lines(kMixed(report)), sorted_lines(mixed)) == "");
  }
}

TEST_CASE("renamed random scenarios can come to the same, by the same ways") {
  RandomScenarioOptions options = every_feature();
  options.orders_at_most = 500;
  int complete = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::string text = random_scenario(seed, options);
    INFO("seed " << seed << "\n" << text);
    const std::optional<Exploration> one = explored(text);
    const std::optional<Exploration> other = explored(kInOrder(text));
    const std::optional<Exploration> mixed = explored(kMixed(text));
    REQUIRE(one.has_value() == other.has_value());
    REQUIRE(one.has_value() == mixed.has_value());
    if (!one) continue;
    CHECK(difference(kInOrder(told(*one)), told(*other)) == "");
    CHECK(difference(sorted_lines(kMixed(told(*one))), sorted_lines(told(*mixed))) == "");
    if (one->is_complete()) ++complete;
  }
  CHECK(complete > 190);
}

// ---- the repository's scenarios -------------------------------------------------------------------------------------

// Each letter the next one. Names keep their order.
std::string shifted(std::string name) {
  for (char& c : name) {
    if ((c >= 'a' && c < 'z') || (c >= 'A' && c < 'Z')) ++c;
  }
  return name;
}

// Of the types of all cases. Nothing: the file has such a word already.
std::optional<Renaming> renaming_for(const ScenarioFile& file, const std::string& text) {
  std::map<std::string, std::string> words;
  for (std::size_t i = 0; i < file.case_count(); ++i) {
    const auto scenario = file.load_case(i);
    if (!scenario) return std::nullopt;
    const Program program = compile(*scenario, "test.yaml");
    for (const ProgramType& type : program.types) words[type.name] = shifted(type.name);
  }
  for (const auto& [name, other] : words) {
    if (words.count(other) == 0 && std::regex_search(text, std::regex("\\b" + other + "\\b"))) return std::nullopt;
  }
  return Renaming(std::move(words));
}

TEST_CASE("the repository's scenarios with other names for their types have renamed runs") {
  constexpr std::uint64_t kMostTriggers = 2'000;
  int compared = 0;
  for (const std::filesystem::path& path : scenario_files()) {
    const std::string text = text_of_file(path);
    const auto file = load_scenario_file({"test.yaml", text}, {});
    if (!file) continue;  // it names other files
    const std::optional<Renaming> renamed = renaming_for(*file, text);
    if (!renamed) continue;
    const auto other_file = load_scenario_file({"test.yaml", (*renamed)(text)}, {});
    INFO(path.string());
    REQUIRE(other_file);
    REQUIRE(other_file->case_count() == file->case_count());
    for (std::size_t i = 0; i < file->case_count(); ++i) {
      const auto scenario = file->load_case(i);
      const auto other = other_file->load_case(i);
      REQUIRE(scenario);
      REQUIRE(other);
      const Program program = compile(*scenario, "test.yaml");
      if (unrolled_size(program) > kMostTriggers || !run_plainly(program)) continue;
      INFO(scenario->name << " case " << i + 1);
      CHECK(difference((*renamed)(report_of(*scenario, "test.yaml")), report_of(*other, "test.yaml")) == "");
      ++compared;
    }
  }
  tell_figure(std::to_string(compared) + " cases");
  CHECK(compared > 300);
}

}  // namespace
