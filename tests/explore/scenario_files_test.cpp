// The same checks on every scenario of the repository that has an end and few enough states.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "actorsim/model/compile.h"
#include "actorsim/model/unroll.h"
#include "actorsim/scenario/loader.h"
#include "explore/checked_exploration.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;
namespace fs = std::filesystem;

constexpr std::uint64_t kMostTriggers = 16;

void check_file(ExplorationChecker& checker, const fs::path& path) {
  std::ifstream stream(path);
  std::stringstream text;
  text << stream.rdbuf();
  const auto file = load_scenario_file({path.string(), text.str()}, {});
  if (!file) return;  // it names other files
  for (std::size_t i = 0; i < file->case_count(); ++i) {
    const auto scenario = file->load_case(i);
    if (!scenario) continue;
    INFO(path.string() << " " << scenario->name << " case " << i + 1);
    const Program program = compile(*scenario, path.string());
    if (unrolled_size(program) <= kMostTriggers && run_plainly(program)) checker.check(program);
  }
}

TEST_CASE("every scenario of the repository is explored alike in every way") {
  // Sanitizers make it slow; ./dev programs runs without them.
  const bool is_thorough = std::getenv("ACTORSIM_PROGRAMS") != nullptr;
  ExplorationChecker checker(is_thorough ? 3'000 : 300);
  for (const char* folder : {"scenarios", "tests/dapr-cases"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(ACTORSIM_REPOSITORY) / folder)) {
      if (entry.path().extension() == ".yaml") check_file(checker, entry.path());
    }
  }
  CHECK(checker.checked > 400);
  CHECK(checker.with_reductions > 100);
}

}  // namespace
