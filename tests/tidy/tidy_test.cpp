// The repository keeps its own rules, and each rule notices when it is broken.
#include "tidy/rules.h"

#include <algorithm>
#include <regex>
#include <sstream>

#include "actorsim/base/version.h"
#include "support/catch.h"
#include "tidy/documents.h"

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

std::vector<std::string> complaints(const std::vector<File>& files) {
  std::vector<std::string> result;
  for (const Finding& finding : tidy::inspect_documents(files, {})) result.push_back(tidy::to_string(finding));
  std::sort(result.begin(), result.end());
  return result;
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
  const std::vector<std::string> paths = tidy::list_repository(ACTORSIM_REPOSITORY);
  for (const Finding& finding : tidy::inspect_documents(files, paths)) FAIL_CHECK(tidy::to_string(finding));
}

TEST_CASE("the version is the same wherever it is written") {
  const std::vector<File> files = tidy::read_repository(ACTORSIM_REPOSITORY);
  const std::string version(actorsim::version());
  CHECK(file_named(files, "CMakeLists.txt").text.find("VERSION " + version + " ") != std::string::npos);
  CHECK(file_named(files, "vcpkg.json").text.find("\"version\": \"" + version + "\"") != std::string::npos);
  CHECK(file_named(files, "CHANGELOG.md").text.find("## [" + version + "]") != std::string::npos);
  CHECK(version == ACTORSIM_VERSION);
  CHECK(version == std::to_string(ACTORSIM_VERSION_MAJOR) + "." + std::to_string(ACTORSIM_VERSION_MINOR) + "." +
                       std::to_string(ACTORSIM_VERSION_PATCH));
}

TEST_CASE("a public header that needs more than is installed is noticed") {
  const File list{"lib/install/public_headers.cmake",
                  "# Public.\nset(x\n  actorsim/actorsim.h\n  actorsim/base/a.h\n  actorsim/base/b.h\n"
                  "  actorsim/base/none.h\n)\n"};
  const File all{"lib/actorsim/actorsim.h", "// All.\n#pragma once\n#include \"actorsim/base/a.h\"\n"};
  const File with_internals{"lib/actorsim/base/a.h",
                            "// A.\n#pragma once\n#include <vector>\n#include <fmt/core.h>\n"
                            "#include <tl/expected.hpp>\n#include \"actorsim/base/inside.h\"\n"};
  const File unused{"lib/actorsim/base/b.h", "// B.\n#pragma once\n"};
  const File document{"lib/README.md", "`actorsim/actorsim.h` `base/a.h`, `base/none.h`\n"};
  std::vector<std::string> complaints;
  for (const Finding& finding : tidy::inspect_together({all, with_internals, unused, document, list}))
    complaints.push_back(tidy::to_string(finding));
  CHECK(complaints ==
        std::vector<std::string>{
            "lib/actorsim/base/a.h:4: no public header includes fmt/core.h",
            "lib/actorsim/base/a.h:6: a public header includes one that is not installed: actorsim/base/inside.h",
            "lib/install/public_headers.cmake:5: actorsim.h comes without actorsim/base/b.h",
            "lib/install/public_headers.cmake:5: lib/README.md does not say what it is for: base/b.h",
            "lib/install/public_headers.cmake:6: there is no actorsim/base/none.h",
        });
}

TEST_CASE("the README names every package that the build takes") {
  const std::vector<File> files = tidy::read_repository(ACTORSIM_REPOSITORY);
  const std::string& readme = file_named(files, "README.md").text;
  const std::string& dev = file_named(files, "dev").text;
  static const std::regex kPackages("\n(?:libraries|packages|boost)=\"?([^\"\n]+)");
  std::size_t count = 0;
  for (std::sregex_iterator line(dev.begin(), dev.end(), kPackages); line != std::sregex_iterator(); ++line) {
    std::istringstream words((*line)[1]);
    for (std::string package; words >> package;) {
      if (package.front() == '$') continue;
      ++count;
      INFO(package);
      CHECK(readme.find(package) != std::string::npos);
    }
  }
  CHECK(count > 10);
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

TEST_CASE("what one version of Catch2 calls otherwise than another is noticed") {
  const std::string contains = std::string("Catch::") + "Matchers::Contains";  // not in one: this file is read, too
  CHECK(first_complaint("tests/unit/a.cpp", source("using " + contains + ";")) ==
        "2: Catch2 3 calls something else so; actorsim::testing::Contains is for texts");
  CHECK(first_complaint("tests/unit/a.cpp", source("using " + contains + "Substring;")).empty());
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

TEST_CASE("a link to nowhere is noticed, and one to no heading") {
  CHECK(complaints({
            {"README.md",
             "[a](lib/README.md) [b](lib) [c](lib/) [d](docs/none.md#there) [e](https://example.com) [f](#here)\n"
             "## Here\n<img src=\"none.svg\"> [g](lib/README.md#the-library) [h](lib/README.md#a-library)\n"
             "```sh\n[in a block](nowhere)\n```\n"},
            {"lib/README.md", "# The *library*\n[up](../README.md)\n[none](none.md)\n"},
        }) == std::vector<std::string>{
                  "README.md:1: a link to nowhere: docs/none.md", "README.md:3: a link to no heading: #a-library",
                  "README.md:3: a link to nowhere: none.svg", "lib/README.md:3: a link to nowhere: none.md"});
}

TEST_CASE("headings are linked to as the web does it") {
  CHECK(tidy::anchor_of("7. Why does your upgrade to 1.18 hang?") == "7-why-does-your-upgrade-to-118-hang");
  CHECK(tidy::anchor_of("`a_b` & C++") == "a_b--c");
}

TEST_CASE("a path that is none is noticed, wherever it is counted from") {
  const std::string fine = "`lib/a/b.h` `a/b.h` `a/*.h` `lib/**/b.h` `lib/NAME/b.h` `lib/a/` `Order/1` `A/1.m` `x.h`\n";
  CHECK(complaints({{"lib/README.md", fine + "`a/c.h` `lib/b/` `lib/a/*.cpp` `build/x/y.h`\n"}, {"lib/a/b.h", ""}}) ==
        std::vector<std::string>{"lib/README.md:2: there is no a/c.h", "lib/README.md:2: there is no lib/a/*.cpp",
                                 "lib/README.md:2: there is no lib/b/"});
}

TEST_CASE("the commands of this repository are known") {
  std::vector<File> files = tidy::read_repository(ACTORSIM_REPOSITORY);
  files.push_back({"A.md", "`actorsim nonsense` `actorsim run` ./dev nonsense ./dev test\n"});
  const std::vector<Finding> findings = tidy::inspect_documents(files, tidy::list_repository(ACTORSIM_REPOSITORY));
  CHECK(std::count_if(findings.begin(), findings.end(), [](const Finding& each) { return each.path == "A.md"; }) == 2);
}

TEST_CASE("a command that is none is noticed") {
  const File dev{"dev",
                 "case $command in\n    run | ask)\n      x ;;\n    two-words) y ;;\n    help | -h | --help) help ;;\n "
                 "   test)\n"};
  const File options{"cli/options.cpp", "{Command::run, \"run\", x}, {Command::ask, \"ask\", y}"};
  CHECK(complaints(
            {dev,
             options,
             {"README.md",
              "./dev ask, ./dev help, ./dev two-words, ./dev tets, `actorsim runs`, actorsim runs, `actorsim --help`\n"
              "```sh\n./dev rnu\nactorsim aks\nthe actorsim way\n```\n"
              "```console\n$ actorsim oops\n```\n"}}) ==
        std::vector<std::string>{"README.md:1: actorsim has no command runs", "README.md:1: dev has no command tets",
                                 "README.md:3: dev has no command rnu", "README.md:4: actorsim has no command aks"});
}
