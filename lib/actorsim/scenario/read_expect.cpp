// Reading `expect`.
#include "actorsim/scenario/read_expect.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "actorsim/scenario/expectation_values.h"

namespace actorsim {
namespace {

constexpr std::array<std::string_view, 15> kCountWords{
    "calls",    "attempts", "entered",    "re-entered", "blocked",   "completed", "deadlocked", "stranded",
    "exceeded", "closed",   "not-hosted", "timed-out",  "cancelled", "failed",    "skipped"};

constexpr std::array<std::string_view, 13> kExpectKeys{"verdict", "never",       "possible", "always",  "calls",
                                                       "counts",  "order",       "deadlock", "overlap", "error",
                                                       "header",  "deactivated", "warnings"};

// ---- one expectation each -------------------------------------------------------------------------------------------

void read_calls(Reader& reader, Expectations& expect, DocumentNode node) {
  constexpr std::array<std::string_view, 6> kKeys{"outcome", "depth", "waited", "entered-at", "ended-at", "completed"};
  if (!reader.expect_mapping(node, "calls")) return;
  for (const auto& entry : node.entries()) {
    auto key = read_call_key(reader, entry.key);
    if (!key) continue;
    CallExpectation call;
    call.key = std::move(*key);
    call.span = entry.value.span();
    if (entry.value.is_mapping()) {
      reader.fields(entry.value, "a call's expectation", kKeys, [&](std::string_view field, DocumentNode value, Span) {
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
  if (node.size() == 0) reader.error("wrong-shape", node.span(), "an order without calls");
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
  constexpr std::array<std::string_view, 2> kKeys{"cycle", "broken-up-at"};
  DeadlockExpectation result;
  result.span = node.span();
  if (node.is_scalar()) {
    result.none = true;
    if (node.text() != "none")
      reader.error("unknown-word", node.span(), "unknown deadlock " + in_quotes(node.text()),
                   "write none, or {cycle: [A/1, B/1]}");
  } else {
    reader.fields(node, "deadlock", kKeys, [&](std::string_view key, DocumentNode value, Span) {
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
  constexpr std::array<std::string_view, 2> kKeys{"actor", "calls"};
  OverlapExpectation result;
  result.span = node.span();
  if (node.is_scalar()) {
    result.none = true;
    if (node.text() != "none")
      reader.error("unknown-word", node.span(), "unknown overlap " + in_quotes(node.text()),
                   "write none, or {actor: A/1, calls: [a, b]}");
  } else {
    reader.fields(node, "overlap", kKeys, [&](std::string_view key, DocumentNode value, Span) {
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
  constexpr std::array<std::string_view, 1> kKeys{"same-as"};
  if (!reader.expect_mapping(node, "header")) return;
  for (const auto& entry : node.entries()) {
    auto key = read_call_key(reader, entry.key);
    if (!key) continue;
    HeaderExpectation header;
    header.key = std::move(*key);
    header.span = entry.value.span();
    if (entry.value.is_mapping()) {
      header.kind = HeaderExpectation::Kind::same_as;
      reader.fields(entry.value, "a header's expectation", kKeys, [&](std::string_view, DocumentNode value, Span) {
        header.text = reader.text(value, "a label").value_or("");
      });
      if (entry.value.size() == 0)
        reader.error("missing-key", entry.value.span(), "a header's expectation needs 'same-as' here");
    } else if (auto text = reader.text(entry.value, "a header")) {
      using Kind = HeaderExpectation::Kind;
      header.kind = *text == "present" ? Kind::present : *text == "absent" ? Kind::absent : Kind::literal;
      header.text = std::move(*text);
    }
    expect.headers.push_back(std::move(header));
  }
}

void read_error(Reader& reader, Expectations& expect, DocumentNode node) {
  constexpr std::array<std::string_view, 5> kKeys{"call", "code", "http", "grpc", "message"};
  ErrorExpectation error;
  error.span = node.span();
  bool has_call = false;
  reader.fields(node, "an error's expectation", kKeys, [&](std::string_view key, DocumentNode value, Span) {
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
  constexpr std::array<std::string_view, 2> kKeys{"count", "at"};
  if (!reader.expect_mapping(node, "deactivated")) return;
  for (const auto& entry : node.entries()) {
    DeactivatedExpectation result;
    result.span = entry.value.span();
    if (const auto actor = read_actor_name(reader, entry.key)) result.actor = *actor;
    reader.fields(entry.value, "deactivated", kKeys, [&](std::string_view key, DocumentNode value, Span) {
      if (key == "count") result.count = read_comparison(reader, value, "count");
      if (key == "at") result.at = reader.duration(value, "at");
    });
    expect.deactivated.push_back(std::move(result));
  }
}

void read_fact(Reader& reader, std::vector<Fact>& facts, DocumentNode node) {
  constexpr std::array<std::string_view, 2> kKeys{"call", "outcome"};
  Fact fact;
  fact.span = node.span();
  if (!node.is_mapping()) {
    fact.verdict = read_verdict(reader, node);
  } else {
    reader.fields(node, "a fact", kKeys, [&](std::string_view key, DocumentNode value, Span) {
      if (key == "call") fact.call = read_call_key(reader, value);
      if (key == "outcome") fact.outcome = read_outcome(reader, value);
    });
    if (!Reader::find(node, "call") || !Reader::find(node, "outcome")) {
      reader.error("missing-key", node.span(), "a fact about a call needs 'call' and 'outcome'",
                   "{call: label, outcome: word}");
    }
  }
  const auto is_same = [&](const Fact& other) {
    if (fact.verdict) return fact.verdict == other.verdict;
    return fact.call && other.call && fact.outcome && fact.outcome == other.outcome &&
           to_string(*fact.call) == to_string(*other.call);
  };
  if (std::any_of(facts.begin(), facts.end(), is_same))
    reader.error("duplicate-name", fact.span, "this stands in the list already");
  facts.push_back(std::move(fact));
}

// `never`, `possible` or `always`.
void read_facts(Reader& reader, std::vector<Fact>& facts, DocumentNode node, std::string_view quantifier) {
  if (!node.is_sequence()) return read_fact(reader, facts, node);
  if (node.size() == 0)
    reader.error("wrong-shape", node.span(), fmt::format("'{}' without an entry", quantifier),
                 fmt::format("write a verdict, {{call: label, outcome: word}}, or leave '{}' out", quantifier));
  for (const DocumentNode item : node.items()) read_fact(reader, facts, item);
}

// ---- the whole block ------------------------------------------------------------------------------------------------

void read_key(Reader& reader, Expectations& expect, std::string_view key, DocumentNode value) {
  if (key == "verdict") {
    if (const auto verdict = read_verdict(reader, value)) expect.verdict = Spanned<Verdict>{*verdict, value.span()};
  }
  if (key == "never") read_facts(reader, expect.never, value, key);
  if (key == "possible") read_facts(reader, expect.possible, value, key);
  if (key == "always") read_facts(reader, expect.always, value, key);
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
  reader.fields(node, "expect", keys,
                [&](std::string_view key, DocumentNode value, Span) { read_key(reader, expect, key, value); });
  return expect;
}

}  // namespace

std::string_view to_word(CountKey key) { return kCountWords[static_cast<std::size_t>(key)]; }

std::vector<ConditionalExpectations> read_expect(Reader& reader, DocumentNode node) {
  std::vector<ConditionalExpectations> result;
  if (!node.is_sequence()) {
    result.push_back({{}, read_block(reader, node, false)});
    return result;
  }
  if (node.size() == 0) reader.error("wrong-shape", node.span(), "'expect' without an entry");
  for (const DocumentNode item : node.items()) {
    ConditionalExpectations entry;
    if (const auto when = Reader::find(item, "when")) entry.when = read_axis_tests(reader, *when, "when");
    entry.expectations = read_block(reader, item, true);
    result.push_back(std::move(entry));
  }
  return result;
}

}  // namespace actorsim
