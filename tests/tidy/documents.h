// What documents say of the repository is there: files and folders, headings, commands.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tidy/rules.h"

namespace tidy {

/// Of every .md file among `files`:
/// - relative links lead to a file or a folder, and their #anchor to a heading;
/// - `code` that is a path (`lock/lock_rules.h`, `tests/golden/NAME.cmd`) is that of a file or a folder, counted from
///   the root, from lib/, from the document, or from the sources beside it; `*`, NAME, TOPIC and WORD stand for any
///   name;
/// - `./dev WORD` and `actorsim WORD` are commands.
/// `others`: the paths of files that may be named as well.
std::vector<Finding> inspect_documents(const std::vector<File>& files, const std::vector<std::string>& others = {});

/// The path of every file of the repository, what is built and what git keeps aside.
std::vector<std::string> list_repository(const std::filesystem::path& root);

/// A heading as the last part of a link to it: lower case, blanks as hyphens, no punctuation.
std::string anchor_of(const std::string& heading);

}  // namespace tidy
