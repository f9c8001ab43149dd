// Integer expressions and texts with variables in them: what `$i`, `$(i%1000)` and `when: $n > 1` are.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/base/span.h"

namespace actorsim {

/// An integer expression over variables: `+ - * / %`, `== != < <= > >=`, `and`, `or`, parentheses. Comparisons give 1 or 0.
/// Kept as a flat program in postfix order, so that evaluating it needs a small stack and no recursion.
struct Expression {
  enum class Op : std::uint8_t { constant, variable, add, subtract, multiply, divide, modulo, equal, not_equal, less, less_equal, greater, greater_equal, logical_and, logical_or };
  struct Node {
    Op op = Op::constant;
    std::int64_t value = 0;     ///< constant
    std::uint32_t variable = 0; ///< variable: an index into `variables`
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
    std::string text;       ///< the literal text, or the variable's name (whose value may be a text or a number)
    Expression expression;  ///< `$(…)`
  };
  std::vector<Piece> pieces;  ///< no piece: the empty text
  Span span;

  bool is_constant() const { return pieces.empty() || (pieces.size() == 1 && pieces.front().kind == Piece::Kind::text); }
  const std::string& constant() const {
    static const std::string empty;
    return pieces.empty() ? empty : pieces.front().text;
  }
};

}  // namespace actorsim
