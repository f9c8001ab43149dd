// Types, methods, and labels in their full form.
#include "actorsim/scenario/name_table.h"

#include <algorithm>
#include <set>

#include "actorsim/scenario/chain_grammar.h"

namespace actorsim {
namespace {

using LabelSet = std::set<std::string, std::less<>>;

void collect_labels(const Steps& steps, LabelSet& labels);

void collect_label(const CallOptions& options, LabelSet& labels) {
  if (options.label && options.label->is_constant()) labels.insert(options.label->constant());
}

void collect_labels(const Step& step, LabelSet& labels) {
  if (const auto* call = std::get_if<CallStep>(&step.action)) collect_label(call->options, labels);
  if (const auto* recurse = std::get_if<RecurseStep>(&step.action)) collect_label(recurse->options, labels);
  if (const auto* repeat = std::get_if<RepeatStep>(&step.action)) collect_labels(repeat->steps, labels);
  if (const auto* parallel = std::get_if<ParallelStep>(&step.action)) {
    for (const Steps& branch : parallel->branches) collect_labels(branch, labels);
  }
}

void collect_labels(const Steps& steps, LabelSet& labels) {
  for (const Step& step : steps) collect_labels(step, labels);
}

// Every `as` that is known now. They go before targets that happen to look the same.
LabelSet given_labels(const Scenario& scenario) {
  LabelSet labels;
  for (const ActorType& type : scenario.actors) {
    for (const Method& method : type.methods) collect_labels(method.steps, labels);
    if (type.on_deactivate) collect_labels(*type.on_deactivate, labels);
  }
  for (const Trigger& trigger : scenario.start) collect_label(trigger.options, labels);
  return labels;
}

class Normaliser {
 public:
  explicit Normaliser(const Scenario& scenario) : names_(scenario), given_(given_labels(scenario)) {}

  void normalise(std::string& label) const {
    if (given_.count(label) > 0) return;
    const auto target = parse_target(LocatedText::at(label, {}), {});
    if (!target) return;
    if (auto full = label_of(*target, names_)) label = std::move(*full);
  }
  void normalise(CallKey& key) const { normalise(key.label); }

 private:
  NameTable names_;
  LabelSet given_;
};

}  // namespace

NameTable::NameTable(const Scenario& scenario) {
  for (const ActorType& actor : scenario.actors) {
    Type& type = types_[actor.name];
    type.actor = &actor;
    for (const Method& method : actor.methods) type.methods.push_back(method.name);
    has_open_type_ = has_open_type_ || actor.methods.empty();
  }
  const auto add_hops = [&](const std::vector<Hop>& hops) {
    for (const Hop& hop : hops) {
      if (types_.try_emplace(hop.type).second) has_open_type_ = true;
    }
  };
  for (const Chain& chain : scenario.chains) {
    add_hops(chain.first);
    for (const Chain::Next& next : chain.rest) add_hops(next.hops);
  }
}

const NameTable::Type* NameTable::find(std::string_view type) const {
  const auto found = types_.find(type);
  return found == types_.end() ? nullptr : &found->second;
}

std::vector<std::string> NameTable::type_names() const {
  std::vector<std::string> result;
  for (const auto& [name, type] : types_) result.push_back(name);
  return result;
}

std::vector<std::string> NameTable::all_methods() const {
  std::vector<std::string> result;
  for (const auto& [name, type] : types_) result.insert(result.end(), type.methods.begin(), type.methods.end());
  return result;
}

std::optional<std::string> NameTable::only_method(std::string_view type) const {
  const Type* found = find(type);
  if (found == nullptr || found->methods.size() != 1) return std::nullopt;
  return found->methods.front();
}

std::optional<std::string> label_of(const Target& target, const NameTable& names) {
  if (target.kind != Target::Kind::named || !target.id.is_constant() || names.find(target.type) == nullptr) {
    return std::nullopt;
  }
  const auto method = target.method ? target.method : names.only_method(target.type);
  if (!method) return std::nullopt;
  return target.type + "/" + target.id.constant() + "." + *method;
}

void normalise_labels(Scenario& scenario) {
  const Normaliser normaliser(scenario);
  Expectations& expect = scenario.expect;
  for (Trigger& trigger : scenario.start) {
    if (trigger.after) normaliser.normalise(*trigger.after);
  }
  for (CallExpectation& call : expect.calls) normaliser.normalise(call.key);
  for (ErrorExpectation& error : expect.errors) normaliser.normalise(error.call);
  for (HeaderExpectation& header : expect.headers) {
    normaliser.normalise(header.key);
    if (header.kind != HeaderExpectation::Kind::same_as) continue;
    CallKey other = make_call_key(header.text, header.span);
    normaliser.normalise(other);
    header.text = to_string(other);
  }
  if (expect.order) {
    for (std::vector<CallKey>& instant : expect.order->value) {
      for (CallKey& key : instant) normaliser.normalise(key);
    }
  }
  if (expect.overlap) {
    for (CallKey& key : expect.overlap->calls) normaliser.normalise(key);
  }
  for (std::vector<Fact>* facts : {&expect.never, &expect.possible, &expect.always}) {
    for (Fact& fact : *facts) {
      if (fact.call) normaliser.normalise(*fact.call);
    }
  }
}

}  // namespace actorsim
