// Following calls from what the outside does. Ids and conditions are not looked at: a call that is written may be made.
#include "actorsim/scenario/check_reach.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "actorsim/scenario/name_table.h"

namespace actorsim {
namespace {

using MethodName = std::pair<std::string, std::string>;  // type and method

class Walk {
 public:
  explicit Walk(const Scenario& scenario) : names_(scenario) {
    for (const ActorType& type : scenario.actors) {
      for (const Method& method : type.methods) bodies_[{type.name, method.name}] = &method.steps;
    }
    for (const Trigger& trigger : scenario.start) {
      if (trigger.kind != Trigger::Kind::deactivate && trigger.kind != Trigger::Kind::rebalance)
        reach(trigger.target, "");
    }
    for (const ActorType& type : scenario.actors) {
      if (type.on_deactivate) follow(*type.on_deactivate, type.name);
    }
    while (!pending_.empty()) {
      const MethodName next = pending_.back();
      pending_.pop_back();
      if (const auto body = bodies_.find(next); body != bodies_.end()) follow(*body->second, next.first);
    }
    for (const auto& [name, steps] : bodies_) note_names(*steps, name.first);
  }

  bool is_reached(const MethodName& name) const { return reached_.count(name) > 0; }
  bool is_named(const MethodName& name) const { return is_reached(name) || named_.count(name) > 0; }

 private:
  // Every method that a target may mean: who the caller is, is not known.
  std::vector<MethodName> methods_of(const Target& target, const std::string& type) const {
    std::vector<MethodName> result;
    if (target.kind == Target::Kind::caller) {
      for (const auto& [name, steps] : bodies_) {
        if (!target.method || name.second == *target.method) result.push_back(name);
      }
      return result;
    }
    const std::string& name = target.kind == Target::Kind::self ? type : target.type;
    const auto method = target.method ? target.method : names_.only_method(name);
    if (method) result.emplace_back(name, *method);
    return result;
  }

  void reach(const Target& target, const std::string& type) {
    for (MethodName& name : methods_of(target, type)) {
      if (reached_.insert(name).second) pending_.push_back(std::move(name));
    }
  }

  template <typename Visit>
  static void visit_targets(const Steps& steps, const Visit& visit) {
    for (const Step& step : steps) {
      if (const auto* call = std::get_if<CallStep>(&step.action)) visit(call->target);
      if (const auto* repeat = std::get_if<RepeatStep>(&step.action)) visit_targets(repeat->steps, visit);
      if (const auto* parallel = std::get_if<ParallelStep>(&step.action)) {
        for (const Steps& branch : parallel->branches) visit_targets(branch, visit);
      }
    }
  }

  void follow(const Steps& steps, const std::string& type) {
    visit_targets(steps, [&](const Target& target) { reach(target, type); });
  }

  void note_names(const Steps& steps, const std::string& type) {
    visit_targets(steps, [&](const Target& target) {
      for (MethodName& name : methods_of(target, type)) named_.insert(std::move(name));
    });
  }

  NameTable names_;
  std::map<MethodName, const Steps*> bodies_;
  std::set<MethodName> reached_, named_;
  std::vector<MethodName> pending_;
};

}  // namespace

ReachCheck::Known& ReachCheck::find(const ActorType& type, const Method& method) {
  const auto found = std::find_if(methods_.begin(), methods_.end(), [&](const Known& known) {
    return known.span.line == method.span.line && known.span.column == method.span.column && known.type == type.name;
  });
  if (found != methods_.end()) return *found;
  methods_.push_back({type.name, method.name, method.span});
  return methods_.back();
}

void ReachCheck::add(const Scenario& scenario) {
  const Walk walk(scenario);
  for (const ActorType& type : scenario.actors) {
    for (const Method& method : type.methods) {
      Known& known = find(type, method);
      known.is_reached = known.is_reached || walk.is_reached({type.name, method.name});
      known.is_named = known.is_named || walk.is_named({type.name, method.name});
    }
  }
}

void ReachCheck::report(Reader& reader) const {
  for (const Known& known : methods_) {
    if (known.is_reached) continue;
    const std::string name = in_quotes(known.type + "." + known.method);
    if (known.is_named) {
      reader.warn("unreachable-method", known.span, fmt::format("the method {} cannot be reached", name),
                  "those who call it are never called themselves");
    } else {
      reader.warn("unused-method", known.span, fmt::format("nobody calls the method {}", name),
                  fmt::format("call it under 'start': - call: {}/1.{}", known.type, known.method));
    }
  }
}

}  // namespace actorsim
