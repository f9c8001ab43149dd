// Files are the same if the system says so.
#include "cli/files/spared_inputs.h"

#include <algorithm>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "actorsim/base/text.h"
#include "actorsim/scenario/loader.h"
#include "cli/files/files.h"
#include "cli/options/option_table.h"

namespace fs = std::filesystem;

namespace actorsim {
namespace {

bool are_same(const fs::path& left, const fs::path& right) {
  std::error_code error;
  return !right.empty() && fs::equivalent(left, right, error) && !error;
}

std::vector<fs::path> existing_reports(const Options& options, const Environment& environment) {
  std::vector<fs::path> paths;
  for (const ReportRequest& report : options.reports) {
    std::error_code error;
    fs::path path = environment.current_folder / report.file;
    if (!report.file.empty() && fs::is_regular_file(path, error)) paths.push_back(std::move(path));
  }
  return paths;
}

// A report of the last time may well lie in a folder of scenarios.
bool is_scenario(const ChosenFile& file) {
  if (file.in_folder == 0) return true;
  const auto source = read_file_source(file);
  return source && looks_like_scenario(source->text);
}

// The first file that would be lost, as people know it.
std::optional<std::string> lost_input(const Options& options, const Environment& environment) {
  const std::vector<fs::path> reports = existing_reports(options, environment);
  if (reports.empty()) return std::nullopt;
  const auto is_report = [&](const fs::path& path) {
    return std::any_of(reports.begin(), reports.end(), [&](const fs::path& report) { return are_same(report, path); });
  };
  if (is_report(options.config_file)) return actorsim::in_quotes(options.config_file.native());
  if (!takes_paths(options.command)) return std::nullopt;
  std::optional<std::string> lost;
  find_files(options.operands, environment, [&](const ChosenFile& file) {
    if (!lost && !file.problem && is_report(file.path) && is_scenario(file))
      lost = "the scenario " + actorsim::in_quotes(file.name);
  });
  return lost;
}

}  // namespace

bool spares_inputs(const Options& options, Session& session) {
  const std::optional<std::string> lost = lost_input(options, session.environment);
  return !lost || tell(session, usage_problem("--report: the report would replace " + *lost,
                                              "--report FORMAT=FILE, with a file of its own"));
}

bool is_named_by_scenario(const fs::path& path, const Session& session) {
  return std::any_of(session.named_files.begin(), session.named_files.end(),
                     [&](const fs::path& named) { return are_same(path, named); });
}

}  // namespace actorsim
