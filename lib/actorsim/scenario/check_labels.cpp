// A label can be known only in part: `$i` in an id, or whoever `caller` is. What cannot be told here is left to the
// run.
#include "actorsim/scenario/check_labels.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "actorsim/scenario/chain_grammar.h"

namespace actorsim {
namespace {

// The labels that begin and end so; with `known_type` only those that begin with a type of the scenario.
struct Pattern {
  std::string prefix;
  std::string suffix;
  bool known_type = false;

  friend auto operator<=>(const Pattern&, const Pattern&) = default;
};

class LabelTable {
 public:
  LabelTable(const Scenario& scenario, const NameTable& names) : names_(names) {
    for (const Chain& chain : scenario.chains) add_chain(chain);
    for (const Trigger& trigger : scenario.start) {
      if (!starts_calls(trigger)) continue;
      add(trigger.target, trigger.options, "");
    }
    for (const ActorType& type : scenario.actors) {
      for (const Method& method : type.methods) add_steps(method.steps, type.name, method.name);
      if (type.on_deactivate) add_steps(*type.on_deactivate, type.name, "");
    }
  }

  bool contains(const std::string& label) const {
    if (exact_.count(label) > 0) return true;
    return std::any_of(patterns_.begin(), patterns_.end(),
                       [&](const Pattern& pattern) { return matches(pattern, label); });
  }

  bool contains_exactly(const std::string& label) const { return exact_.count(label) > 0; }

  std::vector<std::string> exact() const { return {exact_.begin(), exact_.end()}; }

  static bool starts_calls(const Trigger& trigger) {
    return trigger.kind != Trigger::Kind::deactivate && trigger.kind != Trigger::Kind::rebalance;
  }

 private:
  bool matches(const Pattern& pattern, const std::string& label) const {
    if (label.size() < pattern.prefix.size() + pattern.suffix.size()) return false;
    if (label.compare(0, pattern.prefix.size(), pattern.prefix) != 0) return false;
    if (label.compare(label.size() - pattern.suffix.size(), std::string::npos, pattern.suffix) != 0) return false;
    return !pattern.known_type || names_.find(label.substr(0, label.find('/'))) != nullptr;
  }

  void add_chain(const Chain& chain) {
    const auto add_hops = [&](const std::vector<Hop>& hops) {
      for (const Hop& hop : hops) exact_.insert(hop.type + "/" + hop.id + "." + hop.method);
    };
    add_hops(chain.first);
    for (const Chain::Next& next : chain.rest) add_hops(next.hops);
  }

  void add_steps(const Steps& steps, const std::string& type, const std::string& method) {
    for (const Step& step : steps) add_step(step, type, method);
  }

  void add_step(const Step& step, const std::string& type, const std::string& method) {
    if (const auto* call = std::get_if<CallStep>(&step.action)) add(call->target, call->options, type);
    if (const auto* repeat = std::get_if<RepeatStep>(&step.action)) add_steps(repeat->steps, type, method);
    if (const auto* recurse = std::get_if<RecurseStep>(&step.action)) {
      Target self;
      self.kind = Target::Kind::self;
      self.method = method;
      add(self, recurse->options, type);
    }
    if (const auto* parallel = std::get_if<ParallelStep>(&step.action)) {
      for (const Steps& branch : parallel->branches) add_steps(branch, type, method);
    }
  }

  void add(const Target& target, const CallOptions& options, const std::string& type) {
    if (options.label) return add_template(*options.label, "", "");
    if (auto label = label_of(target, names_)) {
      exact_.insert(std::move(*label));
      return;
    }
    const std::string& actor_type = target.kind == Target::Kind::named ? target.type : type;
    const auto method =
        target.method || target.kind == Target::Kind::caller ? target.method : names_.only_method(actor_type);
    const std::string suffix = method ? "." + *method : "";
    switch (target.kind) {
      case Target::Kind::named: add_template(target.id, target.type + "/", suffix); break;
      case Target::Kind::self: patterns_.insert({type + "/", suffix, false}); break;
      case Target::Kind::caller: patterns_.insert({"", suffix, true}); break;
    }
  }

  void add_template(const Template& text, const std::string& prefix, const std::string& suffix) {
    if (text.is_constant()) {
      exact_.insert(prefix + text.constant() + suffix);
      return;
    }
    using Kind = Template::Piece::Kind;
    const std::string first = text.pieces.front().kind == Kind::text ? text.pieces.front().text : "";
    const std::string last = text.pieces.back().kind == Kind::text ? text.pieces.back().text : "";
    patterns_.insert({prefix + first, last + suffix, false});
  }

  const NameTable& names_;
  std::set<std::string> exact_;
  std::set<Pattern> patterns_;
};

// ---- expect ---------------------------------------------------------------------------------------------------------

class ExpectChecker {
 public:
  ExpectChecker(Reader& reader, const LabelTable& labels) : reader_(reader), labels_(labels) {}

  void check(const Expectations& expect) {
    for (const CallExpectation& call : expect.calls) check(call.key);
    for (const ErrorExpectation& error : expect.errors) check(error.call);
    for (const HeaderExpectation& header : expect.headers) {
      check(header.key);
      if (header.kind == HeaderExpectation::Kind::same_as) check(make_call_key(header.text, header.span));
    }
    if (expect.order) {
      for (const auto& instant : expect.order->value) check(instant);
    }
    if (expect.overlap) check(expect.overlap->calls);
    for (const auto* facts : {&expect.never, &expect.possible, &expect.always}) {
      for (const Fact& fact : *facts) {
        if (fact.call) check_of_all_orders(*fact.call);
      }
    }
  }

 private:
  void check(const std::vector<CallKey>& keys) {
    for (const CallKey& key : keys) check(key);
  }

  void check(const CallKey& key) {
    if (labels_.contains(key.label) || labels_.contains(to_string(key))) return;
    std::string help = suggestion(key.label, labels_.exact());
    const bool is_relative = key.label.substr(0, 5) == "self." || key.label.substr(0, 7) == "caller.";
    if (is_relative) help = "a call is labelled with its actor's name: Type/id.method";
    reader_.error("unknown-label", key.span, fmt::format("no call is labelled {}", in_quotes(key.label)),
                  std::move(help));
  }

  // The third call by arrival is another one in each order.
  void check_of_all_orders(const CallKey& key) {
    const std::string whole = to_string(key);
    if (!key.index || labels_.contains_exactly(whole) || !labels_.contains(key.label)) return check(key);
    reader_.error("ambiguous-label", key.span,
                  fmt::format("which call is {} differs from order to order", in_quotes(whole)),
                  "give the call that is meant a label of its own with 'as'");
  }

  Reader& reader_;
  const LabelTable& labels_;
};

// ---- after ----------------------------------------------------------------------------------------------------------

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

std::optional<std::string> label_of(const Trigger& trigger, const NameTable& names) {
  if (!trigger.options.label) return label_of(trigger.target, names);
  if (!trigger.options.label->is_constant()) return std::nullopt;
  return trigger.options.label->constant();
}

// Whom each trigger waits for.
std::vector<std::size_t> find_leaders(Reader& reader, const Scenario& scenario, const NameTable& names) {
  std::vector<std::size_t> leaders(scenario.start.size(), kNobody);
  const auto waits = [](const Trigger& trigger) { return trigger.after.has_value(); };
  if (std::none_of(scenario.start.begin(), scenario.start.end(), waits)) return leaders;

  std::map<std::string, std::vector<std::size_t>> by_label;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < scenario.start.size(); ++i) {
    if (!LabelTable::starts_calls(scenario.start[i])) continue;
    if (auto label = label_of(scenario.start[i], names)) by_label[*label].push_back(i);
  }
  for (const auto& [label, triggers] : by_label) known.push_back(label);
  for (std::size_t i = 0; i < scenario.start.size(); ++i) {
    const Trigger& trigger = scenario.start[i];
    if (!trigger.after) continue;
    const auto found = by_label.find(*trigger.after);
    if (found == by_label.end()) {
      reader.error("unknown-label", trigger.after_span,
                   fmt::format("no trigger is labelled {}", in_quotes(*trigger.after)),
                   suggestion(*trigger.after, known));
    } else if (found->second.size() > 1) {
      reader.error("ambiguous-label", trigger.after_span,
                   fmt::format("{} triggers are labelled {}", found->second.size(), in_quotes(*trigger.after)),
                   "give the one that is meant a label of its own with 'as'");
    } else {
      leaders[i] = found->second.front();
    }
  }
  return leaders;
}

void check_after(Reader& reader, const Scenario& scenario, const NameTable& names) {
  const std::vector<std::size_t> leaders = find_leaders(reader, scenario, names);
  std::vector<std::size_t> visited_from(leaders.size(), kNobody);
  for (std::size_t start = 0; start < leaders.size(); ++start) {
    std::size_t at = start;
    while (at != kNobody && visited_from[at] == kNobody) {
      visited_from[at] = start;
      at = leaders[at];
    }
    if (at == kNobody || visited_from[at] != start) continue;
    // `at` is on a cycle that was not seen before.
    std::string last = *scenario.start[at].after;
    std::string way = in_quotes(last);
    int shown = 1;
    for (std::size_t next = leaders[at]; next != at; next = leaders[next]) {
      last = *scenario.start[next].after;
      if (++shown <= 10) way += " after " + in_quotes(last);
    }
    way = in_quotes(last) + " after " + way + (shown > 10 ? " …" : "");
    const bool alone = leaders[at] == at;
    reader.error("after-cycle", scenario.start[at].after_span,
                 alone ? "this trigger waits for itself" : "these triggers wait for each other: " + way,
                 "one of them must start by itself");
  }
}

}  // namespace

void check_labels(Reader& reader, const Scenario& scenario, const NameTable& names) {
  if (!scenario.expect.implied) ExpectChecker(reader, LabelTable(scenario, names)).check(scenario.expect);
  check_after(reader, scenario, names);
}

}  // namespace actorsim
