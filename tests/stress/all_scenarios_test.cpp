// Every scenario of scenarios/ that threads can do: what they make of it is in the explored set, and every lock did what
// the pure machine does.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "actorsim/model/compile.h"
#include "actorsim/model/unroll.h"
#include "actorsim/scenario/loader.h"
#include "actorsim/stress/stress.h"
#include "support/catch.h"

namespace actorsim {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kRounds = 12;
constexpr std::uint64_t kMostStates = 5'000;
constexpr std::uint64_t kMostStarts = 24;

std::vector<fs::path> scenario_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(ACTORSIM_REPOSITORY) / "scenarios")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

struct Tally {
  std::size_t cases = 0, refused = 0, unbounded = 0, by_combinations = 0, separately = 0, undecided = 0;
  std::uint64_t rounds = 0, operations = 0;
};

void stress_case(const Scenario& scenario, const std::string& file, Tally& tally) {
  ++tally.cases;
  const Program program = compile(scenario, file);
  if (unrolled_size(program) > kMostStarts || why_not_for_threads(program)) {
    ++tally.refused;
    return;
  }
  ExploreOptions bounds;
  bounds.max_states = kMostStates;
  const auto set = explore_set(program, bounds);
  if (!set) {
    ++tally.unbounded;
    return;
  }
  ++(set->combinations.is_complete() ? tally.by_combinations
                                     : (set->exploration->is_complete() ? tally.separately : tally.undecided));
  StressOptions options;
  options.rounds = kRounds;
  options.threads = 256;
  const auto result = stress(program, *set, options);
  if (!result) {
    CAPTURE(result.error().message);
    CHECK(result.error().code == "too-many-threads");
    ++tally.unbounded;
    return;
  }
  tally.rounds += result->rounds;
  tally.operations += result->operations;
  CHECK(result->rounds == kRounds);
  CHECK(result->failure_count == 0);
  for (const StressFailure& failure : result->failures) {
    std::ostringstream text;
    for (const std::string& defect : failure.defects) text << defect << '\n';
    if (failure.combination) {
      text << to_word(failure.combination->verdict) << ':';
      for (const LabelOutcome& call : failure.combination->calls)
        text << ' ' << call.label << '=' << to_word(call.outcome);
      text << '\n';
    }
    for (const LockLog& log : failure.logs) {
      text << log.actor << '\n';
      for (const std::string& event : log.events) text << "  " << event << '\n';
    }
    UNSCOPED_INFO(text.str());
    CHECK(text.str().empty());
  }
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
      if (getenv("V")) fprintf(stderr, "%ld %s %zu\n", time(nullptr), name.c_str(), i);
      INFO(name << ", case " << i + 1 << ": " << scenario->name);
      stress_case(*scenario, name, tally);
    }
  }
  WARN(tally.cases << " cases: " << tally.refused << " refused, " << tally.unbounded << " too large; "
                   << tally.by_combinations << " by combinations, " << tally.separately << " separately, "
                   << tally.undecided << " undecided; " << tally.rounds << " rounds, " << tally.operations
                   << " operations replayed");
  CHECK(tally.by_combinations > 100);
}

}  // namespace actorsim
