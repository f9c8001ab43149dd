// The process around run_cli: its streams, its terminal, and the one place that catches a bug.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "actorsim/base/version.h"
#include "cli/cli.h"
#include "cli/output/descriptor_stream.h"

namespace {

std::atomic<bool> was_interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

// The first one is noted; the second one of its kind ends the process, as nobody seems to be listening.
const std::atomic<bool>* watch_interrupts() {
  struct sigaction action {};
  action.sa_handler = [](int) { was_interrupted = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int number : {SIGINT, SIGTERM}) sigaction(number, &action, nullptr);
  return &was_interrupted;
}

std::vector<std::string> variable_names() {
  std::vector<std::string> names;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string text = *entry;
    names.push_back(text.substr(0, text.find('=')));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::size_t terminal_width() {
  winsize size{};
  const bool is_known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_known ? size.ws_col : actorsim::Environment::kUsualWidth;
}

actorsim::Environment environment_of_process() {
  actorsim::Environment environment;
  environment.variable = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  environment.variable_names = &variable_names;
  environment.cores = std::max(1U, std::thread::hardware_concurrency());
  environment.watch_interrupts = &watch_interrupts;
  environment.output_is_terminal = isatty(STDOUT_FILENO) != 0;
  environment.error_is_terminal = isatty(STDERR_FILENO) != 0;
  environment.input_is_terminal = isatty(STDIN_FILENO) != 0;
  if (environment.output_is_terminal) environment.terminal_width = &terminal_width;
  return environment;
}

int report_bug(const char* what) {
  std::cerr
      << "actorsim " << actorsim::version() << ": internal error: " << what
      << "\nThis is a bug in actorsim, not in your scenario. Please report it with this message and the scenario.\n";
  return actorsim::kExitInternal;
}

// What could not be written is an error, unless the reader had enough (`actorsim run … | head`).
int finish(int code, actorsim::DescriptorBuffer& output) {
  output.pubsync();
  if (output.error() == 0 || output.error() == EPIPE) return code;
  std::cerr << "actorsim: error: cannot write to standard output: " << std::strerror(output.error()) << '\n';
  return actorsim::kExitBadInput;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is no reason to die: writing fails, which is noticed
  std::ios::sync_with_stdio(false);
  try {
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    actorsim::DescriptorBuffer output(STDOUT_FILENO);
    std::ostream out(&output);
    const int code = actorsim::run_cli(arguments, std::cin, out, std::cerr, environment_of_process());
    return finish(code, output);
  } catch (const std::exception& bug) {
    return report_bug(bug.what());
  }
}
