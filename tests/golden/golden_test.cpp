// What people see, byte for byte: commands beside the output expected of them, every scenario, every document.
// ACTORSIM_BLESS=1 makes the present output the expected one; CI refuses that. tests/README.md tells the rest.
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>

#include "golden/sandbox.h"
#include "golden/text.h"
#include "support/catch.h"

using namespace golden;
namespace fs = std::filesystem;

namespace {

const fs::path kRepository = ACTORSIM_REPOSITORY;

bool blessing() {
  if (std::getenv("ACTORSIM_BLESS") == nullptr) return false;
  if (std::getenv("CI") != nullptr) FAIL("CI blesses nothing");
  return true;
}

std::vector<fs::path> files_below(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> found;
  if (!fs::exists(folder)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == extension) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string name_of(const fs::path& path) { return path.lexically_relative(kRepository).generic_string(); }

fs::path beside(fs::path path, const char* extension) { return path.replace_extension(extension); }

// ---- commands and what is expected of them -------------------------------------------------------------------------

/// An empty text and no file are the same.
void bless(const fs::path& path, const std::string& text) {
  if (text.empty()) {
    fs::remove(path);
  } else {
    write_text(path, text);
  }
}

void compare(const fs::path& path, const std::string& actual) {
  const std::string text = difference(read_text(path), actual);
  if (!text.empty()) FAIL_CHECK(name_of(path) << ": not what is expected\n" << text);
}

void check_case(const fs::path& path) {
  const Result result = Sandbox().run(read_text(path));
  const std::string code = result.code == 0 ? "" : std::to_string(result.code) + "\n";
  if (blessing()) {
    bless(beside(path, ".out"), result.out);
    bless(beside(path, ".err"), result.err);
    bless(beside(path, ".code"), code);
    return;
  }
  compare(beside(path, ".out"), result.out);
  compare(beside(path, ".err"), result.err);
  compare(beside(path, ".code"), code);
}

// ---- documents -----------------------------------------------------------------------------------------------------

/// Blocks ```console: each "$ " line runs, and prints (on both streams) what stands below it. Blocks ```yaml that are
/// whole scenarios hold, or a command shows what becomes of them.
class Document {
 public:
  explicit Document(fs::path path) : path_(std::move(path)), text_(lines_of(read_text(path_))) {}

  void check() {
    for (const Block& block : blocks_of(join(text_))) {
      if (block.language == "yaml") check_yaml(block);
      if (block.language == "toml") write_settings(block);
      if (block.language == "console") check_console(block);
    }
    for (const auto& [name, where] : unshown_) FAIL_CHECK(where << ": does not hold, and no command shows " << name);
    if (!blessed_) return;
    Lines lines;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      lines.insert(lines.end(), inserted_[i].begin(), inserted_[i].end());
      if (!removed_[i]) lines.push_back(text_[i]);
    }
    write_text(path_, join(lines));
  }

 private:
  std::string at(const Block& block, std::size_t line = 0) const {
    return name_of(path_) + ":" + std::to_string(block.line + line);
  }

  /// The commands below a block know it by the name in its first line, if it has one: "# shop.yaml".
  void check_yaml(const Block& block) {
    if (block.lines.empty()) return;
    const Lines text = without_opening_comment(block.lines);
    const bool is_wrong = block.info == "wrong";
    const std::string& title = block.lines.front();
    const bool named =
        title.rfind("# ", 0) == 0 && title.find(' ', 2) == std::string::npos && fs::path(title).extension() == ".yaml";
    const std::string name = named ? title.substr(2) : "unnamed.yaml";
    if (named && fs::exists(kRepository / name)) return check_shown_file(block, text, kRepository / name);
    if (!is_wrong && (text.empty() || text.front().rfind("actorsim:", 0) != 0)) return;
    sandbox_.write(name, join(block.lines));
    if (is_wrong) {
      check_wrong(block, name);
    } else {
      check_scenario(block, name, named);
    }
  }

  void check_scenario(const Block& block, const std::string& name, bool named) {
    const Result result = sandbox_.run("actorsim run -q " + name);
    unshown_.erase(name);
    if (result.code == 2 || result.code > 3) {
      FAIL_CHECK(at(block) << ": does not load\n" << result.out << result.err);
    } else if (result.code != 0 && named) {
      unshown_[name] = at(block);
    } else if (result.code != 0) {
      FAIL_CHECK(at(block) << ": does not hold\n" << result.out << result.err);
    }
  }

  /// A block ```yaml wrong is there to be complained about.
  void check_wrong(const Block& block, const std::string& name) {
    const Result result = sandbox_.run("actorsim run -q " + name);
    if (result.code != 2 && result.err.find("warning: ") == std::string::npos)
      FAIL_CHECK(at(block) << ": is not wrong\n" << result.out << result.err);
  }

  /// A block with the name of a scenario of the repository is that scenario.
  void check_shown_file(const Block& block, const Lines& text, const fs::path& file) {
    const Lines expected = without_opening_comment(lines_of(read_text(file)));
    if (text == expected) return;
    if (!blessing()) {
      FAIL_CHECK(at(block) << ": is not " << name_of(file) << "\n" << difference(join(expected), join(text)));
      return;
    }
    Lines lines{block.lines.front()};
    lines.insert(lines.end(), expected.begin(), expected.end());
    replace(block.line, block.lines.size(), block.indent, std::move(lines));
  }

  /// The commands below find it by the name in its first line: "# actorsim.toml".
  void write_settings(const Block& block) {
    const std::string& title = block.lines.front();
    REQUIRE(title.rfind("# ", 0) == 0);
    sandbox_.write(title.substr(2), join(block.lines));
  }

  void check_console(const Block& block) {
    const std::vector<Shown> commands = commands_of(block);
    if (commands.empty()) FAIL_CHECK(at(block) << ": a console block without a '$ ' line");
    for (const Shown& shown : commands) check_command(block, shown);
  }

  void check_command(const Block& block, const Shown& shown) {
    const std::string where = at(block, shown.line + 1);
    if (shown.command.rfind("actorsim ", 0) != 0) {
      FAIL_CHECK(where << ": only actorsim runs here; other commands belong into an sh block");
      return;
    }
    for (auto it = unshown_.begin(); it != unshown_.end();) {
      it = shown.command.find(it->first) != std::string::npos ? unshown_.erase(it) : std::next(it);
    }
    const Result result = sandbox_.run("{\n" + shown.command + "\n} 2>&1");
    const bool shows_error = join(shown.output).find("error") != std::string::npos;
    if (result.code > 3 || (result.code == 2 && !shows_error && !blessing())) {
      FAIL_CHECK(where << ": exit code " << result.code << "\n" << result.out);
    } else if (!shows(shown.output, lines_of(result.out))) {
      if (blessing() && std::count(shown.output.begin(), shown.output.end(), "…") == 0) {
        replace(block.line + shown.line + 1, shown.output.size(), block.indent, lines_of(result.out));
      } else {
        FAIL_CHECK(where << ": prints something else\n" << difference(join(shown.output), result.out));
      }
    }
  }

  /// Other lines in place of `count` of them from `first` on.
  void replace(std::size_t first, std::size_t count, std::size_t indent, Lines lines) {
    for (std::size_t i = 0; i < count; ++i) removed_[first + i] = true;
    for (std::string& line : lines) line = line.empty() ? line : std::string(indent, ' ') + line;
    inserted_[first] = std::move(lines);
    blessed_ = true;
  }

  fs::path path_;
  Lines text_;
  std::vector<bool> removed_ = std::vector<bool>(text_.size() + 1);
  std::vector<Lines> inserted_ = std::vector<Lines>(text_.size() + 1);
  bool blessed_ = false;
  std::map<std::string, std::string> unshown_;  // scenarios that do not hold: by name, where they stand
  Sandbox sandbox_;
};

}  // namespace

TEST_CASE("every command prints what is expected of it") {
  for (const fs::path& path : files_below(kRepository / "tests/golden", ".cmd")) check_case(path);
  for (const char* extension : {".out", ".err", ".code"}) {
    for (const fs::path& path : files_below(kRepository / "tests/golden", extension)) {
      if (!fs::exists(beside(path, ".cmd"))) FAIL_CHECK(name_of(path) << ": there is no such .cmd file");
    }
  }
}

TEST_CASE("every scenario holds, with the same report in any surroundings") {
  const Sandbox one;
  const Sandbox other;
  const Sandbox::Environment elsewhere{
      {"LC_ALL", "C.UTF-8"}, {"TZ", "Asia/Tokyo"}, {"COLUMNS", "40"}, {"TERM", "xterm-256color"}, {"HOME", "/"}};
  std::size_t scenarios = 0;
  for (const char* folder : {"scenarios", "tests/dapr-cases"}) {
    for (const fs::path& path : files_below(kRepository / folder, ".yaml")) {
      const std::string command = "actorsim run '" + name_of(path) + "' --report json";
      const Result result = one.run(command);
      if (result.code != 0) {
        FAIL_CHECK(name_of(path) << ": exit code " << result.code << "\n"
                                 << one.run("actorsim run '" + name_of(path) + "'").out << result.err);
      }
      const std::string changed = difference(result.out, other.run(command, elsewhere).out);
      if (!changed.empty()) FAIL_CHECK(name_of(path) << ": another report\n" << changed);
      ++scenarios;
    }
  }
  CHECK(scenarios > 25);
}

TEST_CASE("every document shows what happens") {
  for (const fs::path& path : files_below(kRepository, ".md")) {
    const std::string name = name_of(path);
    if (name.rfind("build/", 0) != 0 && name.front() != '.' && name.find("/.") == std::string::npos)
      Document(path).check();
  }
}
