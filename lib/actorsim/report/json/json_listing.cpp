// The JSON document of `actorsim list`, schema 1. Every key is listed here, in the order in which it is written:
//
//   schema              1
//   actorsim            the program's version
//   files[]             in input order
//     file              as it was named
//     readable          false: it is wrong or could not be read, see diagnostics; it has no scenarios then
//     scenarios[]       in the order of the file
//       name            its title; the file's name where it has none
//       description     "" where there is none
//       tags[]          texts
//       line, column    where it begins
//       cases[]         one for each combination of its matrix
//         axes          {axis: value} of the matrix, values as texts
//         dapr          the release whose lock would run: "1.18", "1.15.3", "docs"
//         expectations[] {text, line, column}, in words; line and column null where it is implied
//         implied       nothing is expected in the file, which means verdict: ok
//   diagnostics[]       as in the report: {file, line, column, severity, code, message, help}
#include <ostream>

#include <nlohmann/json.hpp>

#include "actorsim/report/json/json.h"
#include "actorsim/report/listing.h"

namespace actorsim {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const ListedCase& entry) {
  Json result;
  Json& axes = result["axes"] = Json::object();
  for (const auto& [axis, value] : entry.axes) axes[axis] = value;
  result["dapr"] = entry.dapr;
  Json& expectations = result["expectations"] = Json::array();
  for (const ExpectationText& expectation : entry.expectations) {
    const bool has_place = !entry.implied && expectation.span.line > 0;
    expectations.push_back({{"text", expectation.text},
                            {"line", has_place ? Json(expectation.span.line) : Json(nullptr)},
                            {"column", has_place ? Json(expectation.span.column) : Json(nullptr)}});
  }
  result["implied"] = entry.implied;
  return result;
}

Json to_json(const ListedScenario& scenario) {
  Json result{{"name", scenario.name},
              {"description", scenario.description},
              {"tags", scenario.tags},
              {"line", scenario.span.line},
              {"column", scenario.span.column}};
  Json& cases = result["cases"] = Json::array();
  for (const ListedCase& entry : scenario.cases) cases.push_back(to_json(entry));
  return result;
}

Json to_json(const ListedFile& file) {
  Json result{{"file", file.name}, {"readable", file.is_readable}};
  Json& scenarios = result["scenarios"] = Json::array();
  for (const ListedScenario& scenario : file.scenarios) scenarios.push_back(to_json(scenario));
  return result;
}

}  // namespace

void write_json_listing(std::ostream& out, const Listing& listing) {
  write_json_opening(out);
  out << "  \"files\": [";
  bool is_first = true;
  for (const ListedFile& file : listing.files) {
    const std::string text = to_json(file).dump(2, ' ', false, Json::error_handler_t::replace);
    out << (is_first ? "\n    " : ",\n    ") << indent_json(text, 4);
    is_first = false;
  }
  out << (is_first ? "],\n" : "\n  ],\n");
  write_json_closing(out, listing.diagnostics);
}

}  // namespace actorsim
