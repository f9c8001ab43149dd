// Reading `expect`.
#include "actorsim/scenario/read_expect.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "actorsim/scenario/chain_grammar.h"

namespace actorsim {
namespace {

constexpr std::array<std::string_view, 15> kCountWords{
    "calls",    "attempts", "entered",    "re-entered", "blocked",   "completed", "deadlocked", "stranded",
    "exceeded", "closed",   "not-hosted", "timed-out",  "cancelled", "failed",    "skipped"};

constexpr std::array<std::string_view, 13> kExpectKeys{"verdict", "never",       "possible", "always",  "calls",
                                                       "counts",  "order",       "deadlock", "overlap", "error",
                                                       "header",  "deactivated", "warnings"};

std::vector<std::string> outcome_words() {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < kOutcomeCount; ++i) result.emplace_back(to_word(static_cast<Outcome>(i)));
  return result;
}

std::vector<std::string> verdict_words() {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < kVerdictCount; ++i) result.emplace_back(to_word(static_cast<Verdict>(i)));
  return result;
}

// "entered" is an outcome, not a verdict, and people mix them up.
std::string word_help(std::string_view word, const std::vector<std::string>& words,
                      const std::vector<std::string>& others, std::string_view other_kind) {
  if (std::find(others.begin(), others.end(), word) != others.end() && !nearest_word(word, words)) {
    return fmt::format("{} is {}; known here: {}", quoted(word), other_kind, list_words(words, "and"));
  }
  if (nearest_word(word, words)) return suggestion(word, words);
  return "known: " + list_words(words, "and");
}

std::optional<Outcome> read_outcome(Reader& reader, DocumentNode node) {
  const auto word = reader.text(node, "an outcome");
  if (!word) return std::nullopt;
  const auto outcome = parse_outcome(*word);
  if (!outcome) {
    reader.error("unknown-word", node.span(), "unknown outcome " + quoted(*word),
                 word_help(*word, outcome_words(), verdict_words(), "the verdict of a scenario"));
  }
  return outcome;
}

std::optional<Verdict> read_verdict(Reader& reader, DocumentNode node) {
  const auto word = reader.text(node, "a verdict");
  if (!word) return std::nullopt;
  const auto verdict = parse_verdict(*word);
  if (!verdict) {
    reader.error("unknown-word", node.span(), "unknown verdict " + quoted(*word),
                 word_help(*word, verdict_words(), outcome_words(), "the outcome of a call"));
  }
  return verdict;
}

// ---- keys and comparisons -------------------------------------------------------------------------------------------

std::optional<CallKey> read_call_key(Reader& reader, DocumentNode node) {
  auto text = reader.text(node, "a label");
  if (!text) return std::nullopt;
  return make_call_key(std::move(*text), node.span());
}

std::optional<Comparison> read_comparison(Reader& reader, DocumentNode node, std::string_view what) {
  using Operator = Comparison::Operator;
  constexpr std::array<std::pair<std::string_view, Operator>, 6> operators{{{"==", Operator::equal},
                                                                            {"!=", Operator::not_equal},
                                                                            {"<=", Operator::less_equal},
                                                                            {">=", Operator::greater_equal},
                                                                            {"<", Operator::less},
                                                                            {">", Operator::greater}}};
  const auto value = reader.text(node, what);
  if (!value) return std::nullopt;
  Comparison result;
  std::string_view rest = trim(*value);
  for (const auto& [text, op] : operators) {
    if (rest.substr(0, text.size()) != text) continue;
    result.op = op;
    rest = trim(rest.substr(text.size()));
    break;
  }
  const auto number = parse_integer(rest);
  if (!number) {
    reader.error("bad-number", node.span(),
                 fmt::format("{}: {} {}", what, quoted(*value),
                             rest == trim(*value) ? number.error().reason : "is not a comparison with a whole number"),
                 number.error().help.empty() ? "write 3, or a comparison such as \">= 1\"" : number.error().help);
    return std::nullopt;
  }
  result.value = *number;
  return result;
}

// An actor as reports name it: `A` is `A/1`.
std::optional<std::string> read_actor_name(Reader& reader, DocumentNode node) {
  const auto text = reader.prepared(node, "an actor");
  if (!text) return std::nullopt;
  const auto actor = parse_actor(*text, reader.scope());
  if (!actor) {
    reader.report(actor.error());
    return std::nullopt;
  }
  if (!actor->id.is_constant()) {
    reader.error("unknown-variable", node.span(),
                 "an expectation cannot depend on what is known only while the scenario runs");
    return std::nullopt;
  }
  return actor->type + "/" + actor->id.constant();
}

// ---- one expectation each -------------------------------------------------------------------------------------------

void read_calls(Reader& reader, Expectations& expect, DocumentNode node) {
  constexpr std::array<std::string_view, 6> keys{"outcome", "depth", "waited", "entered-at", "ended-at", "completed"};
  if (!reader.expect_mapping(node, "calls")) return;
  for (const auto& entry : node.entries()) {
    auto key = read_call_key(reader, entry.key);
    if (!key) continue;
    CallExpectation call;
    call.key = std::move(*key);
    call.span = entry.value.span();
    if (entry.value.is_mapping()) {
      reader.fields(entry.value, "a call's expectation", keys, [&](std::string_view field, DocumentNode value, Span) {
        if (field == "outcome") call.outcome = read_outcome(reader, value);
        if (field == "depth") call.depth = read_comparison(reader, value, "depth");
        if (field == "waited") call.waited = reader.duration(value, "waited");
        if (field == "entered-at") call.entered_at = reader.duration(value, "entered-at");
        if (field == "ended-at") call.ended_at = reader.duration(value, "ended-at");
        if (field == "completed") call.completed = reader.boolean(value, "completed");
      });
      if (entry.value.size() == 0) reader.error("wrong-shape", entry.value.span(), "nothing is expected of this call");
    } else if (entry.value.is_scalar()) {
      call.outcome = read_outcome(reader, entry.value);
    } else {
      reader.wrong_shape(entry.value, "an outcome or a mapping", "write entered, or {outcome: entered, depth: 1}");
    }
    expect.calls.push_back(std::move(call));
  }
}

void read_counts(Reader& reader, Expectations& expect, DocumentNode node) {
  reader.fields(node, "counts", kCountWords, [&](std::string_view key, DocumentNode value, Span) {
    const auto comparison = read_comparison(reader, value, key);
    if (!comparison) return;
    const auto found = std::find(kCountWords.begin(), kCountWords.end(), key);
    expect.counts.push_back({static_cast<CountKey>(found - kCountWords.begin()), *comparison, value.span()});
  });
}

void read_order(Reader& reader, Expectations& expect, DocumentNode node) {
  if (!reader.expect_sequence(node, "order")) return;
  Spanned<std::vector<std::vector<CallKey>>> order;
  order.span = node.span();
  for (const DocumentNode item : node.items()) {
    std::vector<CallKey> instant;
    if (item.is_sequence()) {
      for (const DocumentNode inner : item.items()) {
        if (auto key = read_call_key(reader, inner)) instant.push_back(std::move(*key));
      }
      if (item.size() == 0) reader.error("wrong-shape", item.span(), "an instant without calls");
    } else if (auto key = read_call_key(reader, item)) {
      instant.push_back(std::move(*key));
    }
    if (!instant.empty()) order.value.push_back(std::move(instant));
  }
  expect.order = std::move(order);
}

void read_deadlock(Reader& reader, Expectations& expect, DocumentNode node) {
  constexpr std::array<std::string_view, 2> keys{"cycle", "broken-up-at"};
  DeadlockExpectation result;
  result.span = node.span();
  if (node.is_scalar()) {
    result.none = true;
    if (node.text() != "none")
      reader.error("unknown-word", node.span(), "unknown deadlock " + quoted(node.text()),
                   "write none, or {cycle: [A/1, B/1]}");
  } else {
    reader.fields(node, "deadlock", keys, [&](std::string_view key, DocumentNode value, Span key_span) {
      if (key == "cycle") {
        result.cycle.emplace();
        if (!reader.expect_sequence(value, "cycle")) return;
        if (value.size() == 0) reader.error("wrong-shape", value.span(), "a cycle without actors", "cycle: [A/1, B/1]");
        for (const DocumentNode item : value.items()) {
          auto actor = read_actor_name(reader, item);
          if (!actor) continue;
          result.cycle->push_back(std::move(*actor));
          result.cycle_spans.push_back(item.span());
        }
        return;
      }
      reader.gate("expect.deadlock.broken-up-at", key_span);
      if (value.is_scalar() && value.text() == "never") {
        result.never_broken_up = true;
      } else {
        result.broken_up_at = reader.duration(value, "broken-up-at");
      }
    });
    if (node.is_mapping() && node.size() == 0)
      reader.error("wrong-shape", node.span(), "nothing is expected of the deadlock",
                   "write none, or {cycle: [A/1, B/1]}");
  }
  expect.deadlock = std::move(result);
}

void read_overlap(Reader& reader, Expectations& expect, DocumentNode node) {
  constexpr std::array<std::string_view, 2> keys{"actor", "calls"};
  OverlapExpectation result;
  result.span = node.span();
  if (node.is_scalar()) {
    result.none = true;
    if (node.text() != "none")
      reader.error("unknown-word", node.span(), "unknown overlap " + quoted(node.text()),
                   "write none, or {actor: A/1, calls: [a, b]}");
  } else {
    reader.fields(node, "overlap", keys, [&](std::string_view key, DocumentNode value, Span) {
      if (key == "actor") {
        result.actor = read_actor_name(reader, value);
        result.actor_span = value.span();
      }
      if (key != "calls" || !reader.expect_sequence(value, "calls")) return;
      for (const DocumentNode item : value.items()) {
        if (auto call = read_call_key(reader, item)) result.calls.push_back(std::move(*call));
      }
    });
    if (node.is_mapping() && node.size() == 0)
      reader.error("wrong-shape", node.span(), "nothing is expected of the overlap",
                   "write none, or {actor: A/1, calls: [a, b]}");
  }
  expect.overlap = std::move(result);
}

void read_headers(Reader& reader, Expectations& expect, DocumentNode node) {
  constexpr std::array<std::string_view, 1> keys{"same-as"};
  if (!reader.expect_mapping(node, "header")) return;
  for (const auto& entry : node.entries()) {
    auto key = read_call_key(reader, entry.key);
    if (!key) continue;
    HeaderExpectation header;
    header.key = std::move(*key);
    header.span = entry.value.span();
    if (entry.value.is_mapping()) {
      header.kind = HeaderExpectation::Kind::same_as;
      reader.fields(entry.value, "a header's expectation", keys, [&](std::string_view, DocumentNode value, Span) {
        header.text = reader.text(value, "a label").value_or("");
      });
      if (entry.value.size() == 0)
        reader.error("missing-key", entry.value.span(), "a header's expectation needs 'same-as' here");
    } else if (auto text = reader.text(entry.value, "a header")) {
      const bool bare = !entry.value.is_quoted();
      header.kind = bare && *text == "present"  ? HeaderExpectation::Kind::present
                    : bare && *text == "absent" ? HeaderExpectation::Kind::absent
                                                : HeaderExpectation::Kind::literal;
      header.text = std::move(*text);
    }
    expect.headers.push_back(std::move(header));
  }
}

void read_error(Reader& reader, Expectations& expect, DocumentNode node) {
  constexpr std::array<std::string_view, 5> keys{"call", "code", "http", "grpc", "message"};
  ErrorExpectation error;
  error.span = node.span();
  bool has_call = false;
  reader.fields(node, "an error's expectation", keys, [&](std::string_view key, DocumentNode value, Span) {
    if (key == "call") {
      has_call = true;
      if (auto call = read_call_key(reader, value)) error.call = std::move(*call);
    }
    if (key == "code") error.code = reader.text(value, "code");
    if (key == "http") error.http = reader.integer(value, "http", 100, 599);
    if (key == "grpc") error.grpc = reader.text(value, "grpc");
    if (key == "message") error.message = reader.text(value, "message");
  });
  if (node.is_mapping() && !has_call)
    reader.error("missing-key", node.span(), "an error's expectation needs 'call': whose error it is");
  expect.errors.push_back(std::move(error));
}

void read_errors(Reader& reader, Expectations& expect, DocumentNode node) {
  if (!node.is_sequence()) return read_error(reader, expect, node);
  for (const DocumentNode item : node.items()) read_error(reader, expect, item);
}

void read_deactivated(Reader& reader, Expectations& expect, DocumentNode node) {
  constexpr std::array<std::string_view, 2> keys{"count", "at"};
  if (!reader.expect_mapping(node, "deactivated")) return;
  for (const auto& entry : node.entries()) {
    DeactivatedExpectation result;
    result.span = entry.value.span();
    if (const auto actor = read_actor_name(reader, entry.key)) result.actor = *actor;
    reader.fields(entry.value, "deactivated", keys, [&](std::string_view key, DocumentNode value, Span) {
      if (key == "count") result.count = read_comparison(reader, value, "count");
      if (key == "at") result.at = reader.duration(value, "at");
    });
    expect.deactivated.push_back(std::move(result));
  }
}

void read_fact(Reader& reader, std::vector<Fact>& facts, DocumentNode node) {
  constexpr std::array<std::string_view, 2> keys{"call", "outcome"};
  Fact fact;
  fact.span = node.span();
  if (!node.is_mapping()) {
    fact.verdict = read_verdict(reader, node);
  } else {
    reader.fields(node, "a fact", keys, [&](std::string_view key, DocumentNode value, Span) {
      if (key == "call") fact.call = read_call_key(reader, value);
      if (key == "outcome") fact.outcome = read_outcome(reader, value);
    });
    if (!Reader::find(node, "call") || !Reader::find(node, "outcome")) {
      reader.error("missing-key", node.span(), "a fact about a call needs 'call' and 'outcome'",
                   "{call: label, outcome: word}");
    }
  }
  facts.push_back(std::move(fact));
}

void read_facts(Reader& reader, std::vector<Fact>& facts, DocumentNode node) {
  if (!node.is_sequence()) return read_fact(reader, facts, node);
  for (const DocumentNode item : node.items()) read_fact(reader, facts, item);
}

// ---- the whole block ------------------------------------------------------------------------------------------------

void read_key(Reader& reader, Expectations& expect, std::string_view key, DocumentNode value, Span key_span) {
  reader.gate("expect." + std::string(key), key_span);
  if (key == "verdict") {
    if (const auto verdict = read_verdict(reader, value)) expect.verdict = Spanned<Verdict>{*verdict, value.span()};
  }
  if (key == "never") read_facts(reader, expect.never, value);
  if (key == "possible") read_facts(reader, expect.possible, value);
  if (key == "always") read_facts(reader, expect.always, value);
  if (key == "calls") read_calls(reader, expect, value);
  if (key == "counts") read_counts(reader, expect, value);
  if (key == "order") read_order(reader, expect, value);
  if (key == "deadlock") read_deadlock(reader, expect, value);
  if (key == "overlap") read_overlap(reader, expect, value);
  if (key == "error") read_errors(reader, expect, value);
  if (key == "header") read_headers(reader, expect, value);
  if (key == "deactivated") read_deactivated(reader, expect, value);
  if (key == "warnings")
    expect.warnings = Spanned<std::vector<std::string>>{reader.text_list(value, "warnings"), value.span()};
}

Expectations read_block(Reader& reader, DocumentNode node, bool in_list) {
  std::vector<std::string_view> keys(kExpectKeys.begin(), kExpectKeys.end());
  if (in_list) keys.push_back("when");
  Expectations expect;
  expect.span = node.span();
  reader.fields(node, "expect", keys, [&](std::string_view key, DocumentNode value, Span key_span) {
    read_key(reader, expect, key, value, key_span);
  });
  return expect;
}

std::vector<ConditionalExpectations::Axis> read_when(Reader& reader, DocumentNode node) {
  std::vector<ConditionalExpectations::Axis> result;
  if (!reader.expect_mapping(node, "when")) return result;
  for (const auto& entry : node.entries()) {
    ConditionalExpectations::Axis axis;
    axis.name = entry.key.text();
    axis.span = entry.key.span();
    if (entry.value.is_sequence()) {
      axis.values = reader.text_list(entry.value, axis.name);
    } else if (auto value = reader.text(entry.value, axis.name)) {
      axis.values.push_back(std::move(*value));
    }
    result.push_back(std::move(axis));
  }
  return result;
}

}  // namespace

CallKey make_call_key(std::string text, Span span) {
  CallKey key;
  key.span = span;
  const std::size_t hash = text.rfind('#');
  if (hash != std::string::npos && hash > 0) {
    const auto index = parse_integer(std::string_view(text).substr(hash + 1));
    if (index && *index > 0) {
      key.index = static_cast<std::uint64_t>(*index);
      text.resize(hash);
    }
  }
  key.label = std::move(text);
  return key;
}

std::string to_string(const CallKey& key) {
  return key.index ? key.label + "#" + std::to_string(*key.index) : key.label;
}

std::string_view to_word(CountKey key) { return kCountWords[static_cast<std::size_t>(key)]; }

std::vector<ConditionalExpectations> read_expect(Reader& reader, DocumentNode node) {
  std::vector<ConditionalExpectations> result;
  if (!node.is_sequence()) {
    result.push_back({{}, read_block(reader, node, false)});
    return result;
  }
  reader.gate("expect.list", node.span());
  for (const DocumentNode item : node.items()) {
    ConditionalExpectations entry;
    if (const auto when = Reader::find(item, "when")) entry.when = read_when(reader, *when);
    entry.expectations = read_block(reader, item, true);
    result.push_back(std::move(entry));
  }
  return result;
}

}  // namespace actorsim
