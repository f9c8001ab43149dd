// Records and counts: what is kept, what is only counted, and that the same program gives the same run.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

const char* const kBusy = R"(
config: {reentrancy: {enabled: true, maxStackDepth: 2}}
actors:
  A:
    m:
      - parallel: [{call: B/1.k}, {send: B/2.k}, {steps: [{sleep: 1ms}, {call: self.k}]}]
      - call: self.deep
    k: [{sleep: 1ms}]
    deep: [{recurse: 2}]
  B: {k: [{sleep: 2ms}, {fail: no}]}
start: [{call: A/1.m}, {call: A/1.m}, {call: A/2.k, at: 1ms}]
)";

bool same(const CallRecord& a, const CallRecord& b) {
  return a.serial == b.serial && a.label == b.label && a.actor == b.actor && a.caller == b.caller && a.root == b.root &&
         a.outcome == b.outcome && a.completed == b.completed && a.depth == b.depth && a.id == b.id &&
         a.header == b.header && a.arrived == b.arrived && a.entered == b.entered && a.ended == b.ended &&
         a.entered_order == b.entered_order && a.attempts == b.attempts && a.behind == b.behind &&
         a.held_by == b.held_by && a.error.has_value() == b.error.has_value() &&
         (!a.error || a.error->message == b.error->message);
}

TEST_CASE("the same program gives the same run twice, and so does the same text compiled again") {
  const Ran ran = run_text(kBusy);
  const auto again = run_plainly(*ran.program);
  REQUIRE(again.has_value());
  const Ran other = run_text(kBusy);
  for (const Run* run : {&*again, &other.run}) {
    REQUIRE(run->calls.size() == ran.run.calls.size());
    for (std::size_t i = 0; i < run->calls.size(); ++i) CHECK(same(run->calls[i], ran.run.calls[i]));
    CHECK(run->steps == ran.run.steps);
    CHECK(run->ended_at == ran.run.ended_at);
    CHECK(run->verdict == ran.run.verdict);
    CHECK(run->counts.by_outcome == ran.run.counts.by_outcome);
  }
}

TEST_CASE("calls beyond the kept ones are counted all the same") {
  RunOptions few;
  few.kept_calls = 2;
  const Ran all = run_text(kBusy);
  const Ran ran = run_text(kBusy, {}, few);
  CHECK(ran.run.calls.size() == 2);
  CHECK(ran.run.calls_left_out == all.run.calls.size() - 2);
  CHECK(ran.run.counts.by_outcome == all.run.counts.by_outcome);
  CHECK(ran.run.counts.entered == all.run.counts.entered);
  CHECK(ran.run.verdict == all.run.verdict);
  for (std::size_t i = 0; i < 2; ++i) CHECK(same(ran.run.calls[i], all.run.calls[i]));
  CHECK(ran.run.find(0) != nullptr);
  CHECK(ran.run.find(5) == nullptr);
}

TEST_CASE("calls whose label is asked for are kept in any case, and can be found by their number") {
  RunOptions few;
  few.kept_calls = 1;
  few.wanted_labels = {"wanted"};
  const Ran ran = run_text(R"(
actors: {A: {m: [{repeat: 5, steps: [{send: B/$i.k}, {call: B/$i.k, as: wanted}]}]}, B: {k: [{sleep: 1ms}]}}
start: [{call: A/1.m}]
)",
                           {}, few);
  CHECK(ran.run.calls.size() == 6);
  CHECK(ran.run.calls_left_out == 5);
  CHECK(ran.call("wanted#5").serial == 10);
  CHECK(ran.run.find(10)->label == "wanted");
  CHECK(ran.outcome("wanted#5") == "blocked");
}

TEST_CASE("the error of a kept call does not depend on what else is kept") {
  const std::string text = R"(
actors: {A: {m: [{call: B/1.k}]}, B: {k: [{fail: broken}]}, C: {c: []}}
start: [{call: C/1.c}, {call: A/1.m, as: wanted}]
)";
  RunOptions few;
  few.kept_calls = 1;
  few.wanted_labels = {"wanted"};
  CHECK(run_text(text, {}, few).call("wanted").error->message == run_text(text).call("wanted").error->message);
}

TEST_CASE("a record tells who was inside and whom the call waited behind") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{call: self.k}], k: [{sleep: 3ms}]}}
start: [{call: A/1.m, header: x}, {call: A/1.k, header: y, at: 1ms, as: second}]
)");
  const CallRecord& second = ran.call("second");
  CHECK(second.held_by == "x");
  CHECK_FALSE(second.lock_was_free);
  CHECK(second.behind == 0U);
  CHECK(second.id == "y");
  CHECK(ran.call("A/1.m").lock_was_free);
  CHECK(ran.call("A/1.k").held_by == "x");
  CHECK_FALSE(ran.call("A/1.k").behind);
}

TEST_CASE("counts tell events apart from headline words") {
  const Ran ran = run_text(kBusy);
  const Counts& counts = ran.run.counts;
  std::uint64_t words = 0;
  for (std::size_t i = 0; i < kOutcomeCount; ++i) words += counts.by_outcome[i];
  CHECK(words - counts.of(Outcome::skipped) == counts.calls);
  CHECK(counts.attempts >= counts.calls);
  CHECK(counts.entered <= counts.calls);
}

}  // namespace
