// Workflow commands of GitHub Actions: `::error file=…,line=…,title=…::message`, one on a line of a step's output.
// Source of the rules: `escapeData` and `escapeProperty` of actions/toolkit (packages/core/src/command.ts).
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace actorsim {

/// `name`: of the command. Properties with an empty value are left out. The message may have several lines.
void write_github_command(std::ostream& out, std::string_view name,
                          const std::vector<std::pair<std::string_view, std::string>>& properties,
                          std::string_view message);

}  // namespace actorsim
