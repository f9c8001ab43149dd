// Thousands of small random programs, run to the end: what must hold of every run, checked from its records alone.
// The seeds are fixed; ACTORSIM_MODEL_PROGRAMS=100000 makes more of them.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/random_scenarios.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

// ---- the programs --------------------------------------------------------------------------------------------------

// Larger than what could be explored; and nobody gives up.
RandomScenarioOptions options_for(const std::vector<std::string>& releases) {
  RandomScenarioOptions options;
  options.actors_at_most = 6;
  options.depth = 4;
  options.steps_at_most = 3;
  options.orders_at_most = 0;
  options.releases = releases;
  options.unhosted = true;
  options.timeouts = options.retries = false;
  return options;
}

// ---- the naive twin of the wait-for graph --------------------------------------------------------------------------

// Who waits for whom at the end, from the records alone. Not exact where a handler may have left branches behind.
class NaiveGraph {
 public:
  explicit NaiveGraph(const Ran& ran) : ran_(ran) {}

  bool is_waiting(const CallRecord& call) const { return !call.entered && !call.ended; }
  bool is_inside(const CallRecord& call) const { return call.entered && !call.ended; }

  std::vector<std::uint32_t> waits_for(const CallRecord& call) const {
    std::vector<std::uint32_t> result;
    for (const CallRecord& other : ran_.run.calls) {
      if (is_waiting(call) && other.actor == call.actor && is_inside(other) && !is_leaked(other))
        result.push_back(other.serial);
      const bool is_open = is_waiting(other) || is_inside(other);
      if (is_inside(call) && other.caller == call.serial && !other.one_way && is_open) result.push_back(other.serial);
    }
    return result;
  }

  bool is_on_cycle(std::uint32_t start) const {
    std::set<std::uint32_t> seen;
    return reaches(start, start, seen);
  }

 private:
  bool reaches(std::uint32_t from, std::uint32_t goal, std::set<std::uint32_t>& seen) const {
    for (const std::uint32_t next : waits_for(ran_.run.calls[from])) {
      if (next == goal) return true;
      if (seen.insert(next).second && reaches(next, goal, seen)) return true;
    }
    return false;
  }

  // A refused call of the rings leaves its depth in the entry of its id, so nobody's leaving empties that entry.
  bool is_leaked(const CallRecord& inside) const {
    const Release& release = ran_.program->release;
    if (!inside.reentrancy || !at_least(release, 15)) return false;
    return std::any_of(ran_.run.calls.begin(), ran_.run.calls.end(), [&](const CallRecord& call) {
      const bool was_refused = call.outcome == Outcome::exceeded || call.attempts > 1;  // 1.15.6 and later try again
      return was_refused && call.actor == inside.actor && call.header == inside.id;
    });
  }

  const Ran& ran_;
};

// ---- what must hold ------------------------------------------------------------------------------------------------

// The run ends long before an actor could be idle, so that what is stuck stays stuck.
void prepare(Scenario& scenario) { scenario.until = 600 * kSecond; }

using Problems = std::vector<std::string>;

void expect(Problems& problems, bool holds, const std::string& claim) {
  if (!holds) problems.push_back(claim);
}

void check_record(Problems& problems, const CallRecord& call) {
  const std::string who =
      call.label + " (" + std::to_string(call.serial) + ") " + std::string(to_word(call.outcome)) + ": ";
  const bool got_in = call.entered.has_value();
  const bool over = call.ended.has_value();
  expect(problems, !got_in || *call.entered >= call.arrived, who + "enters after it arrives");
  expect(problems, !got_in || !over || *call.ended >= *call.entered, who + "ends after it enters");
  expect(problems, got_in == (call.entered_order > 0), who + "has a place in the order if it got in");
  expect(problems, got_in == (call.depth > 0), who + "has a depth if it got in");
  expect(problems, call.completed == (over && !call.error), who + "is completed if it ended without error");
  switch (call.outcome) {
    case Outcome::exceeded:
    case Outcome::not_hosted: expect(problems, !got_in && over, who + "was refused"); break;
    case Outcome::deadlocked:
    case Outcome::stranded: expect(problems, !got_in && !over && call.had_to_wait, who + "waits"); break;
    case Outcome::failed: expect(problems, got_in && over && call.error, who + "got in and failed"); break;
    case Outcome::blocked: expect(problems, got_in && call.had_to_wait, who + "waited and got in"); break;
    case Outcome::re_entered:
      expect(problems, got_in && !call.had_to_wait && call.depth > 1, who + "re-entered");
      break;
    case Outcome::entered:
      expect(problems, got_in && !call.had_to_wait && call.depth == 1, who + "found the lock free");
      break;
    case Outcome::closed:
    case Outcome::timed_out:
    case Outcome::cancelled:
    case Outcome::skipped: problems.push_back(who + "cannot happen here"); break;
  }
}

void check_counts(Problems& problems, const Run& run) {
  Counts naive;
  std::set<std::uint64_t> places;
  for (const CallRecord& call : run.calls) {
    naive.calls += 1;
    naive.attempts += call.attempts;
    naive.entered += call.entered ? 1U : 0U;
    naive.blocked += call.had_to_wait ? 1U : 0U;
    naive.re_entered += call.entered && !call.had_to_wait && call.depth > 1 ? 1U : 0U;
    naive.completed += call.completed ? 1U : 0U;
    ++naive.by_outcome[static_cast<std::size_t>(call.outcome)];
    if (call.entered_order > 0) places.insert(call.entered_order);
  }
  naive.by_outcome[static_cast<std::size_t>(Outcome::skipped)] = run.skipped.size();
  expect(problems, naive.calls == run.counts.calls, "calls");
  expect(problems, naive.attempts == run.counts.attempts, "attempts");
  expect(problems, naive.entered == run.counts.entered, "entered");
  expect(problems, naive.blocked == run.counts.blocked, "blocked");
  expect(problems, naive.re_entered == run.counts.re_entered, "re-entered");
  expect(problems, naive.completed == run.counts.completed, "completed");
  expect(problems, naive.by_outcome == run.counts.by_outcome, "one headline word per call");
  expect(problems, places.size() == run.counts.entered && (places.empty() || *places.rbegin() == places.size()),
         "the order of entering has no holes");
}

std::string chain_of(const CallRecord& call) {
  return call.id.empty() && !call.header ? "#" + std::to_string(call.root) : "id " + call.id;
}

// Two calls of different chains whose turns have time in common.
void check_turns(Problems& problems, const Ran& ran) {
  const Run& run = ran.run;
  for (const CallRecord& one : run.calls) {
    for (const CallRecord& other : run.calls) {
      if (one.serial >= other.serial || one.actor != other.actor || !one.entered || !other.entered) continue;
      if (one.reentrancy ? one.id == other.id : one.root == other.root) continue;
      const Nanoseconds one_end = one.ended.value_or(run.ended_at + 1);
      const Nanoseconds other_end = other.ended.value_or(run.ended_at + 1);
      expect(
          problems, one_end <= *other.entered || other_end <= *one.entered,
          one.label + " (" + chain_of(one) + ") and " + other.label + " (" + chain_of(other) + ") are inside together");
    }
  }
}

void check_stuck(Problems& problems, const Ran& ran, bool is_exact) {
  const NaiveGraph graph(ran);
  bool any_deadlock = false;
  for (const CallRecord& call : ran.run.calls) {
    if (!graph.is_waiting(call)) continue;
    const bool cycle = graph.is_on_cycle(call.serial);
    any_deadlock = any_deadlock || call.outcome == Outcome::deadlocked;
    const std::string who = call.label + " (" + std::to_string(call.serial) + ")";
    if (is_exact)
      expect(problems, cycle == (call.outcome == Outcome::deadlocked), who + " is deadlocked if it is on a cycle");
    if (call.outcome == Outcome::deadlocked) expect(problems, cycle, who + " is on a cycle");
  }
  expect(problems, any_deadlock == !ran.run.deadlocks.empty(), "a deadlocked call has a cycle to show");
  expect(problems, any_deadlock == (ran.run.verdict == Verdict::deadlock), "a deadlock is the verdict");
  for (const DeadlockCycle& cycle : ran.run.deadlocks) {
    for (std::size_t i = 0; i < cycle.hops.size(); ++i) {
      const std::vector<std::uint32_t> next = graph.waits_for(ran.run.calls[cycle.hops[i].call]);
      const std::uint32_t wanted = cycle.hops[(i + 1) % cycle.hops.size()].call;
      expect(problems, std::count(next.begin(), next.end(), wanted) > 0, "each call of a cycle waits for the next");
    }
    expect(problems, !cycle.actors.empty(), "a cycle goes through a lock");
  }
}

bool same(const CallRecord& a, const CallRecord& b) {
  return a.serial == b.serial && a.label == b.label && a.actor == b.actor && a.caller == b.caller &&
         a.outcome == b.outcome && a.completed == b.completed && a.depth == b.depth && a.id == b.id &&
         a.header == b.header && a.arrived == b.arrived && a.entered == b.entered && a.ended == b.ended &&
         a.entered_order == b.entered_order && a.attempts == b.attempts && a.error.has_value() == b.error.has_value() &&
         (!a.error || a.error->message == b.error->message);
}

void check_same(Problems& problems, const Run& run, const Run& again, const std::string& which) {
  bool all = run.calls.size() == again.calls.size();
  for (std::size_t i = 0; all && i < run.calls.size(); ++i) all = same(run.calls[i], again.calls[i]);
  expect(problems, all, which + " gives the same calls");
  expect(problems,
         run.verdict == again.verdict && run.counts.by_outcome == again.counts.by_outcome &&
             run.ended_at == again.ended_at,
         which + " gives the same result");
}

Problems problems_of(const std::string& text) {
  const Ran ran = run_text(text, prepare);
  Problems problems;
  for (const CallRecord& call : ran.run.calls) check_record(problems, call);
  check_counts(problems, ran.run);
  check_turns(problems, ran);
  expect(problems, ran.run.overlap_count == 0, "no lock lets chains overlap while nobody gives up");
  check_stuck(problems, ran, text.find("join: any") == std::string::npos);
  const auto again = run_plainly(*ran.program);
  expect(problems, again.has_value(), "a second run ends");
  if (again) check_same(problems, ran.run, *again, "a second run");
  return problems;
}

const std::vector<std::string> kReleases{"1.3",  "1.6",    "1.9",  "1.14", "1.15.0", "1.15.5",
                                         "1.15", "1.16.0", "1.16", "1.17", "1.18",   "docs"};

void check_programs(int programs, const std::vector<std::string>& releases) {
  const RandomScenarioOptions options = options_for(releases);
  int failures = 0;
  for (int i = 0; i < programs && failures < 3; ++i) {
    const std::string text = random_scenario(static_cast<std::uint64_t>(i), options);
    Problems problems;
    try {
      problems = problems_of(text);
    } catch (const std::exception& error) {
      problems.push_back(error.what());
    }
    if (problems.empty()) continue;
    FAIL_CHECK("program " << i << ": " << problems.front() << "\n" << text);
    ++failures;
  }
}

TEST_CASE("every run of a random program adds up") {
  const char* const wanted = std::getenv("ACTORSIM_MODEL_PROGRAMS");
  check_programs(wanted != nullptr ? std::atoi(wanted) : 4000, kReleases);
}

TEST_CASE("every run of a random program adds up in 1.2") { check_programs(1000, {"1.2"}); }

TEST_CASE("random programs come to every end that there is") {
  std::set<std::string> verdicts;
  std::set<Outcome> outcomes;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Ran ran = run_text(random_scenario(seed, options_for(kReleases)), prepare);
    verdicts.insert(ran.verdict());
    for (const CallRecord& call : ran.run.calls) outcomes.insert(call.outcome);
  }
  CHECK(verdicts == std::set<std::string>{"deadlock", "exceeded", "failed", "ok", "stranded"});
  CHECK(outcomes.size() == 8);
}

}  // namespace
