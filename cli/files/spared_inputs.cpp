// Files are the same if the system says so.
#include "cli/files/spared_inputs.h"

#include <algorithm>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

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

// What is to be written and is there already.
struct Target {
  fs::path path;
  const char* option;
  const char* what;
};

std::vector<Target> existing_targets(const Options& options, const Environment& environment) {
  std::vector<Target> targets;
  const auto add = [&](const std::string& file, const char* option, const char* what) {
    std::error_code error;
    fs::path path = environment.current_folder / file;
    if (!file.empty() && fs::is_regular_file(path, error)) targets.push_back({std::move(path), option, what});
  };
  for (const ReportRequest& report : options.reports) add(report.file, "--report", "report");
  add(options.output, "--output", "graph");
  return targets;
}

// A report of the last time may well lie in a folder of scenarios.
bool is_scenario(const ChosenFile& file) {
  if (file.in_folder == 0) return true;
  const auto source = read_file_source(file);
  return source && looks_like_scenario(source->text);
}

// About the first file that would be lost.
std::optional<Diagnostic> find_loss(const Options& options, const Environment& environment) {
  const std::vector<Target> targets = existing_targets(options, environment);
  if (targets.empty()) return std::nullopt;
  const auto target_at = [&](const fs::path& path) {
    return std::find_if(targets.begin(), targets.end(),
                        [&](const Target& target) { return are_same(target.path, path); });
  };
  const auto loss = [](const Target& target, const std::string& input) {
    return usage_problem(fmt::format("{}: the {} would replace {}", target.option, target.what, input),
                         fmt::format("give the {} a file of its own", target.what));
  };
  if (const auto target = target_at(options.config_file); target != targets.end())
    return loss(*target, actorsim::in_quotes(options.config_file.native()));
  if (!takes_paths(options.command)) return std::nullopt;
  const auto is_read = [](const std::string& operand) { return operand == "-"; };
  if (std::any_of(options.operands.begin(), options.operands.end(), is_read)) {
    if (const auto target = target_at("/dev/stdin"); target != targets.end())
      return loss(*target, "the file that is standard input");
  }
  std::optional<Diagnostic> found;
  find_files(options.operands, environment, [&](const ChosenFile& file) {
    if (found || file.problem) return;
    const auto target = target_at(file.path);
    if (target != targets.end() && is_scenario(file))
      found = loss(*target, "the scenario " + actorsim::in_quotes(file.name));
  });
  return found;
}

}  // namespace

bool spares_inputs(const Options& options, Session& session) {
  const std::optional<Diagnostic> loss = find_loss(options, session.environment);
  return !loss || tell(session, *loss);
}

bool is_named_by_scenario(const fs::path& path, const Session& session) {
  return std::any_of(session.named_files.begin(), session.named_files.end(),
                     [&](const fs::path& named) { return are_same(path, named); });
}

}  // namespace actorsim
