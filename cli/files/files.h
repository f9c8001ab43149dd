// Which files a command line means, and what stands in them.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
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

/// A scenario file that was chosen, or something that was named and cannot be one.
struct ChosenFile {
  std::string name;  ///< as people know it: the argument, or the folder's argument and the way from there; `<stdin>`
  std::filesystem::path path;  ///< empty: standard input
  /// Files that it names must be inside: the folder argument, else its own. Empty: it can name none.
  std::filesystem::path folder = {};
  std::optional<Diagnostic> problem = std::nullopt;  ///< why there is nothing to read
};

/// Takes each argument as `-`, a folder, a file, or else as a pattern (`*`, `?`, `[a-z]`, and `**` for any folders). Of
/// a folder it takes the files that end in .yaml, .yml or .json and look like scenarios; names that begin with a dot
/// and links to folders are passed over. The result is in the order of the arguments, inside a folder by name, byte by
/// byte; each file once.
std::vector<ChosenFile> choose_files(const std::vector<std::string>& arguments, const Environment& environment);

/// The files that a scenario names, for LoadOptions::read_file. Each is read once. Must outlive what reads through it.
class NamedFiles {
 public:
  explicit NamedFiles(const ChosenFile& scenario) : scenario_(scenario) {}

  /// The text of the file at `path`, relative to the scenario and, links followed, inside its folder.
  tl::expected<Source, FileProblem> read(const std::string& path);

  /// What has been read.
  const std::vector<Source>& sources() const { return sources_; }

 private:
  const ChosenFile& scenario_;
  std::vector<Source> sources_;
};

/// The text of a chosen file, at most 64 MiB.
tl::expected<Source, Diagnostic> read_source(const ChosenFile& file, std::istream& in);

}  // namespace actorsim
