// Patterns of file names, matched without locale.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace actorsim {

bool is_pattern(std::string_view text);

/// Does `name`, one part of a path, match `*`, `?` and `[a-z]` ([!a-z] for "none of")? A leading dot is matched only by
/// a dot.
bool matches(std::string_view pattern, std::string_view name);

/// The paths below `folder` that match, written as the pattern writes them, sorted. `**` stands for any number of
/// folders, links to folders excepted.
std::vector<std::string> expand_pattern(const std::string& pattern, const std::filesystem::path& folder);

}  // namespace actorsim
