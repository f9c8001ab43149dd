// Which files a command line means, and what stands in them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/scenario/file_reader.h"
#include "cli/cli.h"

namespace actorsim {

/// What people call the text of standard input.
inline constexpr std::string_view kStandardInput = "<stdin>";

/// A file that may be meant, or something that was named and cannot be.
struct ChosenFile {
  std::string name;  ///< as people know it: the argument, or the folder's argument and the way from there; `<stdin>`
  std::filesystem::path path;  ///< empty: standard input
  /// Files that it names must be inside: the folder argument, else its own. Empty: it can name none.
  std::filesystem::path folder = {};
  std::optional<Diagnostic> problem = std::nullopt;  ///< why there is nothing to read
  /// The folder argument in which it was found, from 1: it counts if it looks like a scenario. 0: it was named.
  std::size_t in_folder = 0;
  bool ends_folder = false;  ///< no file: `problem` counts if nothing else of the folder did
};

/// Takes each argument as `-`, a folder, a file, or else as a pattern (`*`, `?`, `[a-z]`, and `**` for any folders). Of
/// a folder it takes the files that end in .yaml, .yml or .json; names that begin with a dot and links to folders are
/// passed over. The result is in the order of the arguments, inside a folder by name, byte by byte. What is in the
/// files has not been looked at: FileFilter says which of them count.
void find_files(const std::vector<std::string>& arguments, const Environment& environment,
                const std::function<void(ChosenFile)>& found);
std::vector<ChosenFile> find_files(const std::vector<std::string>& arguments, const Environment& environment);

/// Goes through what was found, in order, and says what counts: files of folders only if they look like scenarios, each
/// file once, and a folder without any scenario as a problem.
class FileFilter {
 public:
  bool counts(const ChosenFile& file, bool looks_like_scenario);

 private:
  std::set<std::string> seen_;
  std::set<std::size_t> fruitful_folders_;
};

/// What of find_files() counts; reads every file that was found in a folder.
std::vector<ChosenFile> choose_files(const std::vector<std::string>& arguments, const Environment& environment);

/// The files that a scenario names, for LoadOptions::read_file. Each is read once. Must outlive what reads through it,
/// which may be several threads.
class NamedFiles {
 public:
  explicit NamedFiles(const ChosenFile& scenario) : scenario_(scenario) {}

  /// The text of the file at `path`, relative to the scenario and, links followed, inside its folder.
  tl::expected<Source, FileProblem> read(const std::string& path);

  /// What has been read, by name.
  std::vector<Source> sources() const;
  /// What was asked for, whether or not it could be read.
  std::vector<std::filesystem::path> paths() const;

 private:
  const ChosenFile& scenario_;
  mutable std::mutex mutex_;
  std::map<std::string, Source> sources_;
  std::set<std::filesystem::path> paths_;
};

/// The text of a chosen file, at most 64 MiB, or that of standard input.
tl::expected<Source, Diagnostic> read_file_source(const ChosenFile& file);
tl::expected<Source, Diagnostic> read_standard_input(std::istream& in);

}  // namespace actorsim
