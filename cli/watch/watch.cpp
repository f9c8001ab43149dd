// Look, run, look again: what changes while a round runs is noticed after it.
#include "cli/watch/watch.h"

#include <chrono>
#include <ostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "cli/watch/change_signal.h"

namespace actorsim {
namespace {

constexpr auto kBetweenLooks = std::chrono::milliseconds(1000);  // where the kernel tells nothing: network file systems
constexpr auto kSlice = std::chrono::milliseconds(100);          // in which an interrupt is noticed at the latest
constexpr auto kQuiet = std::chrono::milliseconds(30);           // somebody who saves has come to an end
constexpr int kMostQuietLooks = 5;

class Watch {
 public:
  Watch(Session& session, const WatchedRound& round)
      : session_(session), round_(round), interrupted_(interrupts_of(session.environment)) {}

  int run() {
    if (interrupted_ == nullptr) return run_round();
    while (!*interrupted_) {
      run_round();
      if (!*interrupted_) wait_for_change();
    }
    if (session_.environment.error_is_terminal) session_.err << '\n';  // behind the ^C
    return kExitInterrupted;
  }

 private:
  int run_round() {
    before_ = look();
    session_.named_files.clear();
    const int code = round_([&](WatchedPaths paths) {
      paths.files.insert(paths_.files.begin(), paths_.files.end());
      paths_ = std::move(paths);
      before_ = look();
    });
    session_.out << std::flush;
    paths_.files.insert(session_.named_files.begin(), session_.named_files.end());
    before_.adopt(look());
    return code;
  }

  Snapshot look() const { return {paths_, session_.environment}; }

  void wait_for_change() {
    note(session_,
         fmt::format("watching {}; Ctrl-C ends",
                     before_.count_present() == 1 ? "1 file" : fmt::format("{} files", before_.count_present())));
    signal_.watch(folders_of(paths_, session_.environment));
    auto next_look = std::chrono::steady_clock::now();
    while (!*interrupted_) {
      Snapshot now = look();
      if (const std::vector<std::string> changes = before_.changes(now); !changes.empty()) {
        settle(std::move(now));
        return announce(changes);
      }
      next_look = std::chrono::steady_clock::now() + kBetweenLooks;
      while (!*interrupted_ && std::chrono::steady_clock::now() < next_look) {
        if (signal_.wait(kSlice)) break;
      }
    }
  }

  // Several files are often saved one after another, and one of them in several steps.
  void settle(Snapshot seen) const {
    for (int i = 0; i < kMostQuietLooks; ++i) {
      std::this_thread::sleep_for(kQuiet);
      Snapshot now = look();
      if (seen.changes(now).empty()) return;
      seen = std::move(now);
    }
  }

  void announce(const std::vector<std::string>& changes) {
    if (session_.environment.output_is_terminal) session_.out << "\x1b[2J\x1b[H" << std::flush;
    const std::string others = changes.size() > 1 ? fmt::format(" and {} more", changes.size() - 1) : "";
    note(session_, fmt::format("{}{} changed", printable(changes.front()), others));
  }

  Session& session_;
  const WatchedRound& round_;
  const std::atomic<bool>* const interrupted_;
  WatchedPaths paths_;
  Snapshot before_;  // of what the last round has read
  ChangeSignal signal_;
};

}  // namespace

int watch(Session& session, const WatchedRound& round) { return Watch(session, round).run(); }

}  // namespace actorsim
