// Compiling: methods and hops become flat code, names become indices, variables become slots.
#include "actorsim/model/compile.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "actorsim/base/check.h"

namespace actorsim {
namespace {

bool hands_header_on(std::optional<Sdk> sdk) {
  if (!sdk) return true;
  switch (*sdk) {
    case Sdk::dotnet:
    case Sdk::python:
    case Sdk::php: return true;
    case Sdk::js:
    case Sdk::java:
    case Sdk::go:
    case Sdk::rust: return false;
  }
  return true;
}

bool comes_before(const Span& left, const Span& right) {
  return std::tie(left.line, left.column) < std::tie(right.line, right.column);
}

Expression constant_expression(std::int64_t value) {
  Expression result;
  result.nodes.push_back({Expression::Op::constant, value, 0});
  return result;
}

Template constant_template(std::string text) {
  Template result;
  if (!text.empty()) result.pieces.push_back({Template::Piece::Kind::text, std::move(text), {}});
  return result;
}

std::string template_text(const Template& value) {
  std::string result;
  for (const Template::Piece& piece : value.pieces) {
    result += piece.kind == Template::Piece::Kind::text ? piece.text : "$" + piece.text;
  }
  return result;
}

// Where a name stands for a value while a handler runs.
class SlotScope {
 public:
  explicit SlotScope(Body& body) : body_(body) {}

  Index slot_of(const std::string& name) {
    if (name == "i" && !loops_.empty()) return loops_.back();
    for (const auto& [bound, slot] : body_.bound) {
      if (bound == name) return slot;
    }
    body_.bound.emplace_back(name, body_.slot_count);
    return body_.slot_count++;
  }
  Index enter_loop() {
    const Index slot = body_.slot_count;
    body_.slot_count += 2;  // the counter and the count
    loops_.push_back(slot);
    return slot;
  }
  void leave_loop() { loops_.pop_back(); }

 private:
  Body& body_;
  std::vector<Index> loops_;
};

class Compiler {
 public:
  Compiler(const Scenario& scenario, std::string_view file) : scenario_(scenario) {
    program_.release = scenario.dapr;
    program_.lock_rules = rules_for(scenario.dapr);
    program_.rules = runtime_rules_for(scenario.dapr);
    program_.until = scenario.until.value_or(kForever);
    program_.file = file;
    program_.max_calls = scenario.limits.calls;
  }

  Program compile() {
    emit(Op::finish, {});  // instruction 0: the handler that answers at once
    declare_types();
    declare_methods();
    compile_methods();
    compile_triggers();
    resolve_bindings();
    resolve_settings();
    find_reachable_sites();
    return std::move(program_);
  }

 private:
  using Op = Instruction::Op;

  // ---- declarations ----

  Index declare_type(const std::string& name) {
    const auto [found, is_new] = type_index_.try_emplace(name, static_cast<Index>(program_.types.size()));
    if (is_new) {
      ProgramType type;
      type.name = name;
      program_.types.push_back(std::move(type));
    }
    return found->second;
  }

  void declare_types() {
    for (const ActorType& actor : scenario_.actors) {
      const Index type = declare_type(actor.name);
      program_.types[type].hands_header_on = hands_header_on(actor.sdk);
      // The .NET SDK's endpoints for callbacks do not copy the header into the call context (dotnet-sdk #1615).
      program_.types[type].callbacks_hand_header_on = hands_header_on(actor.sdk) && actor.sdk != Sdk::dotnet;
    }
    for (const Chain& chain : scenario_.chains) {
      for (const Hop& hop : chain.first) declare_type(hop.type);
      for (const Chain::Next& next : chain.rest) {
        for (const Hop& hop : next.hops) declare_type(hop.type);
      }
    }
  }

  Index add_body(Index type, const std::string& method) {
    Body body;
    body.type = type;
    body.method = method;
    program_.bodies.push_back(std::move(body));
    return static_cast<Index>(program_.bodies.size() - 1);
  }

  void declare_methods() {
    for (const ActorType& actor : scenario_.actors) {
      const Index type = type_index_.at(actor.name);
      for (const Method& method : actor.methods) methods_[{type, method.name}] = add_body(type, method.name);
    }
  }

  // The body behind a target; a type that is declared without methods answers every method at once.
  Index body_of(Index type, const std::optional<std::string>& method) {
    if (method) {
      const auto [found, is_new] = methods_.try_emplace({type, *method}, kNone);
      if (is_new) found->second = add_body(type, *method);
      return found->second;
    }
    for (const auto& [key, body] : methods_) {
      if (key.first == type) return body;
    }
    return body_of(type, std::string("m"));
  }

  // ---- code ----

  Index here() const { return static_cast<Index>(program_.code.size()); }

  Index emit(Op op, const Span& span, Index a = kNone, Index b = kNone, std::int64_t value = 0) {
    program_.code.push_back({op, a, b, value, span});
    return here() - 1;
  }

  void start_body(Index body) { program_.bodies[body].entry = here(); }

  Index add_expression(Expression expression) {
    program_.expressions.push_back(std::move(expression));
    return static_cast<Index>(program_.expressions.size() - 1);
  }

  static Expression resolve(Expression expression, SlotScope& scope) {
    for (Expression::Node& node : expression.nodes) {
      if (node.op == Expression::Op::variable) node.variable = scope.slot_of(expression.variables.at(node.variable));
    }
    return expression;
  }

  static Template resolve(Template value, SlotScope& scope) {
    for (Template::Piece& piece : value.pieces) {
      if (piece.kind == Template::Piece::Kind::expression)
        piece.expression = resolve(std::move(*piece.expression), scope);
      if (piece.kind == Template::Piece::Kind::variable) {
        piece.expression = Expression{{{Expression::Op::variable, 0, scope.slot_of(piece.text)}}, {}, {}};
      }
    }
    return value;
  }

  void compile_methods() {
    for (const ActorType& actor : scenario_.actors) {
      const Index type = type_index_.at(actor.name);
      for (const Method& method : actor.methods) {
        const Index body = methods_.at({type, method.name});
        Body scratch = program_.bodies[body];
        SlotScope scope(scratch);
        const Index entry = here();
        compile_steps(method.steps, type, body, scope);
        emit(Op::finish, method.span);
        scratch.entry = entry;
        program_.bodies[body] = std::move(scratch);
      }
      if (actor.on_deactivate) compile_deactivation(*actor.on_deactivate, type, actor.span);
    }
  }

  void compile_deactivation(const Steps& steps, Index type, const Span& span) {
    const Index body = add_body(type, "on-deactivate");
    Body scratch = program_.bodies[body];
    SlotScope scope(scratch);
    const Index entry = here();
    compile_steps(steps, type, body, scope);
    emit(Op::finish, span);
    scratch.entry = entry;
    program_.bodies[body] = std::move(scratch);
    program_.types[type].on_deactivate = body;
  }

  void compile_steps(const Steps& steps, Index type, Index body, SlotScope& scope) {
    for (const Step& step : steps) compile_step(step, type, body, scope);
  }

  void compile_step(const Step& step, Index type, Index body, SlotScope& scope) {
    Index condition = kNone;
    if (step.when) condition = emit(Op::jump_unless, step.span, add_expression(resolve(*step.when, scope)));
    std::visit([&](const auto& action) { compile_action(action, step.span, type, body, scope); }, step.action);
    if (condition != kNone) program_.code[condition].value = here();
  }

  void compile_action(const CallStep& step, const Span& span, Index type, Index, SlotScope& scope) {
    const Index site = add_site(step.target, step.options, type, span, scope);
    program_.sites[site].one_way = step.one_way;
    emit(step.one_way ? Op::send : Op::call, span, site);
  }

  void compile_action(const ParallelStep& step, const Span& span, Index type, Index body, SlotScope& scope) {
    if (step.branches.empty()) return;
    const Index fork = emit(Op::fork, span, static_cast<Index>(program_.branches.size()),
                            static_cast<Index>(step.branches.size()), step.join == ParallelStep::Join::any ? 1 : 0);
    const std::size_t first = program_.branches.size();
    program_.branches.resize(first + step.branches.size());
    const Index over = emit(Op::jump, span);
    for (std::size_t i = 0; i < step.branches.size(); ++i) {
      program_.branches[first + i] = here();
      compile_steps(step.branches[i], type, body, scope);
      emit(Op::branch_end, span);
    }
    program_.code[over].value = here();
    ACTORSIM_CHECK(program_.code[fork].a == first);
  }

  void compile_action(const SleepStep& step, const Span& span, Index, Index, SlotScope&) {
    emit(Op::sleep, span, kNone, kNone, step.duration);
  }

  void compile_action(const FailStep& step, const Span& span, Index, Index, SlotScope& scope) {
    program_.failures.push_back({resolve(step.text, scope), step.status});
    emit(Op::fail, span, static_cast<Index>(program_.failures.size() - 1));
  }

  void compile_action(const RepeatStep& step, const Span& span, Index type, Index body, SlotScope& scope) {
    const Index times = add_expression(resolve(step.times, scope));
    const Index slot = scope.enter_loop();
    const Index begin = emit(Op::loop_begin, span, times, slot);
    compile_steps(step.steps, type, body, scope);
    if (here() == begin + 1) {
      program_.code.pop_back();  // nothing to repeat
    } else {
      emit(Op::loop_next, span, kNone, slot, begin + 1);
      program_.code[begin].value = here();
    }
    scope.leave_loop();
  }

  void compile_action(const RecurseStep& step, const Span& span, Index type, Index body, SlotScope& scope) {
    Target self;
    self.kind = Target::Kind::self;
    self.method = program_.bodies[body].method;
    self.span = span;
    const Index site = add_site(self, step.options, type, span, scope);
    program_.sites[site].body = body;
    program_.sites[site].is_recursion = true;
    emit(Op::recurse, span, site, add_expression(resolve(step.depth, scope)));
  }

  void compile_action(const ReplyStep&, const Span& span, Index, Index, SlotScope&) { emit(Op::reply, span); }

  // ---- call sites ----

  // `type` is the running actor's, kNone for the outside.
  Index add_site(const Target& target, const CallOptions& options, Index type, const Span& span, SlotScope& scope) {
    CallSite site;
    site.kind = target.kind;
    site.span = span;
    site.id = resolve(target.id, scope);
    site.continue_on_error = options.continue_on_error;
    site.timeout = options.timeout;
    site.retry = options.retry;
    if (target.kind == Target::Kind::named) {
      site.type = declare_type(target.type);
    } else if (target.kind == Target::Kind::self) {
      site.type = type;
    }
    if (site.type != kNone) {
      site.body = body_of(site.type, target.method);
      site.method = program_.bodies[site.body].method;
    } else {
      site.method = target.method.value_or("");
    }
    set_header(site, options.header, type, scope);
    if (!options.with.empty()) site.with = std::vector<BoundValue>();
    for (const Binding& binding : options.with)
      site.with->push_back({binding.name, resolve(binding.value, scope), kNone});
    if (options.label) {
      site.label = resolve(*options.label, scope);
      site.text = template_text(*site.label);
    } else {
      site.text = target_text(target, site);
    }
    program_.sites.push_back(std::move(site));
    return static_cast<Index>(program_.sites.size() - 1);
  }

  std::string target_text(const Target& target, const CallSite& site) const {
    switch (target.kind) {
      case Target::Kind::self: return "self." + site.method;
      case Target::Kind::caller: return "caller." + site.method;
      case Target::Kind::named: return target.type + "/" + template_text(target.id) + "." + site.method;
    }
    return {};
  }

  void set_header(CallSite& site, const HeaderRule& rule, Index type, SlotScope& scope) {
    site.header = rule.kind;
    if (rule.id) site.header_id = resolve(*rule.id, scope);
    if (rule.kind != HeaderRule::Kind::by_sdk) return;
    site.header_by_sdk = true;
    const bool keeps = type != kNone && program_.types[type].hands_header_on;
    site.header = keeps ? HeaderRule::Kind::keep : HeaderRule::Kind::drop;
  }

  // ---- what the outside does ----

  void compile_triggers() {
    // Chains and triggers are each in file order; so are both together.
    const std::vector<Trigger>& start = scenario_.start;
    const bool some_wait =
        std::any_of(start.begin(), start.end(), [](const Trigger& trigger) { return trigger.after.has_value(); });
    program_.sites.reserve(program_.sites.size() + start.size());
    program_.triggers.reserve(start.size() + scenario_.chains.size());
    std::map<std::string, Index> by_label;
    std::vector<std::pair<Index, std::string>> waiting;
    auto chain = scenario_.chains.begin();
    for (const Trigger& entry : start) {
      for (; chain != scenario_.chains.end() && comes_before(chain->span, entry.span); ++chain) compile_chain(*chain);
      const Index trigger = compile_trigger(entry);
      if (some_wait) by_label.try_emplace(program_.sites[program_.triggers[trigger].site].text, trigger);
      if (entry.after) waiting.emplace_back(trigger, *entry.after);
    }
    for (; chain != scenario_.chains.end(); ++chain) compile_chain(*chain);
    for (const auto& [follower, label] : waiting) {
      const Index leader = by_label.at(label);
      program_.triggers[follower].after = leader;
      Boxed<std::vector<Index>>& followers = program_.triggers[leader].followers;
      if (!followers) followers = std::vector<Index>();
      followers->push_back(follower);
    }
  }

  Index add_trigger(Index site, Nanoseconds at, const Span& span) {
    StartTrigger trigger;
    trigger.site = site;
    trigger.at = at;
    trigger.span = span;
    program_.triggers.push_back(std::move(trigger));
    const auto index = static_cast<Index>(program_.triggers.size() - 1);
    program_.sites[site].trigger = index;
    return index;
  }

  Index compile_trigger(const Trigger& trigger) {
    Body nobody;
    SlotScope scope(nobody);
    scope.enter_loop();  // `$i`, the number of the call in a load
    const Index site = add_site(trigger.target, trigger.options, kNone, trigger.span, scope);
    const Index index = add_trigger(site, trigger.at, trigger.span);
    StartTrigger& result = program_.triggers[index];
    result.kind = trigger.kind;
    result.every = trigger.every.value_or(0);
    const bool repeats = trigger.kind == Trigger::Kind::timer || trigger.kind == Trigger::Kind::reminder;
    if (trigger.count) {
      result.count = static_cast<std::uint32_t>(trigger.count->constant());
    } else if (repeats && trigger.every) {
      result.count = kNone;
    }
    result.rate_per_second = trigger.rate_per_second.value_or(0);
    result.clients = static_cast<std::uint32_t>(trigger.clients.value_or(0));
    return index;
  }

  void compile_chain(const Chain& chain) {
    // From the last hop to the first, since each hop calls those behind it.
    std::vector<Index> behind;
    Chain::Link link = Chain::Link::call;
    for (std::size_t i = chain.rest.size(); i-- > 0;) {
      behind = compile_hops(chain.rest[i].hops, behind, link);
      link = chain.rest[i].link;
    }
    const std::vector<Index> first = compile_hops(chain.first, behind, link);
    for (std::size_t i = 0; i < first.size(); ++i) {
      const Index site = add_hop_site(chain.first[i], first[i], kNone, Chain::Link::call);
      add_trigger(site, 0, chain.first[i].span);
    }
  }

  // The bodies of `hops`, each of which calls `behind` over `link`.
  std::vector<Index> compile_hops(const std::vector<Hop>& hops, const std::vector<Index>& behind, Chain::Link link) {
    std::vector<Index> bodies;
    for (const Hop& hop : hops) {
      const Index type = type_index_.at(hop.type);
      const Index body = add_body(type, hop.method);
      hop_of_body_[body] = &hop;
      std::vector<Index> sites;
      for (const Index next : behind) sites.push_back(add_hop_site(*hop_of_body_.at(next), next, type, link));
      start_body(body);
      if (hop.nested > 1) emit_nesting(hop, type, body);
      const std::size_t skip = here() - 1;
      emit_hop_calls(sites, hop.span, link);
      if (hop.nested > 1) program_.code[skip].value = here();
      emit(Op::finish, hop.span);
      bodies.push_back(body);
    }
    return bodies;
  }

  // `A.m x3`: two calls of itself first; only the innermost goes on to the next hop.
  void emit_nesting(const Hop& hop, Index type, Index body) {
    const Index site = add_hop_site(hop, body, type, Chain::Link::call);
    program_.sites[site].is_recursion = true;
    const Index depth = add_expression(constant_expression(hop.nested));
    emit(Op::recurse, hop.span, site, depth);
    emit(Op::jump_unless_deep, hop.span, depth);
  }

  void emit_hop_calls(const std::vector<Index>& sites, const Span& span, Chain::Link link) {
    if (link == Chain::Link::send || sites.size() == 1) {
      for (const Index site : sites) emit(link == Chain::Link::send ? Op::send : Op::call, span, site);
      return;
    }
    if (sites.empty()) return;
    const auto first = static_cast<Index>(program_.branches.size());
    emit(Op::fork, span, first, static_cast<Index>(sites.size()), 0);
    const Index over = emit(Op::jump, span);
    for (const Index site : sites) {
      program_.branches.push_back(here());
      emit(Op::call, span, site);
      emit(Op::branch_end, span);
    }
    program_.code[over].value = here();
  }

  Index add_hop_site(const Hop& hop, Index body, Index caller_type, Chain::Link link) {
    CallSite site;
    site.type = type_index_.at(hop.type);
    site.id = constant_template(hop.id);
    site.body = body;
    site.method = hop.method;
    site.one_way = link == Chain::Link::send;
    HeaderRule rule;
    if (link == Chain::Link::call_without_header) rule.kind = HeaderRule::Kind::drop;
    Body nobody;
    SlotScope scope(nobody);
    set_header(site, rule, caller_type, scope);
    site.text = hop.type + "/" + hop.id + "." + hop.method;
    site.span = hop.span;
    program_.sites.push_back(std::move(site));
    return static_cast<Index>(program_.sites.size() - 1);
  }

  // ---- the rest ----

  void resolve_bindings() {
    for (CallSite& site : program_.sites) {
      if (site.body == kNone || !site.with) continue;
      for (BoundValue& bound : *site.with) bound.slot = program_.find_bound(site.body, bound.name);
    }
  }

  void resolve_settings() {
    std::vector<std::string> names;
    for (const ProgramType& type : program_.types) names.push_back(type.name);
    const Hosting hosting = resolve_hosting(scenario_.dapr, scenario_.config, scenario_.configuration, names,
                                            program_.file, program_.warnings);
    program_.top_drain_timeout = hosting.top.drain_timeout;
    program_.top_drain_rebalanced = hosting.top.drain_rebalanced;
    program_.sidecar_drain_timeout = hosting.top.drain_timeout;
    for (std::size_t i = 0; i < hosting.types.size(); ++i) {
      program_.types[i].settings = hosting.types[i];
      program_.sidecar_drain_timeout = std::max(program_.sidecar_drain_timeout, hosting.types[i].drain_timeout);
    }
  }

  void find_reachable_sites() {
    std::vector<bool> seen_site(program_.sites.size());
    std::vector<std::set<Index>> callers(
        program_.bodies.size());  // by body: the types that call it; kNone for the outside
    std::vector<Index> to_visit;
    const auto reach = [&](Index body, Index caller_type) {
      if (body == kNone) return;
      if (callers[body].insert(caller_type).second) to_visit.push_back(body);
    };
    for (const StartTrigger& trigger : program_.triggers) {
      if (trigger.kind == Trigger::Kind::deactivate || trigger.kind == Trigger::Kind::rebalance) continue;
      seen_site[trigger.site] = true;
      reach(program_.sites[trigger.site].body, kNone);
    }
    while (!to_visit.empty()) {
      const Index body = to_visit.back();
      to_visit.pop_back();
      const Index type = program_.bodies[body].type;
      for (Index pc = program_.bodies[body].entry; program_.code[pc].op != Op::finish; ++pc) {
        const Op op = program_.code[pc].op;
        if (op != Op::call && op != Op::send && op != Op::recurse) continue;
        const CallSite& site = program_.sites[program_.code[pc].a];
        seen_site[program_.code[pc].a] = true;
        reach(site.body, type);
        if (site.body != kNone) continue;
        const std::set<Index> from = callers[body];
        for (const Index caller : from) {
          if (caller != kNone) reach(program_.find_body(caller, site.method), type);
        }
      }
    }
    for (Index site = 0; site < seen_site.size(); ++site) {
      if (seen_site[site]) program_.reachable_sites.push_back(site);
    }
    std::stable_sort(program_.reachable_sites.begin(), program_.reachable_sites.end(), [&](Index left, Index right) {
      const Span &a = program_.sites[left].span, &b = program_.sites[right].span;
      return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
  }

  const Scenario& scenario_;
  Program program_;
  std::map<std::string, Index> type_index_;
  std::map<std::pair<Index, std::string>, Index> methods_;
  std::map<Index, const Hop*> hop_of_body_;
};

}  // namespace

Program compile(const Scenario& scenario, std::string_view file) { return Compiler(scenario, file).compile(); }

Index Program::find_bound(Index body, const std::string& name) const {
  for (const auto& [bound, slot] : bodies[body].bound) {
    if (bound == name) return slot;
  }
  return kNone;
}

Index Program::find_body(Index type, const std::string& method) const {
  for (Index body = 0; body < bodies.size(); ++body) {
    if (bodies[body].type == type && bodies[body].method == method) return body;
  }
  return kNone;
}

}  // namespace actorsim
