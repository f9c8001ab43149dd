// The harness itself: it notices what differs, and reads documents as people do.
#include "golden/sandbox.h"
#include "golden/text.h"
#include "support/catch.h"

using namespace golden;

TEST_CASE("a difference shows the lines around it") {
  CHECK(difference("a\nb\n", "a\nb\n").empty());
  CHECK(difference("a\nb\nc\n", "a\nx\ny\nc\n") == "@@ line 2 @@\n a\n-b\n+x\n+y\n c\n");
  CHECK(difference("", "a\n") == "@@ line 1 @@\n+a\n");
  CHECK(difference("a\na\n", "a\n") == "@@ line 2 @@\n a\n-a\n");
  CHECK(difference("a\n", "a") == "@@ line 1 @@\n-a\n+a\\ (the line does not end)\n");
}

TEST_CASE("a long difference is cut") {
  std::string many;
  for (int i = 0; i < 20; ++i) many += std::to_string(i) + "\n";
  const std::string text = difference("", many);
  CHECK(text.find("+14\n+(5 more)\n") != std::string::npos);
}

TEST_CASE("dots stand for any number of lines") {
  CHECK(shows({"a", "…", "d"}, {"a", "b", "c", "d"}));
  CHECK(shows({"a", "…", "d"}, {"a", "d"}));
  CHECK(shows({"…"}, {}));
  CHECK(shows({"…", "b", "…"}, {"b", "b"}));
  CHECK_FALSE(shows({"a", "…", "d"}, {"a", "d", "e"}));
  CHECK_FALSE(shows({"a"}, {"a", "b"}));
  CHECK_FALSE(shows({}, {"a"}));
}

TEST_CASE("blocks of a document are found, indented ones too") {
  const std::vector<Block> blocks =
      blocks_of("text\n```sh\nls\n```\n\n   ```yaml wrong\n   a:\n     b: 1\n\n   ```\n```\nx\n```\n");
  REQUIRE(blocks.size() == 3);
  CHECK(blocks[0].language == "sh");
  CHECK(blocks[0].line == 2);
  CHECK(blocks[1].language == "yaml");
  CHECK(blocks[1].info == "wrong");
  CHECK(blocks[1].indent == 3);
  CHECK(blocks[1].lines == Lines{"a:", "  b: 1", ""});
  CHECK(blocks[2].language.empty());
  CHECK(blocks[2].info.empty());
}

TEST_CASE("a console block is commands and what they print") {
  const Block block{1, 0, "console", {"$ one 'a b'", "x", "", "$ two"}, ""};
  const std::vector<Shown> commands = commands_of(block);
  REQUIRE(commands.size() == 2);
  CHECK(commands[0].command == "one 'a b'");
  CHECK(commands[0].output == Lines{"x", ""});
  CHECK(commands[1].command == "two");
  CHECK(commands[1].line == 3);
  CHECK(commands[1].output.empty());
}

TEST_CASE("a scenario is shown without the comment that opens its file") {
  CHECK(without_opening_comment({"# what", "#", "# it shows", "actorsim: 1", "# x"}) == Lines{"actorsim: 1", "# x"});
  CHECK(without_opening_comment({"# what", "", "actorsim: 1"}) == Lines{"actorsim: 1"});
  CHECK(without_opening_comment({"actorsim: 1"}) == Lines{"actorsim: 1"});
}

TEST_CASE("a sandbox keeps streams, exit codes and the outside apart") {
  const Sandbox sandbox;
  const Result result = sandbox.run("echo out; echo err >&2; echo \"$HOME$GREETING\"; exit 3", {{"GREETING", "it's"}});
  CHECK(result.code == 3);
  CHECK(result.out == "out\nit's\n");
  CHECK(result.err == "err\n");
  CHECK(sandbox.run("kill -9 $$").code == 128 + 9);
  CHECK(sandbox.run("ls scenarios").code == 0);
  sandbox.write("checks/a.yaml", "a");
  CHECK(sandbox.run("cat checks/a.yaml").out == "a");
  CHECK_THROWS(sandbox.write("scenarios/a.yaml", "a"));
  CHECK_THROWS(sandbox.write("../a.yaml", "a"));
}
