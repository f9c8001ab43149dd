// Which files a command line means, and what stands in them.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "cli/cli.h"

namespace actorsim {

/// A scenario file that was chosen.
struct ChosenFile {
  std::string name;  ///< as people know it: the argument, or the folder's argument and the way from there; `<stdin>`
  std::filesystem::path path;  ///< empty: standard input
};

struct Choice {
  std::vector<ChosenFile> files;  ///< in the order of the arguments; inside a folder by name, byte by byte; each once
  std::vector<Diagnostic> problems;  ///< arguments that lead nowhere, and why
};

/// Takes each argument as `-`, a folder, a file, or else as a pattern (`*`, `?`, `[a-z]`, and `**` for any folders). Of a folder it takes
/// the files that end in .yaml, .yml or .json and look like scenarios; names that begin with a dot and links to folders are passed over.
Choice choose_files(const std::vector<std::string>& arguments, const Environment& environment);

/// The text of a chosen file, at most 64 MiB.
tl::expected<Source, Diagnostic> read_source(const ChosenFile& file, std::istream& in);

}  // namespace actorsim
