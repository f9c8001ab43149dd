// Reading scalars and collections.
#include "actorsim/scenario/reader.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace actorsim {
namespace {

std::string describe(DocumentNode node) {
  switch (node.kind()) {
    case DocumentNode::Kind::null: return "nothing";
    case DocumentNode::Kind::scalar: return in_quotes(node.text());
    case DocumentNode::Kind::sequence: return "a list";
    case DocumentNode::Kind::mapping: return "a mapping";
  }
  return "";
}

// What YAML 1.1 and other formats take for a boolean.
std::optional<bool> find_lookalike(std::string_view text) {
  constexpr std::array<std::string_view, 9> kYes{"yes", "Yes", "YES", "on", "On", "ON", "True", "TRUE", "1"};
  constexpr std::array<std::string_view, 9> kNo{"no", "No", "NO", "off", "Off", "OFF", "False", "FALSE", "0"};
  if (std::find(kYes.begin(), kYes.end(), text) != kYes.end()) return true;
  if (std::find(kNo.begin(), kNo.end(), text) != kNo.end()) return false;
  return std::nullopt;
}

}  // namespace

void Reader::error(std::string_view code, Span span, std::string message, std::string help) {
  diagnostics_.add({Severity::error, code, document_.source().name, span, std::move(message), std::move(help), {}});
}

void Reader::warn(std::string_view code, Span span, std::string message, std::string help) {
  diagnostics_.add({Severity::warning, code, document_.source().name, span, std::move(message), std::move(help), {}});
}

void Reader::report(const LocatedProblem& problem) { error(problem.code, problem.span, problem.message, problem.help); }

std::optional<Document> Reader::other_document(DocumentNode node, std::string_view what) {
  const auto path = text(node, what);
  if (!path) return std::nullopt;
  if (files_ == nullptr || !*files_) {
    error("cannot-read", node.span(), fmt::format("the file {} cannot be read from here", in_quotes(*path)),
          fmt::format("write the content of the file under '{}:'", what));
    return std::nullopt;
  }
  auto source = (*files_)(*path);
  if (!source) {
    error(source.error().code, node.span(), source.error().message, source.error().help);
    return std::nullopt;
  }
  auto parsed = Document::parse(*source);
  if (parsed) return std::move(*parsed);
  diagnostics_.add_all(parsed.error());
  return std::nullopt;
}

void Reader::wrong_shape(DocumentNode node, std::string_view wanted, std::string help) {
  error("wrong-shape", node.span(), fmt::format("expected {}, found {}", wanted, describe(node)), std::move(help));
}

bool Reader::expect_scalar(DocumentNode node, std::string_view what, std::string_view kind) {
  if (node.is_scalar()) return true;
  wrong_shape(node, fmt::format("{} for {}", kind, what));
  return false;
}

std::optional<std::string> Reader::raw_text(DocumentNode node, std::string_view what) {
  if (!expect_scalar(node, what, "a text")) return std::nullopt;
  return std::string(node.text());
}

std::optional<Template> Reader::template_text(DocumentNode node, std::string_view what) {
  if (!expect_scalar(node, what, "a text")) return std::nullopt;
  auto result = parse_template(node.located_text(), scope_);
  if (!result) {
    report(result.error());
    return std::nullopt;
  }
  result->span = node.span();
  return std::move(*result);
}

std::optional<std::string> Reader::text(DocumentNode node, std::string_view what) {
  const auto result = template_text(node, what);
  if (!result) return std::nullopt;
  if (!result->is_constant()) {
    error("unknown-variable", node.span(),
          fmt::format("{} cannot depend on what is known only while the scenario runs", what));
    return std::nullopt;
  }
  return result->constant();
}

std::optional<LocatedText> Reader::prepared(DocumentNode node, std::string_view what) {
  if (!expect_scalar(node, what, "a text")) return std::nullopt;
  LocatedText located = node.located_text();
  if (located.text.find('$') == std::string_view::npos || scope_.constants.empty()) return located;
  auto filled = fill_in_constants(located, scope_);
  if (!filled) {
    report(filled.error());
    return std::nullopt;
  }
  if (*filled == located.text) return located;
  buffer_ = std::move(*filled);
  return LocatedText{buffer_, node.span(), node.span(), false};
}

std::optional<std::string> Reader::bare(DocumentNode node, std::string_view what, std::string_view kind) {
  if (!expect_scalar(node, what, kind)) return std::nullopt;
  auto result = text(node, what);
  if (result && node.is_quoted() && result == node.text()) {
    error("wrong-type", node.span(),
          fmt::format("expected {} for {}, found the text {}", kind, what, in_quotes(*result)),
          "write it without quotes");
    return std::nullopt;
  }
  return result;
}

void Reader::bad_value(std::string_view code, DocumentNode node, std::string_view what, std::string_view text,
                       const ParseProblem& problem) {
  error(code, node.span(), fmt::format("{}: {} {}", what, in_quotes(text), problem.reason), problem.help);
}

std::optional<bool> Reader::boolean(DocumentNode node, std::string_view what) {
  const auto value = bare(node, what, "true or false");
  if (!value) return std::nullopt;
  if (*value == "true") return true;
  if (*value == "false") return false;
  const auto lookalike = find_lookalike(*value);
  error("wrong-type", node.span(), fmt::format("expected true or false for {}, found {}", what, in_quotes(*value)),
        lookalike ? fmt::format("write {}", *lookalike) : "");
  return std::nullopt;
}

std::optional<std::int64_t> Reader::integer(DocumentNode node, std::string_view what, std::int64_t least,
                                            std::int64_t most) {
  const auto value = bare(node, what, "a number");
  if (!value) return std::nullopt;
  const auto number = parse_integer(*value);
  if (!number) {
    bad_value("bad-number", node, what, *value, number.error());
    return std::nullopt;
  }
  if (*number < least || *number > most) {
    error("bad-number", node.span(),
          fmt::format("{} is {}, but must be at {} {}", what, *number, *number < least ? "least" : "most",
                      *number < least ? least : most));
    return std::nullopt;
  }
  return *number;
}

std::optional<Nanoseconds> Reader::duration(DocumentNode node, std::string_view what) {
  if (!expect_scalar(node, what, "a duration")) return std::nullopt;
  const auto value = text(node, what);
  if (!value) return std::nullopt;
  const auto result = parse_duration(*value);
  if (!result) {
    bad_value("bad-duration", node, what, *value, result.error());
    return std::nullopt;
  }
  return *result;
}

std::optional<Expression> Reader::count(DocumentNode node, std::string_view what, std::int64_t least,
                                        std::int64_t most) {
  if (!expect_scalar(node, what, "a number")) return std::nullopt;
  const LocatedText located = node.located_text();
  if (located.text.find('$') == std::string_view::npos) {
    const auto value = integer(node, what, least, most);
    if (!value) return std::nullopt;
    Expression constant;
    constant.nodes.push_back({Expression::Op::constant, *value, 0});
    constant.span = node.span();
    return constant;
  }
  auto result = parse_expression(located, scope_);
  if (!result) {
    report(result.error());
    return std::nullopt;
  }
  result->span = node.span();
  if (result->is_constant() && (result->constant() < least || result->constant() > most)) {
    const bool low = result->constant() < least;
    error("bad-number", node.span(),
          fmt::format("{} is {}, but must be at {} {}", what, result->constant(), low ? "least" : "most",
                      low ? least : most));
    return std::nullopt;
  }
  return std::move(*result);
}

std::optional<std::string> Reader::name(DocumentNode node, std::string_view what) {
  auto result = text(node, what);
  if (!result) return std::nullopt;
  if (is_name(*result)) return result;
  error("bad-name", node.span(), fmt::format("{} cannot be the name of {}", in_quotes(*result), what),
        "names begin with a letter or '_' and hold letters, digits, '_' and '-'");
  return std::nullopt;
}

std::optional<std::size_t> Reader::word(DocumentNode node, std::string_view what,
                                        const std::vector<std::string>& words) {
  if (!expect_scalar(node, what, "a word")) return std::nullopt;
  const auto value = text(node, what);
  if (!value) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *value);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  error("unknown-word", node.span(), fmt::format("unknown {} {}", what, in_quotes(*value)), suggestion(*value, words));
  return std::nullopt;
}

bool Reader::expect_mapping(DocumentNode node, std::string_view what) {
  if (node.is_mapping()) return true;
  wrong_shape(node, fmt::format("a mapping (key: value) for {}", what));
  return false;
}

bool Reader::expect_sequence(DocumentNode node, std::string_view what) {
  if (node.is_sequence()) return true;
  wrong_shape(node, fmt::format("a list for {}", what));
  return false;
}

std::vector<std::string> Reader::text_list(DocumentNode node, std::string_view what) {
  std::vector<std::string> result;
  if (!expect_sequence(node, what)) return result;
  for (const DocumentNode item : node.items()) {
    if (auto value = text(item, what)) result.push_back(std::move(*value));
  }
  return result;
}

void Reader::unknown_key(DocumentNode key, std::string_view what, const std::vector<std::string>& keys) {
  const std::size_t colon = key.text().find(':');
  const bool glued = !key.is_quoted() && colon != std::string_view::npos;
  error("unknown-key", key.span(), fmt::format("unknown key {} in {}", in_quotes(key.text()), what),
        glued                    ? "a blank is missing behind the ':'"
        : diagnostics_.is_full() ? ""
                                 : suggestion(key.text(), keys));
}

std::optional<DocumentNode> Reader::find(DocumentNode mapping, std::string_view key) {
  for (const auto& entry : mapping.entries()) {
    if (entry.key.is_scalar() && entry.key.text() == key) return entry.value;
  }
  return std::nullopt;
}

}  // namespace actorsim
