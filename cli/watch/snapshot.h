// What the files that a command depends on look like from outside, to notice that one has changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cli/cli.h"
#include "cli/options/options.h"

namespace actorsim {

/// What a command depends on.
struct WatchedPaths {
  std::vector<std::string> operands;        ///< files, folders, patterns: as on a command line
  std::set<std::filesystem::path> files;    ///< others, whether or not they are there: settings, what scenarios name
  std::set<std::filesystem::path> ignored;  ///< what the command writes itself
};

/// Everything a command line names or looks for.
WatchedPaths paths_to_watch(const Options& options, const Environment& environment);

/// Also the folders in which a file can appear, disappear or be replaced: a bounded number of them.
std::set<std::filesystem::path> folders_of(const WatchedPaths& paths, const Environment& environment);

/// Which files there are, and the size, identity and time of change of each. Cheap: nothing is read.
class Snapshot {
 public:
  Snapshot() = default;
  Snapshot(const WatchedPaths& paths, const Environment& environment);

  /// How many of the files are there.
  std::size_t count_present() const;

  /// What looks different in `later`, by name: a file has changed, has gone, or has come into a folder or pattern.
  std::vector<std::string> changes(const Snapshot& later) const;

  /// Takes over from `later` what only that one knew to look at.
  void adopt(const Snapshot& later);

 private:
  struct Stamp {
    bool is_operand = false;
    std::uint64_t inode = 0, size = 0;
    std::int64_t changed_ns = 0;
    std::string problem;  ///< why there is no such file
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };

  static Stamp stamp_of(const std::filesystem::path& path);

  std::map<std::string, Stamp> stamps_;
};

}  // namespace actorsim
