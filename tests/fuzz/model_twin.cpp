// About: lib/actorsim/model lib/actorsim/explore
// Bytes as the choices of the generator of random scenarios: all searches through the orders of its steps give one
// answer, which is that of brute force and, where nothing but locks matters, of a naive search over those; what a
// search shows replays to what it says; and the plain run is one of the orders.
#include <array>
#include <optional>

#include "actorsim/explore/exploration.h"
#include "actorsim/explore/search.h"
#include "actorsim/explore/walker.h"
#include "actorsim/model/compile.h"
#include "actorsim/model/lock_program.h"
#include "actorsim/scenario/loader.h"
#include "fuzz/support/fuzz.h"
#include "support/brute_force.h"
#include "support/exploration_text.h"
#include "support/naive_lock_program.h"
#include "support/random_scenarios.h"

using namespace actorsim;
using namespace actorsim::fuzz;
using namespace actorsim::testing;

namespace {

constexpr std::uint64_t kMostStates = 800;
constexpr std::uint64_t kMostSchedules = 300;

// Small enough to be tried out in every way, many times a second.
RandomScenarioOptions options_for(std::uint32_t kind) {
  RandomScenarioOptions options = kind == 0 ? every_feature() : RandomScenarioOptions{};
  options.orders_at_most = 2'000;
  if (kind != 2) return options;
  // Those that a lock program can be made of.
  options.sends = options.parallel = options.replies = options.failures = options.timeouts = options.retries = false;
  options.releases = {"1.15.0", "1.15", "1.16.0", "1.16", "1.17", "1.18", "docs"};
  return options;
}

Program compiled(const std::string& text) {
  const Source source{"random.yaml", "actorsim: 1\n" + text};
  const auto file = load_scenario_file(source);
  if (!file) fail("a random scenario does not load: " + render(file.error(), &source) + text);
  const auto scenario = file->load_case(0);
  if (!scenario) fail("a random scenario does not load: " + render(scenario.error(), &source) + text);
  return compile(*scenario, source.name);
}

class Checker {
 public:
  Checker(const Program& program, const std::string& text) : program_(program), text_(text) {}

  void check() {
    const auto run = run_plainly(program_);
    if (!run) fail_here("the plain run does not end: " + run.error().message);
    for (const Goal goal : {Goal::deadlock, Goal::verdicts, Goal::outcomes}) {
      const std::optional<Exploration> found = check_goal(goal);
      if (!found) return;
      if (goal == Goal::deadlock) check_locks(*found);
      if (goal != Goal::outcomes) continue;
      check_plain_run(*found, *run);
      check_against_all(*found);
    }
  }

 private:
  [[noreturn]] void fail_here(const std::string& what) const { fail(what + "\n" + text_); }
  void demand_here(bool holds, std::string_view what) const {
    if (!holds) fail_here(std::string(what));
  }

  // Nothing: it has no end, or too many states.
  std::optional<Exploration> check_goal(Goal goal) const {
    ExploreOptions options;
    options.goal = goal;
    options.max_states = kMostStates;
    const auto reduced = explore(program_, options);
    if (!reduced && reduced.error().code == "unbounded") return std::nullopt;
    Walker walker(program_);
    Exploration whole;
    whole.goal = goal;
    SearchLimits limits(options);
    if (search_worlds(walker, options, limits, whole) || !whole.is_complete()) return std::nullopt;
    options.reductions = Reductions::none();
    const auto full = explore(program_, options);
    demand_here(reduced && full, "a scenario with an end cannot be explored");
    demand_here(answer(*full) == answer(whole), "the table of states gives another answer than whole situations");
    demand_here(answer(*reduced) == answer(whole), "reductions change the answer");
    demand_here(lengths(*reduced) == lengths(*full), "reductions change the shortest schedules");
    for (const Witness& witness : reduced->witnesses) {
      const auto run = replay(program_, witness.schedule);
      demand_here(run && run->verdict == witness.verdict, "a schedule does not lead where it is said to lead");
    }
    return std::move(*reduced);
  }

  // As in tests/property/lock_program_test.cpp.
  void check_locks(const Exploration& found) const {
    const auto locks = lock_program(program_);
    if (!locks) return;
    const LockStateCount naive = count_states(*locks, kMostStates);
    if (naive.states > kMostStates) return;
    demand_here((found.can(Verdict::deadlock) || found.can(Verdict::stranded)) == (naive.stuck > 0),
                "the naive search over locks gets stuck elsewhere");
  }

  // Idle deadlines come to pass in plain runs only.
  void check_plain_run(const Exploration& found, const Run& run) const {
    if (run.deactivation_count > 0 || run.reached_horizon) return;
    demand_here(found.can(run.verdict), "the plain run has a verdict that no order has");
    for (const CallRecord& call : run.calls) {
      const auto outcomes = found.outcomes.find(call.label);
      demand_here(outcomes != found.outcomes.end() &&
                      ((unsigned{outcomes->second} >> static_cast<unsigned>(call.outcome)) & 1U) == 1U,
                  "in the plain run a call has an outcome that it has in no order: " + call.label);
    }
  }

  void check_against_all(const Exploration& found) const {
    Walker walker(program_);
    const auto all = try_all_orders(walker, kMostSchedules);
    if (!all) return;
    demand_here(found.verdicts == all->verdicts, "brute force comes to other verdicts");
    demand_here(found.outcomes == all->outcomes, "brute force comes to other outcomes");
    for (const Witness& witness : found.witnesses) {
      demand_here(
          !witness.is_shortest || all->shortest[static_cast<std::size_t>(witness.verdict)] == witness.schedule.size(),
          "brute force knows a shorter schedule, or none so short");
    }
  }

  const Program& program_;
  const std::string& text_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const RandomScenarioOptions options = options_for(bytes.below(3));
  const auto text = scenario_of_bytes(bytes.rest(), options);
  if (!text) return -1;  // is not worth keeping
  Checker(compiled(*text), *text).check();
  return 0;
}
