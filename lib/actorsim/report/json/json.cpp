// The JSON document, schema 1. README.md beside this file lists its keys; report.schema.json says exactly what each is.
#include "actorsim/report/json/json.h"

#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "actorsim/base/version.h"
#include "actorsim/report/escape/json.h"

namespace actorsim {
namespace {

using Json = nlohmann::ordered_json;

template <typename Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json number_of(std::uint32_t serial) { return std::uint64_t{serial} + 1; }

Json number_of(const std::optional<std::uint32_t>& serial) { return serial ? number_of(*serial) : Json(nullptr); }

Json line_of(const Span& span) { return span.line > 0 ? Json(span.line) : Json(nullptr); }
Json column_of(const Span& span) { return span.line > 0 ? Json(span.column) : Json(nullptr); }
Json length_of(const Span& span) { return span.line > 0 ? Json(span.length) : Json(nullptr); }

Json to_json(const Counts& counts) {
  Json result{{"calls", counts.calls},           {"attempts", counts.attempts}, {"entered", counts.entered},
              {"re-entered", counts.re_entered}, {"blocked", counts.blocked},   {"completed", counts.completed}};
  for (const Outcome outcome :
       {Outcome::deadlocked, Outcome::stranded, Outcome::exceeded, Outcome::closed, Outcome::not_hosted,
        Outcome::timed_out, Outcome::cancelled, Outcome::failed, Outcome::skipped}) {
    result[std::string(to_word(outcome))] = counts.of(outcome);
  }
  return result;
}

Json to_json(const Summary& summary) {
  return {{"cases", summary.cases},           {"passed", summary.passed},
          {"failed", summary.failed},         {"inconclusive", summary.inconclusive},
          {"errors", summary.errors},         {"skipped", summary.skipped},
          {"counts", to_json(summary.counts)}};
}

Json to_json(const std::optional<CallError>& error) {
  if (!error) return nullptr;
  return {{"code", error->code}, {"http", error->http}, {"grpc", error->grpc}, {"message", error->message}};
}

Json to_json(const CallRecord& call) {
  return {
      {"call", number_of(call.serial)},
      {"label", call.label},
      {"target", call.actor + "." + call.method},
      {"caller", number_of(call.caller)},
      {"root", number_of(call.root)},
      {"trigger", call.trigger == kNone ? Json(nullptr) : Json(call.trigger)},
      {"started_by", call.caller ? Json(nullptr) : Json(to_word(call.starter))},
      {"line", line_of(call.span)},
      {"column", column_of(call.span)},
      {"one_way", call.one_way},
      {"outcome", to_word(call.outcome)},
      {"completed", call.completed},
      {"depth", call.depth},
      {"max_depth", call.max_depth},
      {"attempts", call.attempts},
      {"arrived_ns", call.arrived},
      {"entered_ns", or_null(call.entered)},
      {"ended_ns", or_null(call.ended)},
      {"id", call.id.empty() && call.header != "" ? Json(nullptr) : Json(call.id)},
      {"header_seen", call.header.has_value()},
      {"header", or_null(call.header)},
      {"behind", number_of(call.behind)},
      {"had_to_wait", call.had_to_wait},
      {"entered_order", call.entered_order > 0 ? Json(call.entered_order) : Json(nullptr)},
      {"reentrancy", call.reentrancy},
      {"id_generated", call.id_was_generated},
      {"lock_was_free", call.lock_was_free},
      {"held_by", call.held_by.empty() ? Json(nullptr) : Json(call.held_by)},
      {"ended_by", call.ended_by.empty() ? Json(nullptr) : Json(call.ended_by)},
      {"error", to_json(call.error)},
  };
}

Json to_json(const DeadlockCycle& cycle) {
  Json calls = Json::array();
  for (const DeadlockCycle::Hop& hop : cycle.hops) {
    calls.push_back({{"call", number_of(hop.call)}, {"waits_for", hop.waits_for_lock ? "lock" : "reply"}});
  }
  std::string kind = fmt::format("{} chains", cycle.root_calls);
  if (cycle.root_calls == 1) kind = "one chain";
  if (cycle.root_calls == 2) kind = "two chains";
  return {{"cycle", cycle.actors},
          {"kind", kind},
          {"calls", std::move(calls)},
          {"broken_up_ns", or_null(cycle.broken_up_at)}};
}

void add_run(Json& result, const Run& run) {
  result["counts"] = to_json(run.counts);
  result["ended_ns"] = run.ended_at;
  result["reached_horizon"] = run.reached_horizon;
  Json& calls = result["calls"] = Json::array();
  for (const CallRecord& call : run.calls) calls.push_back(to_json(call));
  result["calls_left_out"] = run.calls_left_out;
  Json& skipped = result["skipped"] = Json::array();
  for (const SkippedCall& call : run.skipped) {
    skipped.push_back({{"label", call.label}, {"line", line_of(call.span)}, {"column", column_of(call.span)}});
  }
  result["deadlock"] = run.deadlocks.empty() ? Json(nullptr) : to_json(run.deadlocks.front());
  Json& deadlocks = result["deadlocks"] = Json::array();
  for (const DeadlockCycle& cycle : run.deadlocks) deadlocks.push_back(to_json(cycle));
  Json& overlaps = result["overlaps"] = Json::array();
  for (const OverlapRecord& overlap : run.overlaps) {
    overlaps.push_back({{"actor", overlap.actor},
                        {"entering", number_of(overlap.entering)},
                        {"inside", number_of(overlap.inside)},
                        {"at_ns", overlap.at}});
  }
  result["overlap_count"] = run.overlap_count;
  Json& deactivations = result["deactivations"] = Json::array();
  for (const DeactivationRecord& record : run.deactivations) {
    deactivations.push_back({{"actor", record.actor}, {"at_ns", record.at}, {"moved", record.moved}});
  }
  result["deactivation_count"] = run.deactivation_count;
}

void add_no_run(Json& result) {
  result["counts"] = nullptr;
  result["ended_ns"] = nullptr;
  result["reached_horizon"] = nullptr;
  result["calls"] = Json::array();
  result["calls_left_out"] = 0;
  result["skipped"] = Json::array();
  result["deadlock"] = nullptr;
  result["deadlocks"] = Json::array();
  result["overlaps"] = Json::array();
  result["overlap_count"] = 0;
  result["deactivations"] = Json::array();
  result["deactivation_count"] = 0;
}

Json to_json(const Exploration& exploration) {
  Json result{{"goal", to_word(exploration.goal)}};
  Json& verdicts = result["verdicts"] = Json::object();
  for (std::size_t i = 0; i < kVerdictCount; ++i)
    verdicts[std::string(to_word(static_cast<Verdict>(i)))] = exploration.verdicts[i];
  Json& outcomes = result["outcomes"] = exploration.goal == Goal::outcomes ? Json::object() : Json(nullptr);
  for (const auto& [label, bits] : exploration.outcomes) {
    Json& words = outcomes[label] = Json::array();
    for (std::size_t i = kOutcomeCount; i-- > 0;) {
      if ((bits & (1U << i)) != 0) words.push_back(to_word(static_cast<Outcome>(i)));
    }
  }
  result["states"] = exploration.states;
  result["steps"] = exploration.steps;
  result["levels"] = exploration.levels;
  result["complete"] = exploration.is_complete();
  result["end"] = to_word(exploration.end);
  result["reductions"] = exploration.reductions;
  Json& examples = result["counterexamples"] = Json::array();
  for (const Witness& witness : exploration.witnesses) {
    if (witness.verdict == Verdict::ok) continue;
    examples.push_back({{"verdict", to_word(witness.verdict)},
                        {"schedule", schedule_text(witness.schedule)},
                        {"length", witness.schedule.size()},
                        {"switches", witness.switches},
                        {"shortest", witness.is_shortest}});
  }
  return result;
}

std::string_view status_of(const ExpectationResult& result) {
  if (result.passed) return "pass";
  return result.is_undecided ? "inconclusive" : "fail";
}

Json to_json(const CaseReport& entry) {
  Json result{{"file", entry.file}, {"name", entry.name}};
  Json& axes = result["axes"] = Json::object();
  for (const auto& [axis, value] : entry.axes) axes[axis] = value;
  result["dapr"] = entry.dapr.empty() ? Json(nullptr) : Json(entry.dapr);
  result["setting"] = entry.setting.empty() ? Json(nullptr) : Json(entry.setting);
  result["status"] = to_word(entry.status);
  result["verdict"] = entry.run ? Json(to_word(entry.run->verdict)) : Json(nullptr);
  result["headline"] = entry.headline.empty() ? Json(nullptr) : Json(entry.headline);
  result["why"] = entry.why;
  result["fix"] = entry.fix;
  entry.run ? add_run(result, *entry.run) : add_no_run(result);
  result["schedule"] =
      entry.run && !entry.run->schedule.empty() ? Json(schedule_text(entry.run->schedule)) : Json(nullptr);
  result["exploration"] = entry.exploration ? to_json(*entry.exploration) : Json(nullptr);
  Json& expectations = result["expectations"] = Json::array();
  for (const ExpectationResult& expectation : entry.expectations) {
    expectations.push_back({{"text", expectation.text},
                            {"line", line_of(expectation.span)},
                            {"column", column_of(expectation.span)},
                            {"status", status_of(expectation)},
                            {"got", expectation.passed ? Json(nullptr) : Json(expectation.got)},
                            {"schedule", expectation.schedule ? Json(schedule_text(*expectation.schedule)) : Json()},
                            {"leads_to", expectation.schedule ? Json(expectation.leads_to) : Json()}});
  }
  return result;
}

Json to_json(const Diagnostic& diagnostic) {
  Json notes = Json::array();
  for (const Diagnostic::Note& note : diagnostic.notes) {
    notes.push_back({{"line", line_of(note.span)},
                     {"column", column_of(note.span)},
                     {"length", length_of(note.span)},
                     {"message", note.message}});
  }
  return {{"file", diagnostic.file},
          {"line", line_of(diagnostic.span)},
          {"column", column_of(diagnostic.span)},
          {"length", length_of(diagnostic.span)},
          {"severity", to_word(diagnostic.severity)},
          {"code", diagnostic.code},
          {"message", diagnostic.message},
          {"help", diagnostic.help.empty() ? Json(nullptr) : Json(diagnostic.help)},
          {"notes", std::move(notes)}};
}

// File names may be any bytes; what is not UTF-8 is replaced.
std::string text_of(const Json& value, std::size_t indent) {
  return indent_json(value.dump(2, ' ', false, Json::error_handler_t::replace), indent);
}

template <typename Value>
std::string compact(const Value& value) {
  return indent_json(to_json(value).dump(-1, ' ', false, Json::error_handler_t::replace), 0);
}

template <typename Items>
void write_list(std::ostream& out, std::string_view key, const Items& items) {
  out << "  \"" << key << "\": [";
  bool is_first = true;
  for (const auto& item : items) {
    out << (is_first ? "\n    " : ",\n    ") << text_of(to_json(item), 4);
    is_first = false;
  }
  out << (is_first ? "]" : "\n  ]");
}

}  // namespace

// Case by case, so that the whole document never stands in memory.
void write_json(std::ostream& out, const Report& report) {
  write_json_opening(out);
  out << "  \"status\": \"" << to_word(report.status()) << "\",\n";
  out << "  \"summary\": " << text_of(to_json(report.summary()), 2) << ",\n";
  write_list(out, "cases", report.cases);
  out << ",\n";
  write_json_closing(out, report.diagnostics);
}

void write_json_diagnostic(std::ostream& out, const Diagnostic& diagnostic) {
  out << to_json(diagnostic).dump(-1, ' ', true, Json::error_handler_t::replace) << '\n';
}

void write_json_opening(std::ostream& out) {
  out << "{\n";
  out << "  \"schema\": " << kJsonSchema << ",\n";
  out << "  \"actorsim\": " << text_of(version(), 0) << ",\n";
}

void write_json_closing(std::ostream& out, const std::vector<Diagnostic>& diagnostics) {
  write_list(out, "diagnostics", diagnostics);
  out << "\n}\n";
}

std::string compact_json(const CaseReport& entry) { return compact(entry); }
std::string compact_json(const Diagnostic& diagnostic) { return compact(diagnostic); }
std::string compact_json(const Summary& summary) { return compact(summary); }

std::string indent_json(std::string_view dumped, std::size_t indent) {
  std::string result;
  for (const char character : json_safe(dumped)) {
    result += character;
    if (character == '\n') result.append(indent, ' ');
  }
  return result;
}

}  // namespace actorsim
