// Integer expressions and texts with variables.
#include "actorsim/scenario/expression.h"

#include <limits>

#include "support/catch.h"

using namespace actorsim;

namespace {

Scope scope_with(std::vector<std::string> running) {
  Scope scope;
  scope.running = std::move(running);
  scope.constants["depth"] = "32";
  scope.constants["user"] = "ann";
  scope.constants["dollar"] = "$i";
  return scope;
}

Evaluation value_of(const std::string& text, std::int64_t i = 0) {
  const auto expression = parse_expression(LocatedText::at(text, {1, 1, 1}), scope_with({"i"}));
  REQUIRE(expression.has_value());
  return evaluate(*expression, &i);
}

std::string problem_of(const std::string& text) {
  const auto expression = parse_expression(LocatedText::at(text, {1, 1, 1}), scope_with({"i"}));
  if (expression) return "";
  return std::to_string(expression.error().span.column) + ": " + expression.error().message;
}

std::string pieces_of(const std::string& text) {
  const auto result = parse_template(LocatedText::at(text, {1, 1, 1}), scope_with({"i"}));
  if (!result) return std::to_string(result.error().span.column) + ": " + result.error().message;
  std::string pieces;
  for (const Template::Piece& piece : result->pieces) {
    if (piece.kind == Template::Piece::Kind::text) pieces += "text(" + piece.text + ")";
    if (piece.kind == Template::Piece::Kind::variable) pieces += "variable(" + piece.text + ")";
    if (piece.kind == Template::Piece::Kind::expression) pieces += "expression";
  }
  return pieces;
}

std::string filled(const std::string& text) {
  const auto result = fill_in_constants(LocatedText::at(text, {1, 1, 1}), scope_with({"i"}));
  return result ? *result : result.error().message;
}

}  // namespace

TEST_CASE("operators bind as in other languages") {
  CHECK(value_of("1 + 2 * 3").value == 7);
  CHECK(value_of("(1 + 2) * 3").value == 9);
  CHECK(value_of("10 - 3 - 2").value == 5);
  CHECK(value_of("17 % 5").value == 2);
  CHECK(value_of("-7 / 2").value == -3);
  CHECK(value_of("-7 % 2").value == -1);
  CHECK(value_of("- - 3").value == 3);
  CHECK(value_of("1 + 1 == 2").value == 1);
  CHECK(value_of("1 > 2 or 2 >= 2 and 3 != 3").value == 0);
  CHECK(value_of("2 > 1 or 1 / 1 > 5").value == 1);
  CHECK(value_of("1_000 * 1e3").value == 1'000'000);
}

TEST_CASE("variables are written with or without a dollar sign") {
  CHECK(value_of("i%100", 250).value == 50);
  CHECK(value_of("$i % 100", 250).value == 50);
  CHECK(value_of("i-1", 5).value == 4);
  CHECK(value_of("i > 1 and i != 2", 3).value == 1);
  CHECK(value_of("$depth + 1").value == 33);
  CHECK(value_of("$(i + 1) * 2", 3).value == 8);
}

TEST_CASE("what is known now is a constant") {
  const auto expression = parse_expression(LocatedText::at("depth * 2 + 1", {1, 1, 1}), scope_with({}));
  REQUIRE(expression.has_value());
  CHECK(expression->is_constant());
  CHECK(expression->constant() == 65);
}

TEST_CASE("overflow and division by zero are values of their own") {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  CHECK(value_of("i + 1", kMost).problem == Evaluation::Problem::overflow);
  CHECK(value_of("i - 1", kLeast).problem == Evaluation::Problem::overflow);
  CHECK(value_of("i * 2", kMost).problem == Evaluation::Problem::overflow);
  CHECK(value_of("-i", kLeast).problem == Evaluation::Problem::overflow);
  CHECK(value_of("i / -1", kLeast).problem == Evaluation::Problem::overflow);
  CHECK(value_of("i % -1", kLeast).value == 0);
  CHECK(value_of("1 / i", 0).problem == Evaluation::Problem::division_by_zero);
  CHECK(value_of("1 % i", 0).problem == Evaluation::Problem::division_by_zero);
  CHECK(value_of("1 + 1 / i * 2", 0).problem == Evaluation::Problem::division_by_zero);
}

TEST_CASE("a side that does not matter is not looked at") {
  CHECK(value_of("i != 0 and 10 / i > 1", 0).problem == Evaluation::Problem::none);
  CHECK(value_of("i != 0 and 10 / i > 1", 0).value == 0);
  CHECK(value_of("i == 0 or 10 / i > 1", 0).value == 1);
  CHECK(value_of("10 / i > 1 and i != 0", 0).problem == Evaluation::Problem::division_by_zero);
}

TEST_CASE("a bad expression is told where it goes wrong") {
  CHECK(problem_of("") == "1: the expression ends where a number or a variable was expected");
  CHECK(problem_of("1 +") == "4: the expression ends where a number or a variable was expected");
  CHECK(problem_of("1 2") == "3: an operator was expected here");
  CHECK(problem_of("(1 + 2") == "1: this '(' is not closed");
  CHECK(problem_of("1 < 2 < 3") == "7: comparisons cannot be strung together");
  CHECK(problem_of("$n > 1") == "1: unknown variable '$n'");
  CHECK(problem_of("1 + user") == "5: the variable '$user' is 'ann', which is not a whole number");
  CHECK(problem_of("010") == "1: '010' has a leading zero, which is never a number here");
  CHECK(problem_of("and") == "1: a number or a variable was expected here");
  CHECK(problem_of("1 & 2") == "3: an operator was expected here");
  CHECK(problem_of("1 / 0") == "1: '1 / 0' divides by zero");
}

TEST_CASE("nesting is bounded") {
  CHECK(problem_of(std::string(100'000, '(')) == "51: this expression is nested too deep");
  CHECK(problem_of(std::string(100'000, '-') + "1").find("nested too deep") != std::string::npos);
  std::string growing = "1";
  for (int i = 0; i < 40; ++i) growing = "1 or 1 and 1 < 1 + 1 * (" + growing + ")";
  CHECK(problem_of(growing) == "1: this expression is too complicated");
  std::string flat = "i";
  for (int i = 0; i < 10'000; ++i) flat += " + 1";
  CHECK(value_of(flat, 0).value == 10'000);
}

TEST_CASE("a text is taken apart at its variables") {
  CHECK(pieces_of("plain") == "text(plain)");
  CHECK(pieces_of("").empty());
  CHECK(pieces_of("user-$i") == "text(user-)variable(i)");
  CHECK(pieces_of("$i-1") == "variable(i)text(-1)");
  CHECK(pieces_of("a$(i%10)b") == "text(a)expressiontext(b)");
  CHECK(pieces_of("$user/$depth") == "text(ann/32)");
  CHECK(pieces_of("$(depth + 1)$i") == "text(33)variable(i)");
  CHECK(pieces_of("$$5") == "text($5)");
  CHECK(pieces_of("$dollar") == "text($i)");
}

TEST_CASE("a bad variable in a text is told where it stands") {
  CHECK(pieces_of("a$") == "2: a '$' begins a variable: '$name' or '$(…)'");
  CHECK(pieces_of("cost: $5") == "7: a '$' begins a variable: '$name' or '$(…)'");
  CHECK(pieces_of("a$(i") == "2: this '$(' is not closed");
  CHECK(pieces_of("a$nobody") == "2: unknown variable '$nobody'");
  CHECK(pieces_of("a$(i +)") == "7: the expression ends where a number or a variable was expected");
}

TEST_CASE("filling in leaves what only a run knows as it is written") {
  CHECK(filled("Order/$user.m") == "Order/ann.m");
  CHECK(filled("Order/$i.$(i % 3)") == "Order/$i.$(i % 3)");
  CHECK(filled("$(depth + 1) $$ $i") == "33 $$ $i");
  CHECK(filled("$dollar") == "$$i");
}

TEST_CASE("what is filled in never becomes part of a variable's name") {
  CHECK(filled("$i$user") == "$i$user");
  CHECK(filled("$i$user$user-$user") == "$i$user$user-ann");
  CHECK(filled("$i-$user") == "$i-ann");
  CHECK(filled("$i$$$user") == "$i$$ann");
  CHECK(filled("$(i)$user") == "$(i)ann");
}

TEST_CASE("a running variable hides a constant of the same name") {
  Scope scope = scope_with({"depth"});
  const auto result = parse_template(LocatedText::at("$depth", {1, 1, 1}), scope);
  REQUIRE(result.has_value());
  CHECK_FALSE(result->is_constant());
}
