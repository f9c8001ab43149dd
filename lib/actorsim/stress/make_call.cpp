// What a call site makes of its caller: target, header, label, variables.
#include <utility>

#include "actorsim/base/text.h"
#include "actorsim/scenario/expression.h"
#include "actorsim/stress/performer.h"

namespace actorsim {
namespace {

class CallMaker {
 public:
  CallMaker(Stage& stage, const CallSite& site, const StagedCaller& caller)
      : stage_(stage), program_(stage.program()), site_(site), caller_(caller) {}

  StagedCall* make(Index site) {
    StagedCall* const call = stage_.new_call();
    if (call == nullptr) return nullptr;
    call->facts.site = site;
    note_origin(call->facts);
    if (call->facts.ancestry > kMaxCallDepth) {
      stage_.problem(site_.span, "endless-calls", "calls are made one out of the other without end", "");
      return nullptr;
    }
    if (!set_target(*call) || !set_header(call->facts) || !set_label(*call) || !bind_variables(*call)) return nullptr;
    return call;
  }

 private:
  void note_origin(Call& facts) const {
    facts.trigger = site_.trigger;
    facts.number = static_cast<std::uint32_t>(caller_.number);
    if (caller_.call == nullptr) return;
    const Call& from = *caller_.facts;
    facts.caller = from.serial;
    facts.caller_actor = from.actor;
    facts.root = from.root;
    facts.trigger = from.trigger;
    facts.number = from.number;
    facts.ancestry = from.ancestry + 1;
    facts.nesting = site_.is_recursion ? from.nesting + 1 : 1;
    if (!site_.one_way) facts.caller_activity = caller_.thread->number;
  }

  bool set_target(StagedCall& call) {
    call.facts.body = site_.body;
    Index type = site_.type;
    std::string id;
    if (site_.kind == Target::Kind::named) {
      const std::optional<std::string> text = text_of(site_.id);
      if (!text) return false;
      id = *text;
    } else {
      const StagedActor* const known = site_.kind == Target::Kind::self ? caller_.call->actor : caller_of_caller();
      if (known == nullptr) {
        stage_.problem(site_.span, "no-caller", "'caller' names nobody here: the running call was made by a client",
                       "name the actor, or reach this method from another actor only");
        return false;
      }
      type = known->type();
      id = known->id();
    }
    if (site_.kind == Target::Kind::caller) call.facts.body = program_.find_body(type, site_.method);
    if (site_.kind == Target::Kind::caller && call.facts.body == kNone) {
      stage_.problem(site_.span, "unknown-method",
                     "the caller is a " + program_.types[type].name + ", which has no method '" + site_.method + "'",
                     "");
      return false;
    }
    call.label = program_.types[type].name + "/" + id;
    if (!program_.types[type].settings.hosted) return true;
    call.actor = &stage_.actor(type, id);
    call.facts.actor = call.actor->number();
    return true;
  }

  const StagedActor* caller_of_caller() const {
    if (caller_.facts->caller == kNone) return nullptr;
    return stage_.call(caller_.facts->caller).actor;
  }

  bool set_header(Call& facts) {
    switch (site_.header) {
      case HeaderRule::Kind::by_sdk:
      case HeaderRule::Kind::drop: return true;
      case HeaderRule::Kind::keep:
        if (caller_.call != nullptr) facts.carried = caller_.facts->header_seen;
        facts.carries_header = facts.carried != kNoId;
        return true;
      case HeaderRule::Kind::fresh:
        facts.carried = stage_.fresh_ids().next();
        facts.carries_header = true;
        return true;
      case HeaderRule::Kind::literal: break;
    }
    const std::optional<std::string> text = text_of(*site_.header_id);
    if (!text) return false;
    facts.carried = stage_.literal_id(*text);
    facts.carries_header = true;
    return true;
  }

  // What the label was set to so far is the actor's name.
  bool set_label(StagedCall& call) {
    if (site_.label) {
      const std::optional<std::string> text = text_of(*site_.label);
      if (text) call.label = *text;
      return text.has_value();
    }
    call.label += "." + (call.facts.body == kNone ? site_.method : program_.bodies[call.facts.body].method);
    return true;
  }

  // What looks like a number is one.
  bool bind_variables(StagedCall& call) {
    const Index body = call.facts.body;
    const std::size_t count = body == kNone ? 0 : program_.bodies[body].slot_count;
    call.frame = std::make_shared<Frame>();
    call.frame->numbers.resize(count);
    call.frame->texts.resize(count);
    if (!site_.with || count == 0) return true;
    for (const BoundValue& bound : *site_.with) {
      const Index variable = bound.slot != kNone ? bound.slot : program_.find_bound(body, bound.name);
      if (variable == kNone) continue;
      std::optional<std::string> text = text_of(bound.value);
      if (!text) return false;
      const auto number = parse_integer(*text);
      call.frame->numbers[variable] = number.value_or(0);
      if (!number) call.frame->texts[variable] = std::move(*text);
    }
    return true;
  }

  std::optional<std::string> text_of(const Template& value) {
    if (value.is_constant()) return value.constant();
    std::string text;
    for (const Template::Piece& piece : value.pieces) {
      if (piece.kind == Template::Piece::Kind::text) {
        text += piece.text;
        continue;
      }
      if (piece.kind == Template::Piece::Kind::variable && caller_.frame != nullptr) {
        const std::optional<std::string>& bound = caller_.frame->texts[piece.expression->nodes.front().variable];
        if (bound) {
          text += *bound;
          continue;
        }
      }
      const std::int64_t* const values = caller_.frame != nullptr ? caller_.frame->numbers.data() : &caller_.number;
      const Evaluation result = evaluate(*piece.expression, values);
      if (result.problem != Evaluation::Problem::none) {
        stage_.problem(piece.expression->span, "bad-expression",
                       "this expression " + std::string(to_words(result.problem)), "");
        return std::nullopt;
      }
      text += std::to_string(result.value);
    }
    return text;
  }

  Stage& stage_;
  const Program& program_;
  const CallSite& site_;
  const StagedCaller& caller_;
};

}  // namespace

StagedCall* make_staged_call(Stage& stage, Index site, const StagedCaller& caller) {
  return CallMaker(stage, stage.program().sites[site], caller).make(site);
}

}  // namespace actorsim
