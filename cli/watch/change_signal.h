// Waiting until something may have changed in some folders.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <set>

namespace actorsim {

/// The kernel tells of changes where it can (inotify, on Linux); elsewhere, and where it cannot watch a folder, waiting
/// just ends after a while. So whoever waits has to look for himself what has changed, if anything has.
class ChangeSignal {
 public:
  ChangeSignal();
  ~ChangeSignal();
  ChangeSignal(const ChangeSignal&) = delete;
  ChangeSignal& operator=(const ChangeSignal&) = delete;

  /// These folders, instead of those before.
  void watch(const std::set<std::filesystem::path>& folders);

  /// Until something may have changed (true), a signal comes, or so much time has passed.
  bool wait(std::chrono::milliseconds at_most);

 private:
  int descriptor_ = -1;
  std::map<std::filesystem::path, int> watches_;
};

}  // namespace actorsim
