// The JSON document of `actorsim stress`, schema 1. README.md beside this file lists its keys, in the order in which
// they are written.
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

// Of a case that was not played: what has no value is null.
void add_result(Json& json, const StressResult& result, bool was_played) {
  const auto or_null = [&](const Json& value) { return was_played ? value : Json(nullptr); };
  json["rounds"] = result.rounds;
  json["ended"] = or_null(to_word(result.end));
  json["seed"] = or_null(result.seed);
  json["threads"] = or_null(result.threads);
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
  const bool was_played = stressed.result.has_value();
  result["explored"] = was_played && stressed.set ? to_json(*stressed.set) : Json(nullptr);
  add_result(result, was_played ? *stressed.result : StressResult{}, was_played);
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
