// A line for each case: nothing is ever read out of a line, it is only compared.
#include "cli/cases/failed_cases.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <system_error>
#include <thread>

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeader = "actorsim failed cases, format 1";
constexpr std::size_t kMostLines = 100'000;
constexpr std::uintmax_t kLargestFile = 64U << 20U;
constexpr std::size_t kLongestText = 1'000;

// https://specifications.freedesktop.org/basedir-spec: a path that is not absolute is to be ignored.
fs::path state_folder(const Environment& environment) {
  const fs::path state = environment.get("XDG_STATE_HOME").value_or("");
  if (state.is_absolute()) return state / "actorsim";
  const fs::path home = environment.get("HOME").value_or("");
  return home.is_absolute() ? home / ".local/state/actorsim" : fs::path();
}

std::string line_of(const std::string& path, const std::string& text) {
  return printable(path) + "\t" + printable(std::string_view(text).substr(0, kLongestText));
}

// On a folder, held as long as it lives. Where the system cannot lock, or somebody holds the lock for long, two runs at
// the same time may forget a case.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder) : descriptor_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    constexpr int kMostLooks = 100;
    constexpr auto kBetweenLooks = std::chrono::milliseconds(10);
    for (int i = 0; i < kMostLooks && descriptor_ >= 0; ++i) {
      if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) break;
      std::this_thread::sleep_for(kBetweenLooks);
    }
  }
  ~FolderLock() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace

FailedCases::FailedCases(const Environment& environment) {
  const fs::path folder = state_folder(environment);
  if (folder.empty()) return;
  file_ = folder / "failed-cases";
  read();
}

bool FailedCases::contains(const std::string& path, const std::string& text) const {
  return lines_.count(line_of(path, text)) > 0 || lines_.count(line_of(path, {})) > 0;
}

bool FailedCases::has_any_of(const std::string& path) const {
  const std::string start = line_of(path, {});
  const auto first = lines_.lower_bound(start);
  return first != lines_.end() && first->rfind(start, 0) == 0;
}

void FailedCases::update(const std::vector<Outcome>& outcomes) {
  if (!is_kept()) return;
  const auto changes = [&](const Outcome& outcome) {
    return !outcome.path.empty() && (outcome.is_broken || !outcome.failed.empty() || has_any_of(outcome.path));
  };
  if (!is_damaged_ && std::none_of(outcomes.begin(), outcomes.end(), changes)) return;
  std::error_code error;
  fs::create_directories(file_.parent_path(), error);
  if (error) return;
  const FolderLock lock(file_.parent_path());
  read();
  const std::set<std::string> before = lines_;
  for (const Outcome& outcome : outcomes) apply(outcome);
  if (lines_ != before || is_damaged_) write();
}

void FailedCases::apply(const Outcome& outcome) {
  if (outcome.path.empty()) return;
  if (outcome.is_broken) {
    lines_.insert(line_of(outcome.path, {}));
    return;
  }
  std::set<std::string> gone;
  const std::string start = line_of(outcome.path, {});
  for (auto line = lines_.lower_bound(start); line != lines_.end() && line->rfind(start, 0) == 0; ++line)
    gone.insert(*line);
  const bool was_broken = gone.count(start) > 0;
  std::set<std::string> ran;
  for (const std::string& text : outcome.passed) ran.insert(line_of(outcome.path, text));
  for (const std::string& text : outcome.all) {
    const std::string line = line_of(outcome.path, text);
    if (was_broken && ran.count(line) == 0) lines_.insert(line);  // it still has to show that it passes
    if (ran.count(line) == 0) gone.erase(line);
  }
  for (const std::string& line : gone) lines_.erase(line);
  for (const std::string& text : outcome.failed) lines_.insert(line_of(outcome.path, text));
}

void FailedCases::read() {
  lines_.clear();
  is_damaged_ = false;
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file_, error);
  if (error) return;
  std::ifstream in(file_, std::ios::binary);
  std::string line;
  if (size > kLargestFile || !std::getline(in, line) || line != kHeader) {
    is_damaged_ = true;
    return;
  }
  while (std::getline(in, line) && lines_.size() < kMostLines) {
    const std::size_t tab = line.find('\t');
    const bool is_whole =
        !in.eof() && tab != std::string::npos && tab > 0 && line.find('\t', tab + 1) == std::string::npos;
    if (is_whole) {
      lines_.insert(line);
    } else {
      is_damaged_ = true;
    }
  }
}

void FailedCases::write() const {
  std::error_code error;
  if (lines_.empty()) {
    fs::remove(file_, error);
    return;
  }
  fs::path aside = file_;
  aside += ".part";
  std::ofstream out(aside, std::ios::binary | std::ios::trunc);
  out << kHeader << '\n';
  for (const std::string& line : lines_) out << line << '\n';
  out.close();
  if (out) {
    fs::rename(aside, file_, error);
  } else {
    fs::remove(aside, error);
  }
}

}  // namespace actorsim
