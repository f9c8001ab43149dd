// Values: expressions and templates over the variables of a call, labels, and complaints about a running scenario.
#include "actorsim/model/model.h"

#include "actorsim/scenario/expression.h"

namespace actorsim {

std::optional<std::int64_t> Model::evaluate(const World& world, Index frame, const Expression& expression) {
  if (expression.is_constant()) return expression.constant();
  const std::int64_t* values = frame == kNone ? &load_number_ : &world.slots[frame];
  const Evaluation result = actorsim::evaluate(expression, values);
  if (result.problem == Evaluation::Problem::none) return result.value;
  problem(expression.span, "bad-expression", "this expression " + std::string(to_words(result.problem)), "");
  return std::nullopt;
}

std::optional<Index> Model::text_of(const World& world, Index frame, const Template& value) {
  if (value.is_constant()) return names_.text(value.constant());
  std::string text;
  for (const Template::Piece& piece : value.pieces) {
    if (piece.kind == Template::Piece::Kind::text) {
      text += piece.text;
      continue;
    }
    if (piece.kind == Template::Piece::Kind::variable && frame != kNone) {
      const Index slot = frame + piece.expression->nodes.front().variable;
      if (world.slot_texts[slot] != kNone) {
        text += names_.text_of(world.slot_texts[slot]);
        continue;
      }
    }
    const std::optional<std::int64_t> number = evaluate(world, frame, *piece.expression);
    if (!number) return std::nullopt;
    text += std::to_string(*number);
  }
  return names_.text(text);
}

std::string Model::label(const World& world, Index slot) const {
  const Call& call = world.calls[slot];
  const CallSite& site = program_.sites[call.site];
  if (call.label != kNone) return names_.text_of(call.label);
  if (site.label) return site.label->constant();
  return names_.actor_name(program_, call.actor) + "." + program_.bodies[call.body].method;
}

std::string Model::failure_text(const World& world, Index call, Index failure) {
  const std::optional<Index> text = text_of(world, world.calls[call].slots, program_.failures[failure].text);
  return text ? names_.text_of(*text) : std::string();
}

void Model::problem(const Span& span, std::string_view code, std::string message, std::string help) {
  if (effects_ == nullptr || effects_->problem) return;
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.file = program_.file;
  diagnostic.span = span;
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  effects_->problem = std::move(diagnostic);
}

}  // namespace actorsim
