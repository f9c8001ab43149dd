// What `actorsim graph` can make of a scenario: which formats there are, what each is for, and the one door to them.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/model/program.h"
#include "actorsim/report/graph/picture.h"

namespace actorsim {

/// What a graph is of, for its heading.
struct GraphTitle {
  std::string file;
  std::string name;      ///< the case
  std::string settings;  ///< its release, and whether reentrancy is on

  std::string text() const { return file + ": " + name + " (" + settings + ")"; }
};

/// A way to write a program down.
struct GraphFormat {
  std::string_view name;
  std::string_view summary;
  std::vector<std::string_view> endings;  ///< of files' names, with the dot
  /// A model of the program, or its call graph. What is returned says why nothing was written.
  std::optional<Diagnostic> (*write)(std::ostream& out, const Program& program, const GraphTitle& title);
  /// Any picture, such as a wait-for graph. Null: the format is one of models.
  void (*draw)(std::ostream& out, const Picture& picture);
};
const std::vector<GraphFormat>& graph_formats();

/// Null where there is none.
const GraphFormat* find_graph_format(std::string_view name);

/// The one that a file's name ends like; null where it ends like none. A name without an ending, such as the empty
/// one of standard output, stands for Mermaid, which reads well as a text and is drawn wherever Markdown is.
const GraphFormat* graph_format_of_file(std::string_view file);

}  // namespace actorsim
