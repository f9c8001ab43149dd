// Walking folders in a fixed order, and reading with bounds.
#include "cli/files/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <istream>
#include <iterator>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/scenario/loader.h"
#include "cli/files/pattern.h"
#include "cli/output/problems.h"

namespace actorsim {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFile = 64U << 20U;

std::string reason_of(int error) {
  // Not strerror, which threads may not share.
  return error == 0 ? "cannot be read" : fmt::format("cannot be read: {}", std::generic_category().message(error));
}

bool has_scenario_ending(const fs::path& path) {
  const std::string ending = path.extension().string();
  return ending == ".yaml" || ending == ".yml" || ending == ".json";
}

std::string kind_of(fs::file_type type) {
  switch (type) {
    case fs::file_type::fifo: return "a pipe";
    case fs::file_type::socket: return "a socket";
    case fs::file_type::block:
    case fs::file_type::character: return "a device";
    default: return "no regular file";
  }
}

fs::file_type type_of(mode_t mode) {
  if (S_ISREG(mode)) return fs::file_type::regular;
  if (S_ISDIR(mode)) return fs::file_type::directory;
  if (S_ISFIFO(mode)) return fs::file_type::fifo;
  if (S_ISSOCK(mode)) return fs::file_type::socket;
  return S_ISCHR(mode) || S_ISBLK(mode) ? fs::file_type::character : fs::file_type::unknown;
}

// Reads until the end or until there is more than allowed.
tl::expected<std::string, std::string> read_all(std::istream& in) {
  std::string text;
  std::vector<char> buffer(1U << 16U);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > kLargestFile) return tl::unexpected(std::string("larger than 64 MiB"));
  }
  if (in.bad()) return tl::unexpected(reason_of(errno));
  text.shrink_to_fit();
  return text;
}

// Does not wait for somebody to write into a pipe, and takes no terminal.
constexpr int kOpenToRead = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

// Opens `path` below `folder`, neither of which has a link in it. If one has come to be there, it fails.
int open_below(const fs::path& folder, const fs::path& path) {
#ifdef O_PATH
  constexpr int kOpenFolder = O_PATH | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
#else
  constexpr int kOpenFolder = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
#endif
  int descriptor = open(folder.c_str(), kOpenFolder);
  for (auto part = path.begin(); part != path.end() && descriptor >= 0; ++part) {
    const bool is_last = std::next(part) == path.end();
    const int next = openat(descriptor, part->c_str(), is_last ? kOpenToRead | O_NOFOLLOW : kOpenFolder);
    const int error = errno;
    close(descriptor);
    errno = error;
    descriptor = next;
  }
  return descriptor;
}

// Not by a stream, whose buffers would cost more than the files that are usual here. Closes the descriptor, which is
// negative where opening has failed.
tl::expected<std::string, std::string> read_descriptor(int descriptor) {
  if (descriptor < 0) return tl::unexpected(reason_of(errno));
  constexpr std::size_t kLeast = 4096;
  struct stat status {};
  const bool is_known = fstat(descriptor, &status) == 0;
  // Whatever it was when its folder was read.
  if (is_known && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
    close(descriptor);
    return tl::unexpected(fmt::format("cannot be read: this is {}, not a file", kind_of(type_of(status.st_mode))));
  }
  const std::size_t expected = is_known ? static_cast<std::size_t>(status.st_size) : 0;
  std::string text(std::clamp(expected, kLeast, kLargestFile) + 1, '\0');  // one more, to meet the end
  std::size_t size = 0;
  int error = 0;
  while (error == 0 && size <= kLargestFile) {
    if (size == text.size()) text.resize(std::min(2 * size, kLargestFile + 1));
    const ssize_t count = read(descriptor, text.data() + size, text.size() - size);
    if (count == 0) break;
    if (count > 0) {
      size += static_cast<std::size_t>(count);
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  close(descriptor);
  if (error != 0) return tl::unexpected(reason_of(error));
  if (size > kLargestFile) return tl::unexpected(std::string("larger than 64 MiB"));
  text.resize(size);
  return text;
}

tl::expected<std::string, std::string> read_file(const fs::path& path) {
  return read_descriptor(open(path.c_str(), kOpenToRead));
}

std::string identity_of(const std::string& name, const fs::path& path) {
  return path.empty() ? name : path.lexically_normal().native();
}

// The name in the same folder that is most like that of `path`, which does not exist.
std::optional<std::string> nearest_sibling(const fs::path& path) {
  std::error_code error;
  std::vector<std::string> siblings;
  for (fs::directory_iterator entry(path.parent_path(), error), end; !error && entry != end; entry.increment(error)) {
    siblings.push_back(entry->path().filename().string());
  }
  std::sort(siblings.begin(), siblings.end());
  return nearest_word(path.filename().string(), siblings);
}

class Chooser {
 public:
  Chooser(const Environment& environment, const std::function<void(ChosenFile)>& found)
      : folder_(environment.current_folder), found_(found) {}

  void choose(const std::vector<std::string>& arguments) {
    for (const std::string& argument : arguments) choose_argument(argument);
  }

 private:
  void choose_argument(const std::string& argument) {
    if (argument == "-") {
      add(std::string(kStandardInput), {}, {});
      return;
    }
    std::error_code error;
    const bool is_there = !argument.empty() && fs::exists(fs::symlink_status(folder_ / argument, error));
    if (is_there || !is_pattern(argument)) {
      choose_path(argument);
      return;
    }
    const std::vector<std::string> paths = expand_pattern(argument, folder_);
    if (paths.empty()) complain("no-such-file", argument, "nothing matches this pattern");
    for (const std::string& path : paths) choose_path(path);
  }

  void choose_path(const std::string& name) {
    std::error_code error;
    const fs::path path = folder_ / name;
    const fs::file_status status = name.empty() ? fs::file_status(fs::file_type::not_found) : fs::status(path, error);
    switch (status.type()) {
      case fs::file_type::regular: add(name, path, path.parent_path()); return;
      case fs::file_type::directory: choose_folder(name, path); return;
      case fs::file_type::not_found: complain_missing(name, path); return;
      case fs::file_type::none:
        complain("cannot-read", name, fmt::format("cannot be read: {}", error.message()));
        return;
      default:
        complain("cannot-read", name, fmt::format("this is {}, not a file", kind_of(status.type())),
                 "scenarios from a pipe: actorsim run - <PIPE");
        return;
    }
  }

  void choose_folder(const std::string& name, const fs::path& path) {
    root_ = path;
    in_folder_ = ++folders_;
    walk(name, path);
    Diagnostic problem = file_problem("nothing-selected", name, "no scenario in this folder",
                                      "scenarios are YAML or JSON files with 'actorsim: 1' at the top");
    found_({name, {}, {}, std::move(problem), in_folder_, true});
    in_folder_ = 0;
  }

  void walk(const std::string& name, const fs::path& path) {
    std::vector<fs::directory_entry> entries;
    std::error_code error;
    for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error))
      entries.push_back(*entry);
    if (error) complain("cannot-read", name, fmt::format("cannot be read: {}", error.message()));
    std::sort(entries.begin(), entries.end(), [](const fs::directory_entry& left, const fs::directory_entry& right) {
      return left.path().native() < right.path().native();
    });
    for (const fs::directory_entry& entry : entries) visit(name, entry);
  }

  void visit(const std::string& folder, const fs::directory_entry& entry) {
    const std::string file = entry.path().filename().string();
    if (file.front() == '.') return;
    const std::string name = folder.back() == '/' ? folder + file : folder + "/" + file;
    std::error_code error;
    const fs::file_type type = entry.symlink_status(error).type();  // mostly known from reading the folder
    if (type == fs::file_type::directory) {
      walk(name, entry.path());
    } else if (has_scenario_ending(entry.path())) {
      visit_candidate(name, entry.path(), type);
    }
  }

  // A file that may be a scenario. One that cannot be looked at is told, never passed over.
  void visit_candidate(const std::string& name, const fs::path& path, fs::file_type type) {
    std::error_code error;
    const bool is_gone = type == fs::file_type::not_found;  // since its folder was read
    if (type != fs::file_type::regular) type = fs::status(path, error).type();
    if (is_gone) {
      complain("cannot-read", name, reason_of(ENOENT));
    } else if (type == fs::file_type::not_found || type == fs::file_type::none) {
      complain("cannot-read", name,
               fmt::format("cannot be read: {}",
                           type == fs::file_type::none ? error.message() : "a link that leads nowhere"));
    } else if (type == fs::file_type::regular) {
      add(name, path, root_);
    }
  }

  // Whether it counts, where it comes again, depends on what is in it: see FileFilter.
  void add(const std::string& name, const fs::path& path, const fs::path& folder) {
    if (in_folder_ > 0 || named_.insert(identity_of(name, path)).second)
      found_({name, path, folder, std::nullopt, in_folder_});
  }

  void complain(std::string_view code, const std::string& name, std::string message, std::string help = {}) {
    found_({name, {}, {}, file_problem(code, name, std::move(message), std::move(help)), in_folder_});
  }

  void complain_missing(const std::string& name, const fs::path& path) {
    std::error_code error;
    if (fs::is_symlink(fs::symlink_status(path, error))) {
      complain("no-such-file", name, "this link leads nowhere");
      return;
    }
    const std::optional<std::string> nearest = name.empty() ? std::nullopt : nearest_sibling(path);
    std::string help;
    if (nearest)
      help = fmt::format("did you mean {}?", actorsim::in_quotes((fs::path(name).parent_path() / *nearest).string()));
    complain("no-such-file", name, name.empty() ? "a path is empty" : "there is no such file or folder",
             std::move(help));
  }

  fs::path folder_;
  fs::path root_;  // the folder argument that is walked
  const std::function<void(ChosenFile)>& found_;
  std::set<std::string> named_;
  std::size_t folders_ = 0;
  std::size_t in_folder_ = 0;  // 0: what comes is named
};

}  // namespace

void find_files(const std::vector<std::string>& arguments, const Environment& environment,
                const std::function<void(ChosenFile)>& found) {
  Chooser(environment, found).choose(arguments);
}

std::vector<ChosenFile> find_files(const std::vector<std::string>& arguments, const Environment& environment) {
  std::vector<ChosenFile> files;
  find_files(arguments, environment, [&](ChosenFile file) { files.push_back(std::move(file)); });
  return files;
}

bool FileFilter::counts(const ChosenFile& file, bool looks_like_scenario) {
  if (file.ends_folder) return fruitful_folders_.count(file.in_folder) == 0;
  if (file.in_folder > 0 && !file.problem && !looks_like_scenario) return false;
  if (file.in_folder > 0) fruitful_folders_.insert(file.in_folder);
  return file.problem || seen_.insert(identity_of(file.name, file.path)).second;
}

std::vector<ChosenFile> choose_files(const std::vector<std::string>& arguments, const Environment& environment) {
  FileFilter filter;
  std::vector<ChosenFile> chosen;
  for (ChosenFile& file : find_files(arguments, environment)) {
    bool looks_like_one = true;
    if (file.in_folder > 0 && !file.problem) {
      const auto text = read_file(file.path);
      looks_like_one = !text || looks_like_scenario(*text);
    }
    if (filter.counts(file, looks_like_one)) chosen.push_back(std::move(file));
  }
  return chosen;
}

std::vector<Source> NamedFiles::sources() const {
  const std::lock_guard lock(mutex_);
  std::vector<Source> sources;
  for (const auto& [name, source] : sources_) sources.push_back(source);
  return sources;
}

std::vector<fs::path> NamedFiles::paths() const {
  const std::lock_guard lock(mutex_);
  return {paths_.begin(), paths_.end()};
}

tl::expected<Source, FileProblem> NamedFiles::read(const std::string& path) {
  const fs::path relative(path);
  if (path.empty() || relative.is_absolute())
    return tl::unexpected(
        FileProblem{"path-outside", actorsim::in_quotes(path) + " is no path relative to this file", ""});
  if (scenario_.path.empty())
    return tl::unexpected(FileProblem{"cannot-read", "a scenario from standard input cannot name files",
                                      "write the content of the file here"});
  const std::string name = (fs::path(scenario_.name).parent_path() / relative).lexically_normal().string();
  const std::lock_guard lock(mutex_);
  const auto known = sources_.find(name);
  if (known != sources_.end()) return known->second;
  paths_.insert(scenario_.path.parent_path() / relative);

  std::error_code folder_error, error;
  const fs::path folder =
      fs::weakly_canonical(scenario_.folder.empty() ? fs::path(".") : scenario_.folder, folder_error);
  const fs::path real = fs::weakly_canonical(scenario_.path.parent_path() / relative, error);
  const auto [end, ignored] = std::mismatch(folder.begin(), folder.end(), real.begin(), real.end());
  const bool is_inside = end == folder.end() || (end->empty() && std::next(end) == folder.end());
  if (folder_error || error || folder.empty() || !is_inside)
    return tl::unexpected(FileProblem{
        "path-outside", actorsim::in_quotes(path) + " leads out of the folder that this scenario may read from",
        "a file must be below the folder that was given on the command line, or else below the scenario's own"});
  const fs::file_type type = fs::status(real, error).type();
  if (type == fs::file_type::not_found) {
    const auto nearest = nearest_sibling(real);
    std::string help;
    if (nearest)
      help = fmt::format("did you mean {}?", actorsim::in_quotes((relative.parent_path() / *nearest).string()));
    return tl::unexpected(
        FileProblem{"no-such-file", "there is no file " + actorsim::in_quotes(path), std::move(help)});
  }
  if (type != fs::file_type::regular)
    return tl::unexpected(FileProblem{"cannot-read",
                                      fmt::format("{} is {}, not a file", actorsim::in_quotes(path),
                                                  type == fs::file_type::directory ? "a folder" : kind_of(type)),
                                      ""});
  auto text = read_descriptor(open_below(folder, real.lexically_relative(folder)));
  if (!text) return tl::unexpected(FileProblem{"cannot-read", actorsim::in_quotes(path) + " " + text.error(), ""});
  return sources_.emplace(name, Source{name, std::move(*text)}).first->second;
}

tl::expected<Source, Diagnostic> read_file_source(const ChosenFile& file) {
  auto text = read_file(file.path);
  if (!text) return tl::unexpected(file_problem("cannot-read", file.name, text.error()));
  return Source{file.name, std::move(*text)};
}

tl::expected<Source, Diagnostic> read_standard_input(std::istream& in) {
  auto text = read_all(in);
  if (!text) return tl::unexpected(file_problem("cannot-read", std::string(kStandardInput), text.error()));
  return Source{std::string(kStandardInput), std::move(*text)};
}

}  // namespace actorsim
