// Will it deadlock? Loads a scenario from a text, runs it, looks at all orders of its steps, and says what and why.
#include <actorsim/actorsim.h>

#include <iostream>
#include <string_view>

namespace {

// Two transfers, ten seconds apart. Does it matter that they take the two accounts in opposite orders?
constexpr std::string_view kScenario = R"(actorsim: 1
name: two transfers
dapr: "1.18"
config: {reentrancy: {enabled: true}}
actors:
  Account:
    pay-bob: [{call: Account/bob.deposit}]
    pay-alice: [{call: Account/alice.deposit}]
    deposit: []
start:
  - call: Account/alice.pay-bob
  - {call: Account/bob.pay-alice, at: 10s}
)";

// Runs the scenario in one order of its steps, and says why that ended as it did.
bool show_why(const actorsim::Scenario& scenario, const actorsim::Program& program,
              const actorsim::Schedule& schedule) {
  const auto run = actorsim::replay(program, schedule);
  if (!run) return false;
  const actorsim::Diagnosis diagnosis = actorsim::diagnose(scenario, program, *run);
  for (const actorsim::CallRecord& call : run->calls) {
    std::cout << "  " << call.label << ": " << actorsim::to_word(call.outcome) << '\n';
  }
  std::cout << diagnosis.headline << '\n';
  for (const std::string& sentence : diagnosis.why) std::cout << "  why: " << sentence << '\n';
  for (const std::string& idea : diagnosis.fix) std::cout << "  fix: " << idea << '\n';
  return true;
}

}  // namespace

int main() {
  // From text to program. What is wrong with the text comes back as a value; render() is how it is told.
  const actorsim::Source source{"transfers.yaml", std::string(kScenario)};
  const auto file = actorsim::load_scenario_file(source);
  if (!file) {
    std::cerr << actorsim::render(file.error(), &source);
    return 2;
  }
  const auto scenario = file->load_case(0);
  if (!scenario) {
    std::cerr << actorsim::render(scenario.error(), &source);
    return 2;
  }
  const actorsim::Program program = actorsim::compile(*scenario, source.name);

  // One order: first come, first served.
  const auto run = actorsim::run_plainly(program);
  if (!run) {
    std::cerr << actorsim::render(run.error(), &source);
    return 2;
  }
  std::cout << scenario->name << ", run once: " << actorsim::to_word(run->verdict) << '\n';

  // All orders. A bound that comes first is no error: it stands in `end`.
  actorsim::ExploreOptions options;
  options.goal = actorsim::Goal::verdicts;
  options.max_states = 1'000'000;
  const auto all = actorsim::explore(program, options);
  if (!all) {
    std::cerr << actorsim::render(all.error(), &source);
    return 2;
  }
  std::cout << "all orders, " << actorsim::to_word(all->end) << ":";
  for (const actorsim::Witness& way : all->witnesses) std::cout << ' ' << actorsim::to_word(way.verdict);
  std::cout << '\n';

  // The shortest way into each deadlock, and why.
  for (const actorsim::Witness& way : all->witnesses) {
    if (way.verdict != actorsim::Verdict::deadlock) continue;
    std::cout << "deadlock by " << actorsim::schedule_text(way.schedule) << '\n';
    if (!show_why(*scenario, program, way.schedule)) return 2;
  }
  return all->can(actorsim::Verdict::deadlock) ? 1 : 0;
}
