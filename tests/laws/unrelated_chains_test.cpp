// Who shares no actor shares nothing: a chain of other actors changes neither what can come of a scenario's calls, nor
// what comes of them in the plain run.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "actorsim/explore/exploration.h"
#include "laws/programs.h"
#include "support/catch.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

// Of types of their own, and of the scenario's types under ids of their own. With and without reentrancy some of them
// deadlock, and some wait for each other.
const std::vector<std::vector<std::string>> kUnrelated{
    {"Zed/9"},           {"Zed/9 -> Yak/9"}, {"Zed/9 -> Yak/9 -> Zed/9"}, {"Zed/9 ~> Yak/9"},
    {"Zed/9 -/> Zed/9"}, {"Zed/9", "Zed/9"}, {"A/zed.z1 -> A/yak.z2"},    {"A/zed.z1 -> B/zed.z2 -> A/zed.z3"},
};

bool is_unrelated(const std::string& text) {
  return text.find("Zed/") == 0 || text.find("Yak/") == 0 || text.find("/zed") != std::string::npos ||
         text.find("/yak") != std::string::npos;
}

// Chains stand first in the order of triggers; the new ones stand behind those that there are.
std::string with_chains(const std::string& text, const std::vector<std::string>& chains) {
  std::string lines;
  for (const std::string& chain : chains) lines += "  - " + chain + "\n";
  const std::size_t actors = text.find("actors:\n");
  REQUIRE(actors != std::string::npos);
  const bool has_chains = text.find("\nchains:\n") != std::string::npos;
  return text.substr(0, actors) + (has_chains ? "" : "chains:\n") + lines + text.substr(actors);
}

// The settings of a scenario with nothing in it but these chains.
std::string alone(const std::string& text, const std::vector<std::string>& chains) {
  std::string result = text.substr(0, text.find("actors:\n"));
  result = result.substr(0, result.find("chains:\n")) + "chains:\n";
  for (const std::string& chain : chains) result += "  - " + chain + "\n";
  return result;
}

Exploration explored(const std::string& text) {
  ExploreOptions options;
  options.max_states = 200'000;
  options.wants_schedules = false;
  INFO(text);
  const Scenario scenario = load_text(text);
  auto result = explore(compile(scenario, "test.yaml"), options);
  REQUIRE(result);
  return std::move(*result);
}

std::map<std::string, std::uint16_t> related(const std::map<std::string, std::uint16_t>& outcomes) {
  std::map<std::string, std::uint16_t> result;
  for (const auto& [label, bits] : outcomes) {
    if (!is_unrelated(label)) result.emplace(label, bits);
  }
  return result;
}

// The verdict of both is the worse of their verdicts, whichever two they come to.
std::array<bool, kVerdictCount> worse_of_each(const std::array<bool, kVerdictCount>& one,
                                              const std::array<bool, kVerdictCount>& other) {
  std::array<bool, kVerdictCount> result{};
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    for (std::size_t k = 0; k < kVerdictCount; ++k) {
      if (one[i] && other[k]) result[std::max(i, k)] = true;
    }
  }
  return result;
}

std::string told(const std::map<std::string, std::uint16_t>& outcomes) {
  std::string text;
  for (const auto& [label, bits] : outcomes) text += label + "=" + std::to_string(bits) + " ";
  return text;
}

TEST_CASE("a chain of other actors changes no set of outcomes") {
  RandomScenarioOptions options;
  options.orders_at_most = 60;
  int compared = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::string text = random_scenario(seed, options);
    const std::vector<std::string>& chains = kUnrelated[seed % kUnrelated.size()];
    const std::string both = with_chains(text, chains);
    INFO("seed " << seed << "\n" << both);
    const Exploration without = explored(text);
    const Exploration with = explored(both);
    if (!without.is_complete() || !with.is_complete()) continue;
    CHECK(told(related(with.outcomes)) == told(without.outcomes));
    CHECK(with.outcomes.size() > without.outcomes.size());
    CHECK(with.verdicts == worse_of_each(without.verdicts, explored(alone(text, chains)).verdicts));
    ++compared;
  }
  CHECK(compared == 200);
}

// ---- the plain run --------------------------------------------------------------------------------------------------

// What became of the scenario's own calls, in their order. Serials and generated ids count everybody's calls.
std::string told_of_its_own(const Run& run) {
  std::string text;
  for (const CallRecord& call : run.calls) {
    if (is_unrelated(call.actor)) continue;
    text += call.label + " " + std::string(to_word(call.outcome)) + " depth " + std::to_string(call.depth) + " at " +
            std::to_string(call.arrived) + " " + std::to_string(call.entered.value_or(-1)) + " " +
            std::to_string(call.ended.value_or(-1)) + " attempts " + std::to_string(call.attempts) +
            (call.completed ? " completed" : "") + (call.had_to_wait ? " waited" : "") +
            (call.error ? " " + call.error->code : "") + "\n";
  }
  // A call of `self` that was skipped is told of every actor of the type that is named anywhere.
  for (const SkippedCall& call : run.skipped) {
    if (!is_unrelated(call.label)) text += call.label + " skipped\n";
  }
  for (const DeadlockCycle& cycle : run.deadlocks) {
    if (!is_unrelated(cycle.actors.front())) text += "cycle of " + std::to_string(cycle.hops.size()) + "\n";
  }
  return text;
}

TEST_CASE("a chain of other actors changes nothing in a plain run") {
  RandomScenarioOptions options;
  options.orders_at_most = 0;
  options.depth = 4;
  options.steps_at_most = 3;
  for (std::uint64_t seed = 0; seed < 1'500; ++seed) {
    const std::string text = random_scenario(seed, options);
    const std::string both = with_chains(text, kUnrelated[seed % kUnrelated.size()]);
    INFO("seed " << seed << "\n" << both);
    CHECK(difference(told_of_its_own(run_text(text).run), told_of_its_own(run_text(both).run)) == "");
  }
}

}  // namespace
