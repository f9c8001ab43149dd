// Checks over a whole scenario. What only a run can tell is left to the run.
#include "actorsim/scenario/check_scenario.h"

#include <algorithm>

#include <fmt/format.h>

#include "actorsim/scenario/chain_grammar.h"
#include "actorsim/scenario/check_labels.h"
#include "actorsim/scenario/lint_expect.h"
#include "actorsim/scenario/name_table.h"

namespace actorsim {
namespace {

constexpr std::int64_t kMaximumSteps = 1'000'000'000;

class Checker {
 public:
  Checker(Reader& reader, const Scenario& scenario, const ReadState& state)
      : reader_(reader), scenario_(scenario), state_(state), names_(scenario) {}

  void check() {
    if (!state_.names_a_start) {
      reader_.error("nothing-starts", scenario_.span, "nothing starts in this scenario",
                    "'start' says what the outside does, 'chains' is the short form");
    }
    for (const Chain& chain : scenario_.chains) check_chain(chain);
    for (const ActorType& type : scenario_.actors) {
      for (const Method& method : type.methods) check_body(method.steps, type);
      if (type.on_deactivate) check_body(*type.on_deactivate, type);
    }
    for (const Trigger& trigger : scenario_.start) check_trigger(trigger);
    check_entities();
    check_expected_actors();
    if (state_.knows_all_labels) check_labels(reader_, scenario_, names_);
    if (state_.knows_all_labels) lint_expect(reader_, scenario_);
  }

 private:
  // ---- chains ----

  void check_chain(const Chain& chain) {
    std::int64_t depth = 0;
    check_hops(chain.first, depth);
    for (const Chain::Next& next : chain.rest) check_hops(next.hops, depth);
    if (depth > kMaximumCallDepth) {
      reader_.error("too-large", chain.span, fmt::format("the calls of this chain nest {} deep", depth),
                    fmt::format("the most is {}", kMaximumCallDepth));
    }
  }

  void check_hops(const std::vector<Hop>& hops, std::int64_t& depth) {
    for (const Hop& hop : hops) {
      depth += hop.nested;
      const NameTable::Type* type = names_.find(hop.type);
      if (std::find(type->methods.begin(), type->methods.end(), hop.method) == type->methods.end()) continue;
      reader_.error(
          "duplicate-name", hop.span,
          fmt::format("the method {} of {} stands in 'actors' too", in_quotes(hop.method), in_quotes(hop.type)),
          "what a hop does is said by its chain; name the hop's method otherwise, or call the method under 'start'");
    }
  }

  // ---- steps ----

  void check_body(const Steps& steps, const ActorType& type) {
    bool told = false;
    count_steps(steps, told);
    check_steps(steps, type);
  }

  void check_steps(const Steps& steps, const ActorType& type) {
    for (const Step& step : steps) {
      if (const auto* call = std::get_if<CallStep>(&step.action)) check_target(call->target, &type);
      if (const auto* repeat = std::get_if<RepeatStep>(&step.action)) check_steps(repeat->steps, type);
      if (const auto* parallel = std::get_if<ParallelStep>(&step.action)) {
        for (const Steps& branch : parallel->branches) check_steps(branch, type);
      }
    }
  }

  // How many steps these are, as far as it is written; never more than just above the bound.
  std::int64_t count_steps(const Steps& steps, bool& told) {
    std::int64_t total = 0;
    for (const Step& step : steps) {
      total = std::min(total + count_step(step, told), kMaximumSteps + 1);
      if (total > kMaximumSteps && !told) {
        told = true;
        reader_.error("too-many-steps", step.span, "this method takes more than 1000000000 steps by its own text");
      }
    }
    return total;
  }

  std::int64_t count_step(const Step& step, bool& told) {
    if (const auto* repeat = std::get_if<RepeatStep>(&step.action)) {
      const std::int64_t once = std::max<std::int64_t>(1, count_steps(repeat->steps, told));
      const std::int64_t times = repeat->times.is_constant() ? repeat->times.constant() : 1;
      return times > kMaximumSteps / once ? kMaximumSteps + 1 : times * once;
    }
    if (const auto* parallel = std::get_if<ParallelStep>(&step.action)) {
      std::int64_t total = 1;
      for (const Steps& branch : parallel->branches)
        total = std::min(total + count_steps(branch, told), kMaximumSteps + 1);
      return total;
    }
    return 1;
  }

  // ---- targets ----

  // `type`: whose handler it is; null at start.
  void check_target(const Target& target, const ActorType* type) {
    if (target.kind == Target::Kind::caller) return check_method_of_caller(target);
    const std::string& name = target.kind == Target::Kind::self ? type->name : target.type;
    const NameTable::Type* found = names_.find(name);
    if (found == nullptr) return unknown_type(name, target.type_span);
    if (!target.method) return check_only_method(target, name, *found);
    if (found->methods.empty() || is_one_of(*target.method, found->methods)) return;
    reader_.error("unknown-method", target.method_span,
                  fmt::format("the actor type {} has no method {}", in_quotes(name), in_quotes(*target.method)),
                  suggestion(*target.method, found->methods));
  }

  void check_only_method(const Target& target, const std::string& name, const NameTable::Type& type) {
    if (type.methods.size() == 1) return;
    if (type.methods.empty()) {
      reader_.error("missing-method", target.span,
                    fmt::format("the actor type {} has no method of its own to call", in_quotes(name)),
                    fmt::format("name one: {}/id.method", name));
    } else {
      reader_.error("missing-method", target.span,
                    fmt::format("the actor type {} has several methods", in_quotes(name)),
                    "name one of " + list_words(type.methods));
    }
  }

  // Who the caller is, only a run can tell; but some type must have the method.
  void check_method_of_caller(const Target& target) {
    if (!target.method || !state_.knows_all_types || names_.has_open_type() ||
        is_one_of(*target.method, names_.all_methods()))
      return;
    reader_.error("unknown-method", target.method_span,
                  fmt::format("no actor type has a method {}", in_quotes(*target.method)),
                  suggestion(*target.method, names_.all_methods()));
  }

  void unknown_type(const std::string& name, Span span) {
    if (!state_.knows_all_types) return;
    std::string help = suggestion(name, names_.type_names());
    if (!nearest_word(name, names_.type_names())) {
      help +=
          fmt::format("{}if it is somebody else's, write '{}: {{}}' under 'actors'", help.empty() ? "" : "; ", name);
    }
    reader_.error("unknown-type", span, fmt::format("unknown actor type {}", in_quotes(name)), std::move(help));
  }

  static bool is_one_of(const std::string& word, const std::vector<std::string>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  }

  void check_trigger(const Trigger& trigger) {
    const bool is_callback = trigger.kind == Trigger::Kind::timer || trigger.kind == Trigger::Kind::reminder;
    if (is_callback && trigger.every && !trigger.count && !scenario_.until) {
      reader_.error("endless-timer", trigger.span,
                    fmt::format("this {} fires without end, so the scenario never ends",
                                trigger.kind == Trigger::Kind::timer ? "timer" : "reminder"),
                    "give it a 'count', or the scenario an 'until: 10m'");
    }
    if (trigger.kind != Trigger::Kind::deactivate && trigger.kind != Trigger::Kind::rebalance) {
      return check_target(trigger.target, nullptr);
    }
    if (names_.find(trigger.target.type) == nullptr) unknown_type(trigger.target.type, trigger.target.type_span);
  }

  // ---- settings and expectations ----

  // Settings may speak of types of other applications; a type that is almost one of ours is probably that one.
  void check_entities() {
    const DaprConfig& config = scenario_.config;
    if (config.entities) check_entities(*config.entities, config.entities_span);
    for (const EntityConfig& entry : config.entities_config) check_entities(entry.entities, entry.entities_span);
  }

  void check_entities(const std::vector<std::string>& entities, Span span) {
    for (const std::string& entity : entities) {
      if (names_.find(entity) != nullptr) continue;
      const auto nearest = nearest_word(entity, names_.type_names());
      if (!nearest || is_one_of(*nearest, entities)) continue;
      reader_.warn("unknown-entity", span,
                   fmt::format("the settings name {}, which is no actor type of this scenario", in_quotes(entity)),
                   fmt::format("did you mean {}?", in_quotes(*nearest)));
    }
  }

  void check_expected_actors() {
    const Expectations& expect = scenario_.expect;
    if (expect.deadlock && expect.deadlock->cycle) {
      for (std::size_t i = 0; i < expect.deadlock->cycle->size(); ++i) {
        check_actor((*expect.deadlock->cycle)[i], expect.deadlock->cycle_spans[i]);
      }
    }
    if (expect.overlap && expect.overlap->actor) check_actor(*expect.overlap->actor, expect.overlap->actor_span);
    for (const DeactivatedExpectation& deactivated : expect.deactivated)
      check_actor(deactivated.actor, deactivated.span);
  }

  void check_actor(const std::string& actor, Span span) {
    const std::string type = actor.substr(0, actor.find('/'));
    if (names_.find(type) == nullptr) unknown_type(type, span);
  }

  Reader& reader_;
  const Scenario& scenario_;
  const ReadState& state_;
  NameTable names_;
};

}  // namespace

void check_scenario(Reader& reader, const Scenario& scenario, const ReadState& state) {
  Checker(reader, scenario, state).check();
}

}  // namespace actorsim
