// Reading actors and steps.
#include "actorsim/scenario/read_steps.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "actorsim/scenario/chain_grammar.h"

namespace actorsim {
namespace {

constexpr std::int64_t kMaximumRepeat = 1'000'000'000;

// A step's verbs: exactly one of them stands in a step.
constexpr std::array<std::string_view, 8> kVerbs{"call", "send",   "parallel", "sleep",
                                                 "fail", "repeat", "recurse",  "reply"};

// What may stand beside each verb; `when` may stand beside all.
std::vector<std::string_view> keys_beside(std::string_view verb) {
  std::vector<std::string_view> keys{verb, "when"};
  if (verb == "call" || verb == "send" || verb == "recurse") {
    keys.insert(keys.end(), call_option_keys().begin(), call_option_keys().end());
  }
  if (verb == "parallel") keys.push_back("join");
  if (verb == "fail") keys.push_back("status");
  if (verb == "repeat") keys.push_back("steps");
  return keys;
}

Steps read_steps(Reader& reader, DocumentNode node, std::string_view what);

// ---- one verb each --------------------------------------------------------------------------------------------------

CallOptions read_options(Reader& reader, DocumentNode step, std::string_view verb) {
  CallOptions options;
  reader.fields(step, fmt::format("a '{}' step", verb), keys_beside(verb),
                [&](std::string_view key, DocumentNode value, Span) {
                  if (key != verb && key != "when") read_call_option(reader, options, key, value, CallPlace::step);
                });
  return options;
}

std::optional<CallStep> read_call(Reader& reader, DocumentNode step, DocumentNode value, bool one_way) {
  CallStep result;
  result.one_way = one_way;
  result.options = read_options(reader, step, one_way ? "send" : "call");
  auto target = read_target(reader, value);
  if (!target) return std::nullopt;
  result.target = std::move(*target);
  return result;
}

void check_keys(Reader& reader, DocumentNode step, std::string_view verb) {
  reader.fields(step, fmt::format("a '{}' step", verb), keys_beside(verb), [](std::string_view, DocumentNode, Span) {});
}

std::optional<Step> read_step(Reader& reader, DocumentNode node);

// A branch is a step, or `steps: […]` for several.
Steps read_branch(Reader& reader, DocumentNode node) {
  if (node.is_mapping() && node.size() == 1) {
    if (const auto steps = Reader::find(node, "steps")) return read_steps(reader, *steps, "steps");
  }
  Steps result;
  if (auto step = read_step(reader, node)) result.push_back(std::move(*step));
  return result;
}

ParallelStep read_parallel(Reader& reader, DocumentNode step, DocumentNode value) {
  check_keys(reader, step, "parallel");
  ParallelStep result;
  if (const auto join = Reader::find(step, "join")) {
    const auto word = reader.word(*join, "join", {"all", "any"});
    result.join = word == 1U ? ParallelStep::Join::any : ParallelStep::Join::all;
  }
  if (!reader.expect_sequence(value, "parallel")) return result;
  if (value.size() == 0) reader.error("wrong-shape", value.span(), "'parallel' without branches");
  for (const DocumentNode branch : value.items()) result.branches.push_back(read_branch(reader, branch));
  return result;
}

std::optional<FailStep> read_fail(Reader& reader, DocumentNode step, DocumentNode value) {
  check_keys(reader, step, "fail");
  FailStep result;
  if (const auto status = Reader::find(step, "status")) {
    if (const auto number = reader.integer(*status, "status", 400, 599)) result.status = static_cast<int>(*number);
  }
  auto text = reader.template_text(value, "fail");
  if (!text) return std::nullopt;
  result.text = std::move(*text);
  return result;
}

std::optional<RepeatStep> read_repeat(Reader& reader, DocumentNode step, DocumentNode value) {
  check_keys(reader, step, "repeat");
  RepeatStep result;
  auto times = reader.count(value, "repeat", 0, kMaximumRepeat);
  const auto steps = Reader::find(step, "steps");
  if (!steps) {
    reader.error("missing-key", step.span(), "a 'repeat' needs 'steps' beside it");
  } else {
    const Reader::Binding counter(reader, "i");
    result.steps = read_steps(reader, *steps, "steps");
  }
  if (!times) return std::nullopt;
  result.times = std::move(*times);
  return result;
}

std::optional<RecurseStep> read_recurse(Reader& reader, DocumentNode step, DocumentNode value) {
  RecurseStep result;
  result.options = read_options(reader, step, "recurse");
  auto depth = reader.count(value, "recurse", 1, kMaximumCallDepth);
  if (!depth) return std::nullopt;
  result.depth = std::move(*depth);
  return result;
}

// ---- any step -------------------------------------------------------------------------------------------------------

std::vector<std::string> verb_names() { return {kVerbs.begin(), kVerbs.end()}; }

template <typename Action>
bool set_action(Step& step, std::optional<Action> action) {
  if (!action) return false;
  step.action = std::move(*action);
  return true;
}

bool read_action(Reader& reader, Step& step, DocumentNode node, std::string_view verb, DocumentNode value) {
  if (verb == "call") return set_action(step, read_call(reader, node, value, false));
  if (verb == "send") return set_action(step, read_call(reader, node, value, true));
  if (verb == "parallel") return set_action(step, std::optional(read_parallel(reader, node, value)));
  if (verb == "fail") return set_action(step, read_fail(reader, node, value));
  if (verb == "repeat") return set_action(step, read_repeat(reader, node, value));
  if (verb == "recurse") return set_action(step, read_recurse(reader, node, value));
  check_keys(reader, node, verb);
  if (verb == "sleep") {
    const auto duration = reader.duration(value, "sleep");
    step.action = SleepStep{duration.value_or(0)};
    return duration.has_value();
  }
  if (!value.is_null())
    reader.wrong_shape(value, "nothing after 'reply'", "'reply' answers the caller; it takes no value");
  step.action = ReplyStep{};
  return true;
}

// The verb of a mapping: the first key that is one. Complains if there is none or a second.
std::optional<DocumentNode::Entry> find_verb(Reader& reader, DocumentNode node) {
  std::optional<DocumentNode::Entry> result;
  for (const auto& entry : node.entries()) {
    if (!entry.key.is_scalar() || std::find(kVerbs.begin(), kVerbs.end(), entry.key.text()) == kVerbs.end()) continue;
    if (result) {
      reader.error(
          "wrong-shape", entry.key.span(),
          fmt::format("a step has one verb, but here stand '{}' and '{}'", result->key.text(), entry.key.text()),
          "write two steps, each with its own '-'");
      return std::nullopt;
    }
    result = entry;
  }
  if (result) return result;
  if (node.size() == 0) {
    reader.error("wrong-shape", node.span(), "an empty step");
    return std::nullopt;
  }
  const DocumentNode first = (*node.entries().begin()).key;
  if (first.text() == "steps") {
    reader.error("wrong-shape", first.span(), "'steps' stands beside 'repeat' or is a branch of 'parallel'");
  } else {
    reader.error("unknown-key", first.span(), "unknown step " + in_quotes(first.text()),
                 suggestion(first.text(), verb_names()));
  }
  return std::nullopt;
}

std::optional<Step> read_step(Reader& reader, DocumentNode node) {
  Step step;
  step.span = node.span();
  if (node.is_scalar()) {
    if (node.text() == "reply") {
      step.action = ReplyStep{};
      return step;
    }
    const bool is_verb = std::find(kVerbs.begin(), kVerbs.end(), node.text()) != kVerbs.end();
    reader.error("wrong-shape", node.span(), fmt::format("expected a step, found {}", in_quotes(node.text())),
                 is_verb ? fmt::format("'{}' wants a value: {}: …", node.text(), node.text())
                         : "a step is a verb with a target, such as 'call: Type/id.method'");
    return std::nullopt;
  }
  if (!reader.expect_mapping(node, "a step")) return std::nullopt;
  const auto verb = find_verb(reader, node);
  if (!verb) return std::nullopt;
  for (const auto& entry : node.entries()) {
    if (!entry.key.is_scalar() || entry.key.text() != "when") continue;
    const auto condition = reader.prepared(entry.value, "when");
    if (!condition) continue;
    auto expression = parse_expression(*condition, reader.scope());
    if (expression) {
      step.when = std::move(*expression);
    } else {
      reader.report(expression.error());
    }
  }
  if (!read_action(reader, step, node, verb->key.text(), verb->value)) return std::nullopt;
  return step;
}

Steps read_steps(Reader& reader, DocumentNode node, std::string_view what) {
  Steps result;
  if (!node.is_sequence()) {
    reader.wrong_shape(node, fmt::format("a list of steps for {}", what),
                       node.is_null() ? "write [] for a method that returns at once" : "each step begins with '- '");
    return result;
  }
  result.reserve(node.size());
  for (const DocumentNode item : node.items()) {
    if (auto step = read_step(reader, item)) result.push_back(std::move(*step));
  }
  return result;
}

// ---- options of calls -----------------------------------------------------------------------------------------------

HeaderRule read_header(Reader& reader, DocumentNode node, CallPlace place) {
  HeaderRule rule;
  rule.span = node.span();
  if (place == CallPlace::start) {
    if (auto id = reader.template_text(node, "header")) {
      rule.kind = HeaderRule::Kind::literal;
      rule.id = std::move(*id);
    }
    return rule;
  }
  if (node.is_mapping()) {
    constexpr std::array<std::string_view, 1> kKeys{"id"};
    reader.fields(node, "header", kKeys, [&](std::string_view, DocumentNode value, Span) {
      if (auto id = reader.template_text(value, "header")) {
        rule.kind = HeaderRule::Kind::literal;
        rule.id = std::move(*id);
      }
    });
    if (node.size() == 0) reader.error("missing-key", node.span(), "a header needs an 'id' here", "header: {id: text}");
    return rule;
  }
  if (node.is_scalar() && node.text() != "keep" && node.text() != "drop" && node.text() != "new") {
    reader.error("unknown-word", node.span(), "unknown header " + in_quotes(node.text()),
                 "keep, drop, new or {id: text}");
    return rule;
  }
  const auto word = reader.word(node, "header", {"keep", "drop", "new"});
  if (word == 0U) rule.kind = HeaderRule::Kind::keep;
  if (word == 1U) rule.kind = HeaderRule::Kind::drop;
  if (word == 2U) rule.kind = HeaderRule::Kind::fresh;
  return rule;
}

Retry read_retry(Reader& reader, DocumentNode node) {
  constexpr std::array<std::string_view, 3> kKeys{"max", "delay", "backoff"};
  Retry retry;
  retry.span = node.span();
  bool has_max = false;
  reader.fields(node, "retry", kKeys, [&](std::string_view key, DocumentNode value, Span) {
    if (key == "max") {
      has_max = true;
      retry.max = reader.integer(value, "retry.max", 0, kMaximumRepeat).value_or(0);
    }
    if (key == "delay") retry.delay = reader.duration(value, "retry.delay").value_or(0);
    if (key == "backoff" && reader.word(value, "backoff", {"constant", "exponential"}) == 1U)
      retry.backoff = Retry::Backoff::exponential;
  });
  if (node.is_mapping() && !has_max) reader.error("missing-key", node.span(), "'retry' needs 'max'");
  return retry;
}

std::vector<Binding> read_with(Reader& reader, DocumentNode node) {
  std::vector<Binding> result;
  if (!reader.expect_mapping(node, "with")) return result;
  for (const auto& entry : node.entries()) {
    const auto name = reader.name(entry.key, "a variable");
    auto value = reader.template_text(entry.value, "a variable");
    if (name && value) result.push_back({*name, std::move(*value), entry.key.span()});
  }
  return result;
}

// ---- types and methods ----------------------------------------------------------------------------------------------

ActorType read_type(Reader& reader, DocumentNode key, DocumentNode node) {
  ActorType type;
  type.name = key.text();
  type.span = key.span();
  if (!reader.expect_mapping(node, "an actor type")) return type;
  for (const auto& entry : node.entries()) {
    if (!entry.key.is_scalar()) continue;
    const std::string_view name = entry.key.text();
    if (name == "sdk") {
      const auto word = reader.word(entry.value, "sdk", {"dotnet", "python", "php", "js", "java", "go", "rust"});
      if (word) type.sdk = static_cast<Sdk>(*word);
    } else if (name == "on-deactivate") {
      type.on_deactivate = read_steps(reader, entry.value, "on-deactivate");
    } else if (reader.name(entry.key, "a method")) {
      type.methods.push_back({std::string(name),
                              read_steps(reader, entry.value, fmt::format("the method {}", in_quotes(name))),
                              entry.key.span()});
    }
  }
  return type;
}

}  // namespace

const std::vector<std::string_view>& call_option_keys() {
  static const std::vector<std::string_view> keys{"header", "timeout", "retry", "on-error", "as", "with"};
  return keys;
}

void read_call_option(Reader& reader, CallOptions& options, std::string_view key, DocumentNode value, CallPlace place) {
  if (key == "header") options.header = read_header(reader, value, place);
  if (key == "as") {
    if (auto label = reader.template_text(value, "as")) options.label = std::move(*label);
  }
  if (key == "timeout") options.timeout = reader.duration(value, "timeout");
  if (key == "retry") options.retry = read_retry(reader, value);
  if (key == "on-error") {
    options.continue_on_error = reader.word(value, "on-error", {"fail", "continue"}) == 1U;
  }
  if (key == "with") options.with = read_with(reader, value);
}

std::optional<Target> read_target(Reader& reader, DocumentNode node) {
  const auto text = reader.prepared(node, "a target");
  if (!text) return std::nullopt;
  auto target = parse_target(*text, reader.scope());
  if (!target) {
    reader.report(target.error());
    return std::nullopt;
  }
  target->span = node.span();
  return std::move(*target);
}

std::vector<ActorType> read_actors(Reader& reader, DocumentNode node) {
  std::vector<ActorType> result;
  if (!reader.expect_mapping(node, "actors")) return result;
  for (const auto& entry : node.entries()) {
    if (!entry.key.is_scalar() || !reader.name(entry.key, "an actor type")) continue;
    if (entry.key.text() == "self" || entry.key.text() == "caller") {
      reader.error("bad-name", entry.key.span(), in_quotes(entry.key.text()) + " cannot be the name of an actor type",
                   "in a target it means another actor");
      continue;
    }
    result.push_back(read_type(reader, entry.key, entry.value));
  }
  return result;
}

}  // namespace actorsim
