// Making diagnostics without a place, and rendering any.
#include "cli/output/problems.h"

#include <sstream>
#include <utility>

#include "actorsim/report/json/json.h"

namespace actorsim {

Diagnostic usage_problem(std::string message, std::string help) {
  return file_problem("usage", "actorsim", std::move(message), std::move(help));
}

Diagnostic file_problem(std::string_view code, std::string file, std::string message, std::string help) {
  Diagnostic problem;
  problem.code = code;
  problem.file = std::move(file);
  problem.span.line = 0;
  problem.message = std::move(message);
  problem.help = std::move(help);
  return problem;
}

Diagnostics judged(const Diagnostics& problems, const Telling& telling) {
  if (!telling.warnings_are_errors) return problems;
  Diagnostics result;
  for (Diagnostic problem : problems.items()) {
    problem.severity = Severity::error;
    result.add(std::move(problem));
  }
  return result;
}

std::string render_problems(const Diagnostics& problems, const std::vector<const Source*>& sources,
                            const Telling& telling) {
  switch (telling.format) {
    case ErrorFormat::detailed: return render(problems, sources);
    case ErrorFormat::brief: return render(problems, sources, DiagnosticStyle::one_line);
    case ErrorFormat::json: break;
  }
  std::ostringstream text;
  for (const Diagnostic& problem : problems.items()) write_json_diagnostic(text, problem);
  return text.str();
}

}  // namespace actorsim
