// Columns as a terminal counts them.
#include "actorsim/report/pretty/layout.h"

#include "support/catch.h"

using namespace actorsim;

namespace {

const Style kPlain(false, false);

std::vector<std::string> render(const Table& table, std::size_t width, bool with_titles = false) {
  return table.render(kPlain, width, with_titles);
}

}  // namespace

TEST_CASE("width counts what a terminal shows: wide characters twice, combining ones not at all") {
  CHECK(text_width("abc") == 3);
  CHECK(text_width("─▶") == 2);
  CHECK(text_width("日本") == 4);
  CHECK(text_width("e\xCC\x81") == 1);
  CHECK(text_width("") == 0);
}

TEST_CASE("a text is shortened in its middle and keeps both ends") {
  CHECK(shorten_middle("abcdefghij", 10, "…") == "abcdefghij");
  CHECK(shorten_middle("abcdefghij", 7, "…") == "abc…hij");
  CHECK(shorten_middle("abcdefghij", 6, "…") == "abc…ij");
  CHECK(shorten_middle("abcdefghij", 6, "..") == "ab..ij");
  CHECK(text_width(shorten_middle("日本語日本語", 7, "…")) <= 7);
  CHECK(shorten_middle("abc", 1, "…") == "a");
  CHECK(shorten_middle("abc", 0, "…").empty());
}

TEST_CASE("wrapping breaks at blanks and lets a long word stick out") {
  CHECK(wrap("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrap("  one   two ", 20) == std::vector<std::string>{"one two"});
  CHECK(wrap("a incomprehensibilities b", 5) == std::vector<std::string>{"a", "incomprehensibilities", "b"});
  CHECK(wrap("", 5).empty());
}

TEST_CASE("wrapping keeps together what is one thing") {
  CHECK(wrap("send instead: A ~> B", 17) == std::vector<std::string>{"send instead:", "A ~> B"});
  CHECK(wrap("say --set a=b", 10) == std::vector<std::string>{"say", "--set a=b"});
  CHECK(wrap("say {a: {b: c}} so", 12) == std::vector<std::string>{"say", "{a: {b: c}}", "so"});
}

TEST_CASE("colours take no room, so that lines break where they break without them") {
  CHECK(text_width("\x1b[1;31mone\x1b[0m") == 3);
  CHECK(text_width("one\x1b[0m") == 3);
  CHECK(wrap("\x1b[1mone two\x1b[0m three", 7) == std::vector<std::string>{"\x1b[1mone two\x1b[0m", "three"});
  CHECK(wrap("say \x1b[1m--set\x1b[0m a=b", 10) == std::vector<std::string>{"say", "\x1b[1m--set\x1b[0m a=b"});
}

TEST_CASE("columns are aligned, numbers to the right, and lines end without blanks") {
  Table table({{"#", true, 0, 0}, {"name", false, 0, 2}, {"n", true, 0, 2}});
  table.add({{"1"}, {"日本"}, {"7"}});
  table.add({{"10"}, {"a"}, {""}});
  CHECK(render(table, 80) == std::vector<std::string>{" 1  日本  7", "10  a"});
  CHECK(render(table, 80, true).front() == " #  name  n");
}

TEST_CASE("a table that is too wide shortens its widest column, never a prefix") {
  Table table({{"", false, 8, 0}, {"", false, 0, 1}});
  table.add({{"abcdefghijklmnop", Paint::plain, "└─▶ "}, {"end"}});
  const std::vector<std::string> lines = render(table, 16);
  CHECK(lines == std::vector<std::string>{"└─▶ abcd…nop end"});
}

TEST_CASE("a note stands under its column and is cut at the end of the line") {
  Table table({{"", false, 0, 0}, {"", false, 0, 2}});
  table.add({{"1"}, {"name"}});
  table.add_note(1, "said about it");
  CHECK(render(table, 80).back() == "   said about it");
}

TEST_CASE("paint does not count as width") {
  const Style colored(true, false);
  Table table({{"", false, 0, 0}, {"", false, 0, 1}});
  table.add({{"ab", Paint::bad}, {"x"}});
  table.add({{"abcd"}, {"y"}});
  const std::vector<std::string> lines = table.render(colored, 80, false);
  CHECK(lines.front() == "\x1b[31mab\x1b[0m   x");
}

TEST_CASE("an ASCII style writes ASCII for its own glyphs and for foreign text") {
  const Style ascii(false, true);
  CHECK(ascii.text("Bücher") == "B\\u00fccher");
  CHECK(kPlain.text("Bücher\x1b[31m") == "Bücher\\x1b[31m");
  for (const std::string_view glyph :
       {ascii.glyphs().pass, ascii.glyphs().fail, ascii.glyphs().head, ascii.glyphs().tee, ascii.glyphs().more,
        ascii.glyphs().ellipsis, ascii.glyphs().dot, ascii.glyphs().bar}) {
    for (const char c : glyph) CHECK(static_cast<unsigned char>(c) < 0x80);
  }
}
