// The part of expression.h about texts with variables in them.
#include <algorithm>
#include <functional>

#include "actorsim/base/text.h"
#include "actorsim/scenario/expression.h"

namespace actorsim {
namespace {

// One `$…` of a text.
struct Reference {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string_view name;        // `$name`
  std::string_view expression;  // `$(…)`
  bool is_dollar = false;       // `$$`
};

using Problem = tl::unexpected<LocatedProblem>;

Problem problem(const LocatedText& text, std::size_t offset, std::size_t length, std::string_view code,
                std::string message, std::string help) {
  return Problem(LocatedProblem{code, text.part(offset, length), std::move(message), std::move(help)});
}

tl::expected<Reference, LocatedProblem> read_reference(const LocatedText& text, std::size_t dollar) {
  const std::string_view all = text.text;
  Reference result;
  result.offset = dollar;
  std::size_t at = dollar + 1;
  if (at < all.size() && all[at] == '$') {
    result.is_dollar = true;
    result.length = 2;
    return result;
  }
  if (at < all.size() && all[at] == '(') {
    std::size_t open = 0;
    for (; at < all.size(); ++at) {
      if (all[at] == '(') ++open;
      if (all[at] == ')' && --open == 0) break;
    }
    if (at == all.size()) return problem(text, dollar, 2, "expression-syntax", "this '$(' is not closed", "");
    result.length = at + 1 - dollar;
    result.expression = all.substr(dollar + 2, at - dollar - 2);
    return result;
  }
  if (at == all.size() || !is_name_start(all[at])) {
    return problem(text, dollar, 1, "expression-syntax", "a '$' begins a variable: '$name' or '$(…)'",
                   "write $$ for a dollar sign");
  }
  // No dash in it, so that `$i-1` is the variable and a text.
  while (at < all.size() && is_name_part(all[at]) && all[at] != '-') ++at;
  result.length = at - dollar;
  result.name = all.substr(dollar + 1, at - dollar - 1);
  return result;
}

Problem unknown_variable(const LocatedText& text, const Reference& reference, const Scope& scope) {
  const std::string name = "$" + std::string(reference.name);
  return problem(text, reference.offset, reference.length, "unknown-variable", "unknown variable " + in_quotes(name),
                 suggestion(name, scope.names()));
}

bool is_free(const Reference& reference, const Scope& scope) {
  return scope.is_running(reference.name) ||
         (scope.any_running && scope.constants.find(reference.name) == scope.constants.end());
}

void append_text(Template& result, std::string_view text) {
  if (text.empty()) return;
  if (result.pieces.empty() || result.pieces.back().kind != Template::Piece::Kind::text) {
    result.pieces.push_back({Template::Piece::Kind::text, {}, {}});
  }
  result.pieces.back().text += text;
}

tl::expected<void, LocatedProblem> append(Template& result, const LocatedText& text, const Reference& reference,
                                          const Scope& scope) {
  if (reference.is_dollar) {
    append_text(result, "$");
    return {};
  }
  if (!reference.name.empty()) {
    if (is_free(reference, scope)) {
      result.pieces.push_back({Template::Piece::Kind::variable, std::string(reference.name), {}});
      return {};
    }
    const auto constant = scope.constants.find(reference.name);
    if (constant == scope.constants.end()) return unknown_variable(text, reference, scope);
    append_text(result, constant->second);
    return {};
  }
  auto expression = parse_expression(text.sub(reference.offset + 2, reference.expression.size()), scope);
  if (!expression) return tl::unexpected(expression.error());
  if (expression->is_constant()) {
    append_text(result, std::to_string(expression->constant()));
  } else {
    result.pieces.push_back(
        {Template::Piece::Kind::expression, "(" + std::string(reference.expression) + ")", std::move(*expression)});
  }
  return {};
}

std::string double_dollars(std::string_view text) {
  std::string result;
  for (const char character : text) result.append(character == '$' ? 2 : 1, character);
  return result;
}

}  // namespace

tl::expected<Template, LocatedProblem> parse_template(const LocatedText& text, const Scope& scope) {
  Template result;
  result.span = text.part(0, text.text.size());
  std::size_t at = 0;
  while (at < text.text.size()) {
    const std::size_t dollar = std::min(text.text.find('$', at), text.text.size());
    append_text(result, text.text.substr(at, dollar - at));
    if (dollar == text.text.size()) break;
    const auto reference = read_reference(text, dollar);
    if (!reference) return tl::unexpected(reference.error());
    const auto appended = append(result, text, *reference, scope);
    if (!appended) return tl::unexpected(appended.error());
    at = dollar + reference->length;
  }
  return result;
}

tl::expected<std::string, LocatedProblem> fill_in_constants(const LocatedText& text, const Scope& scope) {
  std::string result;
  std::size_t at = 0;
  bool is_behind_name = false;  // of one that stays: what is filled in there would become part of the name
  while (at < text.text.size()) {
    const std::size_t dollar = std::min(text.text.find('$', at), text.text.size());
    result += text.text.substr(at, dollar - at);
    is_behind_name = is_behind_name && dollar == at;
    if (dollar == text.text.size()) break;
    const auto reference = read_reference(text, dollar);
    if (!reference) return tl::unexpected(reference.error());
    Template piece;
    const auto appended = append(piece, text, *reference, scope);
    if (!appended) return tl::unexpected(appended.error());
    const bool keep = reference->is_dollar || !piece.is_constant() || is_behind_name;
    is_behind_name = keep && !reference->name.empty();
    result += keep ? std::string(text.text.substr(dollar, reference->length)) : double_dollars(piece.constant());
    at = dollar + reference->length;
  }
  return result;
}

}  // namespace actorsim
