// Part by part down the folders.
#include "cli/files/pattern.h"

#include <algorithm>

namespace actorsim {
namespace {

namespace fs = std::filesystem;

// One `[...]`; `position` is behind the bracket and is moved behind its end. A bracket that is not closed stands for
// itself.
bool matches_set(std::string_view pattern, std::size_t& position, char character) {
  std::size_t i = position;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (bool is_first = true; i < pattern.size() && (is_first || pattern[i] != ']'); is_first = false) {
    const char low = pattern[i];
    const bool is_range = i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']';
    const char high = is_range ? pattern[i + 2] : low;
    found = found || (low <= character && character <= high);
    i += is_range ? 3 : 1;
  }
  if (i >= pattern.size()) return character == '[';
  position = i + 1;
  return found != negated;
}

std::vector<std::string> parts_of(const std::string& pattern) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= pattern.size()) {
    const std::size_t end = std::min(pattern.find('/', begin), pattern.size());
    if (end > begin) parts.push_back(pattern.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Expansion {
 public:
  Expansion(const std::string& pattern, fs::path folder) : parts_(parts_of(pattern)), folder_(std::move(folder)) {
    if (!pattern.empty() && pattern.front() == '/') root_ = "/";
  }

  std::vector<std::string> find() {
    descend(root_, 0);
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return std::move(found_);
  }

 private:
  void descend(const std::string& prefix, std::size_t part) {
    if (part == parts_.size()) {
      found_.push_back(prefix);
      return;
    }
    const std::string& pattern = parts_[part];
    if (pattern == "**") {
      descend_anywhere(prefix, part);
      return;
    }
    if (!is_pattern(pattern)) {
      const std::string path = join(prefix, pattern);
      std::error_code error;
      if (fs::exists(fs::symlink_status(folder_ / path, error))) descend(path, part + 1);
      return;
    }
    for (const std::string& name : names_in(folder_ / prefix)) {
      if (matches(pattern, name)) descend(join(prefix, name), part + 1);
    }
  }

  void descend_anywhere(const std::string& prefix, std::size_t part) {
    if (part + 1 < parts_.size()) descend(prefix, part + 1);
    for (const std::string& name : names_in(folder_ / prefix)) {
      if (name.front() == '.') continue;
      const std::string path = join(prefix, name);
      std::error_code error;
      if (part + 1 == parts_.size()) found_.push_back(path);
      if (fs::is_directory(fs::symlink_status(folder_ / path, error))) descend_anywhere(path, part);
    }
  }

  static std::string join(const std::string& prefix, const std::string& name) {
    return prefix.empty() || prefix.back() == '/' ? prefix + name : prefix + "/" + name;
  }

  std::vector<std::string> parts_;
  fs::path folder_;
  std::string root_;
  std::vector<std::string> found_;
};

}  // namespace

bool is_pattern(std::string_view text) { return text.find_first_of("*?[") != std::string_view::npos; }

bool matches(std::string_view pattern, std::string_view name) {
  if (!name.empty() && name.front() == '.' && (pattern.empty() || pattern.front() != '.')) return false;
  // The usual walk with one remembered star: linear for each star.
  std::size_t p = 0, n = 0, star = std::string_view::npos, retry = 0;
  while (n < name.size()) {
    bool ok = false;
    std::size_t next = p + 1;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = n;
      continue;
    }
    if (p < pattern.size())
      ok = pattern[p] == '?' || (pattern[p] == '[' ? matches_set(pattern, next, name[n]) : pattern[p] == name[n]);
    if (ok) {
      p = next;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::vector<std::string> expand_pattern(const std::string& pattern, const std::filesystem::path& folder) {
  return Expansion(pattern, folder).find();
}

}  // namespace actorsim
