// Integer expressions and texts with variables in them: what `$i`, `$(i%1000)` and `when: $n > 1` are.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/boxed.h"
#include "actorsim/base/span.h"
#include "actorsim/scenario/located_text.h"

namespace actorsim {

/// An integer expression over variables: `+ - * / %`, `== != < <= > >=`, `and`, `or`, parentheses. Comparisons give 1
/// or 0. Kept as a flat program in postfix order, so that evaluating it needs a small stack and no recursion.
struct Expression {
  enum class Op : std::uint8_t {
    constant,
    variable,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    logical_and,
    logical_or
  };
  struct Node {
    Op op = Op::constant;
    std::int64_t value = 0;      ///< constant
    std::uint32_t variable = 0;  ///< variable: an index into `variables`
  };
  std::vector<Node> nodes;
  std::vector<std::string> variables;
  Span span;

  bool is_constant() const { return nodes.size() == 1 && nodes.front().op == Op::constant; }
  std::int64_t constant() const { return nodes.front().value; }
};

/// A text with variables in it, in pieces: `user-$i` is the text `user-` and the variable `i`.
/// Only variables that are bound while a scenario runs (`$i`, those of `with`) are left in it.
struct Template {
  struct Piece {
    enum class Kind : std::uint8_t { text, variable, expression };
    Kind kind = Kind::text;
    /// The literal text; the variable's name (its value may be a text or a number); the expression as it is written.
    std::string text;
    Boxed<Expression> expression;  ///< `$(…)`
  };
  std::vector<Piece> pieces;  ///< no piece: the empty text
  Span span;

  bool is_constant() const {
    return pieces.empty() || (pieces.size() == 1 && pieces.front().kind == Piece::Kind::text);
  }
  const std::string& constant() const {
    static const std::string empty;
    return pieces.empty() ? empty : pieces.front().text;
  }
};

/// Deepest stack that evaluating any parsed expression needs.
inline constexpr std::size_t kMaximumExpressionStack = 64;

struct Evaluation {
  enum class Problem : std::uint8_t { none, overflow, division_by_zero };
  std::int64_t value = 0;
  Problem problem = Problem::none;
};

/// The expression's value, where `values[k]` is that of `expression.variables[k]`. Division and remainder round towards
/// zero. `and` and `or` do not look at their right side if the left one decides. Allocates nothing.
Evaluation evaluate(const Expression& expression, const std::int64_t* values);

/// "is too large for a 64-bit number", "divides by zero".
std::string_view to_words(Evaluation::Problem problem);

/// The variables that a text may name.
struct Scope {
  std::map<std::string, std::string, std::less<>> constants;  ///< known now: their values, as texts
  std::vector<std::string> running;  ///< bound only while the scenario runs; they hide constants
  bool any_running = false;          ///< other names may be bound by `with`

  bool is_running(std::string_view name) const;
  std::vector<std::string> names() const;
};

/// Reads an expression; names may be written with or without `$`. Constants of the scope are filled in.
tl::expected<Expression, LocatedProblem> parse_expression(const LocatedText& text, const Scope& scope);

/// Reads a text with `$name` and `$(…)` in it; `$$` is a dollar sign. Constants of the scope are filled in.
tl::expected<Template, LocatedProblem> parse_template(const LocatedText& text, const Scope& scope);

/// Replaces what the scope knows now and leaves the rest as it is written, so that the result can be taken apart first
/// and be parsed in parts then. What stands right behind a variable that is left (`$i$k`) is left, too.
tl::expected<std::string, LocatedProblem> fill_in_constants(const LocatedText& text, const Scope& scope);

}  // namespace actorsim
