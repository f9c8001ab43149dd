// Making diagnostics without a place.
#include "cli/output/problems.h"

#include <utility>

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

std::string render_problem(const Diagnostic& problem) { return render(problem, nullptr); }

}  // namespace actorsim
