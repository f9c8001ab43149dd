// What holds for every format, of hostile reports: also for one that will be added.
#include <algorithm>
#include <sstream>

#include "actorsim/base/text.h"
#include "actorsim/report/explored.h"
#include "actorsim/report/format.h"
#include "unit/report/ran.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

const std::string kHostile =
    "<script>alert(1)</script> ]]> \" ' \x1b[31m \xe2\x80\xae\xe2\x81\xa6 \xff %0A\n::error::x\n# SKIP | `x` #1; end";

// A case that failed, with hostile texts wherever a text can be.
CaseReport hostile_case() {
  CaseReport entry = run_text("chains: [A -> B -> A]", kHostile + ".yaml");
  entry.name = kHostile;
  entry.axes = {{"axis", kHostile}};
  entry.setting = kHostile;
  entry.headline = kHostile;
  entry.why = {kHostile};
  entry.fix = {kHostile};
  for (CallRecord& call : entry.run->calls) {
    call.label = kHostile;
    call.actor = "A/" + kHostile;
    call.id = kHostile;
    call.ended_by = kHostile;
    call.error = CallError{"ERR", 500, "", kHostile};
  }
  for (DeadlockCycle& cycle : entry.run->deadlocks) cycle.actors = {"A/" + kHostile};
  entry.expectations.front().text = kHostile;
  entry.expectations.front().got = kHostile;
  ReplayedRun replay;
  replay.leads_to = kHostile;
  replay.command = kHostile;
  replay.run = *entry.run;
  replay.headline = kHostile;
  entry.replays.push_back(replay);
  return entry;
}

Report hostile_report() {
  Report report;
  report.cases = {hostile_case(), hostile_case()};
  for (const Status status : {Status::pass, Status::inconclusive, Status::error, Status::skipped}) {
    CaseReport entry = hostile_case();
    entry.status = status;
    if (status == Status::error || status == Status::skipped) entry.run.reset();
    report.cases.push_back(std::move(entry));
  }
  Diagnostic diagnostic;
  diagnostic.code = "unknown-key";
  diagnostic.file = report.cases.front().file;
  diagnostic.span = {1, 1, 3};
  diagnostic.message = kHostile;
  diagnostic.help = kHostile;
  report.diagnostics = {diagnostic};
  report.sources = {{diagnostic.file, kHostile}};
  return report;
}

void check_text(const std::string& text) {
  CHECK_FALSE(find_invalid_utf8(text));
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint code_point = decode_utf8(text, i);
    if (code_point.value != '\n' && is_hostile(code_point.value)) FAIL_CHECK("at " << text.substr(i, 40));
    i += code_point.length;
  }
}

std::string written(Format format, const Report& report) {
  std::ostringstream out;
  write_report(out, format, report);
  return out.str();
}

}  // namespace

TEST_CASE("no format lets hostile text through") {
  const Report report = hostile_report();
  for (const FormatDescription& format : report_formats()) {
    INFO(format.name);
    const std::string text = written(format.format, report);
    check_text(text);
    CHECK(text.size() > 100);
    CHECK(text.back() == '\n');
  }
}

TEST_CASE("every format has a report of nothing") {
  for (const FormatDescription& format : report_formats()) {
    INFO(format.name);
    check_text(written(format.format, {}));
  }
}

TEST_CASE("every format tells what exploring found") {
  ExploredReport explored;
  ExploredCase entry;
  entry.file = entry.name = kHostile;
  entry.status = Status::fail;
  entry.exploration.emplace();
  Counterexample example;
  example.run = *hostile_case().run;
  example.witness.verdict = Verdict::deadlock;
  example.headline = example.replay = kHostile;
  entry.counterexamples.push_back(std::move(example));
  explored.cases.push_back(std::move(entry));
  for (const FormatDescription& format : report_formats()) {
    INFO(format.name);
    std::ostringstream out;
    write_report(out, format.format, explored);
    check_text(out.str());
    CHECK_THAT(out.str(), Contains("deadlock"));
  }
}

TEST_CASE("every format describes itself, and has a name of its own") {
  for (const FormatDescription& format : report_formats()) {
    CHECK(parse_format(format.name) == format.format);
    CHECK(&description_of(format.format) == &format);
    CHECK_FALSE(format.summary.empty());
    CHECK(format.write != nullptr);
  }
  CHECK_FALSE(parse_format("pdf"));
}
