// The JSON document of `actorsim explore`, schema 1. Every key is listed here, in the order in which it is written:
//
//   schema              1
//   actorsim            the program's version
//   status              of the whole: error before fail before inconclusive before pass
//   cases[]             one for each combination of each scenario, in input order
//     file, name        the file as it was named, the scenario's name; "" where the file could not be read
//     axes              {axis: value} of the matrix, values as texts
//     dapr, setting     the release, a few words on reentrancy; null: it could not be explored
//     status            pass (nothing bad is possible) | fail | inconclusive (a bound came first) | error | skipped
//     exploration       null: it could not be explored
//       goal            deadlock | verdicts | outcomes
//       verdicts        {verdict: possible}; where it is not complete: seen
//       outcomes        {label: [outcome]}, or null where they were not asked for
//       states, steps   looked at; states is null for random runs
//       omission        the probability that a state was missed (--lossy), else 0
//       levels          steps from the beginning to the farthest state; null for random runs
//       complete        everything was looked at, or all that `switches` allows
//       end             complete | max-states | max-memory | time-limit | stopped
//       reductions[]    that were used, in words
//       switches        {most, left_some_out}: only orders with so many switches between chains; null: all orders
//       runs            {count, seed, depth, chains, longest, guarantee, verdicts: {verdict: runs}}: only random runs,
//                       by priorities where depth is above 0; guarantee is null where there is none; null: all orders
//       counterexamples[]  one to each bad verdict, the worst first
//         verdict       where it leads
//         schedule      `t1.t2.t1`, as `actorsim run --schedule` takes it
//         length        its steps
//         switches      how often the step is another chain's than the one before
//         shortest      it is proved that no way is shorter
//         replay        the command that runs it again
//         headline, why[], fix[]  for people
//         deadlock      {kind, cycle[]}: `one chain`, `two chains`, `3 chains`, and the actors; null: none
//         steps[]       {move, text}: what each step does, for people
//       interleavings   {count, verdicts: {verdict: interleavings}}: all of them; null: not asked for, or too many
//       estimate        {interleavings, walks, longest}: where they are too many; null: not made
//       unreduced       {states, complete}: how many there are without reductions, at least; null: not counted
//       audit           {conclusive, states, differences[]}: the answer without reductions; null: not asked for
//   diagnostics[]       as in the report: {file, line, column, severity, code, message, help}
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "actorsim/report/explored.h"
#include "actorsim/report/json/json.h"
#include "actorsim/report/pretty/step_text.h"

namespace actorsim {
namespace {

using Json = nlohmann::ordered_json;

template <typename ValueOf>
Json by_verdict(ValueOf value_of) {
  Json result = Json::object();
  for (std::size_t i = 0; i < kVerdictCount; ++i)
    result[std::string(to_word(static_cast<Verdict>(i)))] = value_of(static_cast<Verdict>(i));
  return result;
}

Json counts_of(const std::array<std::uint64_t, kVerdictCount>& counts) {
  return by_verdict([&](Verdict verdict) { return counts[static_cast<std::size_t>(verdict)]; });
}

Json outcomes_of(const ExploredCase& entry) {
  if (entry.goal() != Goal::outcomes) return nullptr;
  Json result = Json::object();
  for (const auto& [label, bits] : entry.outcomes()) {
    Json& words = result[label] = Json::array();
    for (std::size_t i = kOutcomeCount; i-- > 0;) {
      if ((bits & (1U << i)) != 0) words.push_back(to_word(static_cast<Outcome>(i)));
    }
  }
  return result;
}

Json to_json(const Sample& sample) {
  return {{"count", sample.runs},
          {"seed", sample.seed},
          {"depth", sample.depth},
          {"chains", sample.chains},
          {"longest", sample.longest},
          {"guarantee", sample.guarantee > 0 ? Json(sample.guarantee) : Json(nullptr)},
          {"verdicts", counts_of(sample.verdicts)}};
}

Json deadlock_of(const Run& run) {
  if (run.deadlocks.empty()) return nullptr;
  const DeadlockCycle& cycle = run.deadlocks.front();
  std::string kind = fmt::format("{} chains", cycle.root_calls);
  if (cycle.root_calls == 1) kind = "one chain";
  if (cycle.root_calls == 2) kind = "two chains";
  return {{"kind", kind}, {"cycle", cycle.actors}};
}

Json to_json(const Counterexample& example) {
  const Witness& witness = example.witness;
  Json result{{"verdict", to_word(witness.verdict)},
              {"schedule", schedule_text(witness.schedule)},
              {"length", witness.schedule.size()},
              {"switches", witness.switches},
              {"shortest", witness.is_shortest},
              {"replay", example.replay},
              {"headline", example.headline},
              {"why", example.why},
              {"fix", example.fix},
              {"deadlock", deadlock_of(example.run)}};
  Json& steps = result["steps"] = Json::array();
  const Style plain(false, false);
  for (const StepRecord& step : example.steps)
    steps.push_back({{"move", schedule_text({step.choice})}, {"text", step_text(step, &example.run, plain)}});
  return result;
}

// What was looked at, whichever way.
void add_extent(Json& result, const ExploredCase& entry) {
  const Exploration* found = nullptr;
  if (entry.exploration) found = &*entry.exploration;
  if (entry.few_switches) found = &entry.few_switches->found;
  result["states"] = found != nullptr ? Json(found->states) : Json(nullptr);
  result["steps"] = found != nullptr ? found->steps : entry.sample->steps;
  result["omission"] = found != nullptr ? found->omission : 0.0;
  result["levels"] = found != nullptr ? Json(found->levels) : Json(nullptr);
  result["complete"] = found != nullptr && found->is_complete();
  result["end"] = to_word(entry.end());
  result["reductions"] = found != nullptr ? Json(found->reductions) : Json::array();
  result["switches"] = nullptr;
  if (entry.few_switches) {
    result["switches"] = {{"most", entry.few_switches->most_switches},
                          {"left_some_out", entry.few_switches->left_some_out}};
  }
  result["runs"] = entry.sample ? to_json(*entry.sample) : Json(nullptr);
}

Json exploration_of(const ExploredCase& entry) {
  if (!entry.exploration && !entry.few_switches && !entry.sample) return nullptr;
  Json result{{"goal", to_word(entry.goal())}};
  result["verdicts"] = by_verdict([&](Verdict verdict) { return entry.can(verdict); });
  result["outcomes"] = outcomes_of(entry);
  add_extent(result, entry);
  Json& examples = result["counterexamples"] = Json::array();
  for (const Counterexample& example : entry.counterexamples) examples.push_back(to_json(example));
  result["interleavings"] = nullptr;
  if (entry.interleavings)
    result["interleavings"] = {{"count", entry.interleavings->count},
                               {"verdicts", counts_of(entry.interleavings->verdicts)}};
  result["estimate"] = nullptr;
  if (entry.estimate)
    result["estimate"] = {{"interleavings", entry.estimate->count},
                          {"walks", entry.estimate->walks},
                          {"longest", entry.estimate->longest}};
  result["unreduced"] = nullptr;
  if (entry.unreduced)
    result["unreduced"] = {{"states", entry.unreduced->states}, {"complete", entry.unreduced->is_complete}};
  result["audit"] = nullptr;
  if (entry.audit)
    result["audit"] = {{"conclusive", entry.audit->is_conclusive},
                       {"states", entry.audit->full.states},
                       {"differences", entry.audit->differences}};
  return result;
}

Json to_json(const ExploredCase& entry) {
  Json result{{"file", entry.file}, {"name", entry.name}};
  Json& axes = result["axes"] = Json::object();
  for (const auto& [axis, value] : entry.axes) axes[axis] = value;
  result["dapr"] = entry.dapr.empty() ? Json(nullptr) : Json(entry.dapr);
  result["setting"] = entry.setting.empty() ? Json(nullptr) : Json(entry.setting);
  result["status"] = to_word(entry.status);
  result["exploration"] = exploration_of(entry);
  return result;
}

}  // namespace

std::string compact_json(const ExploredCase& entry) {
  return indent_json(to_json(entry).dump(-1, ' ', false, Json::error_handler_t::replace), 0);
}

void write_json_explored(std::ostream& out, const ExploredReport& report) {
  write_json_opening(out);
  out << "  \"status\": \"" << to_word(report.status()) << "\",\n";
  out << "  \"cases\": [";
  bool is_first = true;
  for (const ExploredCase& entry : report.cases) {
    const std::string text = to_json(entry).dump(2, ' ', false, Json::error_handler_t::replace);
    out << (is_first ? "\n    " : ",\n    ") << indent_json(text, 4);
    is_first = false;
  }
  out << (is_first ? "],\n" : "\n  ],\n");
  write_json_closing(out, report.diagnostics);
}

}  // namespace actorsim
