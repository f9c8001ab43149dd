// Reading `start` and `chains`.
#include "actorsim/scenario/read_start.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "actorsim/scenario/chain_grammar.h"
#include "actorsim/scenario/read_steps.h"

namespace actorsim {
namespace {

constexpr std::int64_t kMaximumLoad = 1'000'000'000;

constexpr std::array<std::string_view, 5> kKinds{"call", "reminder", "timer", "deactivate", "rebalance"};

const std::vector<std::string_view>& keys_beside(Trigger::Kind kind) {
  static const std::vector<std::string_view> call{"call",   "at",      "after", "every",    "count", "rate", "clients",
                                                  "header", "timeout", "retry", "on-error", "as",    "with"};
  static const std::vector<std::string_view> reminder{"reminder", "at", "after", "every", "count", "as", "with"};
  static const std::vector<std::string_view> timer{"timer", "at", "after", "every", "count", "as", "with"};
  static const std::vector<std::string_view> deactivate{"deactivate", "at", "after", "as"};
  static const std::vector<std::string_view> rebalance{"rebalance", "at", "after", "as"};
  switch (kind) {
    case Trigger::Kind::call: return call;
    case Trigger::Kind::reminder: return reminder;
    case Trigger::Kind::timer: return timer;
    case Trigger::Kind::deactivate: return deactivate;
    case Trigger::Kind::rebalance: return rebalance;
  }
  return call;
}

bool names_an_actor(Trigger::Kind kind) {
  return kind == Trigger::Kind::deactivate || kind == Trigger::Kind::rebalance;
}

// The key that says what the trigger is. Complains if there is none or a second.
std::optional<DocumentNode::Entry> find_kind(Reader& reader, DocumentNode node, Trigger::Kind& kind) {
  std::optional<DocumentNode::Entry> result;
  for (const auto& entry : node.entries()) {
    if (!entry.key.is_scalar()) continue;
    const auto found = std::find(kKinds.begin(), kKinds.end(), entry.key.text());
    if (found == kKinds.end()) continue;
    if (result) {
      reader.error(
          "wrong-shape", entry.key.span(),
          fmt::format("a trigger is one thing, but here stand '{}' and '{}'", result->key.text(), entry.key.text()),
          "write two triggers, each with its own '-'");
      return std::nullopt;
    }
    result = entry;
    kind = static_cast<Trigger::Kind>(found - kKinds.begin());
  }
  if (result) return result;
  const std::vector<std::string> kinds(kKinds.begin(), kKinds.end());
  if (node.size() == 0) {
    reader.error("wrong-shape", node.span(), "an empty trigger", "call: Type/id.method");
    return std::nullopt;
  }
  const DocumentNode first = (*node.entries().begin()).key;
  if (first.text() == "send") {
    reader.error("unknown-key", first.span(), "a client cannot 'send'",
                 "write 'call'; whoever starts a call here waits for nothing");
  } else {
    reader.error("unknown-key", first.span(), "unknown trigger " + in_quotes(first.text()),
                 suggestion(first.text(), kinds));
  }
  return std::nullopt;
}

// `every`, `count`, `rate` and `clients`; false: the key is another.
bool read_load_key(Reader& reader, Trigger& trigger, std::string_view key, DocumentNode value) {
  if (key == "every") {
    trigger.every = reader.duration(value, "every");
    if (trigger.every == 0) reader.error("bad-duration", value.span(), "'every' must be longer than 0s");
  } else if (key == "count") {
    if (auto count = reader.count(value, "count", 0, kMaximumLoad)) trigger.count = std::move(*count);
  } else if (key == "rate") {
    const auto text = reader.text(value, "rate");
    if (!text) return true;
    const auto rate = parse_rate_per_second(*text);
    if (rate) {
      trigger.rate_per_second = *rate;
    } else {
      reader.error("bad-number", value.span(), "rate: " + in_quotes(*text) + " " + rate.error().reason,
                   rate.error().help);
    }
  } else if (key == "clients") {
    trigger.clients = reader.integer(value, "clients", 1, kMaximumLoad);
  } else {
    return false;
  }
  return true;
}

void read_target_of(Reader& reader, Trigger& trigger, DocumentNode node, bool& complete) {
  std::optional<Target> target;
  if (names_an_actor(trigger.kind)) {
    if (const auto text = reader.prepared(node, "an actor")) {
      auto actor = parse_actor(*text, reader.scope());
      if (actor) {
        target = std::move(*actor);
        target->span = node.span();
      } else {
        reader.report(actor.error());
      }
    }
  } else {
    target = read_target(reader, node);
  }
  complete = target.has_value();
  if (!target) return;
  if (target->kind != Target::Kind::named) {
    reader.error("target-syntax", target->type_span,
                 fmt::format("'{}' means nothing at start: nobody runs yet",
                             target->kind == Target::Kind::self ? "self" : "caller"),
                 "name the actor: Type/id.method");
    complete = false;
  }
  trigger.target = std::move(*target);
}

std::optional<Trigger> read_trigger(Reader& reader, DocumentNode node) {
  if (!reader.expect_mapping(node, "a trigger")) return std::nullopt;
  Trigger trigger;
  trigger.span = node.span();
  const auto what = find_kind(reader, node, trigger.kind);
  if (!what) return std::nullopt;

  std::optional<Reader::Binding> counter;  // `$i` is bound where calls are generated
  if (Reader::find(node, "count")) counter.emplace(reader, "i");
  bool complete = false;
  reader.fields(node, "a trigger", keys_beside(trigger.kind), [&](std::string_view key, DocumentNode value, Span) {
    if (key == what->key.text()) {
      read_target_of(reader, trigger, value, complete);
    } else if (key == "at") {
      trigger.at = reader.duration(value, "at").value_or(0);
    } else if (key == "after") {
      if (auto label = reader.text(value, "after")) trigger.after = std::move(*label);
      trigger.after_span = value.span();
    } else if (!read_load_key(reader, trigger, key, value)) {
      read_call_option(reader, trigger.options, key, value, CallPlace::start);
    }
  });
  const int spreads = (trigger.rate_per_second ? 1 : 0) +
                      (trigger.every && trigger.kind == Trigger::Kind::call ? 1 : 0) + (trigger.clients ? 1 : 0);
  if (spreads > 1) reader.error("wrong-shape", node.span(), "'rate', 'every' and 'clients' exclude each other");
  if (spreads > 0 && !counter && trigger.kind == Trigger::Kind::call) {
    reader.error("missing-key", node.span(), "generated calls need a 'count'");
  }
  if (!complete) return std::nullopt;
  return trigger;
}

}  // namespace

std::vector<Trigger> read_start(Reader& reader, DocumentNode node) {
  std::vector<Trigger> result;
  if (!reader.expect_sequence(node, "start")) return result;
  result.reserve(node.size());
  for (const DocumentNode item : node.items()) {
    if (auto trigger = read_trigger(reader, item)) result.push_back(std::move(*trigger));
  }
  return result;
}

std::vector<Chain> read_chains(Reader& reader, DocumentNode node) {
  std::vector<Chain> result;
  if (!reader.expect_sequence(node, "chains")) return result;
  for (const DocumentNode item : node.items()) {
    const bool has_variables = item.is_scalar() && item.text().find('$') != std::string_view::npos;
    if (has_variables && !reader.text(item, "a chain")) continue;
    const auto text = reader.prepared(item, "a chain");
    if (!text) continue;
    auto chain = parse_chain(*text);
    if (chain) {
      chain->span = item.span();
      result.push_back(std::move(*chain));
    } else {
      reader.report(chain.error());
    }
  }
  return result;
}

}  // namespace actorsim
