// Kept to what the schemas of Jenkins and of Surefire have in common.
#include "actorsim/report/formats/junit.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "actorsim/report/escape/xml.h"
#include "actorsim/report/formats/findings.h"

namespace actorsim {
namespace {

struct Sums {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
};

using Cases = std::vector<CaseReport>::const_iterator;

Sums sums_of(Cases first, Cases last) {
  Sums sums;
  for (; first != last; ++first) {
    ++sums.tests;
    switch (first->status) {
      case Status::pass: break;
      case Status::fail: ++sums.failures; break;
      case Status::inconclusive:
      case Status::error: ++sums.errors; break;
      case Status::skipped: ++sums.skipped; break;
    }
  }
  return sums;
}

// `shop/orders/a-b-a.yaml` as `shop.orders.a-b-a`: what stands before the last dot is taken for a package.
std::string class_name(std::string_view file) {
  const std::size_t slash = file.rfind('/');
  const std::size_t dot = file.rfind('.');
  if (dot != std::string_view::npos && dot > 0 && (slash == std::string_view::npos || dot > slash + 1))
    file = file.substr(0, dot);
  while (file.substr(0, 1) == "/" || file.substr(0, 2) == "./") file.remove_prefix(file.front() == '.' ? 2 : 1);
  std::string name(file);
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

class Junit {
 public:
  Junit(std::ostream& out, const Report& report) : xml_(out), report_(report) {}

  void write() {
    const std::vector<CaseReport>& cases = report_.cases;
    const Sums sums = sums_of(cases.begin(), cases.end());
    xml_.declaration();
    xml_.open("testsuites").attribute("name", "actorsim");
    xml_.attribute("tests", sums.tests).attribute("failures", sums.failures).attribute("errors", sums.errors);
    xml_.attribute("time", "0");
    for (auto first = cases.begin(); first != cases.end();) {
      const auto last =
          std::find_if(first, cases.end(), [&](const CaseReport& entry) { return entry.file != first->file; });
      write_suite(first, last);
      first = last;
    }
    xml_.close();
  }

 private:
  void write_suite(Cases first, Cases last) {
    const Sums sums = sums_of(first, last);
    xml_.open("testsuite").attribute("name", first->file);
    xml_.attribute("tests", sums.tests).attribute("failures", sums.failures).attribute("errors", sums.errors);
    xml_.attribute("skipped", sums.skipped).attribute("time", "0");
    for (; first != last; ++first) write_case(*first);
    xml_.close();
  }

  void write_case(const CaseReport& entry) {
    xml_.open("testcase").attribute("name", case_title(entry));
    xml_.attribute("classname", class_name(entry.file)).attribute("time", "0");
    switch (entry.status) {
      case Status::pass: break;
      case Status::fail: write_failure("failure", entry.run ? to_word(entry.run->verdict) : "fail", entry); break;
      case Status::inconclusive: write_failure("error", "inconclusive", entry); break;
      case Status::error: write_failure("error", "not-run", entry); break;
      case Status::skipped: xml_.element("skipped", "not run"); break;
    }
    xml_.close();
  }

  void write_failure(std::string_view element, std::string_view type, const CaseReport& entry) {
    xml_.open(element).attribute("message", message_of(entry)).attribute("type", type);
    const std::string setting = case_setting(entry);
    xml_.text((setting.empty() ? "" : setting + "\n\n") + text_of_failure(entry, report_));
    xml_.close();
  }

  std::string message_of(const CaseReport& entry) const {
    std::vector<Finding> findings = findings_of(entry, report_);
    for (const Diagnostic& diagnostic : report_.diagnostics) {
      const bool is_reason = entry.status == Status::error && diagnostic.severity == Severity::error;
      if (is_reason && diagnostic.file == entry.file) findings.push_back(finding_of(diagnostic, report_));
    }
    if (findings.empty()) return std::string(to_word(entry.status));
    if (findings.size() == 1) return findings.front().message;
    return fmt::format("{} (and {} more)", findings.front().message, findings.size() - 1);
  }

  XmlWriter xml_;
  const Report& report_;
};

}  // namespace

void write_junit(std::ostream& out, const Report& report, const ReportOptions&) { Junit(out, report).write(); }

}  // namespace actorsim
