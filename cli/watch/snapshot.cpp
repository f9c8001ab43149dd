// Files are found as every command finds them, so that a new one in a folder is noticed as well.
#include "cli/watch/snapshot.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "cli/files/files.h"
#include "cli/files/pattern.h"
#include "cli/options/config_file.h"

namespace actorsim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFolders = 4'096;

// The part of a pattern before the first `*`, `?` or `[`.
fs::path fixed_part(const std::string& pattern) {
  fs::path fixed;
  for (const fs::path& part : fs::path(pattern)) {
    if (is_pattern(part.string())) break;
    fixed /= part;
  }
  return fixed;
}

void add_folders(const fs::path& folder, std::set<fs::path>& folders) {
  if (folders.size() >= kMostFolders || !folders.insert(folder).second) return;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;
    const bool is_hidden = entry->path().filename().native().front() == '.';
    if (!is_hidden && entry->symlink_status(ignored).type() == fs::file_type::directory)
      add_folders(entry->path(), folders);
  }
}

}  // namespace

WatchedPaths paths_to_watch(const Options& options, const Environment& environment) {
  WatchedPaths paths;
  paths.operands = options.operands;
  for (const ReportRequest& report : options.reports) {
    if (!report.file.empty()) paths.ignored.insert((environment.current_folder / report.file).lexically_normal());
  }
  if (!options.config_file.empty()) paths.files.insert(options.config_file);
  std::error_code error;
  for (fs::path folder = fs::absolute(environment.current_folder, error).lexically_normal(); !error;
       folder = folder.parent_path()) {
    paths.files.insert(folder / kConfigFileName);
    if (folder == folder.parent_path()) break;
  }
  return paths;
}

std::set<fs::path> folders_of(const WatchedPaths& paths, const Environment& environment) {
  std::set<fs::path> folders;
  std::error_code error;
  for (const fs::path& file : paths.files) folders.insert(file.parent_path());
  for (const std::string& operand : paths.operands) {
    const fs::path path = environment.current_folder / operand;
    const bool is_there = fs::exists(path, error);
    if (!is_there && is_pattern(operand)) {
      add_folders(environment.current_folder / fixed_part(operand), folders);
    } else if (fs::is_directory(path, error)) {
      add_folders(path, folders);
      folders.insert(path.parent_path());
    } else {
      folders.insert(path.parent_path());
    }
  }
  return folders;
}

Snapshot::Snapshot(const WatchedPaths& paths, const Environment& environment) {
  for (const ChosenFile& file : find_files(paths.operands, environment)) {
    if (paths.ignored.count(file.path.lexically_normal()) > 0) continue;
    Stamp stamp = file.problem ? Stamp{} : stamp_of(file.path);
    if (file.problem) stamp.problem = file.problem->message;
    stamp.is_operand = true;
    stamps_.emplace(file.name, std::move(stamp));
  }
  for (const fs::path& file : paths.files) stamps_.emplace(file.string(), stamp_of(file));
}

Snapshot::Stamp Snapshot::stamp_of(const fs::path& path) {
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  Stamp stamp;
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    stamp.problem = "gone";
    return stamp;
  }
  stamp.inode = status.st_ino;
  stamp.size = static_cast<std::uint64_t>(status.st_size);
#ifdef __APPLE__
  const timespec changed = status.st_mtimespec;
#else
  const timespec changed = status.st_mtim;
#endif
  stamp.changed_ns = static_cast<std::int64_t>(changed.tv_sec) * kNanoseconds + changed.tv_nsec;
  return stamp;
}

std::vector<std::string> Snapshot::changes(const Snapshot& later) const {
  std::vector<std::string> names;
  for (const auto& [name, stamp] : stamps_) {
    const auto now = later.stamps_.find(name);
    if (now == later.stamps_.end() ? stamp.is_operand : now->second != stamp) names.push_back(name);
  }
  for (const auto& [name, stamp] : later.stamps_) {
    if (stamp.is_operand && stamps_.count(name) == 0) names.push_back(name);
  }
  return names;
}

std::size_t Snapshot::count_present() const {
  return static_cast<std::size_t>(
      std::count_if(stamps_.begin(), stamps_.end(), [](const auto& entry) { return entry.second.problem.empty(); }));
}

void Snapshot::adopt(const Snapshot& later) {
  for (const auto& [name, stamp] : later.stamps_) {
    if (!stamp.is_operand) stamps_.emplace(name, stamp);
  }
}

}  // namespace actorsim
