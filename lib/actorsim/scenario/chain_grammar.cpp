// A hand-written parser of chains and targets. Both are short texts; every problem is told where it stands.
#include "actorsim/scenario/chain_grammar.h"

#include <algorithm>
#include <optional>

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

constexpr const char* kTargetHelp = "targets are written Type/id.method";
constexpr const char* kNameHelp = "types and methods begin with a letter or '_' and hold letters, digits, '_' and '-'";

struct Link {
  std::string_view text;
  Chain::Link link;
};
constexpr Link kLinks[] = {
    {"->", Chain::Link::call}, {"~>", Chain::Link::send}, {"-/>", Chain::Link::call_without_header}};

// What people write for a link that is none.
constexpr std::string_view kNoLinks[] = {"-/->", "-->", "=>", "→", "⇒", "~~>", "<-", "-\\>",
                                         "->>",  ">",   "-",  "~", ",", ";",   "|",  "+"};

// A chain may be written over several lines.
bool is_space(char character) { return is_blank(character) || character == '\n'; }

// A position in a text, with the reading that chains and targets share.
class Cursor {
 public:
  explicit Cursor(const LocatedText& text) : text_(text) {}

  bool at_end() const { return at_ >= all().size(); }
  char peek() const { return at_end() ? '\0' : all()[at_]; }
  std::string_view rest() const { return all().substr(at_); }
  std::string_view all() const { return text_.text; }
  const LocatedText& text() const { return text_; }
  std::size_t offset() const { return at_; }
  void advance(std::size_t length) { at_ += length; }
  void go_back_to(std::size_t offset) { at_ = offset; }
  bool skip_blanks() {
    const std::size_t before = at_;
    while (!at_end() && is_space(peek())) ++at_;
    return at_ > before;
  }
  bool starts_with(std::string_view prefix) const { return rest().substr(0, prefix.size()) == prefix; }

  tl::unexpected<LocatedProblem> problem(std::string_view code, std::size_t offset, std::size_t length,
                                         std::string message, std::string help = {}) const {
    return tl::unexpected(LocatedProblem{code, text_.part(offset, length), std::move(message), std::move(help)});
  }

  /// The length of the word at the cursor, for pointing at it.
  std::size_t word_length() const {
    std::size_t length = 0;
    while (length < rest().size() && !is_space(rest()[length])) ++length;
    return std::max<std::size_t>(1, length);
  }

 private:
  const LocatedText& text_;
  std::size_t at_ = 0;
};

const Link* find_link(const Cursor& cursor) {
  for (const Link& link : kLinks) {
    if (cursor.starts_with(link.text)) return &link;
  }
  return nullptr;
}

// A name ends before a link, although '-' can be part of a name.
std::string_view take_name(Cursor& cursor) {
  const std::size_t start = cursor.offset();
  while (!cursor.at_end() && is_name_part(cursor.peek()) && find_link(cursor) == nullptr) cursor.advance(1);
  return cursor.all().substr(start, cursor.offset() - start);
}

// ---- ids ------------------------------------------------------------------------------------------------------------

enum class Inside { chain, target };

bool ends_id(const Cursor& cursor, Inside inside) {
  const char character = cursor.peek();
  if (cursor.at_end() || is_space(character) || character == '.' || character == '/') return true;
  return inside == Inside::chain &&
         (character == '&' || character == '(' || character == ')' || find_link(cursor) != nullptr);
}

// The id's text as it is written; a variable in it may contain anything.
tl::expected<LocatedText, LocatedProblem> take_id(Cursor& cursor, Inside inside) {
  const std::size_t start = cursor.offset();
  if (cursor.peek() == '"') {
    const std::size_t end = cursor.all().find('"', start + 1);
    if (end == std::string_view::npos) return cursor.problem("target-syntax", start, 1, "this quoted id is not closed");
    cursor.advance(end + 1 - start);
    return cursor.text().sub(start + 1, end - start - 1);
  }
  while (!ends_id(cursor, inside)) {
    if (inside == Inside::target && cursor.starts_with("$(")) {
      std::size_t open = 0;
      while (!cursor.at_end()) {
        const char character = cursor.peek();
        cursor.advance(1);
        if (character == '(') ++open;
        if (character == ')' && --open == 0) break;
      }
    } else {
      cursor.advance(1);
    }
  }
  if (cursor.offset() == start) {
    return cursor.problem("target-syntax", start, 1, "an id is missing after '/'",
                          "an id can be left out together with its '/'; it is then 1");
  }
  return cursor.text().sub(start, cursor.offset() - start);
}

// ---- hops -----------------------------------------------------------------------------------------------------------

class ChainParser {
 public:
  explicit ChainParser(const LocatedText& text) : cursor_(text) {}

  tl::expected<Chain, LocatedProblem> parse() {
    Chain chain;
    chain.text = cursor_.all();
    chain.span = cursor_.text().whole;
    cursor_.skip_blanks();
    if (cursor_.at_end())
      return cursor_.problem("chain-syntax", 0, 1, "an empty chain", "a chain is written A -> B -> A");
    std::size_t group_start = cursor_.offset();
    auto group = parse_group();
    if (!group) return tl::unexpected(group.error());
    chain.first = std::move(*group);
    std::size_t last_size = chain.first.size();
    while (true) {
      cursor_.skip_blanks();
      if (cursor_.at_end()) return chain;
      const auto link = parse_link();
      if (!link) return tl::unexpected(link.error());
      if (last_size > 1) {
        return cursor_.problem("chain-syntax", group_start, 1, "a group of hops can only stand last in a chain",
                               "the calls of a group end there; write the rest as a chain of its own");
      }
      cursor_.skip_blanks();
      group_start = cursor_.offset();
      group = parse_group();
      if (!group) return tl::unexpected(group.error());
      last_size = group->size();
      chain.rest.push_back({*link, std::move(*group)});
    }
  }

 private:
  tl::expected<Chain::Link, LocatedProblem> parse_link() {
    const std::size_t start = cursor_.offset();
    if (cursor_.peek() == '*' || cursor_.starts_with("×")) {
      return cursor_.problem(
          "chain-syntax", start, cursor_.word_length(),
          "unknown operator " + in_quotes(cursor_.rest().substr(0, cursor_.word_length())) + " in a chain",
          "nesting is written with a blank and an x: A.m x3");
    }
    if (const Link* link = find_link(cursor_); link != nullptr && !is_longer_than_link(*link)) {
      cursor_.advance(link->text.size());
      return link->link;
    }
    constexpr const char* kHelp = "hops are joined by '->' (call), '~>' (send) or '-/>' (call without the header)";
    for (const std::string_view wrong : kNoLinks) {
      if (cursor_.starts_with(wrong)) {
        return cursor_.problem("chain-syntax", start, wrong.size(),
                               "unknown operator " + in_quotes(wrong) + " in a chain", kHelp);
      }
    }
    if (cursor_.peek() == '&') {
      return cursor_.problem("chain-syntax", start, 1, "'&' stands outside of parentheses",
                             "calls at once are written (B & C)");
    }
    if (cursor_.peek() == ')') return cursor_.problem("chain-syntax", start, 1, "this ')' closes nothing");
    return cursor_.problem(
        "chain-syntax", start, cursor_.word_length(),
        "an operator was expected before " + in_quotes(cursor_.rest().substr(0, cursor_.word_length())), kHelp);
  }

  bool is_longer_than_link(const Link& link) const { return cursor_.rest().substr(link.text.size(), 1) == ">"; }

  tl::expected<std::vector<Hop>, LocatedProblem> parse_group() {
    std::vector<Hop> hops;
    if (cursor_.peek() != '(') {
      auto hop = parse_hop();
      if (!hop) return tl::unexpected(hop.error());
      hops.push_back(std::move(*hop));
      return hops;
    }
    const std::size_t open = cursor_.offset();
    cursor_.advance(1);
    while (true) {
      cursor_.skip_blanks();
      auto hop = parse_hop();
      if (!hop) return tl::unexpected(hop.error());
      hops.push_back(std::move(*hop));
      cursor_.skip_blanks();
      if (cursor_.at_end()) return cursor_.problem("chain-syntax", open, 1, "this '(' is not closed");
      const char next = cursor_.peek();
      if (next == ')') {
        cursor_.advance(1);
        return hops;
      }
      if (next != '&') {
        return cursor_.problem(
            "chain-syntax", cursor_.offset(), cursor_.word_length(), "a '&' or a ')' was expected here",
            find_link(cursor_) != nullptr ? "a group holds single hops" : "calls at once are written (B & C)");
      }
      cursor_.advance(1);
    }
  }

  tl::expected<Hop, LocatedProblem> parse_hop() {
    const std::size_t start = cursor_.offset();
    Hop hop;
    hop.type = take_name(cursor_);
    if (!is_name(hop.type)) return bad_name(start, hop.type, "a hop");
    if (cursor_.peek() == '/') {
      cursor_.advance(1);
      const auto id = take_id(cursor_, Inside::chain);
      if (!id) return tl::unexpected(id.error());
      hop.id = id->text;
    }
    ++hops_;
    hop.method = "m" + std::to_string(hops_);
    if (cursor_.peek() == '.') {
      cursor_.advance(1);
      const std::size_t method_start = cursor_.offset();
      hop.method = take_name(cursor_);
      if (!is_name(hop.method)) return bad_name(method_start, hop.method, "a method");
    }
    hop.span = cursor_.text().part(start, cursor_.offset() - start);
    const auto nested = parse_nested(hop);
    if (!nested) return tl::unexpected(nested.error());
    return hop;
  }

  tl::unexpected<LocatedProblem> bad_name(std::size_t start, std::string_view name, std::string_view what) {
    if (!name.empty()) {
      return cursor_.problem("chain-syntax", start, name.size(),
                             in_quotes(name) + " cannot be the name of " + (what == "a hop" ? "a type" : "a method"),
                             kNameHelp);
    }
    if (what == "a method" && (cursor_.at_end() || is_space(cursor_.peek()))) {
      return cursor_.problem("chain-syntax", start - 1, 1, "a method is missing after '.'");
    }
    if (cursor_.at_end()) {
      return cursor_.problem("chain-syntax", std::max<std::size_t>(start, 1) - 1, 1,
                             std::string(what) + " is missing at the end of the chain");
    }
    if (cursor_.peek() == '(') return cursor_.problem("chain-syntax", start, 1, "a group cannot stand inside a group");
    return cursor_.problem(
        "chain-syntax", start, cursor_.word_length(),
        std::string(what) + " is missing before " + in_quotes(cursor_.rest().substr(0, cursor_.word_length())),
        "a hop is written Type, Type/id or Type/id.method");
  }

  // ` x33`: a blank before it tells it from a name.
  tl::expected<void, LocatedProblem> parse_nested(Hop& hop) {
    const std::size_t before = cursor_.offset();
    if (!cursor_.skip_blanks() || cursor_.peek() != 'x' || cursor_.rest().size() < 2 || !is_digit(cursor_.rest()[1])) {
      cursor_.go_back_to(before);
      return {};  // `A.mx3` is a method named mx3
    }
    const std::size_t start = cursor_.offset();
    cursor_.advance(1);
    std::size_t length = 0;
    while (length < cursor_.rest().size() && (is_name_part(cursor_.rest()[length]) && cursor_.rest()[length] != '-'))
      ++length;
    const std::string_view digits = cursor_.rest().substr(0, length);
    const auto count = parse_integer(digits);
    if (!count)
      return cursor_.problem("bad-number", start, length + 1, in_quotes(digits) + " " + count.error().reason,
                             count.error().help);
    if (*count < 1) return cursor_.problem("bad-number", start, length + 1, "a hop is nested at least once: x1");
    if (*count > kMaximumCallDepth) {
      return cursor_.problem("too-large", start, length + 1, "calls are nested at most 100000 deep");
    }
    hop.nested = *count;
    cursor_.advance(length);
    return {};
  }

  Cursor cursor_;
  std::size_t hops_ = 0;
};

// ---- targets --------------------------------------------------------------------------------------------------------

Template one() {
  Template result;
  result.pieces.push_back({Template::Piece::Kind::text, "1", {}});
  return result;
}

tl::expected<void, LocatedProblem> parse_rest_of_target(Cursor& cursor, Target& target, const Scope& scope) {
  if (cursor.peek() == '/') {
    if (target.kind != Target::Kind::named) {
      return cursor.problem("target-syntax", cursor.offset(), 1,
                            in_quotes(cursor.all().substr(0, cursor.offset())) + " takes no id",
                            "write " + std::string(cursor.all().substr(0, cursor.offset())) + ".method");
    }
    cursor.advance(1);
    const auto id = take_id(cursor, Inside::target);
    if (!id) return tl::unexpected(id.error());
    auto parsed = parse_template(*id, scope);
    if (!parsed) return tl::unexpected(parsed.error());
    target.id = std::move(*parsed);
  }
  if (cursor.peek() == '.') {
    cursor.advance(1);
    const std::size_t start = cursor.offset();
    const std::string_view name = take_name(cursor);
    if (name.empty())
      return cursor.problem("target-syntax", start > 0 ? start - 1 : 0, 1, "a method is missing after '.'",
                            kTargetHelp);
    if (!is_name(name))
      return cursor.problem("target-syntax", start, name.size(), in_quotes(name) + " cannot be the name of a method",
                            kNameHelp);
    target.method = name;
    target.method_span = cursor.text().part(start, name.size());
  }
  if (cursor.at_end()) return {};
  const bool is_link = find_link(cursor) != nullptr || is_space(cursor.peek());
  return cursor.problem("target-syntax", cursor.offset(), decode_utf8(cursor.all(), cursor.offset()).length,
                        in_quotes(cursor.rest().substr(0, decode_utf8(cursor.all(), cursor.offset()).length)) +
                            " cannot stand in a target",
                        is_link ? "a target is one actor's method; chains stand under 'chains:'" : kTargetHelp);
}

}  // namespace

tl::expected<Chain, LocatedProblem> parse_chain(const LocatedText& text) { return ChainParser(text).parse(); }

tl::expected<Chain, Diagnostics> parse_chain(const Source& source) {
  auto result = parse_chain(LocatedText::at(source.text, {1, 1, 1}));
  if (result) return std::move(*result);
  Diagnostic diagnostic;
  diagnostic.code = result.error().code;
  diagnostic.file = source.name;
  diagnostic.span = result.error().span;
  diagnostic.message = std::move(result.error().message);
  diagnostic.help = std::move(result.error().help);
  return tl::unexpected(Diagnostics(std::move(diagnostic)));
}

tl::expected<Target, LocatedProblem> parse_target(const LocatedText& text, const Scope& scope) {
  Cursor cursor(text);
  Target target;
  target.id = one();
  target.span = text.whole;
  const std::string_view name = take_name(cursor);
  if (!is_name(name)) {
    if (text.text.empty()) return cursor.problem("target-syntax", 0, 1, "an empty target", kTargetHelp);
    return cursor.problem("target-syntax", 0, name.empty() ? cursor.word_length() : name.size(),
                          in_quotes(text.text.substr(0, name.empty() ? cursor.word_length() : name.size())) +
                              " cannot be the name of a type",
                          kNameHelp);
  }
  target.type_span = text.part(0, name.size());
  if (name == "self") {
    target.kind = Target::Kind::self;
  } else if (name == "caller") {
    target.kind = Target::Kind::caller;
  } else {
    target.type = name;
  }
  const auto rest = parse_rest_of_target(cursor, target, scope);
  if (!rest) return tl::unexpected(rest.error());
  return target;
}

tl::expected<Target, LocatedProblem> parse_actor(const LocatedText& text, const Scope& scope) {
  auto target = parse_target(text, scope);
  if (!target) return target;
  if (target->kind != Target::Kind::named) {
    return tl::unexpected(LocatedProblem{"target-syntax", text.whole, in_quotes(text.text) + " names no actor here",
                                         "actors are written Type/id"});
  }
  if (target->method) {
    return tl::unexpected(LocatedProblem{"target-syntax", target->method_span,
                                         "an actor is meant here, not a method of it", "write it as Type/id"});
  }
  return target;
}

}  // namespace actorsim
