// inotify, by the calls of the kernel: folders are watched, not files, as many editors replace a file by another one.
#include "cli/watch/change_signal.h"

#include <array>
#include <cstdint>
#include <thread>

#ifdef __linux__
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>
#endif

namespace actorsim {

#ifdef __linux__

ChangeSignal::ChangeSignal() : descriptor_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

ChangeSignal::~ChangeSignal() {
  if (descriptor_ >= 0) close(descriptor_);
}

void ChangeSignal::watch(const std::set<std::filesystem::path>& folders) {
  if (descriptor_ < 0) return;
  for (auto entry = watches_.begin(); entry != watches_.end();) {
    if (folders.count(entry->first) > 0) {
      ++entry;
      continue;
    }
    inotify_rm_watch(descriptor_, entry->second);
    entry = watches_.erase(entry);
  }
  constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR;
  // Also those that are watched already: a folder may have been replaced by another one of its name.
  for (const std::filesystem::path& folder : folders) {
    const std::filesystem::path name = folder.empty() ? "." : folder;
    const int watch = inotify_add_watch(descriptor_, name.c_str(), kEvents);
    if (watch >= 0) watches_[folder] = watch;
  }
}

bool ChangeSignal::wait(std::chrono::milliseconds at_most) {
  if (descriptor_ < 0) {
    std::this_thread::sleep_for(at_most);
    return true;
  }
  pollfd request{descriptor_, POLLIN, 0};
  if (poll(&request, 1, static_cast<int>(at_most.count())) <= 0) return false;
  std::array<char, 1U << 14U> events{};
  while (read(descriptor_, events.data(), events.size()) > 0) {
  }
  return true;
}

#else

ChangeSignal::ChangeSignal() = default;
ChangeSignal::~ChangeSignal() = default;
void ChangeSignal::watch(const std::set<std::filesystem::path>&) {}
bool ChangeSignal::wait(std::chrono::milliseconds at_most) {
  std::this_thread::sleep_for(at_most);
  return true;
}

#endif

}  // namespace actorsim
