// Reading handlers with the values that are known. What a handler does depends on its actor, on the values that its
// caller binds, and, where it calls back, on who that is: each such situation is read once.
#include "actorsim/model/call_map.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "actorsim/base/text.h"
#include "actorsim/model/call_circles.h"

namespace actorsim {
namespace {

using Op = Instruction::Op;

constexpr std::uint32_t kMostTakenOneByOne = 16;  // calls of a load
constexpr std::size_t kMostSituations = 5'000;

// Of a variable, or of a text with variables in it.
struct Value {
  std::string text;
  bool is_known = true;

  friend auto operator<=>(const Value&, const Value&) = default;
};

// A handler at work.
struct Situation {
  Index handler = kNone;
  Index body = kNone;
  Index caller = kNone;      // an actor; only where the handler calls back
  bool is_callback = false;  // of a reminder or a timer
  bool is_deactivation = false;
  std::vector<Value> values;

  friend auto operator<=>(const Situation&, const Situation&) = default;
};

class CallMapper {
 public:
  CallMapper(const Program& program, ActorDetail detail, std::size_t most_actors)
      : program_(program), detail_(detail), most_actors_(detail == ActorDetail::types ? kNone : most_actors) {
    for (const Body& body : program.bodies) calls_back_.push_back(reads_caller(body));
  }

  std::optional<CallMap> make() {
    for (Index trigger = 0; trigger < program_.triggers.size(); ++trigger) {
      if (!read_trigger(trigger)) return std::nullopt;
    }
    std::size_t next = 0;
    for (Index actor = 0; next < situations_.size() || actor < map_.actors.size();) {
      if (next < situations_.size()) {
        if (!read_body(next++)) return std::nullopt;
      } else {
        read_deactivation(actor++);
      }
    }
    map_.circles_are_precise = mark_circles(program_, flow_, map_);
    return std::move(map_);
  }

 private:
  // ---- triggers ----

  bool read_trigger(Index index) {
    const StartTrigger& trigger = program_.triggers[index];
    switch (trigger.kind) {
      case Trigger::Kind::deactivate:
      case Trigger::Kind::rebalance: flow_.is_interrupted = true; return true;
      case Trigger::Kind::call:
      case Trigger::Kind::reminder:
      case Trigger::Kind::timer: break;
    }
    trigger_ = index;
    here_ = nullptr;
    const bool one_by_one = detail_ == ActorDetail::each && trigger.count <= kMostTakenOneByOne;
    const std::uint32_t count = one_by_one ? trigger.count : std::min(trigger.count, 1U);
    for (std::uint32_t i = 0; i < count; ++i) {
      load_number_ = {std::to_string(trigger.first_number + i), one_by_one || trigger.count == 1};
      if (!read_site(trigger.site)) return false;
    }
    return true;
  }

  // Any actor may go when it has been idle for long enough, or when it has to.
  void read_deactivation(Index actor) {
    const Index body = program_.types[map_.actors[actor].type].on_deactivate;
    if (body == kNone) return;
    Situation situation;
    situation.handler = handler(actor, program_.bodies[body].method);
    situation.body = body;
    situation.is_deactivation = true;
    if (detail_ != ActorDetail::types) situation.values.assign(program_.bodies[body].slot_count, Value{"$", false});
    CallMap::Call call;
    call.to = situation.handler;
    call.places = 1;
    flow_.starts.push_back({static_cast<Index>(map_.calls.size()), static_cast<Index>(situations_.size())});
    map_.calls.push_back(call);
    flow_.situations.emplace_back();
    flow_.situations.back().actor = actor;
    flow_.situations.back().replies_early = true;  // it is not sure that the lock is held for so long
    situations_.push_back(std::move(situation));
  }

  // ---- handlers ----

  Index end_of(const Body& body) const {
    Index at = body.entry;
    while (at < program_.code.size() && program_.code[at].op != Op::finish) ++at;
    return at;
  }

  bool reads_caller(const Body& body) const {
    for (Index at = body.entry; at < end_of(body); ++at) {
      const Instruction& instruction = program_.code[at];
      const bool calls = instruction.op == Op::call || instruction.op == Op::send;
      if (calls && program_.sites[instruction.a].kind == Target::Kind::caller) return true;
    }
    return false;
  }

  bool read_body(std::size_t index) {
    const Situation situation = situations_[index];
    if (situation.body == kNone) return true;
    here_ = &situation;
    here_index_ = static_cast<Index>(index);
    const Body& body = program_.bodies[situation.body];
    const Index end = end_of(body);
    for (Index at = body.entry; at < end;) {
      const Instruction& instruction = program_.code[at];
      ++at;
      const bool calls = instruction.op == Op::call || instruction.op == Op::send || instruction.op == Op::recurse;
      if (calls && !read_site(instruction.a)) return false;
      CallFlow::Situation& flow = flow_.situations[index];
      flow.replies_early = flow.replies_early || instruction.op == Op::reply;
      flow.forks = flow.forks || instruction.op == Op::fork;
      flow.leaves_behind = flow.leaves_behind || (instruction.op == Op::fork && instruction.value == 1);
      if (is_passed_over(instruction)) at = static_cast<Index>(instruction.value);
    }
    here_ = nullptr;
    return true;
  }

  // What stands under a condition that does not hold, or in a loop that goes round no time.
  bool is_passed_over(const Instruction& instruction) const {
    if (instruction.op != Op::jump_unless && instruction.op != Op::loop_begin) return false;
    const auto number = number_of(program_.expressions[instruction.a]);
    return number && (*number == 0 || (instruction.op == Op::loop_begin && *number < 0));
  }

  // ---- calls ----

  Index actor_of_here() const { return map_.handlers[here_->handler].actor; }

  // False: there are too many.
  bool read_site(Index index) {
    const CallSite& site = program_.sites[index];
    const std::optional<Index> actor = target_of(site);
    if (!actor) return true;  // there is no caller to call back
    if (map_.actors.size() > most_actors_) return false;
    Situation target;
    target.body = site.body;
    const Index type = map_.actors[*actor].type;
    if (site.kind == Target::Kind::caller) target.body = program_.find_body(type, site.method);
    if (site.kind == Target::Kind::caller && target.body == kNone) return true;
    const std::string& method = target.body == kNone ? site.method : program_.bodies[target.body].method;
    target.handler = handler(*actor, method);
    if (target.body != kNone && calls_back_[target.body] && here_ != nullptr) target.caller = actor_of_here();
    target.is_callback = here_ == nullptr && program_.triggers[trigger_].kind != Trigger::Kind::call;
    bind(site, target);
    const Index call = add_call(site, target.handler);
    const auto [found, is_new] = known_.try_emplace(target, static_cast<Index>(situations_.size()));
    if (is_new) {
      flow_.situations.emplace_back();
      flow_.situations.back().actor = *actor;
      situations_.push_back(std::move(target));
    }
    const CallFlow::Step step{call, found->second, site.timeout.has_value() || site.retry};
    std::vector<CallFlow::Step>& steps = here_ == nullptr ? flow_.starts : flow_.situations[here_index_].steps;
    if (std::find(steps.begin(), steps.end(), step) == steps.end()) steps.push_back(step);
    return situations_.size() <= kMostSituations || detail_ == ActorDetail::types;
  }

  std::optional<Index> target_of(const CallSite& site) {
    switch (site.kind) {
      case Target::Kind::self: return here_ == nullptr ? std::nullopt : std::optional(actor_of_here());
      case Target::Kind::named: return actor(site.type, text_of(site.id));
      case Target::Kind::caller: break;
    }
    if (here_ == nullptr || here_->caller == kNone) return std::nullopt;
    return here_->caller;
  }

  Index actor(Index type, Value id) {
    if (detail_ == ActorDetail::types) id = {"", false};
    const auto [found, is_new] =
        actor_index_.try_emplace({type, id.text, !id.is_known}, static_cast<Index>(map_.actors.size()));
    if (is_new) map_.actors.push_back({type, id.text, !id.is_known});
    return found->second;
  }

  Index handler(Index actor, const std::string& method) {
    const auto [found, is_new] = handler_index_.try_emplace({actor, method}, static_cast<Index>(map_.handlers.size()));
    if (is_new) map_.handlers.push_back({actor, method});
    return found->second;
  }

  // With ActorDetail::types values mean nothing, so that there are few situations.
  void bind(const CallSite& site, Situation& target) {
    if (target.body == kNone || detail_ == ActorDetail::types) return;
    const Body& body = program_.bodies[target.body];
    target.values.assign(body.slot_count, Value{"$", false});
    for (const auto& [name, slot] : body.bound) target.values[slot].text = "$" + name;
    if (!site.with) return;
    for (const BoundValue& bound : *site.with) {
      const Index slot = bound.slot != kNone ? bound.slot : program_.find_bound(target.body, bound.name);
      if (slot == kNone) continue;
      const Value value = text_of(bound.value);
      if (value.is_known) target.values[slot] = value;
    }
  }

  Index add_call(const CallSite& site, Index to) {
    CallMap::Call call;
    call.from = here_ == nullptr ? kNone : here_->handler;
    call.trigger = here_ == nullptr ? trigger_ : kNone;
    call.to = to;
    call.one_way = site.one_way;
    call.hands_id_on = here_ == nullptr ? site.header_id.has_value() : hands_id_on(site);
    call.span = site.span;
    const auto [found, is_new] = call_index_.try_emplace({call.from, call.trigger, to, call.one_way, call.hands_id_on},
                                                         static_cast<Index>(map_.calls.size()));
    if (is_new) map_.calls.push_back(call);
    if (place_is_new(found->second, site)) ++map_.calls[found->second].places;
    return found->second;
  }

  // The id of a callback's own lock may stay with the runtime, and SDKs may not look for it.
  bool hands_id_on(const CallSite& site) const {
    if (site.header != HeaderRule::Kind::keep || here_->is_deactivation) return false;
    if (!here_->is_callback) return true;
    if (program_.rules.callback_lock != CallbackLock::like_a_call) return false;
    const ProgramType& type = program_.types[map_.actors[actor_of_here()].type];
    return !site.header_by_sdk || type.callbacks_hand_header_on;
  }

  // The same place is read in several situations.
  bool place_is_new(Index call, const CallSite& site) {
    return places_.insert({call, static_cast<Index>(&site - program_.sites.data())}).second;
  }

  // ---- values ----

  Value value_of(Index slot) const {
    if (here_ == nullptr) return load_number_;
    return slot < here_->values.size() ? here_->values[slot] : Value{"$", false};
  }

  std::optional<std::int64_t> number_of(const Expression& expression) const {
    std::vector<std::int64_t> numbers(here_ == nullptr ? 1 : here_->values.size());
    for (const Expression::Node& node : expression.nodes) {
      if (node.op != Expression::Op::variable) continue;
      const Value value = value_of(node.variable);
      const auto number = parse_integer(value.text);
      if (!value.is_known || !number || node.variable >= numbers.size()) return std::nullopt;
      numbers[node.variable] = *number;
    }
    const Evaluation result = evaluate(expression, numbers.data());
    return result.problem == Evaluation::Problem::none ? std::optional(result.value) : std::nullopt;
  }

  Value text_of(const Template& text) const {
    Value result;
    for (const Template::Piece& piece : text.pieces) {
      switch (piece.kind) {
        case Template::Piece::Kind::text: result.text += piece.text; break;
        case Template::Piece::Kind::variable: {
          const Value value = value_of(piece.expression->nodes.front().variable);
          result.text += value.is_known ? value.text : "$" + piece.text;
          result.is_known = result.is_known && value.is_known;
          break;
        }
        case Template::Piece::Kind::expression: {
          const auto number = number_of(*piece.expression);
          result.text += number ? std::to_string(*number) : "$" + piece.text;
          result.is_known = result.is_known && number;
          break;
        }
      }
    }
    return result;
  }

  const Program& program_;
  const ActorDetail detail_;
  const std::size_t most_actors_;
  std::vector<bool> calls_back_;  // by body
  CallMap map_;
  CallFlow flow_;                      // in step with situations_
  std::vector<Situation> situations_;  // read or waiting to be
  std::map<Situation, Index> known_;
  std::map<std::tuple<Index, std::string, bool>, Index> actor_index_;
  std::map<std::pair<Index, std::string>, Index> handler_index_;
  std::map<std::tuple<Index, Index, Index, bool, bool>, Index> call_index_;
  std::set<std::pair<Index, Index>> places_;  // calls and sites
  const Situation* here_ = nullptr;           // null: outside
  Index here_index_ = kNone;
  Index trigger_ = kNone;
  Value load_number_;
};

}  // namespace

std::optional<CallMap> map_calls(const Program& program, ActorDetail detail, std::size_t most_actors) {
  return CallMapper(program, detail, most_actors).make();
}

CallMap map_calls(const Program& program, std::size_t most_actors) {
  for (const ActorDetail detail : {ActorDetail::each, ActorDetail::written}) {
    if (auto map = map_calls(program, detail, most_actors)) return std::move(*map);
  }
  return *map_calls(program, ActorDetail::types, most_actors);
}

}  // namespace actorsim
