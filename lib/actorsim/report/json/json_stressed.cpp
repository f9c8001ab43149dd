// The JSON document of `actorsim stress`, schema 1. Every key is listed here, in the order in which it is written:
//
//   schema              1
//   actorsim            the program's version
//   status              pass | fail | inconclusive | error
//   stressed[]          one for each case, in input order
//     file, name        the file as it was named, the scenario's name; "" where the file could not be read
//     axes              {axis: value} of the matrix, values as texts
//     dapr, setting     the release, a few words on reentrancy
//     status            pass | fail | inconclusive | error | skipped
//     explored          what it is held against; null where it was not played
//       by              "combinations": what goes together; "separately": each verdict and each call by itself;
//                       "nothing": not all orders were looked at
//       combinations    how many are known
//       states          how many were looked at for that
//     rounds            that came to their ends
//     ended             why it ended: rounds | time | stopped | failures
//     seed, threads     of the pauses; how many were at work at the same time at most
//     operations        on locks, replayed on the pure machine
//     verdicts          {verdict: rounds}, those that were seen
//     calls             {label: {outcome: rounds}}: rounds with a call of that label and outcome
//     combinations[]    that were seen, the worst verdict first
//       verdict, rounds
//       explored        inside | undecided | outside
//       calls[]         {label, outcome}, sorted
//     failures          how many rounds should not have come about
//     shown[]           the first of them
//       round           from 1
//       defects[]       sentences; empty: what came of it is outside of what is possible
//       locks[]         {actor, events[]}: what happened to each lock
//   diagnostics[]       as in the report: {file, line, column, severity, code, message, help}
#include <ostream>

#include <nlohmann/json.hpp>

#include "actorsim/report/json/json.h"
#include "actorsim/report/stressed.h"

namespace actorsim {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const ExploredSet& set) {
  std::string_view by = "nothing";
  if (set.exploration && set.exploration->is_complete()) by = "separately";
  if (set.combinations.is_complete()) by = "combinations";
  return {{"by", by}, {"combinations", set.combinations.found.size()}, {"states", set.combinations.states}};
}

Json to_json(const ObservedCombination& observed) {
  Json result{{"verdict", to_word(observed.combination.verdict)},
              {"rounds", observed.rounds},
              {"explored", to_word(observed.membership)}};
  Json& calls = result["calls"] = Json::array();
  for (const LabelOutcome& call : observed.combination.calls)
    calls.push_back({{"label", call.label}, {"outcome", to_word(call.outcome)}});
  return result;
}

Json to_json(const StressFailure& failure) {
  Json result{{"round", failure.round}, {"defects", failure.defects}};
  Json& locks = result["locks"] = Json::array();
  for (const LockLog& log : failure.logs) locks.push_back({{"actor", log.actor}, {"events", log.events}});
  return result;
}

void add_result(Json& json, const StressResult& result) {
  json["rounds"] = result.rounds;
  json["ended"] = to_word(result.end);
  json["seed"] = result.seed;
  json["threads"] = result.threads;
  json["operations"] = result.operations;
  Json& verdicts = json["verdicts"] = Json::object();
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    if (result.verdicts[i] > 0) verdicts[std::string(to_word(static_cast<Verdict>(i)))] = result.verdicts[i];
  }
  Json& calls = json["calls"] = Json::object();
  for (const auto& [label, rounds] : result.outcomes) {
    Json& outcomes = calls[label] = Json::object();
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
      if (rounds[i] > 0) outcomes[std::string(to_word(static_cast<Outcome>(i)))] = rounds[i];
    }
  }
  Json& combinations = json["combinations"] = Json::array();
  for (const ObservedCombination& observed : result.combinations) combinations.push_back(to_json(observed));
  json["failures"] = result.failure_count;
  Json& shown = json["shown"] = Json::array();
  for (const StressFailure& failure : result.failures) shown.push_back(to_json(failure));
}

Json to_json(const StressedCase& stressed) {
  Json result{{"file", stressed.file}, {"name", stressed.name}};
  Json& axes = result["axes"] = Json::object();
  for (const auto& [axis, value] : stressed.axes) axes[axis] = value;
  result["dapr"] = stressed.dapr;
  result["setting"] = stressed.setting;
  result["status"] = to_word(stressed.status);
  result["explored"] = stressed.set ? to_json(*stressed.set) : Json(nullptr);
  add_result(result, stressed.result.value_or(StressResult{}));
  return result;
}

}  // namespace

void write_json_stressed(std::ostream& out, const StressedReport& report) {
  write_json_opening(out);
  out << "  \"status\": \"" << to_word(report.status()) << "\",\n  \"stressed\": [";
  bool is_first = true;
  for (const StressedCase& stressed : report.cases) {
    const std::string text = to_json(stressed).dump(2, ' ', false, Json::error_handler_t::replace);
    out << (is_first ? "\n    " : ",\n    ") << indent_json(text, 4);
    is_first = false;
  }
  out << (is_first ? "],\n" : "\n  ],\n");
  write_json_closing(out, report.diagnostics);
}

}  // namespace actorsim
