// Reading outcomes, verdicts, labels, comparisons and actors.
#include "actorsim/scenario/expectation_values.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "actorsim/scenario/chain_grammar.h"

namespace actorsim {
namespace {

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
    return fmt::format("{} is {}; known here: {}", in_quotes(word), other_kind, list_words(words, "and"));
  }
  if (nearest_word(word, words)) return suggestion(word, words);
  return "known: " + list_words(words, "and");
}

}  // namespace

std::optional<Outcome> read_outcome(Reader& reader, DocumentNode node) {
  const auto word = reader.text(node, "an outcome");
  if (!word) return std::nullopt;
  const auto outcome = parse_outcome(*word);
  if (!outcome) {
    reader.error("unknown-word", node.span(), "unknown outcome " + in_quotes(*word),
                 word_help(*word, outcome_words(), verdict_words(), "the verdict of a scenario"));
  }
  return outcome;
}

std::optional<Verdict> read_verdict(Reader& reader, DocumentNode node) {
  const auto word = reader.text(node, "a verdict");
  if (!word) return std::nullopt;
  const auto verdict = parse_verdict(*word);
  if (!verdict) {
    reader.error("unknown-word", node.span(), "unknown verdict " + in_quotes(*word),
                 word_help(*word, verdict_words(), outcome_words(), "the outcome of a call"));
  }
  return verdict;
}

std::optional<CallKey> read_call_key(Reader& reader, DocumentNode node) {
  auto text = reader.text(node, "a label");
  if (!text) return std::nullopt;
  return make_call_key(std::move(*text), node.span());
}

Comparison::Operator take_operator(std::string_view& text) {
  using Operator = Comparison::Operator;
  constexpr std::array<std::pair<std::string_view, Operator>, 6> kOperators{{{"==", Operator::equal},
                                                                             {"!=", Operator::not_equal},
                                                                             {"<=", Operator::less_equal},
                                                                             {">=", Operator::greater_equal},
                                                                             {"<", Operator::less},
                                                                             {">", Operator::greater}}};
  text = trim(text);
  for (const auto& [word, op] : kOperators) {
    if (text.substr(0, word.size()) != word) continue;
    text = trim(text.substr(word.size()));
    return op;
  }
  return Operator::equal;
}

std::optional<Comparison> read_comparison(Reader& reader, DocumentNode node, std::string_view what) {
  const auto value = reader.text(node, what);
  if (!value) return std::nullopt;
  Comparison result;
  std::string_view rest = *value;
  result.op = take_operator(rest);
  const auto number = parse_integer(rest);
  if (!number) {
    reader.error("bad-number", node.span(),
                 fmt::format("{}: {} {}", what, in_quotes(*value),
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

}  // namespace actorsim
