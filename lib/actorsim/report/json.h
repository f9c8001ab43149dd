// The report for programs: one JSON document, versioned.
#pragma once

#include <iosfwd>

#include "actorsim/report/report.h"

namespace actorsim {

/// The version of the document's shape. Within a version keys are added, never changed or taken away.
inline constexpr int kJsonSchema = 1;

/// Times are whole nanoseconds of virtual time; nothing in the document differs from one run to the next.
void write_json(std::ostream& out, const Report& report);

}  // namespace actorsim
