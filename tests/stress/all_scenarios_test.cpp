// Every scenario of scenarios/ that threads can do: what they make of it is in the explored set, and every lock did
// what the pure machine does.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "actorsim/model/compile.h"
#include "actorsim/scenario/loader.h"
#include "actorsim/stress/stress.h"
#include "stress/stress_text.h"
#include "support/catch.h"

namespace actorsim {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kRounds = 15;
constexpr std::uint64_t kMostStates = 5'000;
constexpr std::uint64_t kMostStarts = 24;  // every call is a few switches between threads, slow on a busy machine
constexpr std::size_t kMostLeftOut = 20;   // cases with more of them

std::vector<fs::path> scenario_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(ACTORSIM_REPOSITORY) / "scenarios")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// How much was looked at, so that the test cannot pass by looking at nothing.
struct Tally {
  std::size_t by_combinations = 0, separately = 0, undecided = 0;
  std::size_t too_large = 0, not_for_threads = 0;  // left out
};

void stress_case(const Scenario& scenario, const std::string& file, Tally& tally) {
  const Program program = compile(scenario, file);
  std::uint64_t starts = 0;
  for (const StartTrigger& trigger : program.triggers) starts += trigger.count;
  if (why_not_for_threads(program)) {
    ++tally.not_for_threads;
    return;
  }
  if (starts > kMostStarts) {
    ++tally.too_large;
    return;
  }
  ExploreOptions bounds;
  bounds.max_states = kMostStates;
  const auto set = explore_set(program, bounds);
  REQUIRE(set);
  std::size_t& kind = set->combinations.is_complete()   ? tally.by_combinations
                      : set->exploration->is_complete() ? tally.separately
                                                        : tally.undecided;
  ++kind;
  StressOptions options;
  options.rounds = kRounds;
  options.threads = 256;
  const StressResult result = testing::play(program, *set, options);
  CHECK(result.rounds == kRounds);
  CHECK(result.failure_count == 0);
  for (const StressFailure& failure : result.failures) FAIL_CHECK(testing::to_text(failure));
}

}  // namespace

TEST_CASE("what threads make of every scenario is in the explored set") {
  Tally tally;
  for (const fs::path& path : scenario_files()) {
    std::ifstream stream(path);
    std::ostringstream text;
    text << stream.rdbuf();
    const std::string name = fs::relative(path, ACTORSIM_REPOSITORY).string();
    const Source source{name, text.str()};
    auto file = load_scenario_file(source);
    if (!file) continue;
    for (std::size_t i = 0; i < file->case_count(); ++i) {
      const auto scenario = file->load_case(i);
      if (!scenario) continue;
      INFO(name << ", case " << i + 1 << ": " << scenario->name);
      stress_case(*scenario, name, tally);
    }
  }
  CHECK(tally.by_combinations > 200);
  CHECK(tally.separately > 0);
  CHECK(tally.undecided > 0);
  WARN(tally.too_large << " cases with more than " << kMostStarts << " starts are left out, and "
                       << tally.not_for_threads << " that threads cannot do");
  CHECK(tally.too_large <= kMostLeftOut);
}

}  // namespace actorsim
