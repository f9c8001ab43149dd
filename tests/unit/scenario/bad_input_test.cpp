// Every file of tests/golden/bad-input is refused with exactly the text beside it, and quickly. A line of the file that
// ends in the comment `<- error` or `<- warning` has such a diagnostic, and no other line has one: a golden file that
// was blessed by mistake is noticed.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "actorsim/scenario/loader.h"
#include "support/catch.h"

using namespace actorsim;
namespace fs = std::filesystem;

namespace {

const fs::path kFolder = fs::path(ACTORSIM_REPOSITORY) / "tests" / "golden" / "bad-input";

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> bad_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::set<std::uint32_t> marked_lines(const std::string& text, const std::string& mark) {
  std::set<std::uint32_t> lines;
  std::istringstream stream(text);
  std::string line;
  for (std::uint32_t number = 1; std::getline(stream, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.size() >= mark.size() && line.compare(line.size() - mark.size(), mark.size(), mark) == 0)
      lines.insert(number);
  }
  return lines;
}

std::set<std::uint32_t> lines_of(const Diagnostics& diagnostics, Severity severity) {
  std::set<std::uint32_t> lines;
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    if (diagnostic.severity == severity) lines.insert(diagnostic.span.line);
  }
  return lines;
}

bool is_known_code(std::string_view code) {
  const auto& codes = diagnostic_codes();
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool blessing() {
  if (std::getenv("ACTORSIM_BLESS") == nullptr) return false;
  if (std::getenv("CI") != nullptr) FAIL("CI blesses nothing");
  return true;
}

void check_file(const fs::path& path) {
  INFO(path.filename().string());
  const Source source{path.filename().string(), read_text(path)};
  const auto begin = std::chrono::steady_clock::now();
  const auto file = load_scenario_file(source);
  REQUIRE_FALSE(file.has_value());
  const std::string text = render(file.error(), &source);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));  // a second where nothing else runs

  const std::set<std::uint32_t> errors = marked_lines(source.text, "# <- error");
  const std::set<std::uint32_t> warnings = marked_lines(source.text, "# <- warning");
  if (!errors.empty()) CHECK(lines_of(file.error(), Severity::error) == errors);
  CHECK(lines_of(file.error(), Severity::warning) == warnings);
  for (const Diagnostic& diagnostic : file.error().items()) CHECK(is_known_code(diagnostic.code));

  fs::path expected = path;
  expected.replace_extension(".expected");
  if (blessing()) std::ofstream(expected, std::ios::binary) << text;
  CHECK(text == read_text(expected));
}

}  // namespace

TEST_CASE("every bad file is refused with the text beside it") {
  const std::vector<fs::path> files = bad_files();
  REQUIRE(files.size() >= 60);
  for (const fs::path& path : files) check_file(path);
}

TEST_CASE("no expected text is left without its file") {
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    INFO(entry.path().filename().string());
    fs::path file = entry.path();
    CHECK(fs::exists(file.replace_extension(".yaml")));
  }
}
