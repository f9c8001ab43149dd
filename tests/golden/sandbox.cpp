// Commands go through the shell, as the reader's do, with both streams redirected into files.
#include "golden/sandbox.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace golden {
namespace {

namespace fs = std::filesystem;

std::string shell_word(const std::string& text) {
  std::string result = "'";
  for (char c : text) result += c == '\'' ? "'\\''" : std::string(1, c);
  return result + "'";
}

int exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

/// Sanitizers, mutants (tests/mutation) and what counts lines (tests/coverage) are told how to behave by whoever runs
/// the tests.
std::string inherited_settings() {
  std::string settings;
  for (const char* name :
       {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS", "ACTORSIM_MUTANT", "LLVM_PROFILE_FILE"}) {
    if (const char* value = std::getenv(name)) settings += std::string(name) + "=" + shell_word(value) + " ";
  }
  return settings;
}

}  // namespace

Sandbox::Sandbox() {
  std::string name = (fs::temp_directory_path() / "actorsim-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder in " + name);
  folder_ = name;
  for (const auto& entry : fs::directory_iterator(ACTORSIM_REPOSITORY)) {
    const std::string file = entry.path().filename().string();
    if (file.front() != '.' && file != "build") fs::create_symlink(entry.path(), folder_ / file);
  }
  fs::create_directory(folder_ / ".bin");
  fs::create_symlink(ACTORSIM_PROGRAM, folder_ / ".bin/actorsim");
}

Sandbox::~Sandbox() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Result Sandbox::run(const std::string& script, const Environment& environment) const {
  write_text(folder_ / ".script", script);
  std::string settings = "PATH=" + shell_word((folder_ / ".bin").string() + ":/usr/local/bin:/usr/bin:/bin") + " ";
  for (const auto& [name, value] : environment) settings += name + "=" + shell_word(value) + " ";
  const std::string command = "cd " + shell_word(folder_.string()) + " && env -i " + settings + inherited_settings() +
                              "sh .script >.out 2>.err </dev/null";
  const int status = std::system(command.c_str());
  return {exit_code(status), read_text(folder_ / ".out"), read_text(folder_ / ".err")};
}

void Sandbox::write(const fs::path& name, const std::string& text) const {
  fs::create_directories(folder_ / name.parent_path());
  const fs::path real = fs::weakly_canonical(folder_ / name);
  if (real.string().rfind(fs::canonical(folder_).string() + "/", 0) != 0) {
    throw std::runtime_error(name.string() + " is not inside the sandbox");
  }
  write_text(real, text);
}

std::string read_text(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write_text(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

}  // namespace golden
