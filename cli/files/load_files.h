// The way of every command that takes scenario files: choose them, read them, load them, and tell what is wrong with
// them. One that is broken never hides the others.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "actorsim/scenario/loader.h"
#include "cli/commands/commands.h"

namespace actorsim {

/// Called for each chosen file, in order. There is no `file` where it could not be read or is wrong, which
/// `diagnostics` or what has been told already says. What the visitor adds to `diagnostics` is told after it has
/// returned.
using VisitFile =
    std::function<void(const std::string& name, std::optional<ScenarioFile> file, Diagnostics& diagnostics)>;

/// What was said about the files.
struct Told {
  std::vector<Diagnostic> diagnostics;  ///< of all files, in their order, equal ones of a file once
  std::vector<Source> sources;          ///< of files about which something was said
  std::size_t files = 0;                ///< chosen, whether or not they could be read
  bool has_errors = false;
};

/// Goes through the files that `options.operands` name, with the overrides of `options`. `releases`: instead of each
/// scenario's own. Diagnostics go to standard error, a file's after it has been visited.
Told load_files(const Options& options, const std::vector<Release>& releases, Session& session, const VisitFile& visit);

/// Calls `visit` for each case; where one does not load, what is wrong with it goes to `diagnostics`, and `visit` gets
/// none. The document is given up before the last case is visited: a large one need not stay in memory.
void visit_cases(ScenarioFile file, Diagnostics& diagnostics,
                 const std::function<void(std::optional<Scenario> scenario, const CaseTitle& title)>& visit);

/// `name (axis=value)`: how a person tells cases apart.
std::string text_of(const CaseTitle& title);

/// Is it the case that `--case` names: by its scenario's name, by its text, or by its number, from 1 over all files? An
/// empty `wanted` means every case.
bool is_wanted(const std::string& wanted, const CaseTitle& title, std::size_t number);

}  // namespace actorsim
