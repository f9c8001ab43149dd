// What comes of scenarios that real threads play: surely, never and possibly stuck, feature by feature and release by
// release.
#include <string>

#include "actorsim/base/release.h"
#include "stress/stress_text.h"
#include "support/catch.h"

using namespace actorsim;
using namespace actorsim::testing;

namespace {

constexpr std::uint64_t kRounds = 40;

const std::string kOn = "config: {reentrancy: {enabled: true}}\n";
const std::string kCrossing = kOn + "chains: [A -> B, B -> A]\n";

void check_clean(const StressResult& result, std::uint64_t rounds = kRounds) {
  CHECK(result.rounds == rounds);
  CHECK(result.end == StressResult::End::rounds);
  CHECK(result.operations > 0);
  CHECK(result.rounds_with(ExploredSet::Membership::inside) == rounds);
  for (const StressFailure& failure : result.failures) FAIL_CHECK(to_text(failure));
}

// The only thing that can come of a text.
std::string only_outcome(const std::string& text) {
  const StressResult result = play(text, kRounds);
  check_clean(result);
  REQUIRE(result.combinations.size() == 1);
  CHECK(result.combinations.front().rounds == kRounds);
  return to_text(result.combinations.front().combination);
}

}  // namespace

TEST_CASE("a chain that waits for itself is stuck in every round") {
  CHECK(only_outcome("chains: [A -> A]\n") == "deadlock: A/1.m1=entered A/1.m2=deadlocked");
}

TEST_CASE("a chain that re-enters never is") {
  CHECK(only_outcome(kOn + "chains: [A -> B -> A]\n") == "ok: A/1.m1=entered A/1.m3=re-entered B/1.m2=entered");
}

TEST_CASE("two chains that cross come out in ways that are all possible") {
  const StressResult result = play(kCrossing, 5 * kRounds);
  check_clean(result, 5 * kRounds);
  std::uint64_t rounds = 0;
  for (const Verdict verdict : {Verdict::ok, Verdict::deadlock})
    rounds += result.verdicts[static_cast<std::size_t>(verdict)];
  CHECK(rounds == result.rounds);
}

TEST_CASE("whoever waits behind a deadlock is stranded") {
  const StressResult result = play("chains: [A -> A, A]\n", kRounds);
  check_clean(result);
  for (const ObservedCombination& observed : result.combinations) {
    CHECK(observed.combination.verdict == Verdict::deadlock);
  }
}

TEST_CASE("threads do what handlers can say") {
  // A dropped header.
  CHECK(only_outcome(kOn + "chains: [A -/> A]\n") == "deadlock: A/1.m1=entered A/1.m2=deadlocked");
  // Depth.
  CHECK(only_outcome("config: {reentrancy: {enabled: true, maxStackDepth: 2}}\nchains: [A.m x3]\n") ==
        "exceeded: A/1.m=exceeded A/1.m=failed A/1.m=failed");
  // One-way, while the sender is inside.
  check_clean(play("chains: [A ~> A]\n", kRounds));
  // Both at once; different reentrancy by type.
  check_clean(
      play("config: {reentrancy: {enabled: true}, entitiesConfig: [{entities: [B], reentrancy: {enabled: false}}]}\n"
           "chains: [A -> (B & A)]\n",
           kRounds));
  // Errors that are passed on, or not; retries; what is skipped.
  const std::string handlers =
      "actors: {A: {m: [{call: B/1.n, on-error: continue}, {call: B/1.n, retry: {max: 2}}, "
      "{call: C/1.never}]}, B: {n: [{sleep: 5ms}, {fail: no}]}, C: {never: []}}\n";
  CHECK(only_outcome(handlers + "start: [{call: A/1.m}]\n") ==
        "failed: A/1.m=failed B/1.n=failed B/1.n=failed C/1.never=skipped");
  // Loops, variables, conditions, the caller, and what is done after the answer.
  check_clean(
      play("actors: {A: {m: [{repeat: 3, steps: [{call: B/$i.n, with: {k: $i}}]}], back: []}, "
           "B: {n: [reply, {call: caller.back, when: $k > 0}]}}\nstart: [{call: A/1.m}]\n",
           kRounds));
  // The first good answer of several.
  check_clean(play(kOn + "actors: {A: {m: [{parallel: [{call: B/1.n}, {call: B/2.n}], join: any}]}, "
                         "B: {n: [{sleep: 1ms}]}}\nstart: [{call: A/1.m}]\n",
                   kRounds));
  // One after another, and a closed loop.
  check_clean(
      play("actors: {A: {m: [{sleep: 1ms}]}}\n"
           "start: [{call: A/1.m, count: 4, clients: 2, as: first}, {call: A/1.m, after: first, as: last}]\n",
           kRounds));
}

TEST_CASE("the locks of every release between threads do what the explorer says") {
  for (const Release& release : release_lines()) {
    const std::string dapr = "dapr: \"" + to_string(release) + "\"\n";
    INFO(dapr);
    const std::string on = dapr +
                           "configuration: {apiVersion: dapr.io/v1alpha1, kind: Configuration, metadata: {name: c}, "
                           "spec: {features: [{name: Actor.Reentrancy, enabled: true}]}}\n" +
                           "config: {reentrancy: {enabled: true, maxStackDepth: 3}}\n";
    check_clean(play(dapr + "chains: [A -> A]\n", 10), 10);
    check_clean(play(on + "chains: [A -> B, B -> A]\n", kRounds), kRounds);
    check_clean(play(on + "chains: [A.m x4, A -> B]\n", 10), 10);
    check_clean(
        play(on + "actors: {A: {m: [{sleep: 3ms}]}}\n"
                  "start: [{call: A/1.m, header: one}, {call: A/1.m, header: one}, {call: A/1.m, header: two}]\n",
             kRounds),
        kRounds);
  }
}
