// Overlap: two chains inside one actor at once. From 1.16 on a waiting call that gives up evicts whoever is inside, so
// that the next in the queue gets in beside it.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

// Triggers whose label begins with `gives-up` have a timeout of 1 ms.
void give_up(Scenario& scenario) {
  for (Trigger& trigger : scenario.start) {
    if (trigger.options.label && trigger.options.label->constant().substr(0, 8) == "gives-up") {
      trigger.options.timeout = kMillisecond;
    }
  }
}

Ran run_giving_up(const std::string& text) { return run_text("dapr: \"1.18\"\n" + text, give_up); }

std::string pairs(const Ran& ran) {
  std::string text;
  for (const OverlapRecord& record : ran.run.overlaps) {
    text += (text.empty() ? "" : " ") + record.inside_label + "+" + record.entering_label;
  }
  return text;
}

TEST_CASE("a waiting call that gives up lets the next chain in beside the one inside") {
  const Ran ran = run_giving_up(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{sleep: 9ms}]}}
start:
  - {call: A/1.m, as: a}
  - {call: A/1.m, as: b, at: 1ms}
  - {call: A/1.m, as: gives-up, at: 2ms}
)");
  CHECK(pairs(ran) == "a+b");
  CHECK(ran.run.overlaps.at(0).actor == "A/1");
  CHECK(ran.run.overlaps.at(0).at == 3 * kMillisecond);
  CHECK(ran.verdict() == "overlap");
  CHECK(ran.outcome("gives-up") == "timed-out");
}

TEST_CASE("nothing overlaps where nobody notices that a call gave up, nor in docs") {
  for (const char* release : {"1.2", "1.14", "1.15", "docs"}) {
    INFO(release);
    const Ran ran = run_text(std::string("dapr: \"") + release + R"("
actors: {A: {m: [{sleep: 9ms}]}}
start: [{call: A/1.m, as: a}, {call: A/1.m, as: b, at: 1ms}, {call: A/1.m, as: gives-up, at: 2ms}]
)",
                             give_up);
    CHECK(ran.run.overlap_count == 0);
    CHECK(ran.outcome("gives-up") == "timed-out");
  }
}

TEST_CASE("with reentrancy off root calls are the chains, whatever ids they carry") {
  const Ran ran = run_giving_up(R"(
actors: {A: {m: [{sleep: 9ms}]}}
start:
  - {call: A/1.m, header: x, as: a}
  - {call: A/1.m, header: x, as: b, at: 1ms}
  - {call: A/1.m, header: x, as: gives-up, at: 2ms}
)");
  CHECK(pairs(ran) == "a+b");
}

TEST_CASE("with reentrancy off two calls of one root call do not overlap") {
  const Ran ran = run_giving_up(R"(
actors:
  A: {m: [{sleep: 9ms}]}
  B: {m: [{parallel: [{call: A/1.m, as: a}, {call: A/1.m, as: b}]}]}
start: [{call: B/1.m}, {call: A/1.m, as: gives-up, at: 2ms}]
)");
  CHECK(ran.call("b").entered == 3 * kMillisecond);
  CHECK(ran.run.overlap_count == 0);
}

TEST_CASE("an overlap is found again after a first one has ended") {
  const Ran ran = run_giving_up(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{sleep: 50ms}], short: [{sleep: 1ms}]}}
start:
  - {call: A/1.m, as: a}
  - {call: A/1.short, as: b, at: 1ms}
  - {call: A/1.short, as: gives-up-1, at: 2ms}
  - {call: A/1.short, as: c, at: 10ms}
  - {call: A/1.short, as: gives-up-2, at: 11ms}
)");
  CHECK(pairs(ran) == "a+b a+c");
  CHECK(ran.run.overlap_count == 2);
}

TEST_CASE("while chains overlap, one more call of either overlaps with the other") {
  const Ran ran = run_giving_up(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{sleep: 50ms}], k: []}}
start:
  - {call: A/1.m, header: x, as: a}
  - {call: A/1.m, header: y, as: b, at: 1ms}
  - {call: A/1.m, as: gives-up, at: 2ms}
  - {call: A/1.k, header: y, as: c, at: 10ms}
)");
  CHECK(pairs(ran) == "a+b a+c");
}

TEST_CASE("strangers that share an id are one chain and do not overlap") {
  const Ran ran = run_giving_up(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{sleep: 9ms}]}}
start: [{call: A/1.m, header: x, as: a}, {call: A/1.m, header: x, as: b, at: 1ms}]
)");
  CHECK(ran.outcome("b") == "re-entered");
  CHECK(ran.run.overlap_count == 0);
}

TEST_CASE("steps behind a reply overlap with nobody") {
  const Ran ran = run_giving_up(R"(
actors: {A: {m: [{sleep: 1ms}, reply, {sleep: 9ms}]}}
start: [{call: A/1.m, as: a}, {call: A/1.m, as: b, at: 3ms}]
)");
  CHECK(ran.outcome("b") == "entered");
  CHECK(ran.run.overlap_count == 0);
}

}  // namespace
