// `actorsim check`: reads, compiles and complains; runs nothing.
#include <algorithm>
#include <ostream>
#include <string>

#include <fmt/format.h>

#include "actorsim/model/compile.h"
#include "cli/commands/commands.h"
#include "cli/files/load_files.h"

namespace actorsim {
namespace {

struct Sum {
  std::size_t scenarios = 0, cases = 0;
};

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// Cases of one scenario stand side by side and differ in their axes only.
Sum check_cases(LoadedFile& loaded) {
  Sum sum;
  if (!loaded.file) return sum;
  std::string last;
  bool is_first = true;
  visit_cases(std::move(*loaded.file), loaded.diagnostics,
              [&](const std::optional<Scenario>& scenario, const CaseTitle&) {
                ++sum.cases;
                if (!scenario) return;
                if (is_first || scenario->name != last) ++sum.scenarios;
                is_first = false;
                last = scenario->name;
                for (const Diagnostic& warning : compile(*scenario, loaded.name()).warnings)
                  loaded.diagnostics.add(warning);
              });
  return sum;
}

}  // namespace

int command_check(const Options& options, Session& session) {
  Sum sum;
  const Told told = for_each_file<Sum>(options, options.releases, session, &check_cases, [&](const Sum& of_file) {
    sum.scenarios += of_file.scenarios;
    sum.cases += of_file.cases;
  });
  const auto is_error = [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; };
  const auto errors =
      static_cast<std::size_t>(std::count_if(told.diagnostics.begin(), told.diagnostics.end(), is_error));
  const std::size_t warnings = told.diagnostics.size() - errors;
  if (options.verbosity != Verbosity::quiet || errors + warnings > 0) {
    session.out << fmt::format("{}: {}, {}; {}, {}\n", plural(told.files, "file"), plural(sum.scenarios, "scenario"),
                               plural(sum.cases, "case"), errors == 0 ? "no errors" : plural(errors, "error"),
                               warnings == 0 ? "no warnings" : plural(warnings, "warning"));
  }
  return told.has_errors ? kExitBadInput : kExitOk;
}

}  // namespace actorsim
