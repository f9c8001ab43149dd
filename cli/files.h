// Which files a command line means, and what stands in them.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "cli/cli.h"

namespace actorsim {

/// A scenario file that was chosen, or something that was named and cannot be one.
struct ChosenFile {
  std::string name;  ///< as people know it: the argument, or the folder's argument and the way from there; `<stdin>`
  std::filesystem::path path;                        ///< empty: standard input
  std::optional<Diagnostic> problem = std::nullopt;  ///< why there is nothing to read
};

/// Takes each argument as `-`, a folder, a file, or else as a pattern (`*`, `?`, `[a-z]`, and `**` for any folders). Of
/// a folder it takes the files that end in .yaml, .yml or .json and look like scenarios; names that begin with a dot
/// and links to folders are passed over. The result is in the order of the arguments, inside a folder by name, byte by
/// byte; each file once.
std::vector<ChosenFile> choose_files(const std::vector<std::string>& arguments, const Environment& environment);

/// The text of a chosen file, at most 64 MiB.
tl::expected<Source, Diagnostic> read_source(const ChosenFile& file, std::istream& in);

}  // namespace actorsim
