// The table of formats.
#include "actorsim/report/graph/graph.h"

#include <algorithm>
#include <ostream>
#include <utility>

#include "actorsim/model/lock_program.h"
#include "actorsim/report/graph/call_picture.h"
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
std::optional<Diagnostic> write_model(std::ostream& out, const Program& program, const GraphTitle& title) {
  auto locks = lock_program(program);
  if (!locks) return not_exportable(std::move(locks.error()), program);
  write(out, *locks, title.text());
  return std::nullopt;
}

using Draw = void (*)(std::ostream&, const Picture&);

template <Draw draw>
std::optional<Diagnostic> write_calls(std::ostream& out, const Program& program, const GraphTitle& title) {
  draw(out, call_picture(program, title));
  return std::nullopt;
}

}  // namespace

const std::vector<GraphFormat>& graph_formats() {
  static const std::vector<GraphFormat> formats{
      {"svg",
       "a picture for a page or a browser, in light or dark as the reader's screen is",
       {".svg"},
       &write_calls<draw_svg>,
       &draw_svg},
      {"dot", "the same for Graphviz", {".dot", ".gv"}, &write_calls<draw_dot>, &draw_dot},
      {"mermaid",
       "the same as a flowchart, for Markdown",
       {".mmd", ".mermaid"},
       &write_calls<draw_mermaid>,
       &draw_mermaid},
      {"murphi",
       "a model of all interleavings for the model checker rumur",
       {".m", ".murphi"},
       &write_model<write_murphi>,
       nullptr},
      {"promela", "the same for SPIN", {".pml", ".promela"}, &write_model<write_promela>, nullptr},
  };
  return formats;
}

const GraphFormat* find_graph_format(std::string_view name) {
  const auto found = std::find_if(graph_formats().begin(), graph_formats().end(),
                                  [&](const GraphFormat& format) { return format.name == name; });
  return found == graph_formats().end() ? nullptr : &*found;
}

const GraphFormat* graph_format_of_file(std::string_view file) {
  file.remove_prefix(file.rfind('/') + 1);  // all of it, where there is no slash
  const std::size_t dot = file.rfind('.');
  if (dot == std::string_view::npos) return find_graph_format("mermaid");
  const auto found = std::find_if(graph_formats().begin(), graph_formats().end(), [&](const GraphFormat& format) {
    return std::find(format.endings.begin(), format.endings.end(), file.substr(dot)) != format.endings.end();
  });
  return found == graph_formats().end() ? nullptr : &*found;
}

}  // namespace actorsim
