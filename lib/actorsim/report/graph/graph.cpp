// The table of formats.
#include "actorsim/report/graph/graph.h"

#include <algorithm>
#include <ostream>
#include <utility>

#include "actorsim/model/lock_program.h"
#include "actorsim/report/graph/export_murphi.h"
#include "actorsim/report/graph/export_promela.h"

namespace actorsim {
namespace {

using WriteModel = void (*)(std::ostream&, const LockProgram&, const std::string&);

Diagnostic not_exportable(MoreThanLocks why, const Program& program) {
  Diagnostic problem;
  problem.code = "not-exportable";
  problem.file = program.file;
  problem.span = why.span;
  problem.message = std::move(why.what) + " cannot be exported to a model checker";
  problem.help = why.help.empty() ? "what can be: calls that wait for their answers, one after another" : why.help;
  return problem;
}

template <WriteModel write>
std::optional<Diagnostic> write_model(std::ostream& out, const Program& program, const std::string& title) {
  auto locks = lock_program(program);
  if (!locks) return not_exportable(std::move(locks.error()), program);
  write(out, *locks, title);
  return std::nullopt;
}

}  // namespace

const std::vector<GraphFormat>& graph_formats() {
  static const std::vector<GraphFormat> formats{
      {"murphi", "a model of all interleavings for the model checker rumur", &write_model<write_murphi>},
      {"promela", "the same for SPIN", &write_model<write_promela>},
  };
  return formats;
}

const GraphFormat* find_graph_format(std::string_view name) {
  const auto found = std::find_if(graph_formats().begin(), graph_formats().end(),
                                  [&](const GraphFormat& format) { return format.name == name; });
  return found == graph_formats().end() ? nullptr : &*found;
}

}  // namespace actorsim
