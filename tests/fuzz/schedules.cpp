// About: lib/actorsim/explore/schedule.cpp lib/actorsim/explore/replay.cpp
// Any text as a schedule: what is read, written and read again is the same schedule; replayed, it fits a scenario step
// by step or is refused in words; and a run's own schedule replays to that run.
#include "actorsim/explore/schedule.h"

#include <algorithm>

#include "actorsim/explore/exploration.h"
#include "actorsim/explore/step_log.h"
#include "actorsim/model/compile.h"
#include "actorsim/scenario/loader.h"
#include "fuzz/support/fuzz.h"

using namespace actorsim;
using namespace actorsim::fuzz;

namespace {

// Two chains that may deadlock, a load, and an actor that leaves: there is something to choose at most steps.
constexpr std::string_view kScenario = R"(actorsim: 1
dapr: "1.16"
config: {reentrancy: {enabled: true}}
chains: [A -> B, B -> A]
actors:
  C: {m: [{parallel: [{call: D.m}, {sleep: 1ms}]}]}
  D: {m: [sleep: 1ms], on-deactivate: [sleep: 1ms]}
start:
  - {call: C.m, count: 3, timeout: 2ms}
  - {deactivate: D/1, at: 1ms}
)";

Program compiled() {
  const Source source{"scenario.yaml", std::string(kScenario)};
  const auto file = load_scenario_file(source);
  if (!file) fail(render(file.error(), &source));
  return compile(*file->load_case(0), source.name);
}

std::string words_of(const Run& run) {
  std::string text = std::string(to_word(run.verdict)) + " " + schedule_text(run.schedule);
  for (const CallRecord& call : run.calls) text += " " + call.label + "=" + std::string(to_word(call.outcome));
  return text;
}

void demand_good_problem(const Diagnostic& problem, const Source& source) {
  demand_good_complaints(Diagnostics(problem), source);
}

void check_replay(const Program& program, const Schedule& schedule, const Source& source) {
  const auto run = replay(program, schedule);
  if (!run) return demand_good_problem(run.error(), source);
  const auto steps = tell_steps(program, schedule);
  demand(run->schedule == schedule && steps && steps->size() == schedule.size(), "a replay took other steps");
  const auto again = replay(program, run->schedule);
  demand(again && words_of(*again) == words_of(*run), "a second replay comes to something else");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Program program = compiled();
  const Source source{"--schedule", text_of(data, size)};
  const auto schedule = parse_schedule(source.text, source.name);
  if (!schedule) {
    const Span& span = schedule.error().span;
    demand(span.line == 1 && span.column >= 1 && span.column <= size + 1, "a problem stands outside of its text");
    demand_good_problem(schedule.error(), source);
    return 0;
  }
  const std::string written = schedule_text(*schedule);
  const auto again = parse_schedule(written, source.name);
  demand(again && *again == *schedule, "a schedule is another when it is read again: " + written);
  check_replay(program, *schedule, source);
  return 0;
}
