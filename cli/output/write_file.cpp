// A new file of a name that nobody has, which takes the place of the old one at the end.
#include "cli/output/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <ostream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "cli/output/descriptor_stream.h"

namespace fs = std::filesystem;

namespace actorsim {
namespace {

constexpr int kMostLinks = 40;  // as the system has it
constexpr int kMostNames = 100;
constexpr mode_t kForEverybody = 0666;  // but for what umask takes away
constexpr mode_t kPermissions = 07777;

// A file beside another, which nobody else has made. Removed at the end of its life, unless it has been kept.
class Aside {
 public:
  explicit Aside(const fs::path& path) {
    // Another run may write the same report now; and whoever may write into the folder must not have the choice of what
    // is written to, by a link of that name.
    for (int number = 0; number < kMostNames && descriptor_ < 0; ++number) {
      path_ = fs::path(path) += fmt::format(".{}.{}.part", getpid(), number);
      descriptor_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kForEverybody);
      if (descriptor_ < 0 && errno != EEXIST) break;
    }
    error_ = descriptor_ < 0 ? errno : 0;
  }
  ~Aside() {
    if (descriptor_ < 0) return;
    close(descriptor_);
    std::error_code ignored;
    if (!is_kept_) fs::remove(path_, ignored);
  }
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

  int error() const { return error_; }  // errno; 0: it is there
  int descriptor() const { return descriptor_; }

  std::error_code take_place_of(const fs::path& path) {
    std::error_code error;
    fs::rename(path_, path, error);
    is_kept_ = !error;
    return error;
  }

 private:
  fs::path path_;
  int descriptor_ = -1;
  int error_ = 0;
  bool is_kept_ = false;
};

// Where a file of this name is, or would be made: behind all links. Empty: they lead in a circle.
fs::path real_place_of(const fs::path& named) {
  fs::path path = named;
  for (int i = 0; i < kMostLinks; ++i) {
    std::error_code error;
    const fs::path target = fs::read_symlink(path, error);
    if (error) return path;
    path = target.is_absolute() ? target : path.parent_path() / target;
  }
  return {};
}

std::string write_in_place(const fs::path& path, const std::function<void(std::ostream&)>& write) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  if (out) write(out);
  out.close();
  return out ? std::string() : why_not_written(errno);
}

}  // namespace

std::string write_file(const fs::path& named, const std::function<void(std::ostream&)>& write) {
  const fs::path path = real_place_of(named);
  if (path.empty()) return why_not_written(ELOOP);
  struct stat before {};
  const bool is_there = stat(path.c_str(), &before) == 0;
  if (is_there && S_ISDIR(before.st_mode)) return "cannot be written: this is a folder";
  if (is_there && !S_ISREG(before.st_mode)) return write_in_place(path, write);
  Aside aside(path);
  if (aside.error() != 0) return why_not_written(aside.error());
  if (is_there && fchmod(aside.descriptor(), before.st_mode & kPermissions) != 0) return why_not_written(errno);
  DescriptorBuffer buffer(aside.descriptor());
  std::ostream out(&buffer);
  write(out);
  out.flush();
  if (!out) return why_not_written(buffer.error());
  const std::error_code error = aside.take_place_of(path);
  return error ? why_not_written(error.value()) : std::string();
}

std::string why_not_written(int error) {
  return error == 0 ? "cannot be written"
                    : fmt::format("cannot be written: {}", std::generic_category().message(error));
}

}  // namespace actorsim
