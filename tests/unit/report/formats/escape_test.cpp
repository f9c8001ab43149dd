// Every syntax's escaping, of text that means something to it.
#include <sstream>

#include "actorsim/base/text.h"
#include "actorsim/report/escape/dot.h"
#include "actorsim/report/escape/github.h"
#include "actorsim/report/escape/json.h"
#include "actorsim/report/escape/markdown.h"
#include "actorsim/report/escape/mermaid.h"
#include "actorsim/report/escape/tap.h"
#include "actorsim/report/escape/xml.h"
#include "support/catch.h"

using namespace actorsim;

TEST_CASE("XML holds markup as text, and nothing that it cannot hold") {
  CHECK(xml_text("<a href='x'>&\"]]>") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;]]&gt;");
  CHECK(xml_text("\x1b[31m\xff\xe2\x80\xae\xef\xbf\xbe") == "\\x1b[31m\\xff\\u202e\\ufffe");
  CHECK(xml_text("one\ntwo\r") == "one\ntwo\\r");
}

TEST_CASE("XML is written in pairs of tags, short where nothing is inside") {
  std::ostringstream out;
  XmlWriter xml(out);
  xml.declaration();
  xml.open("a").attribute("n", 3).attribute("t", "x\ny\"");
  xml.open("b").close();
  xml.element("c", "<");
  xml.close();
  CHECK(out.str() ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a n=\"3\" t=\"x&#10;y&quot;\">\n  <b/>\n  <c>&lt;</c>\n</a>\n");
}

TEST_CASE("JSON keeps its value, and shows what would hide in it") {
  CHECK(json_safe("\"\xe2\x80\xae\"") == "\"\\u202e\"");
  CHECK(json_safe("\"\x7f\"") == "\"\\u007f\"");
  CHECK(json_safe("\"\xf3\xa0\x80\x81\"") == "\"\\udb40\\udc01\"");  // U+E0001, as a pair
  CHECK(json_safe("\"\xc3\xa4 \xf0\x9f\x98\x80\"\n") == "\"\xc3\xa4 \xf0\x9f\x98\x80\"\n");
}

TEST_CASE("a workflow command is one line, and its properties end where they should") {
  std::ostringstream out;
  write_github_command(out, "error", {{"file", "a,b:c.yaml"}, {"line", ""}, {"title", "100%\n::"}}, "50%, a:b\n::x");
  CHECK(out.str() == "::error file=a%2Cb%3Ac.yaml,title=100%25%0A%3A%3A::50%25, a:b%0A::x\n");
}

TEST_CASE("code in Markdown is longer than the backticks in it") {
  CHECK(markdown_code("a", MarkdownPlace::text) == "`a`");
  CHECK(markdown_code("a``b`c", MarkdownPlace::text) == "```a``b`c```");
  CHECK(markdown_code("`", MarkdownPlace::text) == "`` ` ``");
  CHECK(markdown_code(" a ", MarkdownPlace::text) == "`  a  `");
  CHECK(markdown_code("a|b\nc", MarkdownPlace::table) == "`a\\|b\\nc`");
  CHECK(markdown_code("<b>`", MarkdownPlace::html) == "<code>&lt;b&gt;`</code>");
  CHECK(markdown_code("", MarkdownPlace::text) == "–");
  CHECK(markdown_code("  ", MarkdownPlace::table) == "–");
}

TEST_CASE("a block in Markdown ends where it should") {
  CHECK(markdown_block("a\n```\nb", "text") == "````text\na\n```\nb\n````\n");
  CHECK(markdown_block("a\n") == "```\na\n```\n");
}

TEST_CASE("text in Mermaid has no marks of its grammar") {
  CHECK(mermaid_text("A/1.m (x): it's 5 - 3") == "A/1.m (x): it's 5 - 3");
  CHECK(mermaid_text("a;b#c\"d\n%%<e>") == "a#59;b#35;c#34;d#92;n#37;#37;#60;e#62;");
  CHECK(mermaid_text("\xc3\xa4") == "\xc3\xa4");
}

TEST_CASE("a string in DOT is text to Graphviz as well") {
  CHECK(dot_quoted("a\"b\\N&lt;\nc") == "\"a\\\"b\\\\N&amp;lt;\\nc\"");
  CHECK(dot_quoted_left("a\nb") == "\"a\\lb\\l\"");
  CHECK(dot_html("<b>&\\N") == "&lt;b&gt;&amp;&#92;&#92;N");  // `\N` would be the node's name
  CHECK(dot_html("") == "&#160;");                            // tags around nothing are an error to Graphviz
}

TEST_CASE("a description in TAP has no directive in it") {
  CHECK(tap_description("a # SKIP \\ b\nc") == "a \\# SKIP \\\\ b\\\\nc");
}

TEST_CASE("YAML's scalars hold what they are given") {
  CHECK(yaml_quoted("a\"b\\\nc: d") == "\"a\\\"b\\\\\\\\nc: d\"");
  CHECK(yaml_block("  a\n\n...\n", 4) == "|2-\n      a\n\n    ...");
}
