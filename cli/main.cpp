// The process around run_cli: its streams, its terminal, and the one place that catches a bug.
#include <fcntl.h>
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
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "actorsim/base/version.h"
#include "cli/cli.h"
#include "cli/output/descriptor_stream.h"

namespace {

std::atomic<bool> was_interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

bool note_interrupts() {
  struct sigaction action {};
  action.sa_handler = [](int) { was_interrupted = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    const bool is_ignored = sigaction(number, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
    if (!is_ignored) sigaction(number, &action, nullptr);  // nohup, and what a shell starts in the background
  }
  return true;
}

// The first one is noted; the second one of its kind ends the process, as nobody seems to be listening.
const std::atomic<bool>* watch_interrupts() {
  [[maybe_unused]] static const bool are_noted = note_interrupts();
  return &was_interrupted;
}

// Where one of these is closed, the next file that is opened would take its number, and get what is meant for it. What
// takes it here can neither be read from nor written to, so that trying to do so fails as before.
void keep_standard_descriptors() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(number, F_GETFD) < 0) open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
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

int report_lack_of_memory() {
  std::cerr << "actorsim: error: there is not enough memory\n"
               "  = help: do less at a time (--jobs 1), or let explorations take less (--max-memory)\n";
  return actorsim::kExitBadInput;
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
  keep_standard_descriptors();
  // A reader that goes away and a file that may not grow are no reason to die: writing fails, which is noticed.
  for (const int number : {SIGPIPE, SIGXFSZ}) std::signal(number, SIG_IGN);
  try {
    std::ios::sync_with_stdio(false);
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    actorsim::DescriptorBuffer output(STDOUT_FILENO);
    std::ostream out(&output);
    const int code = actorsim::run_cli(arguments, std::cin, out, std::cerr, environment_of_process());
    return finish(code, output);
  } catch (const std::bad_alloc&) {
    return report_lack_of_memory();
  } catch (const std::exception& bug) {
    return report_bug(bug.what());
  }
}
