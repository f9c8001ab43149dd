// A scenario without `expect` expects that all goes well; one with an empty `expect` expects nothing.
#include "actorsim/scenario/lint_expect.h"

#include <algorithm>

namespace actorsim {
namespace {

// Every verdict there is, and nothing of calls? (None stands in the list twice.)
bool allows_everything(const std::vector<Fact>& always) {
  return std::all_of(always.begin(), always.end(), [](const Fact& fact) { return fact.verdict.has_value(); }) &&
         (always.empty() || always.size() == kVerdictCount);
}

bool says_something(const Expectations& expect) {
  const bool lists = !expect.never.empty() || !expect.possible.empty() || !allows_everything(expect.always) ||
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
