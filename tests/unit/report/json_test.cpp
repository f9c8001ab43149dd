// What a program is told.
#include "actorsim/report/json/json.h"

#include <sstream>

#include <nlohmann/json.hpp>

#include "unit/report/ran.h"

using namespace actorsim;

namespace {

nlohmann::ordered_json json(const Report& report) {
  std::ostringstream out;
  write_json(out, report);
  return nlohmann::ordered_json::parse(out.str());
}

nlohmann::ordered_json json(const CaseReport& entry) {
  Report report;
  report.cases.push_back(entry);
  return json(report);
}

}  // namespace

TEST_CASE("the document says its schema, its status and its sums") {
  const auto document = json(run_text("chains: [A -> A]"));
  CHECK(document["schema"] == 1);
  CHECK(document["status"] == "fail");
  CHECK(document["summary"]["cases"] == 1);
  CHECK(document["summary"]["failed"] == 1);
  CHECK(document["diagnostics"].empty());
}

TEST_CASE("a case tells its verdict, counts, calls, deadlock and expectations") {
  const auto entry = json(run_text("name: back\nchains: [A -> B -> A]"))["cases"][0];
  CHECK(entry["file"] == "test.yaml");
  CHECK(entry["name"] == "back");
  CHECK(entry["dapr"] == "1.18");
  CHECK(entry["verdict"] == "deadlock");
  CHECK(entry["counts"]["calls"] == 3);
  CHECK(entry["counts"]["deadlocked"] == 1);
  CHECK(entry["calls"][0]["caller"] == nullptr);
  CHECK(entry["calls"][1]["caller"] == 1);
  CHECK(entry["calls"][2]["outcome"] == "deadlocked");
  CHECK(entry["calls"][2]["behind"] == 1);
  CHECK(entry["calls"][2]["entered_ns"] == nullptr);
  CHECK(entry["deadlock"]["cycle"] == std::vector<std::string>{"A/1"});
  CHECK(entry["deadlock"]["kind"] == "one chain");
  CHECK(entry["deadlock"]["calls"][0] == nlohmann::ordered_json{{"call", 3}, {"waits_for", "lock"}});
  CHECK(entry["expectations"][0]["text"] == "verdict: ok");
  CHECK(entry["expectations"][0]["status"] == "fail");
  CHECK(entry["expectations"][0]["got"] == "deadlock");
  CHECK_FALSE(entry["why"].empty());
}

TEST_CASE("the sums over all cases are in the summary") {
  Report report;
  report.cases.push_back(run_text("chains: [A -> A]"));
  report.cases.push_back(run_text("chains: [A -> B]"));
  const auto counts = json(report)["summary"]["counts"];
  CHECK(counts["calls"] == 4);
  CHECK(counts["entered"] == 3);
  CHECK(counts["deadlocked"] == 1);
}

TEST_CASE("a call tells what its lock was like when it came") {
  const auto calls =
      json(run_text("config: {reentrancy: {enabled: true}}\n"
                    "actors: {A: {m: [{sleep: 5ms}]}}\n"
                    "start: [{call: A/1.m, header: x}, {call: A/1.m, at: 1ms}]"))["cases"][0]["calls"];
  CHECK(calls[0]["reentrancy"] == true);
  CHECK(calls[0]["lock_was_free"] == true);
  CHECK(calls[0]["held_by"] == nullptr);
  CHECK(calls[0]["had_to_wait"] == false);
  CHECK(calls[0]["id_generated"] == false);
  CHECK(calls[0]["entered_order"] == 1);
  CHECK(calls[1]["lock_was_free"] == false);
  CHECK(calls[1]["held_by"] == "x");
  CHECK(calls[1]["had_to_wait"] == true);
  CHECK(calls[1]["id_generated"] == true);
  CHECK(calls[1]["entered_order"] == 2);
  const auto stuck = json(run_text("chains: [A -> A]"))["cases"][0]["calls"][1];
  CHECK(stuck["reentrancy"] == false);
  CHECK(stuck["entered_order"] == nullptr);
}

TEST_CASE("a case tells whether its horizon ended it") {
  const std::string text = "actors: {A: {m: []}}\nstart: [{timer: A/1.m, every: 1s, count: 100}]";
  CHECK(json(run_text(text))["cases"][0]["reached_horizon"] == false);
  CHECK(json(run_text("until: 10s\n" + text))["cases"][0]["reached_horizon"] == true);
}

TEST_CASE("times are whole nanoseconds") {
  const auto entry = json(run_text("actors: {A: {m: [{sleep: 1.5ms}]}}\nstart: [{call: A/1.m, at: 1ms}]"))["cases"][0];
  CHECK(entry["calls"][0]["arrived_ns"] == 1'000'000);
  CHECK(entry["calls"][0]["ended_ns"] == 2'500'000);
  CHECK(entry["ended_ns"] == 2'500'000);
  CHECK(entry["deadlock"] == nullptr);
}

TEST_CASE("an id that is an empty text is told apart from none") {
  const auto on = json(run_text(
      "config: {reentrancy: {enabled: true}}\nactors: {A: {m: []}}\nstart: [{call: A/1.m, header: \"\"}]"))["cases"][0];
  CHECK(on["calls"][0]["header_seen"] == true);
  CHECK(on["calls"][0]["header"] == "");
  CHECK(on["calls"][0]["id"] == "");
  const auto off = json(run_text("chains: [A]"))["cases"][0];
  CHECK(off["calls"][0]["header"] == nullptr);
  CHECK(off["calls"][0]["id"] == nullptr);
}

TEST_CASE("a file that could not be run has the same keys, with nothing in them") {
  CaseReport broken;
  broken.file = "broken\xFF.yaml";
  broken.status = Status::error;
  const auto ran = json(run_text("chains: [A]"))["cases"][0];
  const auto document = json(broken);
  CHECK(document["status"] == "error");
  std::vector<std::string> left, right;
  for (const auto& [key, value] : ran.items()) left.push_back(key);
  for (const auto& [key, value] : document["cases"][0].items()) right.push_back(key);
  CHECK(left == right);
  CHECK(document["cases"][0]["verdict"] == nullptr);
}

TEST_CASE("diagnostics have their place, or none") {
  Report report;
  Diagnostic diagnostic;
  diagnostic.code = "unknown-key";
  diagnostic.file = "f.yaml";
  diagnostic.span = {3, 5, 2};
  diagnostic.message = "unknown \"key\"\n";
  diagnostic.notes.push_back({{1, 2, 3}, "it stood here before"});
  report.diagnostics.push_back(diagnostic);
  diagnostic.notes.clear();
  diagnostic.span.line = 0;
  diagnostic.severity = Severity::warning;
  report.diagnostics.push_back(diagnostic);
  const auto document = json(report);
  CHECK(document["status"] == "error");
  CHECK(document["diagnostics"][0]["line"] == 3);
  CHECK(document["diagnostics"][0]["message"] == "unknown \"key\"\n");
  CHECK(document["diagnostics"][0]["length"] == 2);
  CHECK(document["diagnostics"][0]["notes"][0]["line"] == 1);
  CHECK(document["diagnostics"][0]["notes"][0]["length"] == 3);
  CHECK(document["diagnostics"][0]["notes"][0]["message"] == "it stood here before");
  CHECK(document["diagnostics"][1]["line"] == nullptr);
  CHECK(document["diagnostics"][1]["length"] == nullptr);
  CHECK(document["diagnostics"][1]["notes"].empty());
  CHECK(document["diagnostics"][1]["severity"] == "warning");
}

TEST_CASE("warnings alone leave the status as it is") {
  Report report;
  report.cases.push_back(run_text("chains: [A]"));
  Diagnostic warning;
  warning.severity = Severity::warning;
  report.diagnostics.push_back(warning);
  CHECK(json(report)["status"] == "pass");
}
