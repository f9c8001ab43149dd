// The JSON report line by line, for programs that read while a long run goes on.
#pragma once

#include <iosfwd>

#include "actorsim/report/format.h"

namespace actorsim {

/// `{"schema":1,"type":"case",…}` with the keys of a case of the JSON report.
void write_jsonl_case(std::ostream& out, const CaseReport& entry);

/// What comes after the last case: a line for each diagnostic, `"type":"diagnostic"`, then one of `"type":"summary"`
/// with the keys `actorsim`, `status` and `summary`.
void write_jsonl_end(std::ostream& out, const Report& report, const ReportOptions& options);

/// The same for `actorsim explore`, whole: its cases have the keys of json_explored.cpp.
void write_jsonl_explored(std::ostream& out, const ExploredReport& report, const ReportOptions& options);

}  // namespace actorsim
