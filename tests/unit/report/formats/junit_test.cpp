// What a test server is told.
#include "actorsim/report/formats/junit.h"

#include <sstream>

#include "unit/report/ran.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

std::string junit(const Report& report) {
  std::ostringstream out;
  write_junit(out, report, {});
  return out.str();
}

}  // namespace

TEST_CASE("a failure carries the line of the file where the expectation stands") {
  Report report;
  const std::string text = "chains: [A -> A]\nexpect:\n  verdict: ok\n";
  report.cases = {run_text(text, "shop/back.yaml")};
  report.sources = {{"shop/back.yaml", "actorsim: 1\n" + text}};
  const std::string xml = junit(report);
  CHECK_THAT(xml, Contains("<testsuite name=\"shop/back.yaml\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\""));
  CHECK_THAT(xml, Contains("classname=\"shop.back\""));
  CHECK_THAT(xml, Contains("<failure message=\"expected verdict: ok, got deadlock\" type=\"deadlock\">"));
  CHECK_THAT(xml, Contains("shop/back.yaml:4:12: error: expected verdict: ok, got deadlock\n"
                           " 4 |   verdict: ok\n   |            ^^\n"));
  CHECK_THAT(xml, Contains("wait-for cycle   call 2 ── lock A/1 ──▶ call 1"));
}

TEST_CASE("what is not decided or could not run is an error, what was not run is skipped") {
  Report report;
  for (const Status status : {Status::inconclusive, Status::error, Status::skipped}) {
    CaseReport entry = run_text("chains: [A]");
    entry.status = status;
    if (status != Status::inconclusive) entry.run.reset();
    report.cases.push_back(std::move(entry));
  }
  const std::string xml = junit(report);
  CHECK_THAT(xml, Contains("tests=\"3\" failures=\"0\" errors=\"2\" skipped=\"1\""));
  CHECK_THAT(xml, Contains("type=\"inconclusive\""));
  CHECK_THAT(xml, Contains("type=\"not-run\""));
  CHECK_THAT(xml, Contains("<skipped>not run</skipped>"));
}

TEST_CASE("a file's name becomes that of a class") {
  Report report;
  for (const char* file : {"./a/b.yaml", "/a/b.c.yml", "b", ".hidden", "a.b/c"}) {
    CaseReport entry;
    entry.file = file;
    report.cases.push_back(std::move(entry));
  }
  const std::string xml = junit(report);
  for (const char* name : {"\"a.b\"", "\"a.b.c\"", "\"b\"", "\".hidden\"", "\"a.b.c\""})
    CHECK_THAT(xml, Contains("classname=" + std::string(name)));
}
