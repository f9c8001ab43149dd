// The strict tree: shapes, places, and what it refuses.
#include "actorsim/scenario/document.h"

#include "support/catch.h"

using namespace actorsim;

namespace {

Document parse(const std::string& text) {
  auto document = Document::parse({"f", text});
  if (!document) FAIL(render(document.error(), nullptr));
  return std::move(*document);
}

// The tree on one line, with the place of every node: @line:column+length.
std::string written(DocumentNode node) {
  const Span span = node.span();
  std::string result =
      "@" + std::to_string(span.line) + ":" + std::to_string(span.column) + "+" + std::to_string(span.length);
  if (node.is_null()) return result + "nothing";
  if (node.is_scalar())
    return result + (node.is_quoted() ? "'" : "") + std::string(node.text()) + (node.is_quoted() ? "'" : "");
  result += node.is_sequence() ? "[" : "{";
  for (const DocumentNode item : node.items()) result += " " + written(item);
  for (const auto& entry : node.entries()) result += " " + written(entry.key) + ": " + written(entry.value);
  return result + (node.is_sequence() ? " ]" : " }");
}

std::string tree(const std::string& text) { return written(parse(text).root()); }

std::string problems(const std::string& text) {
  const auto document = Document::parse({"f", text});
  return document ? "none" : render(document.error(), nullptr, DiagnosticStyle::one_line);
}

bool is_refused(const std::string& text, const std::string& why) {
  return problems(text).find(why) != std::string::npos;
}

}  // namespace

TEST_CASE("every node knows its place in bytes") {
  CHECK(tree("a: 1") == "@1:1+1{ @1:1+1a: @1:4+11 }");
  CHECK(tree("a:\n  - b\n  - {c: d}\n") == "@1:1+1{ @1:1+1a: @2:3+1[ @2:5+1b @3:5+1{ @3:6+1c: @3:9+1d } ] }");
  CHECK(tree("é: ü") == "@1:1+1{ @1:1+2é: @1:5+2ü }");
  CHECK(tree("a: 1\r\nb: 2\r\n") == "@1:1+1{ @1:1+1a: @1:4+11 @2:1+1b: @2:4+12 }");
  CHECK(tree("\xEF\xBB\xBF"
             "a: b") == "@1:1+1{ @1:1+1a: @1:4+1b }");
}

TEST_CASE("the place of a quoted text includes its quotes") {
  CHECK(tree("a: \"b c\"") == "@1:1+1{ @1:1+1a: @1:4+5'b c' }");
  CHECK(tree("a: 'it''s'") == "@1:1+1{ @1:1+1a: @1:4+7'it's' }");
  CHECK(tree("a: \"\\u00e9\"") == "@1:1+1{ @1:1+1a: @1:4+8'é' }");
  CHECK(tree("a: \"two\n  lines\"") == "@1:1+1{ @1:1+1a: @1:4+4'two lines' }");
  CHECK(tree("a: |\n  text\n") == "@1:1+1{ @1:1+1a: @1:4+1'text\n' }");
}

TEST_CASE("the parts of a text that stands in the source have places of their own") {
  const Document document = parse("a: \"b => c\"\nb: b => c\nc: \"b =\\x3e c\"\n");
  std::string places;
  for (const auto& entry : document.root().entries()) {
    const Span part = entry.value.located_text().part(2, 2);
    places += std::to_string(part.line) + ":" + std::to_string(part.column) + "+" + std::to_string(part.length) + " ";
  }
  CHECK(places == "1:7+2 2:6+2 3:4+11 ");
}

TEST_CASE("nothing, ~ and null are one kind, placed where the value would stand") {
  CHECK(tree("a:\nb: ~\nc: null\nd: \"\"") ==
        "@1:1+1{ @1:1+1a: @1:1+1nothing @2:1+1b: @2:4+1nothing @3:1+1c: @3:4+4nothing @4:1+1d: @4:4+2'' }");
  CHECK(tree("- a\n- # nothing\n- b") == "@1:1+1[ @1:3+1a @2:1+1nothing @3:3+1b ]");
}

TEST_CASE("plain scalars are texts as they are written") {
  CHECK(tree("[yes, 010, 1e6, 1.10, 0x1F, true]") ==
        "@1:1+1[ @1:2+3yes @1:7+3010 @1:12+31e6 @1:17+41.10 @1:23+40x1F @1:29+4true ]");
  CHECK(tree("a: (b & c) => d#3") == "@1:1+1{ @1:1+1a: @1:4+14(b & c) => d#3 }");
}

TEST_CASE("JSON is read too, indented with tabs or not at all") {
  CHECK(tree("{\"a\":1,\"b\":[true,null]}") ==
        "@1:1+1{ @1:2+3'a': @1:6+11 @1:8+3'b': @1:12+1[ @1:13+4true @1:18+4nothing ] }");
  CHECK(tree("{\n\t\"a\": [\n\t\t1\n\t]\n}") == "@1:1+1{ @2:2+3'a': @2:7+1[ @3:3+11 ] }");
}

TEST_CASE("values stay valid when their document moves") {
  Document first = parse("a: b");
  const Document second = std::move(first);
  CHECK(written(second.root()) == "@1:1+1{ @1:1+1a: @1:4+1b }");
}

TEST_CASE("nesting ends at a hundred") {
  CHECK(problems(std::string(100, '[') + std::string(100, ']')) == "none");
  CHECK(problems(std::string(101, '[') + std::string(101, ']')) == "f:1:101: error: nested more than 100 deep\n");
  for (const char* piece : {"[", "{", "[a,", "{a: ", "- ", "? ", "[{a: ", "\"\": ["}) {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += piece;
    INFO(piece);
    CHECK(problems(text) != "none");
  }
}

TEST_CASE("a text of one character is a value or a clear refusal") {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(1, static_cast<char>(byte));
    INFO(byte);
    const std::string problem = problems(text);
    CHECK(problem.find("not YAML") == std::string::npos);
  }
}

TEST_CASE("what the parser would pass over in silence is refused") {
  CHECK(is_refused("a: \"b", "1:4: error: this quoted text is not closed"));
  CHECK(is_refused("a: 'b\nc: d\n", "1:4: error: this quoted text is not closed"));
  CHECK(is_refused("a: 1\n%b: 2\n", "2:1: error: directives"));
  CHECK(is_refused("a: \"b\"#c\n", "1:7: error: a '#' cannot stand right behind a quoted text"));
  CHECK(is_refused("a: 1\na: 2\n", "2:1: error: the key 'a' stands here twice"));
  CHECK(is_refused("a: 1\n...\nb\n", "3:1: error: this does not belong to what stands above it"));
  CHECK(is_refused("a: 1\n---\n", "2:1: error: a second document begins here"));
}

TEST_CASE("a tree of YAML's own devices is refused, all of them at once") {
  const std::string text = problems("a: &x 1\nb: *x\nc: !t 2\n<<: 3\na: 4\n");
  for (const char* place : {"f:1:4:", "f:2:4:", "f:3:4:", "f:4:1:", "f:5:1:"}) {
    INFO(place);
    CHECK(text.find(place) != std::string::npos);
  }
}

TEST_CASE("many keys are compared quickly") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "key" + std::to_string(i) + ": 1\n";
  CHECK(problems(text) == "none");
  CHECK(is_refused(text + "key7: 2\n", "20001:1: error: the key 'key7' stands here twice"));
}
