// The rules, most telling first. Each is a function over the lines of a file.
#include "tidy/rules.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string_view>

namespace tidy {
namespace {

using Lines = std::vector<std::string>;

// ---- which module may know which -----------------------------------------------------------------------------------

struct Module {
  std::string_view name;
  std::vector<std::string_view> knows;
};

const std::vector<Module>& modules() {
  static const std::vector<Module> all{
      {"base", {"base"}},
      {"lock", {"lock", "base"}},
      {"scenario", {"scenario", "base"}},
      {"model", {"model", "lock", "scenario", "base"}},
      {"explore", {"explore", "model", "lock", "scenario", "base"}},
      {"stress", {"stress", "explore", "model", "lock", "scenario", "base"}},
      {"report", {"report", "stress", "explore", "model", "lock", "scenario", "base"}},
  };
  return all;
}

// ---- where third-party headers may appear --------------------------------------------------------------------------

struct Library {
  std::string_view name;
  std::regex header;
  std::regex allowed;  ///< paths
  bool in_one_file;    ///< of lib/ and cli/
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> all{
      {"yaml-cpp", std::regex("yaml-cpp/.*"), std::regex("lib/actorsim/scenario/[a-z_]+[.]cpp"), true},
      {"nlohmann/json", std::regex("nlohmann/.*"),
       std::regex("(lib/actorsim/report/(json/|html/json_)[a-z_]+[.]cpp|tests/.*)"), false},
      {"CLI11", std::regex("CLI/.*"), std::regex("cli/options/[a-z_]+[.]cpp"), true},
      {"toml++", std::regex("toml[+][+]/.*"), std::regex("cli/options/[a-z_]+[.]cpp"), true},
      {"xxhash", std::regex("xxh.*[.]h"), std::regex("lib/actorsim/[a-z_]+/[a-z_]+[.]cpp"), true},
      {"Boost", std::regex("boost/.*"), std::regex("lib/actorsim/explore/[a-z_]+[.](h|cpp)"), false},
      {"fmt", std::regex("fmt/.*"), std::regex(".*[.]cpp"), false},
      {"zlib", std::regex("zlib[.]h"), std::regex("tests/.*[.]cpp"), false},
      {"expat", std::regex("expat[.]h"), std::regex("tests/fuzz/.*[.]cpp"), false},
      {"Catch2", std::regex("catch2/.*"), std::regex("tests/support/.*"), false},
      {"rapidcheck", std::regex("rapidcheck.*"), std::regex("tests/laws/generated/.*"), false},
      {"Google Benchmark", std::regex("benchmark/.*"), std::regex("tests/bench/.*"), false},
  };
  return all;
}

// ---- what the library must not touch -------------------------------------------------------------------------------

struct Ban {
  std::regex where;  ///< paths
  std::regex what;   ///< a line without its comment
  std::string_view why;
};

const std::vector<Ban>& bans() {
  static const std::vector<Ban> all{
      {std::regex("lib/actorsim/.*"), std::regex("#include <(iostream|fstream|filesystem)>"),
       "the library touches no files and no terminal; cli/ does"},
      {std::regex("lib/actorsim/.*"),
       std::regex("\\b(std::c(out|err|log|in)\\b|(printf|puts|fopen|system)\\(|fmt::print\\b)"),
       "the library prints nothing; reports go into a std::ostream&"},
      {std::regex("lib/actorsim/.*"),
       std::regex("\\b(system_clock|steady_clock|high_resolution_clock|gettimeofday|time\\((0|NULL|nullptr)\\))"),
       "the library reads no clock; time is virtual"},
      {std::regex("lib/actorsim/.*"), std::regex("\\b(getenv|random_device|rand\\(|std::(uniform_|shuffle|sample\\())"),
       "the library reads no environment and draws random numbers only as base/ does, the same on every machine"},
      {std::regex("lib/actorsim/.*"), std::regex("\\b(std::)?(exit|quick_exit|_Exit|abort|terminate)\\("),
       "the library never ends the process"},
      {std::regex("lib/actorsim/lock/(?!blocking_lock).*"),
       std::regex("#include <(thread|mutex|shared_mutex|condition_variable|stop_token|atomic|future)>"),
       "the lock machine is pure; threads are known to blocking_lock alone"},
      {std::regex("(lib|cli)/.*"),
       std::regex("#include <(format|expected|source_location|coroutine|ranges|generator|print)>"),
       "the oldest compilers that we serve do not have it"},
      {std::regex("(lib|cli)/.*[.]h"), std::regex("^ *using namespace "),
       "a header imports no namespace for its readers"},
      {std::regex("tests/(?!support/).*"), std::regex("\\bCatch::(Matchers::)?Contains\\b"),
       "Catch2 3 calls something else so; actorsim::testing::Contains is for texts"},
  };
  return all;
}

// ---- helpers -------------------------------------------------------------------------------------------------------

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }
bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_header(const File& file) { return ends_with(file.path, ".h"); }
bool is_source(const File& file) { return is_header(file) || ends_with(file.path, ".cpp"); }
bool is_document(const File& file) { return ends_with(file.path, ".md"); }
bool is_scenario(const File& file) { return ends_with(file.path, ".yaml"); }
bool is_page_file(const File& file) {
  return ends_with(file.path, ".js") || ends_with(file.path, ".mjs") || ends_with(file.path, ".css") ||
         ends_with(file.path, ".html");
}
bool is_build_file(const File& file) {
  return ends_with(file.path, "CMakeLists.txt") || ends_with(file.path, ".cmake") || file.path == "dev" ||
         file.path == ".ci/run" || file.path == "Dockerfile" || file.path == "action.yml";
}

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// The line up to a `//` that is not part of an address in a string.
std::string without_comment(const std::string& line) {
  for (std::size_t at = line.find("//"); at != std::string::npos; at = line.find("//", at + 2)) {
    if (at == 0 || line[at - 1] != ':') return line.substr(0, at);
  }
  return line;
}

/// Code points, which is what an editor counts.
std::size_t width(std::string_view line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

struct Include {
  std::size_t line;
  std::string header;
  bool quoted;
};

std::vector<Include> includes_of(const Lines& lines) {
  static const std::regex kInclude("^ *# *include *([<\"])([^>\"]+)[>\"].*");
  std::vector<Include> found;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::smatch match;
    if (std::regex_match(lines[i], match, kInclude)) found.push_back({i + 1, match[2], match[1] == "\""});
  }
  return found;
}

/// lib/actorsim/lock/lock_table.h and actorsim/lock/lock_table.h both give lock.
std::string module_of(std::string path) {
  static const std::regex kModule("(?:lib/)?actorsim/([a-z]+)/.*");
  std::smatch match;
  return std::regex_match(path, match, kModule) ? match[1].str() : "";
}

constexpr std::string_view kEverythingPublic = "lib/actorsim/actorsim.h";
constexpr std::string_view kPublicHeaders = "lib/install/public_headers.cmake";

class Inspection {
 public:
  explicit Inspection(const File& file) : file_(file), lines_(lines_of(file.text)) {}

  std::vector<Finding> run() {
    if (is_source(file_)) {
      check_layers();
      check_libraries();
      check_bans();
      check_opening();
    }
    if (is_scenario(file_)) check_scenario_opening();
    check_words();
    check_looks();
    return std::move(findings_);
  }

 private:
  void report(std::size_t line, std::string why) { findings_.push_back({file_.path, line, std::move(why)}); }

  void check_layers() {
    const std::string module = module_of(file_.path);
    for (const Include& include : includes_of(lines_)) {
      if (!include.quoted) continue;
      const bool own = starts_with(include.header, "actorsim/");
      if (starts_with(file_.path, "lib/") && !own) {
        report(include.line, "the library includes nothing but itself, as \"actorsim/MODULE/FILE.h\"");
      } else if (starts_with(file_.path, "cli/") && !own && !starts_with(include.header, "cli/")) {
        report(include.line, "the command line includes \"actorsim/...\" and \"cli/...\" only");
      }
      if (!module.empty() && own) check_layer(include, module, module_of(include.header));
    }
    const bool is_door = file_.path == kEverythingPublic || starts_with(file_.path, "lib/examples/");
    if (starts_with(file_.path, "lib/") && module.empty() && !is_door) {
      report(1, "a source of the library belongs into a module");
    }
  }

  void check_layer(const Include& include, const std::string& module, const std::string& other) {
    const auto found =
        std::find_if(modules().begin(), modules().end(), [&](const Module& each) { return each.name == module; });
    if (found == modules().end()) {
      report(include.line,
             "module '" + module + "' is not in the picture of lib/README.md, nor in tests/tidy/rules.cpp");
    } else if (std::find(found->knows.begin(), found->knows.end(), other) == found->knows.end()) {
      report(include.line, "module '" + module + "' must not know '" + other + "'");
    }
  }

  void check_libraries() {
    for (const Include& include : includes_of(lines_)) {
      for (const Library& library : libraries()) {
        if (std::regex_match(include.header, library.header) && !std::regex_match(file_.path, library.allowed)) {
          report(include.line, std::string(library.name) + " must not be included here");
        }
      }
    }
  }

  void check_bans() {
    for (const Ban& ban : bans()) {
      if (!std::regex_match(file_.path, ban.where)) continue;
      for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (std::regex_search(without_comment(lines_[i]), ban.what)) report(i + 1, std::string(ban.why));
      }
    }
  }

  void check_opening() {
    if (lines_.empty() || !std::regex_search(lines_.front(), std::regex("^// \\S"))) {
      report(1, "a file opens with a comment: what it is for and the idea behind it");
    }
    const auto once = std::count(lines_.begin(), lines_.end(), "#pragma once");
    if (is_header(file_) && once != 1) report(1, "a header has one line '#pragma once'");
    if (!is_header(file_) && once != 0) report(1, "only a header has '#pragma once'");
  }

  void check_scenario_opening() {
    if (starts_with(file_.path, "scenarios/") && (lines_.empty() || !starts_with(lines_.front(), "# "))) {
      report(1, "a scenario opens with a comment: what it shows and why");
    }
  }

  void check_words() {
    // Spelled in pieces, so that this file passes.
    static const std::regex kUnfinished(
        "\\b(TO"
        "DO|FIX"
        "ME|XX"
        "X|HA"
        "CK)\\b");
    static const std::regex kSomebodysHome(
        "/(ho"
        "me|Us"
        "ers)/[a-z]|/ro"
        "ot/|/wo"
        "rk/");
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (std::regex_search(lines_[i], kUnfinished)) report(i + 1, "unfinished work belongs into an issue");
      if (std::regex_search(lines_[i], kSomebodysHome)) report(i + 1, "a path of one machine");
    }
  }

  void check_looks() {
    if (is_document(file_)) return;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string& line = lines_[i];
      if (line.find('\t') != std::string::npos) report(i + 1, "a tab");
      if (!line.empty() && (line.back() == ' ' || line.back() == '\r')) report(i + 1, "blanks at the end of the line");
      if ((is_source(file_) || is_build_file(file_) || is_page_file(file_)) && width(line) > 120) {
        report(i + 1, "wider than 120 columns: " + std::to_string(width(line)));
      }
    }
    if (file_.text.empty() || file_.text.back() != '\n') report(lines_.size(), "the last line does not end");
  }

  const File& file_;
  Lines lines_;
  std::vector<Finding> findings_;
};

void check_libraries_in_one_file(const std::vector<File>& files, std::vector<Finding>& findings) {
  for (const Library& library : libraries()) {
    if (!library.in_one_file) continue;
    std::string first;
    for (const File& file : files) {
      if (!is_source(file) || starts_with(file.path, "tests/")) continue;
      for (const Include& include : includes_of(lines_of(file.text))) {
        if (!std::regex_match(include.header, library.header)) continue;
        if (first.empty()) first = file.path;
        if (file.path != first) {
          findings.push_back({file.path, include.line, std::string(library.name) + " is already wrapped by " + first});
        }
      }
    }
  }
}

const File* find_file(const std::vector<File>& files, std::string_view path) {
  const auto found = std::find_if(files.begin(), files.end(), [&](const File& file) { return file.path == path; });
  return found == files.end() ? nullptr : &*found;
}

/// `actorsim/base/span.h`, by the line of lib/install/public_headers.cmake that lists it.
std::map<std::string, std::size_t> public_headers(const File& list) {
  static const std::regex kHeader("^  (actorsim/[a-z_/]+[.]h)$");
  std::map<std::string, std::size_t> headers;
  const Lines lines = lines_of(list.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::smatch match;
    if (std::regex_match(lines[i], match, kHeader)) headers.emplace(match[1], i + 1);
  }
  return headers;
}

/// What is installed is what actorsim.h is made of, no less and no more; documented, and free of third-party headers
/// but those of tl::expected.
void check_public_headers(const std::vector<File>& files, std::vector<Finding>& findings) {
  const File* const list = find_file(files, kPublicHeaders);
  if (list == nullptr) return;
  const std::map<std::string, std::size_t> headers = public_headers(*list);
  const File* const document = find_file(files, "lib/README.md");
  std::set<std::string> reached;
  std::vector<std::string> open{"actorsim/actorsim.h"};
  while (!open.empty()) {
    const std::string header = open.back();
    open.pop_back();
    if (!reached.insert(header).second) continue;
    const File* const file = find_file(files, "lib/" + header);
    if (file == nullptr) continue;
    for (const Include& include : includes_of(lines_of(file->text))) {
      if (include.quoted && headers.count(include.header) == 0) {
        findings.push_back(
            {file->path, include.line, "a public header includes one that is not installed: " + include.header});
      }
      if (!include.quoted && include.header.find('/') != std::string::npos && include.header != "tl/expected.hpp") {
        findings.push_back({file->path, include.line, "no public header includes " + include.header});
      }
      if (include.quoted) open.push_back(include.header);
    }
  }
  for (const auto& [header, line] : headers) {
    if (find_file(files, "lib/" + header) == nullptr) {
      findings.push_back({list->path, line, "there is no " + header});
    } else if (reached.count(header) == 0) {
      findings.push_back({list->path, line, "actorsim.h comes without " + header});
    }
    const std::string name = header == "actorsim/actorsim.h" ? header : header.substr(std::string("actorsim/").size());
    if (document != nullptr && document->text.find("`" + name + "`") == std::string::npos) {
      findings.push_back({list->path, line, "lib/README.md does not say what it is for: " + name});
    }
  }
}

bool is_read(const std::filesystem::path& path) {
  static const std::set<std::string> kExtensions{".h",   ".cpp",   ".md", ".yaml", ".yml", ".json", ".txt", ".cmd",
                                                 ".svg", ".cmake", ".py", ".js",   ".mjs", ".css",  ".html"};
  static const std::set<std::string> kNames{"dev",         "run",           "Dockerfile", ".clang-format",
                                            ".clang-tidy", ".editorconfig", ".gitignore", ".dockerignore"};
  return kExtensions.count(path.extension().string()) + kNames.count(path.filename().string()) != 0;
}

File read_file(const std::filesystem::path& root, const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {path.lexically_relative(root).generic_string(), std::string(std::istreambuf_iterator<char>(stream), {})};
}

}  // namespace

std::vector<File> read_repository(const std::filesystem::path& root) {
  std::vector<File> files;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    if (entry.is_regular_file() && is_read(entry.path())) files.push_back(read_file(root, entry.path()));
  }
  for (const char* folder : {".ci", "cli", "docs", "lib", "scenarios", "tests"}) {
    if (!std::filesystem::exists(root / folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      const bool is_bad_on_purpose = entry.path().parent_path() == root / "tests" / "golden" / "bad-input";
      if (entry.is_regular_file() && is_read(entry.path()) && !is_bad_on_purpose) {
        files.push_back(read_file(root, entry.path()));
      }
    }
  }
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

std::vector<Finding> inspect(const File& file) { return Inspection(file).run(); }

std::vector<Finding> inspect_together(const std::vector<File>& files) {
  std::vector<Finding> findings;
  check_libraries_in_one_file(files, findings);
  check_public_headers(files, findings);
  return findings;
}

std::string to_string(const Finding& finding) {
  return finding.path + ":" + std::to_string(finding.line) + ": " + finding.why;
}

}  // namespace tidy
