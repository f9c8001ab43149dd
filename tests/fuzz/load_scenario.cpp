// About: lib/actorsim/scenario
// Any bytes as a scenario file: they load, compile and run in every case that they have, or are refused with complaints
// that a terminal can show.
#include "actorsim/scenario/loader.h"

#include <algorithm>
#include <atomic>

#include "actorsim/base/text.h"
#include "actorsim/explore/run.h"
#include "actorsim/model/compile.h"
#include "fuzz/support/fuzz.h"

using namespace actorsim;
using namespace actorsim::fuzz;

namespace {

constexpr std::size_t kMostCases = 20;
constexpr std::int64_t kMostCalls = 2'000;
const std::atomic<bool> kIsOver = true;  // at the first look around, after 65,536 steps

void load_case(const ScenarioFile& file, std::size_t index, const Source& source) {
  demand_printable(printable(file.title(index).name), "a title");
  auto scenario = file.load_case(index);
  if (!scenario) return demand_good_complaints(scenario.error(), source);
  const Program program = compile(*scenario, source.name);
  for (const Diagnostic& warning : program.warnings) demand_good_complaints(Diagnostics(warning), source);
  scenario->limits.calls = std::min(scenario->limits.calls, kMostCalls);
  RunOptions options;
  options.stop = &kIsOver;
  const auto run = run_plainly(compile(*scenario, source.name), options);
  if (!run) demand_good_complaints(Diagnostics(run.error()), source);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Source source{"input.yaml", text_of(data, size)};
  const auto file = load_scenario_file(source);
  if (!file) {
    demand(file.error().has_errors(), "a file is refused without an error");
    demand_good_complaints(file.error(), source);
    return 0;
  }
  demand_good_complaints(file->warnings(), source);
  for (std::size_t index = 0; index < std::min(file->case_count(), kMostCases); ++index)
    load_case(*file, index, source);
  return 0;
}
