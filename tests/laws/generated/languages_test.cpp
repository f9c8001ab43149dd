// What is written is read back as what it was: chains, targets, expressions, and texts with variables in them. Small
// ones are all tried, large ones are generated.
#include <string>
#include <vector>

#include "actorsim/scenario/chain_grammar.h"
#include "actorsim/scenario/expression.h"
#include "laws/generated/for_all.h"
#include "support/chain_text.h"
#include "support/expression_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

LocatedText located(const std::string& text) { return LocatedText::at(text, {1, 1, 1}); }

std::string a_name() {
  std::string name(1, *rc::gen::element('A', 'b', '_', 'x', 'Z'));
  name += *rc::gen::container<std::string>(rc::gen::element('a', 'Z', '0', '9', '_', '-', 'x'));
  return name;
}

// An id in quotes may be any text but a quote.
std::string an_id() {
  return *rc::gen::nonEmpty(rc::gen::container<std::string>(
      rc::gen::element('1', 'a', ' ', '.', '/', '(', ')', '&', '-', '>', '~', ',', '{', ':', '#', '\'', '\\')));
}

// ---- chains ---------------------------------------------------------------------------------------------------------

bool same(const Hop& left, const Hop& right) {
  return left.type == right.type && left.id == right.id && left.method == right.method && left.nested == right.nested;
}

bool same(const std::vector<Hop>& left, const std::vector<Hop>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const Hop& one, const Hop& other) { return same(one, other); });
}

bool reads_back(const Chain& chain) {
  const auto again = parse_chain(located(chain_text(chain)));
  if (!again || !same(again->first, chain.first)) return false;
  return std::equal(chain.rest.begin(), chain.rest.end(), again->rest.begin(), again->rest.end(),
                    [](const Chain::Next& one, const Chain::Next& other) {
                      return one.link == other.link && same(one.hops, other.hops);
                    });
}

Hop some_hop(const std::string& type, const std::string& id, const std::string& method, std::int64_t nested) {
  Hop hop;
  hop.type = type;
  hop.id = id;
  hop.method = method;
  hop.nested = nested;
  return hop;
}

const std::vector<Chain::Link> kLinks{Chain::Link::call, Chain::Link::send, Chain::Link::call_without_header};

std::vector<Hop> some_hops() {
  std::vector<Hop> hops;
  for (const char* type : {"A", "x3"}) {
    for (const char* id : {"1", "a b.c"}) {
      for (const std::int64_t nested : {1, 2}) hops.push_back(some_hop(type, id, "m", nested));
    }
  }
  return hops;
}

void check_chain(const Chain& chain, int& checked) {
  INFO(chain_text(chain));
  CHECK(reads_back(chain));
  ++checked;
}

TEST_CASE("every short chain that was written is read back") {
  const std::vector<Hop> hops = some_hops();
  int checked = 0;
  for (const Hop& first : hops) {
    check_chain({{first}, {}, {}, {}}, checked);
    for (const Hop& second : hops) {
      check_chain({{first, second}, {}, {}, {}}, checked);
      for (const Chain::Link link : kLinks) {
        check_chain({{first}, {{link, {second}}}, {}, {}}, checked);
        for (const Hop& third : hops) {
          check_chain({{first}, {{link, {second, third}}}, {}, {}}, checked);
          for (const Chain::Link next : kLinks)
            check_chain({{first}, {{link, {second}}, {next, {third}}}, {}, {}}, checked);
        }
      }
    }
  }
  CHECK(checked == 8 + 64 + 192 + 1'536 + 4'608);
}

Hop a_hop() { return some_hop(a_name(), an_id(), a_name(), *rc::gen::inRange<std::int64_t>(1, kMaximumCallDepth)); }

std::vector<Hop> a_group() {
  std::vector<Hop> hops;
  for (int left = *rc::gen::inRange(1, 5); left > 0; --left) hops.push_back(a_hop());
  return hops;
}

TEST_CASE("a chain that was written is read back") {
  for_all([] {
    Chain chain;
    const int links = *rc::gen::inRange(0, 8);
    chain.first = links == 0 ? a_group() : std::vector<Hop>{a_hop()};
    for (int i = 0; i < links; ++i) {
      const Chain::Link link = *rc::gen::elementOf(kLinks);
      chain.rest.push_back({link, i + 1 == links ? a_group() : std::vector<Hop>{a_hop()}});
    }
    RC_LOG() << chain_text(chain) << "\n";
    RC_ASSERT(reads_back(chain));
  });
}

// ---- targets --------------------------------------------------------------------------------------------------------

TEST_CASE("a target that was written is read back") {
  for_all([] {
    Target target;
    target.kind = *rc::gen::element(Target::Kind::named, Target::Kind::self, Target::Kind::caller);
    if (target.kind == Target::Kind::named) {
      target.type = a_name();
      RC_PRE(target.type != "self" && target.type != "caller");
      Template::Piece piece;
      piece.text = an_id();
      if (*rc::gen::arbitrary<bool>()) piece.text += "$";
      target.id.pieces.push_back(piece);
    }
    if (*rc::gen::arbitrary<bool>()) target.method = a_name();
    const std::string text = target_text(target);
    RC_LOG() << text << "\n";
    const auto again = parse_target(located(text), {});
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->kind == target.kind);
    RC_ASSERT(again->type == target.type);
    RC_ASSERT(again->method == target.method);
    if (target.kind == Target::Kind::named) RC_ASSERT(again->id.constant() == target.id.constant());
    const auto actor = parse_actor(located(text), {});
    RC_ASSERT(actor.has_value() == (target.kind == Target::Kind::named && !target.method));
  });
}

// ---- expressions ----------------------------------------------------------------------------------------------------

using Op = Expression::Op;

Scope running_scope() {
  Scope scope;
  scope.running = {"i", "k"};
  return scope;
}

// Only variables and constants at first: what can be computed now is computed by the reader.
class ExpressionMaker {
 public:
  void add_variable(const std::string& name) {
    std::size_t number = 0;
    while (number < made_.variables.size() && made_.variables[number] != name) ++number;
    if (number == made_.variables.size()) made_.variables.push_back(name);
    made_.nodes.push_back({Op::variable, 0, static_cast<std::uint32_t>(number)});
  }
  void add_constant(std::int64_t value) { made_.nodes.push_back({Op::constant, value, 0}); }
  void add(Op op) { made_.nodes.push_back({op, 0, 0}); }
  Expression take() { return std::move(made_); }

 private:
  Expression made_;
};

bool same_program(const Expression& left, const Expression& right) {
  return left.variables == right.variables &&
         std::equal(left.nodes.begin(), left.nodes.end(), right.nodes.begin(), right.nodes.end(),
                    [](const Expression::Node& one, const Expression::Node& other) {
                      return one.op == other.op && one.value == other.value && one.variable == other.variable;
                    });
}

bool reads_back(const Expression& expression) {
  const auto again = parse_expression(located(expression_text(expression)), running_scope());
  return again && same_program(*again, expression);
}

const std::vector<Op> kOperators{Op::add,           Op::subtract,    Op::multiply,  Op::divide,     Op::modulo,
                                 Op::equal,         Op::not_equal,   Op::less,      Op::less_equal, Op::greater,
                                 Op::greater_equal, Op::logical_and, Op::logical_or};

TEST_CASE("every short expression that was written is read back") {
  int checked = 0;
  for (const Op inner : kOperators) {
    for (const Op outer : kOperators) {
      for (const bool is_left : {false, true}) {
        for (const char* second : {"i", "k"}) {
          // ($i inner second) outer 7, or 7 outer ($i inner second).
          ExpressionMaker maker;
          if (!is_left) maker.add_constant(7);
          maker.add_variable("i");
          maker.add_variable(second);
          maker.add(inner);
          if (is_left) maker.add_constant(7);
          maker.add(outer);
          const Expression expression = maker.take();
          INFO(expression_text(expression));
          CHECK(reads_back(expression));
          ++checked;
        }
      }
    }
  }
  CHECK(checked == 13 * 13 * 2 * 2);
}

// In postfix order. A variable on each left side, so that there is nothing to compute beforehand.
void make_expression(ExpressionMaker& maker, int depth) {
  if (depth == 0 || *rc::gen::inRange(0, 3) == 0) return maker.add_variable(*rc::gen::element<std::string>("i", "k"));
  make_expression(maker, depth - 1);
  if (*rc::gen::arbitrary<bool>()) {
    maker.add_constant(*rc::gen::inRange<std::int64_t>(0, std::numeric_limits<std::int64_t>::max()));
  } else {
    make_expression(maker, depth - 1);
  }
  maker.add(*rc::gen::elementOf(kOperators));
}

TEST_CASE("an expression that was written is read back") {
  for_all([] {
    ExpressionMaker maker;
    make_expression(maker, *rc::gen::inRange(0, 6));
    const Expression expression = maker.take();
    RC_LOG() << expression_text(expression) << "\n";
    RC_ASSERT(reads_back(expression));
  });
}

// ---- texts with variables -------------------------------------------------------------------------------------------

TEST_CASE("a text with variables that was written is read back") {
  using Kind = Template::Piece::Kind;
  for_all([] {
    std::string text;
    std::vector<std::pair<Kind, std::string>> wanted;
    for (int left = *rc::gen::inRange(1, 6); left > 0; --left) {
      // A text of its own before each variable, so that none runs into the next.
      std::string literal = "." + *rc::gen::container<std::string>(rc::gen::element('a', '$', ' ', '(', ')', '/', '1'));
      wanted.emplace_back(Kind::text, literal);
      for (const char character : literal) text.append(character == '$' ? 2 : 1, character);
      if (*rc::gen::arbitrary<bool>()) {
        text += "$i";
        wanted.emplace_back(Kind::variable, "i");
      } else {
        ExpressionMaker maker;
        make_expression(maker, 3);
        maker.add_constant(1);
        maker.add(Op::add);
        const std::string written = expression_text(maker.take());
        text += "$(" + written + ")";
        wanted.emplace_back(Kind::expression, written);
      }
    }
    RC_LOG() << text << "\n";
    const std::string source = text;
    const auto again = parse_template(located(source), running_scope());
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->pieces.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      RC_ASSERT(again->pieces[i].kind == wanted[i].first);
      const std::string got =
          wanted[i].first == Kind::expression ? expression_text(*again->pieces[i].expression) : again->pieces[i].text;
      RC_ASSERT(got == wanted[i].second);
    }
  });
}

}  // namespace
