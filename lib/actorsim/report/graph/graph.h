// What `actorsim graph` can make of a scenario: which formats there are, what each is for, and the one door to them.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/model/program.h"

namespace actorsim {

/// A way to write a program down.
struct GraphFormat {
  std::string_view name;
  std::string_view summary;
  /// `title`: what it is of, one line. What is returned says why nothing was written.
  std::optional<Diagnostic> (*write)(std::ostream& out, const Program& program, const std::string& title);
};
const std::vector<GraphFormat>& graph_formats();

/// Null where there is none.
const GraphFormat* find_graph_format(std::string_view name);

}  // namespace actorsim
