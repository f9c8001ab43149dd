// Each line says what it is before anything else.
#include "actorsim/report/json/jsonl.h"

#include <ostream>

#include <fmt/format.h>

#include "actorsim/base/version.h"
#include "actorsim/report/explored.h"
#include "actorsim/report/json/json.h"

namespace actorsim {
namespace {

// `object` is one, and has keys.
void write_line(std::ostream& out, std::string_view type, const std::string& object) {
  out << fmt::format(R"({{"schema":{},"type":"{}",)", kJsonSchema, type) << std::string_view(object).substr(1) << '\n';
}

}  // namespace

void write_jsonl_case(std::ostream& out, const CaseReport& entry) { write_line(out, "case", compact_json(entry)); }

void write_jsonl_end(std::ostream& out, const Report& report, const ReportOptions&) {
  for (const Diagnostic& diagnostic : report.diagnostics) write_line(out, "diagnostic", compact_json(diagnostic));
  write_line(out, "summary",
             fmt::format(R"({{"actorsim":"{}","status":"{}","summary":{}}})", version(), to_word(report.status()),
                         compact_json(report.summary())));
}

void write_jsonl_explored(std::ostream& out, const ExploredReport& report, const ReportOptions& options) {
  for (const ExploredCase& entry : report.cases) write_line(out, "case", compact_json(entry));
  write_jsonl_end(out, as_report(report), options);
}

}  // namespace actorsim
