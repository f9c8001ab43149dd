// The report for programs: one JSON document, versioned.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/report/report.h"

namespace actorsim {

/// The version of the document's shape. Within a version keys are added, never changed or taken away.
inline constexpr int kJsonSchema = 1;

/// Times are whole nanoseconds of virtual time; nothing in the document differs from one run to the next.
void write_json(std::ostream& out, const Report& report);

/// One diagnostic as one line, ASCII only: an object as the document's `diagnostics` hold them.
void write_json_diagnostic(std::ostream& out, const Diagnostic& diagnostic);

/// The text of report.schema.json, the JSON Schema of the document: every key with what it means.
std::string_view report_schema();

// ---- what every document has, for the writers of others ------------------------------------------------------------

/// `{`, then the members `schema` and `actorsim`, each with its comma.
void write_json_opening(std::ostream& out);
/// The member `diagnostics`, then `}`.
void write_json_closing(std::ostream& out, const std::vector<Diagnostic>& diagnostics);
/// A dumped value as it is written: nothing in it hides or reorders text; its later lines are moved to the right.
std::string indent_json(std::string_view dumped, std::size_t indent);

// ---- parts of the document, each on one line ------------------------------------------------------------------------

std::string compact_json(const CaseReport& entry);
std::string compact_json(const Diagnostic& diagnostic);
std::string compact_json(const Summary& summary);

}  // namespace actorsim
