// Collecting diagnostics, and what they look like.
#include "actorsim/base/diagnostic.h"

#include <set>

#include "support/catch.h"

using namespace actorsim;

namespace {

Diagnostic at(std::uint32_t line, std::uint32_t column, std::string message, Severity severity = Severity::error) {
  return {severity, "unknown-key", "shop.yaml", {line, column, 1}, std::move(message), {}, {}};
}

std::string excerpt(const std::string& text, Span span) {
  const Source source{"f", text};
  const std::string all = render({Severity::error, "unknown-key", "f", span, "m", {}, {}}, &source);
  return all.substr(all.find('\n') + 1);
}

}  // namespace

TEST_CASE("a diagnostic shows its place, the line, a caret and help") {
  const Source source{"shop.yaml", "a: 1\nb:\nconfig:\n  reentrency: {enabled: true}\n"};
  const Diagnostic diagnostic{Severity::error,
                              "unknown-key",
                              "shop.yaml",
                              {4, 3, 10},
                              "unknown key 'reentrency' in config",
                              "did you mean 'reentrancy'?",
                              {{{3, 1, 6}, "config stands here"}}};
  CHECK(render(diagnostic, &source) ==
        "shop.yaml:4:3: error: unknown key 'reentrency' in config\n"
        " 4 |   reentrency: {enabled: true}\n"
        "   |   ^^^^^^^^^^\n"
        "   = note: shop.yaml:3:1: config stands here\n"
        "   = help: did you mean 'reentrancy'?\n");
  CHECK(render(diagnostic, &source, DiagnosticStyle::one_line) ==
        "shop.yaml:4:3: error: unknown key 'reentrency' in config (did you mean 'reentrancy'?)\n");
}

TEST_CASE("a diagnostic without a place has no excerpt") {
  const Source source{"f", "text"};
  CHECK(render({Severity::error, "bad-override", "--set a=b", {0, 0, 1}, "no", "yes", {}}, &source) ==
        "--set a=b: error: no\n  = help: yes\n");
  CHECK(render({Severity::warning, "bad-override", "", {0, 0, 1}, "no", "", {}}, nullptr) == "warning: no\n");
}

TEST_CASE("the caret stands under the place where a terminal shows it") {
  CHECK(excerpt("日本: x", {1, 9, 1}) == " 1 | 日本: x\n   |       ^\n");         // wide characters
  CHECK(excerpt("e\xCC\x81: x", {1, 6, 1}) == " 1 | e\xCC\x81: x\n   |    ^\n");  // a combining accent
  CHECK(excerpt("\tx", {1, 2, 1}) == " 1 |     x\n   |     ^\n");
  CHECK(excerpt("a\x1B: x", {1, 5, 1}) == " 1 | a\\x1b: x\n   |        ^\n");
  CHECK(excerpt("ab", {1, 3, 1}) == " 1 | ab\n   |   ^\n");  // behind the end
  CHECK(excerpt("日本", {1, 4, 3}) == " 1 | 日本\n   |   ^^\n");
}

TEST_CASE("an excerpt leaves out the byte order mark and the carriage return") {
  CHECK(excerpt("\xEF\xBB\xBFkey: 1\r\n", {1, 1, 3}) == " 1 | key: 1\n   | ^^^\n");
}

TEST_CASE("of a long line the part around the place is shown") {
  const std::string text = excerpt(std::string(1'000'000, 'a') + "X" + std::string(1'000'000, 'b'), {1, 1'000'001, 1});
  CHECK(text.size() < 400);
  CHECK(text.find("…aaa") != std::string::npos);
  CHECK(text.find("aXb") != std::string::npos);
  const std::size_t line = text.find("| ") + 2;
  const std::size_t caret_line = text.find("| ", text.find('\n')) + 2;
  // "…" is three bytes and one column.
  CHECK(text.find('X') - line - 2 == text.find('^') - caret_line);
}

TEST_CASE("a place that does not exist is no trouble") {
  CHECK(excerpt("a", {7, 3, 1}) == " 7 |\n   | ^\n");
  CHECK(excerpt("", {1, 1, 1}) == " 1 |\n   | ^\n");
  CHECK(excerpt("abc", {1, 1, 4'000'000'000U}) == " 1 | abc\n   | ^^^\n");
}

TEST_CASE("no part of a diagnostic controls a terminal") {
  const Source source{"f", "\x1B[2J: 1"};
  const std::string text =
      render({Severity::error, "unknown-key", "a\x1B[2J.yaml", {1, 1, 4}, "m\x1B[2J", "h\x07", {{{1, 1, 1}, "n\x1B"}}},
             &source);
  CHECK(text.find('\x1B') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
}

TEST_CASE("diagnostics come in the order of their places, equal ones once") {
  Diagnostics diagnostics;
  diagnostics.add(at(3, 1, "c"));
  diagnostics.add(at(1, 5, "b"));
  diagnostics.add(at(1, 2, "a"));
  diagnostics.add(at(1, 5, "b2"));
  diagnostics.add(at(1, 5, "b"));
  std::string order;
  for (const Diagnostic& diagnostic : diagnostics.items()) order += diagnostic.message + " ";
  CHECK(order == "a b b2 c ");
  CHECK(diagnostics.error_count() == 4);
}

TEST_CASE("twenty diagnostics are shown and the others are counted") {
  Diagnostics diagnostics;
  for (std::uint32_t line = 1; line <= 25; ++line) diagnostics.add(at(line, 1, "x"));
  CHECK(diagnostics.shown().size() == 20);
  CHECK(diagnostics.hidden_count() == 5);
  const std::string text = render(diagnostics, nullptr, DiagnosticStyle::one_line);
  CHECK(text.find("shop.yaml:20:1: error: x\n… and 5 more\n") != std::string::npos);
}

TEST_CASE("warnings never push errors out of sight") {
  Diagnostics diagnostics;
  for (std::uint32_t line = 1; line <= 30; ++line) diagnostics.add(at(line, 1, "w", Severity::warning));
  diagnostics.add(at(100, 1, "e"));
  CHECK(diagnostics.shown().back().message == "e");
  CHECK(diagnostics.shown().size() == 20);
  CHECK(diagnostics.hidden_count() == 11);
}

TEST_CASE("a flood of diagnostics is counted without being kept") {
  Diagnostics diagnostics;
  for (std::uint32_t line = 5000; line > 0; --line) diagnostics.add(at(line, 1, "x"));
  CHECK(diagnostics.items().size() == Diagnostics::kKept);
  CHECK(diagnostics.items().front().span.line == 1);
  CHECK(diagnostics.error_count() == 5000);
  CHECK(diagnostics.hidden_count() == 4980);
}

TEST_CASE("every code is listed once") {
  const std::vector<std::string_view>& codes = diagnostic_codes();
  CHECK(std::set<std::string_view>(codes.begin(), codes.end()).size() == codes.size());
}
