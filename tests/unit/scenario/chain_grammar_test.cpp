// Chains and targets as values.
#include "actorsim/scenario/chain_grammar.h"

#include "support/catch.h"

using namespace actorsim;

namespace {

std::string text_of(const Hop& hop) {
  return hop.type + "/" + hop.id + "." + hop.method + (hop.nested == 1 ? "" : " x" + std::to_string(hop.nested));
}

std::string text_of(const std::vector<Hop>& hops) {
  if (hops.size() == 1) return text_of(hops.front());
  std::string result;
  for (const Hop& hop : hops) result += (result.empty() ? "(" : " & ") + text_of(hop);
  return result + ")";
}

// The chain with everything written out, or where and why it is none.
std::string chain(const std::string& text) {
  const auto result = parse_chain(LocatedText::at(text, {3, 5, 1}));
  if (!result) return std::to_string(result.error().span.column) + ": " + result.error().message;
  std::string written = text_of(result->first);
  for (const Chain::Next& next : result->rest) {
    const char* links[] = {" -> ", " ~> ", " -/> "};
    written += links[static_cast<int>(next.link)] + text_of(next.hops);
  }
  return written;
}

std::string target(const std::string& text, const Scope& scope = {}) {
  const auto result = parse_target(LocatedText::at(text, {3, 5, 1}), scope);
  if (!result) return std::to_string(result.error().span.column) + ": " + result.error().message;
  const char* kinds[] = {"", "self", "caller"};
  std::string written = kinds[static_cast<int>(result->kind)] + result->type;
  if (result->kind == Target::Kind::named) written += "/" + (result->id.is_constant() ? result->id.constant() : "…");
  return written + "." + result->method.value_or("?");
}

}  // namespace

TEST_CASE("ids and methods that are left out are filled in") {
  CHECK(chain("A -> B -> A") == "A/1.m1 -> B/1.m2 -> A/1.m3");
  CHECK(chain("A/7.go ~> B -/> C.x") == "A/7.go ~> B/1.m2 -/> C/1.x");
  CHECK(chain("Order.place x33") == "Order/1.place x33");
  CHECK(chain("A x2 -> B x1_000") == "A/1.m1 x2 -> B/1.m2 x1000");
}

TEST_CASE("groups call several hops at once, and hops are counted on") {
  CHECK(chain("A -> (B & C.go & D/2)") == "A/1.m1 -> (B/1.m2 & C/1.go & D/2.m4)");
  CHECK(chain("(A & B)") == "(A/1.m1 & B/1.m2)");
  CHECK(chain("A -> (B)") == "A/1.m1 -> B/1.m2");
  CHECK(chain("A -> (B) -> C") == "A/1.m1 -> B/1.m2 -> C/1.m3");
}

TEST_CASE("blanks are free around operators, and a chain may span lines") {
  CHECK(chain("A->B~>C-/>D") == "A/1.m1 -> B/1.m2 ~> C/1.m3 -/> D/1.m4");
  CHECK(chain("  A  ->\n  B\t") == "A/1.m1 -> B/1.m2");
  CHECK(chain("my-type.a-b->B") == "my-type/1.a-b -> B/1.m2");
  CHECK(chain("A->(B&C)") == "A/1.m1 -> (B/1.m2 & C/1.m3)");
}

TEST_CASE("ids are almost any text, and any text in quotes") {
  CHECK(chain("A/user-1@x -> B/é") == "A/user-1@x.m1 -> B/é.m2");
  CHECK(chain("A/\"a.b/c d\".go -> B") == "A/a.b/c d.go -> B/1.m2");
  CHECK(chain("A/7->B") == "A/7.m1 -> B/1.m2");
}

TEST_CASE("an x without a blank before it belongs to a name") {
  CHECK(chain("A.mx3") == "A/1.mx3");
  CHECK(chain("Ax3") == "Ax3/1.m1");
  CHECK(chain("A -> x3") == "A/1.m1 -> x3/1.m2");
}

TEST_CASE("a bad chain is told where it goes wrong") {
  CHECK(chain("") == "5: an empty chain");
  CHECK(chain("A ->") == "8: a hop is missing at the end of the chain");
  CHECK(chain("A => B") == "7: unknown operator '=>' in a chain");
  CHECK(chain("A B") == "7: an operator was expected before 'B'");
  CHECK(chain("A -> (B & C) -> D") == "10: a group of hops can only stand last in a chain");
  CHECK(chain("(A & B) -> C") == "5: a group of hops can only stand last in a chain");
  CHECK(chain("A x0") == "7: a hop is nested at least once: x1");
  CHECK(chain("A x99999999999999999999") == "7: '99999999999999999999' is too large");
  CHECK(chain(std::string(100'000, '(')) == "6: a group cannot stand inside a group");
}

TEST_CASE("a chain that stands alone is told about in its own source") {
  const auto result = parse_chain(Source{"<ask>", "A => B"});
  REQUIRE_FALSE(result.has_value());
  const Source source{"<ask>", "A => B"};
  CHECK(render(result.error(), &source) ==
        "<ask>:1:3: error: unknown operator '=>' in a chain\n"
        " 1 | A => B\n"
        "   |   ^^\n"
        "   = help: hops are joined by '->' (call), '~>' (send) or '-/>' (call without the header)\n");
  CHECK(parse_chain(Source{"<ask>", "A -> B -> A"}).has_value());
}

TEST_CASE("targets name an actor and a method") {
  CHECK(target("Order/7.place") == "Order/7.place");
  CHECK(target("Order.place") == "Order/1.place");
  CHECK(target("Order/7") == "Order/7.?");
  CHECK(target("Order") == "Order/1.?");
  CHECK(target("self.confirm") == "self.confirm");
  CHECK(target("caller") == "caller.?");
  CHECK(target("Order/\"a.b\".place") == "Order/a.b.place");
  CHECK(target("Order/a->b.m") == "Order/a->b.m");
}

TEST_CASE("an id of a target may hold variables, with anything inside the parentheses") {
  Scope scope;
  scope.running = {"i"};
  CHECK(target("Account/$i.deposit", scope) == "Account/….deposit");
  CHECK(target("Account/$(i / (2 + 1)).deposit", scope) == "Account/….deposit");
  CHECK(target("Account/$(6 / 2).deposit", scope) == "Account/3.deposit");
  CHECK(target("Account/$j.deposit", scope) == "13: unknown variable '$j'");
}

TEST_CASE("the parts of a target have places of their own") {
  const auto result = parse_target(LocatedText::at("Order/7.place", {3, 5, 1}), {});
  REQUIRE(result.has_value());
  CHECK(result->type_span == Span{3, 5, 5});
  CHECK(result->method_span == Span{3, 13, 5});
}

TEST_CASE("a bad target is told where it goes wrong") {
  CHECK(target("") == "5: an empty target");
  CHECK(target("1A.m") == "5: '1A' cannot be the name of a type");
  CHECK(target("A/.m") == "7: an id is missing after '/'");
  CHECK(target("A/1.") == "8: a method is missing after '.'");
  CHECK(target("A/1.m.n") == "10: '.' cannot stand in a target");
  CHECK(target("A -> B") == "6: ' ' cannot stand in a target");
  CHECK(target("self/1.m") == "9: 'self' takes no id");
}
