// About: lib/actorsim/scenario/expression.cpp lib/actorsim/scenario/template.cpp
// Any text as an expression and as a text with variables: what is read, written out and read again is the same program
// and has the same values; filling in what is known first and reading then is reading at once.
#include "actorsim/scenario/expression.h"

#include <array>
#include <limits>

#include "fuzz/support/fuzz.h"
#include "support/expression_text.h"

using namespace actorsim;
using namespace actorsim::fuzz;

namespace {

// ---- read again -----------------------------------------------------------------------------------------------------

Scope some_scope() {
  Scope scope;
  scope.constants = {{"k", "7"}, {"big", "9223372036854775807"}, {"word", "a$b"}};
  scope.running = {"i"};
  scope.any_running = true;
  return scope;
}

void demand_good_problem(const LocatedProblem& problem, const Source& source) {
  demand(problem.span.line == 1 && problem.span.column >= 1 && problem.span.column <= source.text.size() + 1,
         "a problem stands outside of its text");
  Diagnostic diagnostic;
  diagnostic.code = problem.code;
  diagnostic.file = source.name;
  diagnostic.span = problem.span;
  diagnostic.message = problem.message;
  diagnostic.help = problem.help;
  demand_good_complaints(Diagnostics(diagnostic), source);
}

bool same(const Evaluation& left, const Evaluation& right) {
  return left.problem == right.problem && (left.problem != Evaluation::Problem::none || left.value == right.value);
}

void demand_same_program(const Expression& left, const Expression& right) {
  bool is_same = left.nodes.size() == right.nodes.size() && left.variables == right.variables;
  for (std::size_t i = 0; is_same && i < left.nodes.size(); ++i) {
    is_same = left.nodes[i].op == right.nodes[i].op && left.nodes[i].value == right.nodes[i].value &&
              left.nodes[i].variable == right.nodes[i].variable;
  }
  demand(is_same, "an expression is another when it is read again: " + testing::expression_text(left));
}

void demand_same_values(const Expression& left, const Expression& right) {
  constexpr std::array<std::int64_t, 6> kValues{
      0, 1, -1, 3, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()};
  for (std::size_t first = 0; first < kValues.size(); ++first) {
    std::vector<std::int64_t> values;
    for (std::size_t i = 0; i < left.variables.size(); ++i) values.push_back(kValues[(first + i) % kValues.size()]);
    demand(same(evaluate(left, values.data()), evaluate(right, values.data())),
           "an expression has another value when it is read again: " + testing::expression_text(left));
  }
}

void check_expression(const Source& source, const Scope& scope) {
  const auto expression = parse_expression(LocatedText::at(source.text, {1, 1, 1}), scope);
  if (!expression) return demand_good_problem(expression.error(), source);
  demand(expression->is_constant() == expression->variables.empty(), "an expression without variables is computed");
  if (expression->is_constant() && expression->constant() == std::numeric_limits<std::int64_t>::min()) return;
  const std::string text = testing::expression_text(*expression);
  const auto again = parse_expression(LocatedText::at(text, {1, 1, 1}), scope);
  if (!again) fail("cannot be read again: " + text + ": " + again.error().message);
  demand_same_program(*expression, *again);
  demand_same_values(*expression, *again);
}

// ---- texts with variables -------------------------------------------------------------------------------------------

void check_template(const Source& source, const Scope& scope) {
  const LocatedText located = LocatedText::at(source.text, {1, 1, 1});
  const auto at_once = parse_template(located, scope);
  const auto filled = fill_in_constants(located, scope);
  demand(at_once.has_value() == filled.has_value(),
         "filling in constants fails where reading does not, or the other way");
  if (!at_once) {
    demand_good_problem(at_once.error(), source);
    return demand_good_problem(filled.error(), source);
  }
  const auto later = parse_template(LocatedText::at(*filled, {1, 1, 1}), scope);
  if (!later) fail("cannot be read once it is filled in: " + *filled + ": " + later.error().message);
  demand(at_once->pieces.size() == later->pieces.size(), "a text has other pieces once it is filled in");
  for (std::size_t i = 0; i < later->pieces.size(); ++i) {
    const Template::Piece& left = at_once->pieces[i];
    const Template::Piece& right = later->pieces[i];
    demand(left.kind == right.kind && left.text == right.text, "a piece is another once the text is filled in");
    if (left.expression) demand_same_program(*left.expression, *right.expression);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Scope scope = some_scope();
  const Source source{"expression", text_of(data, size)};
  check_expression(source, scope);
  check_template(source, scope);
  return 0;
}
