// The command line as a function: everything of the outside that it may see or touch is a parameter, so that tests run
// it in process. (Files are the exception: they are read and written below Environment::current_folder.)
#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace actorsim {

/// What surrounds the process.
struct Environment {
  std::function<std::optional<std::string>(const std::string& name)> variable;  ///< empty function: none are set
  /// The names of all variables; empty function: none are set.
  std::function<std::vector<std::string>()> variable_names;
  bool output_is_terminal = false;
  bool error_is_terminal = false;
  bool input_is_terminal = false;  ///< shows what is typed
  /// Columns of the terminal that shows the output, which may change; empty function: it is none.
  std::function<std::size_t()> terminal_width;
  std::filesystem::path current_folder = ".";
  unsigned cores = 1;  ///< so many threads are worth it
  /// From now on an interrupt (Ctrl-C, SIGTERM, or SIGHUP) sets what is given here instead of ending the process; the
  /// second one ends it. Empty function: interrupts are nobody's.
  std::function<const std::atomic<bool>*()> watch_interrupts;

  std::optional<std::string> get(const std::string& name) const { return variable ? variable(name) : std::nullopt; }
  std::size_t output_width() const { return terminal_width ? terminal_width() : kUsualWidth; }

  static constexpr std::size_t kUsualWidth = 100;
};

/// Exit codes. Where several apply: 70, 2, 1, 3.
inline constexpr int kExitOk = 0;             ///< every expectation holds
inline constexpr int kExitFailed = 1;         ///< an expectation failed
inline constexpr int kExitBadInput = 2;       ///< usage or scenario error; nothing selected
inline constexpr int kExitInconclusive = 3;   ///< a bound was hit first
inline constexpr int kExitInternal = 70;      ///< a bug in actorsim: main's, and an audit's that found a difference
inline constexpr int kExitInterrupted = 130;  ///< by Ctrl-C, SIGTERM or SIGHUP; what there is has been reported

/// Runs one command line (without the program's name) and returns its exit code. Throws InternalError only.
int run_cli(const std::vector<std::string>& arguments, std::istream& in, std::ostream& out, std::ostream& err,
            const Environment& environment);

}  // namespace actorsim
