// A scenario without `expect` expects that all goes well; one with an empty `expect` expects nothing.
#include "actorsim/scenario/lint_expect.h"

namespace actorsim {
namespace {

bool says_something(const Expectations& expect) {
  const bool lists = !expect.never.empty() || !expect.possible.empty() || !expect.always.empty() ||
                     !expect.calls.empty() || !expect.counts.empty() || !expect.errors.empty() ||
                     !expect.headers.empty() || !expect.deactivated.empty();
  return lists || expect.verdict || expect.order || expect.deadlock || expect.overlap || expect.warnings;
}

}  // namespace

void lint_expect(Reader& reader, const Scenario& scenario) {
  const Expectations& expect = scenario.expect;
  if (expect.implied || expect.span.line == 0 || says_something(expect)) return;
  reader.warn("nothing-expected", expect.span, "nothing is expected: this holds whatever happens",
              "write verdict: ok, or leave 'expect' out, which means the same");
}

}  // namespace actorsim
