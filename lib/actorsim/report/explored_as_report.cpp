// What exploring found, in the words of a report: an expectation that nothing bad happens.
#include "actorsim/report/explored.h"

#include <fmt/format.h>

namespace actorsim {
namespace {

ExpectationResult never(Verdict verdict) {
  ExpectationResult result;
  result.text = fmt::format("never: {}", to_word(verdict));
  result.got = "it is possible";
  result.passed = false;
  result.is_of_all_orders = true;
  result.leads_to = to_word(verdict);
  return result;
}

void add_witness(CaseReport& entry, const Counterexample& example) {
  ExpectationResult result = never(example.witness.verdict);
  result.schedule = example.witness.schedule;
  entry.expectations.push_back(result);
  ReplayedRun replay;
  replay.schedule = example.witness.schedule;
  replay.leads_to = result.leads_to;
  replay.command = example.replay;
  replay.run = example.run;
  replay.headline = example.headline;
  replay.why = example.why;
  replay.fix = example.fix;
  entry.replays.push_back(std::move(replay));
}

CaseReport as_case(const ExploredCase& explored) {
  CaseReport entry;
  static_cast<CaseHead&>(entry) = explored;
  entry.exploration = explored.exploration;
  for (const Counterexample& example : explored.counterexamples) add_witness(entry, example);
  if (!explored.counterexamples.empty()) entry.headline = explored.counterexamples.front().headline;
  if (explored.status == Status::inconclusive) {
    ExpectationResult result;
    result.text = "never: anything but ok";
    result.got = "no answer: nothing bad was found, but not all orders were looked at";
    result.passed = false;
    result.is_of_all_orders = true;
    result.is_undecided = true;
    entry.expectations.push_back(std::move(result));
  }
  return entry;
}

}  // namespace

Report as_report(const ExploredReport& explored) {
  Report report;
  for (const ExploredCase& entry : explored.cases) report.cases.push_back(as_case(entry));
  report.diagnostics = explored.diagnostics;
  report.sources = explored.sources;
  return report;
}

}  // namespace actorsim
