// About: lib/actorsim/scenario/chain_grammar.cpp
// Any text as a chain, a target and an actor: a chain that is read, written out and read again is the same chain; what
// is refused is refused with a place inside of the text.
#include "actorsim/scenario/chain_grammar.h"

#include "fuzz/support/fuzz.h"
#include "support/chain_text.h"

using namespace actorsim;
using namespace actorsim::fuzz;

namespace {

void demand_good_problem(const LocatedProblem& problem, const Source& source) {
  demand(problem.span.line == 1 && problem.span.column >= 1 && problem.span.column <= source.text.size() + 1,
         "a problem stands outside of its text");
  Diagnostic diagnostic;
  diagnostic.code = problem.code;
  diagnostic.file = source.name;
  diagnostic.span = problem.span;
  diagnostic.message = problem.message;
  diagnostic.help = problem.help;
  demand_good_complaints(Diagnostics(diagnostic), source);
}

void demand_same(const std::vector<Hop>& left, const std::vector<Hop>& right) {
  demand(left.size() == right.size(), "a group has another size when it is read again");
  for (std::size_t i = 0; i < left.size(); ++i) {
    demand(left[i].type == right[i].type && left[i].id == right[i].id && left[i].method == right[i].method &&
               left[i].nested == right[i].nested,
           "a hop is another when it is read again: " + testing::chain_text(left[i]));
  }
}

void check_chain(const Source& source) {
  const auto chain = parse_chain(LocatedText::at(source.text, {1, 1, 1}));
  if (!chain) return demand_good_problem(chain.error(), source);
  demand(!chain->first.empty() && (chain->first.size() == 1 || chain->rest.empty()), "a group stands before its last");
  const std::string written = testing::chain_text(*chain);
  const auto again = parse_chain(LocatedText::at(written, {1, 1, 1}));
  if (!again) fail("cannot be read again: " + written + ": " + again.error().message);
  demand(again->rest.size() == chain->rest.size(), "a chain has another length when it is read again");
  demand_same(chain->first, again->first);
  for (std::size_t i = 0; i < chain->rest.size(); ++i) {
    demand(chain->rest[i].link == again->rest[i].link, "a link is another when it is read again");
    demand_same(chain->rest[i].hops, again->rest[i].hops);
  }
}

Scope some_scope() {
  Scope scope;
  scope.constants = {{"k", "7"}, {"word", "shop"}};
  scope.running = {"i"};
  return scope;
}

void check_target(const Source& source) {
  static const Scope scope = some_scope();
  const auto target = parse_target(LocatedText::at(source.text, {1, 1, 1}), scope);
  const auto actor = parse_actor(LocatedText::at(source.text, {1, 1, 1}), scope);
  demand(target || !actor, "an actor is no target");
  if (!actor) demand_good_problem(actor.error(), source);
  if (!target) return demand_good_problem(target.error(), source);
  // A variable in an id may hold what an id cannot be written with.
  if (!target->id.is_constant() || source.text.find('$') != std::string::npos) return;
  const std::string written = testing::target_text(*target);
  const auto again = parse_target(LocatedText::at(written, {1, 1, 1}), scope);
  if (!again) fail("cannot be read again: " + written + ": " + again.error().message);
  demand(again->kind == target->kind && again->type == target->type && again->method == target->method &&
             again->id.constant() == target->id.constant(),
         "a target is another when it is read again: " + written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Source source{"chain", text_of(data, size)};
  check_chain(source);
  check_target(source);
  return 0;
}
