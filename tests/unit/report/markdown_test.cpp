// As much of Markdown as the pages of words need.
#include "actorsim/report/explain/markdown.h"

#include "support/catch.h"

using namespace actorsim;
using Kind = MarkdownBlock::Kind;

TEST_CASE("titles, headings, paragraphs, items and code are told apart") {
  const auto blocks = parse_markdown("# a: b\n\n## c\nd\ne\n\nf\n- g\n  h\n- i\n\n```yaml wrong\n# j\n\n  k\n```\n");
  REQUIRE(blocks.size() == 7);
  CHECK(blocks[0].kind == Kind::title);
  CHECK(blocks[0].text == "a: b");
  CHECK(blocks[1].kind == Kind::heading);
  CHECK(blocks[2].kind == Kind::paragraph);
  CHECK(blocks[2].text == "d e");
  CHECK(blocks[3].text == "f");
  CHECK(blocks[4].kind == Kind::item);
  CHECK(blocks[4].text == "g h");
  CHECK(blocks[5].text == "i");
  CHECK(blocks[6].kind == Kind::code);
  CHECK(blocks[6].language == "yaml wrong");
  CHECK(blocks[6].text == "# j\n\n  k\n");
}

TEST_CASE("links are what they are called, and code is in quotes") {
  CHECK(parse_markdown("see [the `b` page](b.md), or `c`").front().text == "see the 'b' page, or 'c'");
  CHECK(parse_markdown("`[A/1, B/1]` and [ this (").front().text == "'[A/1, B/1]' and [ this (");
}

TEST_CASE("paragraphs and items are wrapped and indented, code is left alone") {
  const auto blocks =
      parse_markdown("# t\n\none two three\n\n- four five\n- six\n\n```\nas it is, however wide\n\nx\n```\n");
  CHECK(render_markdown(blocks, 11) ==
        "t\n\n  one two\n  three\n\n  - four\n    five\n  - six\n\n    as it is, however wide\n\n    x\n");
}

TEST_CASE("nothing in, nothing out") {
  CHECK(parse_markdown("").empty());
  CHECK(render_markdown({}, 80).empty());
  CHECK(parse_markdown("```\nnever closed").front().text == "never closed\n");
}
