// Parsing and evaluating integer expressions.
#include "actorsim/scenario/expression.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "actorsim/base/check.h"
#include "actorsim/base/text.h"

namespace actorsim {
namespace {

using Op = Expression::Op;

struct Operator {
  std::string_view text;
  Op op;
  int level;  // binds tighter the higher it is
};

// Longer spellings before their beginnings.
constexpr std::array<Operator, 13> kOperators{{{"or", Op::logical_or, 0},
                                               {"and", Op::logical_and, 1},
                                               {"==", Op::equal, 2},
                                               {"!=", Op::not_equal, 2},
                                               {"<=", Op::less_equal, 2},
                                               {">=", Op::greater_equal, 2},
                                               {"<", Op::less, 2},
                                               {">", Op::greater, 2},
                                               {"+", Op::add, 3},
                                               {"-", Op::subtract, 3},
                                               {"*", Op::multiply, 4},
                                               {"/", Op::divide, 4},
                                               {"%", Op::modulo, 4}}};
constexpr int kComparisonLevel = 2;
constexpr int kUnaryLevel = 5;
constexpr int kMaximumNesting = 50;

class Parser {
 public:
  Parser(const LocatedText& text, const Scope& scope) : text_(text), scope_(scope) {}

  tl::expected<Expression, LocatedProblem> parse() {
    result_.span = text_.part(0, text_.text.size());
    parse_level(0);
    skip_blanks();
    if (!problem_ && at_ < text_.text.size()) fail_here("an operator was expected here", at_, rest_length());
    if (!problem_ && stack_needed() > kMaximumExpressionStack)
      fail_here("this expression is too complicated", 0, text_.text.size());
    if (problem_) return tl::unexpected(*problem_);
    return std::move(result_);
  }

 private:
  void fail_here(std::string message, std::size_t offset, std::size_t length, std::string help = {},
                 std::string_view code = "expression-syntax") {
    if (!problem_) problem_ = LocatedProblem{code, text_.part(offset, length), std::move(message), std::move(help)};
  }

  void skip_blanks() {
    while (at_ < text_.text.size() && is_blank(text_.text[at_])) ++at_;
  }

  std::size_t rest_length() const { return text_.text.size() - at_; }

  const Operator* find_operator() const {
    const std::string_view rest = text_.text.substr(at_);
    for (const Operator& candidate : kOperators) {
      if (rest.substr(0, candidate.text.size()) != candidate.text) continue;
      const bool is_word = is_name_start(candidate.text.front());
      if (is_word && rest.size() > candidate.text.size() && is_name_part(rest[candidate.text.size()])) continue;
      return &candidate;
    }
    return nullptr;
  }

  void parse_level(int level) {
    if (level == kUnaryLevel) return parse_operand();
    parse_level(level + 1);
    bool compared = false;
    while (!problem_) {
      skip_blanks();
      const Operator* found = find_operator();
      if (found == nullptr || found->level != level) return;
      if (level == kComparisonLevel && compared) {
        return fail_here("comparisons cannot be strung together", at_, found->text.size(), "join them with 'and'");
      }
      compared = true;
      at_ += found->text.size();
      parse_level(level + 1);
      result_.nodes.push_back({found->op, 0, 0});
    }
  }

  void parse_operand() {
    skip_blanks();
    if (at_ >= text_.text.size())
      return fail_here("the expression ends where a number or a variable was expected", at_, 1);
    const char first = text_.text[at_];
    if (text_.text.substr(at_, 2) == "$(") ++at_;  // as it is written in a text
    if (text_.text[at_] == '(') return parse_parentheses();
    if (first == '-') {
      ++at_;
      if (++nesting_ > kMaximumNesting) return fail_here("this expression is nested too deep", at_, 1);
      push_constant(0);
      parse_operand();
      result_.nodes.push_back({Op::subtract, 0, 0});
      --nesting_;
      return;
    }
    if (is_digit(first)) return parse_number();
    if (first == '$' || is_name_start(first)) return parse_variable();
    fail_here("a number or a variable was expected here", at_, decode_utf8(text_.text, at_).length);
  }

  void parse_parentheses() {
    const std::size_t open = at_++;
    if (++nesting_ > kMaximumNesting) return fail_here("this expression is nested too deep", open, 1);
    parse_level(0);
    skip_blanks();
    if (problem_) return;
    if (at_ >= text_.text.size() || text_.text[at_] != ')') return fail_here("this '(' is not closed", open, 1);
    ++at_;
    --nesting_;
  }

  void parse_number() {
    const std::size_t start = at_;
    while (at_ < text_.text.size() && (is_digit(text_.text[at_]) || is_name_start(text_.text[at_]))) ++at_;
    const std::string_view digits = text_.text.substr(start, at_ - start);
    const auto value = parse_integer(digits);
    if (!value)
      return fail_here(in_quotes(digits) + " " + value.error().reason, start, digits.size(), value.error().help,
                       "bad-number");
    push_constant(*value);
  }

  // A name in an expression has no dash in it: `i-1` is a difference.
  void parse_variable() {
    const std::size_t start = at_;
    if (text_.text[at_] == '$') ++at_;
    const std::size_t name_start = at_;
    while (at_ < text_.text.size() && is_name_part(text_.text[at_]) && text_.text[at_] != '-') ++at_;
    const std::string_view name = text_.text.substr(name_start, at_ - name_start);
    if (!is_name(name)) return fail_here("a variable's name was expected after '$'", start, 1);
    if (name == "and" || name == "or") return fail_here("a number or a variable was expected here", start, name.size());
    if (scope_.is_running(name)) return push_variable(name);
    const auto constant = scope_.constants.find(name);
    if (constant == scope_.constants.end()) {
      if (scope_.any_running) return push_variable(name);
      return fail_here("unknown variable " + in_quotes("$" + std::string(name)), start, at_ - start,
                       suggestion(name, scope_.names()), "unknown-variable");
    }
    const auto value = parse_integer(constant->second);
    if (!value) {
      return fail_here("the variable " + in_quotes("$" + std::string(name)) + " is " + in_quotes(constant->second) +
                           ", which " + value.error().reason,
                       start, at_ - start, {}, "bad-number");
    }
    push_constant(*value);
  }

  void push_constant(std::int64_t value) { result_.nodes.push_back({Op::constant, value, 0}); }

  void push_variable(std::string_view name) {
    const auto found = std::find(result_.variables.begin(), result_.variables.end(), name);
    const auto index = static_cast<std::uint32_t>(found - result_.variables.begin());
    if (found == result_.variables.end()) result_.variables.emplace_back(name);
    result_.nodes.push_back({Op::variable, 0, index});
  }

  std::size_t stack_needed() const {
    std::size_t depth = 0;
    std::size_t deepest = 0;
    for (const Expression::Node& node : result_.nodes) {
      const bool is_operand = node.op == Op::constant || node.op == Op::variable;
      depth = is_operand ? depth + 1 : depth - 1;
      deepest = std::max(deepest, depth);
    }
    return deepest;
  }

  const LocatedText& text_;
  const Scope& scope_;
  std::size_t at_ = 0;
  int nesting_ = 0;
  Expression result_;
  std::optional<LocatedProblem> problem_;
};

Evaluation divide(std::int64_t left, std::int64_t right, Op op) {
  if (right == 0) return {0, Evaluation::Problem::division_by_zero};
  if (left == std::numeric_limits<std::int64_t>::min() && right == -1) {
    return op == Op::divide ? Evaluation{0, Evaluation::Problem::overflow} : Evaluation{0, Evaluation::Problem::none};
  }
  return {op == Op::divide ? left / right : left % right, Evaluation::Problem::none};
}

Evaluation logical(const Evaluation& left, const Evaluation& right, bool decisive) {
  if (left.problem != Evaluation::Problem::none) return left;
  if ((left.value != 0) == decisive) return {decisive ? 1 : 0, Evaluation::Problem::none};
  if (right.problem != Evaluation::Problem::none) return right;
  return {right.value != 0 ? 1 : 0, Evaluation::Problem::none};
}

Evaluation apply(Op op, const Evaluation& left, const Evaluation& right) {
  if (op == Op::logical_and) return logical(left, right, false);
  if (op == Op::logical_or) return logical(left, right, true);
  if (left.problem != Evaluation::Problem::none) return left;
  if (right.problem != Evaluation::Problem::none) return right;
  const std::int64_t a = left.value;
  const std::int64_t b = right.value;
  std::int64_t result = 0;
  bool overflow = false;
  switch (op) {
    case Op::add: overflow = __builtin_add_overflow(a, b, &result); break;
    case Op::subtract: overflow = __builtin_sub_overflow(a, b, &result); break;
    case Op::multiply: overflow = __builtin_mul_overflow(a, b, &result); break;
    case Op::divide:
    case Op::modulo: return divide(a, b, op);
    case Op::equal: result = a == b ? 1 : 0; break;
    case Op::not_equal: result = a != b ? 1 : 0; break;
    case Op::less: result = a < b ? 1 : 0; break;
    case Op::less_equal: result = a <= b ? 1 : 0; break;
    case Op::greater: result = a > b ? 1 : 0; break;
    case Op::greater_equal: result = a >= b ? 1 : 0; break;
    case Op::constant:
    case Op::variable:
    case Op::logical_and:
    case Op::logical_or: break;
  }
  if (overflow) return {0, Evaluation::Problem::overflow};
  return {result, Evaluation::Problem::none};
}

}  // namespace

Evaluation evaluate(const Expression& expression, const std::int64_t* values) {
  std::array<Evaluation, kMaximumExpressionStack> stack;
  std::size_t top = 0;
  for (const Expression::Node& node : expression.nodes) {
    if (node.op == Op::constant) {
      stack[top++] = {node.value, Evaluation::Problem::none};
    } else if (node.op == Op::variable) {
      stack[top++] = {values[node.variable], Evaluation::Problem::none};
    } else {
      --top;
      stack[top - 1] = apply(node.op, stack[top - 1], stack[top]);
    }
  }
  ACTORSIM_CHECK(top == 1);
  return stack[0];
}

std::string_view to_words(Evaluation::Problem problem) {
  switch (problem) {
    case Evaluation::Problem::none: return "is fine";
    case Evaluation::Problem::overflow: return "is too large for a 64-bit number";
    case Evaluation::Problem::division_by_zero: return "divides by zero";
  }
  return "";
}

bool Scope::is_running(std::string_view name) const {
  return std::find(running.begin(), running.end(), name) != running.end();
}

std::vector<std::string> Scope::names() const {
  std::vector<std::string> result;
  for (const auto& [name, value] : constants) result.push_back("$" + name);
  for (const std::string& name : running) result.push_back("$" + name);
  return result;
}

tl::expected<Expression, LocatedProblem> parse_expression(const LocatedText& text, const Scope& scope) {
  auto result = Parser(text, scope).parse();
  if (!result || !result->variables.empty()) return result;
  const Evaluation value = evaluate(*result, nullptr);
  if (value.problem != Evaluation::Problem::none) {
    return tl::unexpected(LocatedProblem{
        "bad-number", result->span, in_quotes(text.text) + " " + std::string(to_words(value.problem)), {}});
  }
  result->nodes = {{Op::constant, value.value, 0}};
  return result;
}

}  // namespace actorsim
