// What holds for every file of this repository and no compiler checks: which module may know which, where third-party
// headers may appear, what the closed library must not touch, and how a file looks.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace tidy {

struct File {
  std::string path;  ///< from the root of the repository, with '/'
  std::string text;
};

struct Finding {
  std::string path;
  std::size_t line;  ///< from 1
  std::string why;
};

/// Every file that people write: sources, build files, scripts, documents and scenarios, sorted by path.
std::vector<File> read_repository(const std::filesystem::path& root);

/// What is wrong with one file.
std::vector<Finding> inspect(const File& file);

/// What is wrong with the files together: libraries that belong into one file but are in several.
std::vector<Finding> inspect_together(const std::vector<File>& files);

/// "lib/actorsim/base/span.h:3: a tab"
std::string to_string(const Finding& finding);

}  // namespace tidy
