// Which files are meant.
#include "cli/files/files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <sstream>

#include "cli/files/pattern.h"
#include "unit/cli/command_line.h"

using namespace actorsim;
using actorsim::testing::Contains;
namespace fs = std::filesystem;

namespace {

std::string chosen(const CommandLine& line, const std::vector<std::string>& arguments) {
  std::string text;
  for (const ChosenFile& file : choose_files(arguments, line.environment)) {
    if (!file.problem) {
      text += file.name + " ";
      continue;
    }
    const Diagnostic& problem = *file.problem;
    text +=
        "! " + problem.file + ": " + problem.message + (problem.help.empty() ? "" : " (" + problem.help + ")") + " ";
  }
  return text;
}

}  // namespace

TEST_CASE("a folder gives its scenarios, sorted, at any depth, and nothing else") {
  CommandLine line;
  line.write("d/b.yaml", kPasses);
  line.write("d/a.yml", kPasses);
  line.write("d/c/z.json", "{\n  \"actorsim\": 1, \"chains\": [\"A\"]}");
  line.write("d/B.yaml", kPasses);
  line.write("d/deployment.yaml", "apiVersion: v1\nkind: Pod\n");
  line.write("d/notes.txt", kPasses);
  line.write("d/.hidden.yaml", kPasses);
  line.write("d/.git/x.yaml", kPasses);
  CHECK(chosen(line, {"d"}) == "d/B.yaml d/a.yml d/b.yaml d/c/z.json ");
  CHECK(chosen(line, {"d/"}) == "d/B.yaml d/a.yml d/b.yaml d/c/z.json ");
}

TEST_CASE("arguments keep their order and a file is taken once") {
  CommandLine line;
  line.write("a.yaml", kPasses);
  line.write("b.yaml", kPasses);
  CHECK(chosen(line, {"b.yaml", "a.yaml", "./b.yaml", "-", "-"}) == "b.yaml a.yaml <stdin> ");
  CHECK(chosen(line, {"b.yaml", "."}) == "b.yaml ./a.yaml ");
}

TEST_CASE("a file that is named is taken whatever it is called") {
  CommandLine line;
  line.write("notes.txt", "anything");
  CHECK(chosen(line, {"notes.txt"}) == "notes.txt ");
}

TEST_CASE("a path that leads nowhere suggests its neighbour") {
  CommandLine line;
  line.write("scenarios/shop.yaml", kPasses);
  CHECK_THAT(chosen(line, {"scenarios/shpo.yaml"}),
             Contains("there is no such file or folder (did you mean 'scenarios/shop.yaml'?)"));
  CHECK_THAT(chosen(line, {"nowhere/at/all"}), Contains("there is no such file or folder"));
  CHECK_THAT(chosen(line, {""}), Contains("a path is empty"));
}

TEST_CASE("a folder without scenarios is told") {
  CommandLine line;
  line.write("d/deployment.yaml", "kind: Pod\n");
  CHECK_THAT(chosen(line, {"d"}), Contains("no scenario in this folder"));
  line.write("d/s.yaml", kPasses);
  CHECK(chosen(line, {"d/s.yaml", "d"}) == "d/s.yaml ");
}

TEST_CASE("pipes and devices are refused and never read") {
  CommandLine line;
  REQUIRE(mkfifo((line.folder() / "pipe.yaml").c_str(), 0600) == 0);
  CHECK_THAT(chosen(line, {"pipe.yaml"}), Contains("this is a pipe, not a file"));
  CHECK_THAT(chosen(line, {"/dev/zero"}), Contains("this is a device, not a file"));
  line.write("s.yaml", kPasses);
  CHECK(chosen(line, {"."}) == "./s.yaml ");
}

TEST_CASE("links to folders are not followed, so that they cannot go round; links to files are") {
  CommandLine line;
  line.write("d/s.yaml", kPasses);
  fs::create_directory_symlink("..", line.folder() / "d/up");
  fs::create_symlink("s.yaml", line.folder() / "d/t.yaml");
  CHECK(chosen(line, {"d"}) == "d/s.yaml d/t.yaml ");
  fs::create_symlink("gone.yaml", line.folder() / "d/u.yaml");
  fs::create_symlink("v.yaml", line.folder() / "d/v.yaml");
  const std::string text = chosen(line, {"d"});
  CHECK_THAT(text, Contains("d/u.yaml: cannot be read: a link that leads nowhere"));
  CHECK_THAT(text, Contains("! d/v.yaml: cannot be read"));
  CHECK_THAT(chosen(line, {"d/u.yaml"}), Contains("this link leads nowhere"));
  CHECK_THAT(chosen(line, {"d/v.yaml"}), Contains("cannot be read"));
}

TEST_CASE("a pattern is expanded, and one that matches nothing is told") {
  CommandLine line;
  line.write("a1.yaml", kPasses);
  line.write("a2.yaml", kPasses);
  line.write("b1.yaml", kPasses);
  line.write("d/e/c.yaml", kPasses);
  line.write("d/c.yaml", kPasses);
  CHECK(chosen(line, {"a*.yaml"}) == "a1.yaml a2.yaml ");
  CHECK(chosen(line, {"?1.yaml"}) == "a1.yaml b1.yaml ");
  CHECK(chosen(line, {"[!a]*.yaml"}) == "b1.yaml ");
  CHECK(chosen(line, {"**/c.yaml"}) == "d/c.yaml d/e/c.yaml ");
  CHECK(chosen(line, {"d/*/c.yaml"}) == "d/e/c.yaml ");
  CHECK_THAT(chosen(line, {"x*.yaml"}), Contains("nothing matches this pattern"));
}

TEST_CASE("a file whose name looks like a pattern is itself") {
  CommandLine line;
  line.write("a[1].yaml", kPasses);
  CHECK(chosen(line, {"a[1].yaml"}) == "a[1].yaml ");
}

TEST_CASE("patterns match names") {
  CHECK(matches("*", "abc"));
  CHECK(matches("a*c", "abbc"));
  CHECK(matches("*.y*ml", "x.yaml"));
  CHECK(matches("[a-c]x", "bx"));
  CHECK_FALSE(matches("[a-c]x", "dx"));
  CHECK(matches("[!a-c]x", "dx"));
  CHECK(matches("[]]", "]"));
  CHECK(matches("[", "["));
  CHECK_FALSE(matches("*", ".hidden"));
  CHECK(matches(".*", ".hidden"));
  CHECK_FALSE(matches("a", "ab"));
  CHECK_FALSE(matches("", "a"));
  const std::string many(200, 'a');
  CHECK_FALSE(matches("*a*a*a*a*a*a*a*a*a*b", many));
}

TEST_CASE("what cannot be read is told") {
  CommandLine line;
  CHECK_THAT(read_file_source(ChosenFile{"gone.yaml", line.folder() / "gone.yaml"}).error().message,
             Contains("cannot be read"));
  if (geteuid() == 0) return;  // for root everything can be read
  line.write("secret.yaml", kPasses);
  fs::permissions(line.folder() / "secret.yaml", fs::perms::none);
  CHECK_THAT(chosen(line, {"."}), Contains("Permission denied"));
}

TEST_CASE("what is too large is refused before it fills the memory") {
  CommandLine line;
  line.write("large.yaml", "actorsim: 1\n");
  fs::resize_file(line.folder() / "large.yaml", (64U << 20U) + 1);
  const auto source = read_file_source(ChosenFile{"large.yaml", line.folder() / "large.yaml"});
  REQUIRE_FALSE(source.has_value());
  CHECK(source.error().message == "larger than 64 MiB");
}
