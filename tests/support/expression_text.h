// An expression, written out so that it is read as the same program.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "actorsim/scenario/expression.h"

namespace actorsim::testing {

struct OperatorSign {
  std::string_view text;
  int level;  ///< binds tighter the higher it is
};

inline constexpr int kComparisonLevel = 2, kOperandLevel = 5;

inline OperatorSign sign_of(Expression::Op op) {
  using Op = Expression::Op;
  switch (op) {
    case Op::logical_or: return {"or", 0};
    case Op::logical_and: return {"and", 1};
    case Op::equal: return {"==", kComparisonLevel};
    case Op::not_equal: return {"!=", kComparisonLevel};
    case Op::less: return {"<", kComparisonLevel};
    case Op::less_equal: return {"<=", kComparisonLevel};
    case Op::greater: return {">", kComparisonLevel};
    case Op::greater_equal: return {">=", kComparisonLevel};
    case Op::add: return {"+", 3};
    case Op::subtract: return {"-", 3};
    case Op::multiply: return {"*", 4};
    case Op::divide: return {"/", 4};
    case Op::modulo: return {"%", 4};
    case Op::constant:
    case Op::variable: break;
  }
  return {"", kOperandLevel};
}

/// With no more parentheses than are needed, so that it is nested no deeper than what it was read from. Throws where
/// the program is no tree.
inline std::string expression_text(const Expression& expression) {
  struct Written {
    std::string text;
    int level = kOperandLevel;

    std::string from_level(int needed) const { return level < needed ? "(" + text + ")" : text; }
  };
  std::vector<Written> stack;
  for (const Expression::Node& node : expression.nodes) {
    if (node.op == Expression::Op::constant) {
      stack.push_back({std::to_string(node.value)});
    } else if (node.op == Expression::Op::variable) {
      stack.push_back({"$" + expression.variables[node.variable]});
    } else {
      if (stack.size() < 2) throw std::runtime_error("an operator lacks an operand");
      const OperatorSign sign = sign_of(node.op);
      const Written right = std::move(stack.back());
      stack.pop_back();
      const bool is_comparison = sign.level == kComparisonLevel;
      stack.back() = {stack.back().from_level(sign.level + (is_comparison ? 1 : 0)) + " " + std::string(sign.text) +
                          " " + right.from_level(sign.level + 1),
                      sign.level};
    }
  }
  if (stack.size() != 1) throw std::runtime_error("an expression is no tree");
  return stack.back().text;
}

}  // namespace actorsim::testing
