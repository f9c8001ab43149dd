// The JSON document of `actorsim compare`, schema 1. Every key is listed here, in the order in which it is written:
//
//   schema              1
//   actorsim            the program's version
//   comparisons[]       one for each scenario and each combination of its matrix, in input order
//     file, name        the file as it was named, the scenario's name; "" where the file could not be read
//     axes              {axis: value} of the matrix, values as texts, without the release
//     compared          false: it could not be run on every release, see diagnostics; the lists below are empty then
//     same              it comes out alike in all releases
//     columns[]         releases in which it comes out alike, the column with the oldest release first
//       releases[]      {from, to}: the oldest and the newest release of a range, in full: "1.2.0", "1.14.5", "docs"
//       verdict         ok | failed | timeout | exceeded | closed | stranded | overlap | deadlock
//       headline        the verdict in half a sentence
//       setting         a few words on reentrancy
//       calls, blocked  how many calls were made, how many had to wait
//     calls[]           every call, depth first
//       label, target   its `as` (else the target), `Type/id.method`
//       caller          the index of its caller in this list; null: a client
//       differs         it comes out differently in some column
//       results[]       one for each column: {outcome, completed, depth, attempts, arrived_ns, entered_ns, ended_ns,
//                       header_seen}; null: it was not made
//     calls_left_out    how many calls at most are not in `calls`
//     changes[]         from one release to the next, by age, where they differ
//       from, to        releases in full
//       effect          what it does to this scenario
//       reasons[]       what the rules say, sentences for people
//   diagnostics[]       as in the report: {file, line, column, severity, code, message, help}
#include <ostream>

#include <nlohmann/json.hpp>

#include "actorsim/report/compare/compare.h"
#include "actorsim/report/json/json.h"

namespace actorsim {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::optional<Nanoseconds>& time) { return time ? Json(*time) : Json(nullptr); }

Json to_json(const ComparedColumn& column) {
  Json result;
  Json& releases = result["releases"] = Json::array();
  for (const ReleaseGroup& group : column.releases)
    releases.push_back({{"from", full_name(group.first)}, {"to", full_name(group.last)}});
  result["verdict"] = to_word(column.verdict);
  result["headline"] = column.headline;
  result["setting"] = column.setting;
  result["calls"] = column.counts.calls;
  result["blocked"] = column.counts.blocked;
  return result;
}

Json to_json(const std::optional<ComparedCall>& call) {
  if (!call) return nullptr;
  return {
      {"outcome", to_word(call->outcome)}, {"completed", call->completed},    {"depth", call->depth},
      {"attempts", call->attempts},        {"arrived_ns", call->arrived},     {"entered_ns", or_null(call->entered)},
      {"ended_ns", or_null(call->ended)},  {"header_seen", call->header_seen}};
}

Json to_json(const ComparedRow& row) {
  Json result{{"label", row.label},
              {"target", row.target},
              {"caller", row.caller ? Json(*row.caller) : Json(nullptr)},
              {"differs", row.differs}};
  Json& results = result["results"] = Json::array();
  for (const auto& cell : row.cells) results.push_back(to_json(cell));
  return result;
}

Json to_json(const ReleaseComparison& comparison) {
  Json result{{"file", comparison.file}, {"name", comparison.name}};
  Json& axes = result["axes"] = Json::object();
  for (const auto& [axis, value] : comparison.axes) axes[axis] = value;
  result["compared"] = comparison.could_run;
  result["same"] = comparison.could_run && comparison.columns.size() == 1;
  Json& columns = result["columns"] = Json::array();
  for (const ComparedColumn& column : comparison.columns) columns.push_back(to_json(column));
  Json& calls = result["calls"] = Json::array();
  for (const ComparedRow& row : comparison.rows) calls.push_back(to_json(row));
  result["calls_left_out"] = comparison.calls_left_out;
  Json& changes = result["changes"] = Json::array();
  for (const ComparedChange& change : comparison.changes) {
    changes.push_back({{"from", full_name(change.from)},
                       {"to", full_name(change.to)},
                       {"effect", change.effect},
                       {"reasons", change.reasons}});
  }
  return result;
}

}  // namespace

void write_json_comparison(std::ostream& out, const ComparisonReport& report) {
  write_json_opening(out);
  out << "  \"comparisons\": [";
  bool is_first = true;
  for (const ReleaseComparison& comparison : report.comparisons) {
    const std::string text = to_json(comparison).dump(2, ' ', false, Json::error_handler_t::replace);
    out << (is_first ? "\n    " : ",\n    ") << indent_json(text, 4);
    is_first = false;
  }
  out << (is_first ? "],\n" : "\n  ],\n");
  write_json_closing(out, report.diagnostics);
}

}  // namespace actorsim
