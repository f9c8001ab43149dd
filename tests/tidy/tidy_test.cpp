// The repository keeps its own rules, and each rule notices when it is broken.
#include "tidy/rules.h"

#include <algorithm>

#include "actorsim/base/version.h"
#include "support/catch.h"

using tidy::File;
using tidy::Finding;

namespace {

const File& file_named(const std::vector<File>& files, const std::string& path) {
  const auto found = std::find_if(files.begin(), files.end(), [&](const File& file) { return file.path == path; });
  REQUIRE(found != files.end());
  return *found;
}

std::string first_complaint(const std::string& path, const std::string& text) {
  const std::vector<Finding> findings = tidy::inspect({path, text});
  return findings.empty() ? "" : std::to_string(findings.front().line) + ": " + findings.front().why;
}

std::string source(const std::string& line) { return "// What it is.\n" + line + "\n"; }

}  // namespace

TEST_CASE("every file of the repository keeps the rules") {
  const std::vector<File> files = tidy::read_repository(ACTORSIM_REPOSITORY);
  REQUIRE(files.size() > 50);
  for (const File& file : files) {
    for (const Finding& finding : tidy::inspect(file)) FAIL_CHECK(tidy::to_string(finding));
  }
  for (const Finding& finding : tidy::inspect_together(files)) FAIL_CHECK(tidy::to_string(finding));
}

TEST_CASE("the version is the same wherever it is written") {
  const std::vector<File> files = tidy::read_repository(ACTORSIM_REPOSITORY);
  const std::string version(actorsim::version());
  CHECK(file_named(files, "CMakeLists.txt").text.find("VERSION " + version + " ") != std::string::npos);
  CHECK(file_named(files, "vcpkg.json").text.find("\"version\": \"" + version + "\"") != std::string::npos);
  CHECK(file_named(files, "CHANGELOG.md").text.find("## [" + version + "]") != std::string::npos);
}

TEST_CASE("a module that knows too much is noticed") {
  CHECK(first_complaint("lib/actorsim/lock/a.cpp", source("#include \"actorsim/model/world.h\"")) ==
        "2: module 'lock' must not know 'model'");
  CHECK(first_complaint("lib/actorsim/base/a.cpp", source("#include \"actorsim/lock/lock_table.h\"")) ==
        "2: module 'base' must not know 'lock'");
  CHECK(first_complaint("lib/actorsim/scenario/a.cpp", source("#include \"actorsim/lock/lock_table.h\"")) ==
        "2: module 'scenario' must not know 'lock'");
  CHECK(first_complaint("lib/actorsim/explore/a.cpp", source("#include \"actorsim/report/report.h\"")) ==
        "2: module 'explore' must not know 'report'");
  CHECK(first_complaint("lib/actorsim/model/a.cpp", source("#include \"cli/cli.h\"")) ==
        "2: the library includes nothing but itself, as \"actorsim/MODULE/FILE.h\"");
  CHECK(first_complaint("cli/a.cpp", source("#include \"support/catch.h\"")) ==
        "2: the command line includes \"actorsim/...\" and \"cli/...\" only");
  CHECK(first_complaint("lib/actorsim/extra/a.cpp", source("#include \"actorsim/base/span.h\"")) ==
        "2: module 'extra' is not in the picture of lib/README.md, nor in tests/tidy/rules.cpp");
  CHECK(first_complaint("lib/actorsim/a.cpp", source("")) == "1: a source of the library belongs into a module");
  CHECK(first_complaint("lib/actorsim/model/a.cpp", source("#include \"actorsim/lock/lock_table.h\"")).empty());
  CHECK(first_complaint("cli/a.cpp", source("#include \"actorsim/report/report.h\"")).empty());
}

TEST_CASE("a third-party header in the wrong place is noticed") {
  CHECK(first_complaint("lib/actorsim/scenario/a.h", "// A.\n#pragma once\n#include <yaml-cpp/parser.h>\n") ==
        "3: yaml-cpp must not be included here");
  CHECK(first_complaint("lib/actorsim/model/a.cpp", source("#include <yaml-cpp/parser.h>")) ==
        "2: yaml-cpp must not be included here");
  CHECK(first_complaint("lib/actorsim/report/pretty/pretty.cpp", source("#include <nlohmann/json.hpp>")) ==
        "2: nlohmann/json must not be included here");
  CHECK(first_complaint("lib/actorsim/base/a.cpp", source("#include <CLI/CLI.hpp>")) ==
        "2: CLI11 must not be included here");
  CHECK(first_complaint("lib/actorsim/base/a.h", "// A.\n#pragma once\n#include <fmt/format.h>\n") ==
        "3: fmt must not be included here");
  CHECK(first_complaint("tests/unit/a.cpp", source("#include <catch2/catch.hpp>")) ==
        "2: Catch2 must not be included here");
  CHECK(first_complaint("lib/actorsim/report/json/json_report.cpp", source("#include <nlohmann/json.hpp>")).empty());
}

TEST_CASE("a second file that wraps the same library is noticed") {
  const std::vector<Finding> findings = tidy::inspect_together({
      {"cli/options/options.cpp", source("#include <CLI/CLI.hpp>")},
      {"cli/options/run.cpp", source("#include <CLI/App.hpp>")},
  });
  REQUIRE(findings.size() == 1);
  CHECK(tidy::to_string(findings[0]) == "cli/options/run.cpp:2: CLI11 is already wrapped by cli/options/options.cpp");
}

TEST_CASE("a library that touches the world is noticed") {
  const std::string path = "lib/actorsim/model/a.cpp";
  CHECK(first_complaint(path, source("#include <iostream>")).find("no terminal") != std::string::npos);
  CHECK(first_complaint(path, source("  std::cerr << 1;")).find("prints nothing") != std::string::npos);
  CHECK(first_complaint(path, source("auto t = std::chrono::steady_clock::now();")).find("no clock") !=
        std::string::npos);
  CHECK(first_complaint(path, source("std::getenv(\"A\");")).find("no environment") != std::string::npos);
  CHECK(first_complaint(path, source("std::random_device d;")).find("random") != std::string::npos);
  CHECK(first_complaint(path, source("std::exit(1);")).find("never ends") != std::string::npos);
  CHECK(first_complaint(path, source("#include <format>")).find("oldest compilers") != std::string::npos);
  CHECK(first_complaint(path, source("// std::exit(1) would be wrong here")).empty());
  CHECK(first_complaint("cli/a.cpp", source("std::exit(1);")).empty());
  CHECK(first_complaint("lib/actorsim/lock/lock_table.cpp", source("#include <mutex>")).find("pure") !=
        std::string::npos);
  CHECK(first_complaint("lib/actorsim/lock/blocking_lock.h", "// A.\n#pragma once\n#include <mutex>\n").empty());
  CHECK(first_complaint("cli/a.h", "// A.\n#pragma once\nusing namespace std;\n").find("namespace") !=
        std::string::npos);
}

TEST_CASE("a file that does not say what it is for is noticed") {
  CHECK(first_complaint("cli/a.cpp", "int a;\n") ==
        "1: a file opens with a comment: what it is for and the idea behind it");
  CHECK(first_complaint("cli/a.h", "// A.\nint a;\n") == "1: a header has one line '#pragma once'");
  CHECK(first_complaint("cli/a.cpp", "// A.\n#pragma once\n") == "1: only a header has '#pragma once'");
  CHECK(first_complaint("scenarios/basics/a.yaml", "actorsim: 1\n") ==
        "1: a scenario opens with a comment: what it shows and why");
}

TEST_CASE("unfinished work and paths of one machine are noticed") {
  CHECK(first_complaint("README.md",
                        "TO"
                        "DO: write\n") == "1: unfinished work belongs into an issue");
  CHECK(first_complaint("README.md",
                        "see /ho"
                        "me/anna/a.txt\n") == "1: a path of one machine");
  CHECK(first_complaint("README.md", "see https://example.com/home\n").empty());
}

TEST_CASE("tabs, wide lines and loose ends are noticed") {
  CHECK(first_complaint("cli/a.cpp", source("\tint a;")) == "2: a tab");
  CHECK(first_complaint("scenarios/a.yaml", "# A.\nname: \ta\n") == "2: a tab");
  CHECK(first_complaint("cli/a.cpp", source("int a; ")) == "2: blanks at the end of the line");
  CHECK(first_complaint("cli/a.cpp", source("// " + std::string(118, 'x'))) == "2: wider than 120 columns: 121");
  CHECK(first_complaint("cli/a.cpp", "// A.\nint a;") == "2: the last line does not end");
  std::string arrows;
  for (int i = 0; i < 117; ++i) arrows += "─";
  CHECK(first_complaint("cli/a.cpp", source("// " + arrows)).empty());
}

TEST_CASE("a link to nowhere is noticed") {
  const std::vector<Finding> findings = tidy::inspect_together({
      {"README.md",
       "[a](lib/README.md) [b](lib) [c](lib/) [d](docs/none.md#there) [e](https://example.com) [f](#here)\n"},
      {"lib/README.md", "[up](../README.md)\n[none](none.md)\n"},
  });
  REQUIRE(findings.size() == 2);
  CHECK(tidy::to_string(findings[0]) == "README.md:1: a link to nowhere: docs/none.md");
  CHECK(tidy::to_string(findings[1]) == "lib/README.md:2: a link to nowhere: none.md");
}
