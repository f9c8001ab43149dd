// Each kind of expectation, held and broken, and what is told when it is broken.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

// One scenario for all: first and second meet in A/1, first calls itself, B fails, never is skipped.
std::string broken(const std::string& expect) {
  return failed_expectations(run_text(R"(
config: {reentrancy: {enabled: true}}
actors:
  A: {m: [{sleep: 5ms}, {call: self.k}], k: []}
  B: {m: [{call: A/2.k}, {fail: no}, {call: A/1.k, as: never}]}
start: [{call: A/1.m, as: first}, {call: A/1.m, at: 1ms, as: second}, {call: B/1.m, at: 2ms}]
expect: )" + expect + "\n"));
}

TEST_CASE("verdict") {
  CHECK(broken("{verdict: failed}").empty());
  CHECK(broken("{verdict: ok}") == "verdict: ok <- failed\n");
}

TEST_CASE("outcomes of calls") {
  CHECK(broken("{calls: {first: entered, second: blocked, B/1.m: failed, A/1.k: re-entered, never: skipped}}").empty());
  CHECK(broken("{calls: {second: entered}}") == "second: entered <- blocked\n");
  CHECK(broken("{calls: {never: entered}}") == "never: entered <- skipped: its step was never reached\n");
}

TEST_CASE("facts of calls") {
  CHECK(broken("{calls: {second: {outcome: blocked, depth: 1, waited: 4ms, entered-at: 5ms, ended-at: 10ms, completed: "
               "true}}}")
            .empty());
  CHECK(broken("{calls: {second: {depth: 2}}}") == "second: depth 2 <- depth 1\n");
  CHECK(broken("{calls: {second: {waited: 5ms}}}") == "second: waited 5ms <- waited 4ms\n");
  CHECK(broken("{calls: {second: {entered-at: 6ms}}}") == "second: entered-at 6ms <- entered-at 5ms\n");
  CHECK(broken("{calls: {second: {ended-at: 11ms}}}") == "second: ended-at 11ms <- ended-at 10ms\n");
  CHECK(broken("{calls: {B/1.m: {completed: true}}}") == "B/1.m: completed true <- completed false\n");
  CHECK(broken("{calls: {first: {waited: 0s}}}").empty());
}

TEST_CASE("a label stands for all its calls, label#n for the nth by arrival") {
  CHECK(broken("{calls: {A/1.k#1: {entered-at: 5ms}, A/1.k#2: {entered-at: 10ms}}}").empty());
  CHECK(broken("{calls: {A/1.k: {entered-at: 5ms}}}") == "A/1.k: entered-at 5ms <- entered-at 10ms (call 6)\n");
  CHECK(broken("{calls: {A/1.k#3: re-entered}}").find("only 2 calls are labelled 'A/1.k'") != std::string::npos);
}

TEST_CASE("a label with a # of its own is found") {
  const Ran ran = run_text(R"(
actors: {A: {m: []}}
start: [{call: A/1.m, as: "a#1"}]
expect: {calls: {"a#1": entered}}
)");
  CHECK(failed_expectations(ran).empty());
}

TEST_CASE("a label that no call has is an error with a guess") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{repeat: 2, steps: [{call: B/1.k, as: part$i}]}]}, B: {k: []}}
start: [{call: A/1.m}]
expect: {calls: {part2: entered}}
)");
  const std::string text = failed_expectations(ran);
  CHECK(text.find("no call is labelled 'part2'") != std::string::npos);
  CHECK(text.find("did you mean 'part") != std::string::npos);
}

TEST_CASE("counts, as numbers and as comparisons") {
  CHECK(broken("{counts: {calls: 6, attempts: 6, entered: 6, re-entered: 2, blocked: 1, completed: 5, failed: 1, "
               "skipped: 1, "
               "deadlocked: 0, stranded: 0, exceeded: 0, closed: 0, not-hosted: 0, timed-out: 0, cancelled: 0}}")
            .empty());
  CHECK(broken("{counts: {calls: \">= 6\", entered: \"< 7\", blocked: \"!= 2\"}}").empty());
  CHECK(broken("{counts: {calls: \"> 6\"}}") == "calls: > 6 <- 6\n");
  CHECK(broken("{counts: {blocked: 2}}") == "blocked: 2 <- 1\n");
}

TEST_CASE("order is of entering, as a subsequence") {
  CHECK(broken("{order: [first, B/1.m, A/2.k, second]}").empty());
  CHECK(broken("{order: [first, second]}").empty());
  CHECK(broken("{order: [second, first]}")
            .find("order: [second, first] <- first has no place; entered: first, B/1.m, A/2.k, ") == 0);
}

TEST_CASE("an inner list of order is one instant, in any order") {
  CHECK(broken("{order: [first, [A/2.k, B/1.m], second]}").empty());
  CHECK(broken("{order: [first, [B/1.m, second]]}").find("[B/1.m, second] has no place") != std::string::npos);
  CHECK(broken("{order: [[A/1.k, second], A/1.k]}").empty());
}

TEST_CASE("an instant finds a place for each of its keys, whichever comes first") {
  const Ran ran = run_text(R"(
actors: {A: {m: []}}
start: [{call: A/1.m, as: a}, {call: A/2.m, as: a}]
expect: {order: [[a, "a#1"]]}
)");
  CHECK(failed_expectations(ran).empty());
}

TEST_CASE("an instant does not count one call twice") {
  CHECK_FALSE(broken("{order: [[first, first]]}").empty());
  const Ran ran = run_text(R"(
actors: {A: {m: []}}
start: [{call: A/1.m, as: a}, {call: A/2.m, as: a}]
expect: {order: [[a, a]]}
)");
  CHECK(failed_expectations(ran).empty());
}

TEST_CASE("a deadlock's cycle may begin anywhere, but not run backwards") {
  const auto cycle = [](const std::string& expect) {
    return failed_expectations(
        run_text("config: {reentrancy: {enabled: true}}\n"
                 "chains: [A -> B.x, B -> C.x, C -> A.x, D -> A.y]\nexpect: " +
                 expect + "\n"));
  };
  CHECK(cycle("{deadlock: {cycle: [B/1, C/1, A/1]}}").empty());
  CHECK(cycle("{deadlock: {cycle: [A/1, B/1, C/1]}}").empty());
  CHECK(cycle("{deadlock: {cycle: [C/1, B/1, A/1]}}") == "deadlock: cycle [C/1, B/1, A/1] <- cycle [B/1, C/1, A/1]\n");
  CHECK(cycle("{deadlock: {cycle: [A/1, B/1]}}") == "deadlock: cycle [A/1, B/1] <- cycle [B/1, C/1, A/1]\n");
  CHECK(cycle("{deadlock: none}") == "deadlock: none <- cycle [B/1, C/1, A/1]\n");
  CHECK(broken("{deadlock: none}").empty());
  CHECK(broken("{deadlock: {cycle: [A/1]}}") == "deadlock: cycle [A/1] <- no deadlock\n");
}

TEST_CASE("each of two independent cycles may be named") {
  const auto cycle = [](const std::string& expect) {
    return failed_expectations(run_text("chains: [A -> A.x, B -> B.x]\nexpect: " + expect + "\n"));
  };
  CHECK(cycle("{deadlock: {cycle: [A/1]}}").empty());
  CHECK(cycle("{deadlock: {cycle: [B/1]}}").empty());
  CHECK(cycle("{deadlock: none}") == "deadlock: none <- cycle [A/1] and [B/1]\n");
}

TEST_CASE("overlap") {
  CHECK(broken("{overlap: none}").empty());
  CHECK(broken("{overlap: {actor: A/1}}") == "overlap: actor A/1 <- no overlap\n");
  CHECK(broken("{overlap: {actor: A/1, calls: [first, second]}}") ==
        "overlap: actor A/1 calls [first, second] <- no overlap\n");
}

TEST_CASE("headers") {
  CHECK(broken("{header: {first: present, A/1.k#1: {same-as: first}, A/1.k#2: {same-as: second}}}").empty());
  CHECK(broken("{header: {A/1.k#2: {same-as: first}}}").find("header A/1.k#2: the same as first <- ") == 0);
  CHECK(broken("{header: {first: absent}}").find("header first: absent <- header '") == 0);
  const auto off = [](const std::string& expect) {
    return failed_expectations(
        run_text("actors: {A: {m: []}}\nstart: [{call: A/1.m, as: none}, {call: A/2.m, header: x, as: some}]\n"
                 "expect: " +
                 expect + "\n"));
  };
  CHECK(off("{header: {none: absent, some: x}}").empty());
  CHECK(off("{header: {none: present}}") == "header none: present <- no header\n");
  CHECK(off("{header: {some: y}}") == "header some: 'y' <- header 'x'\n");
}

TEST_CASE("a header expected of a call that was never made is broken") {
  CHECK_FALSE(broken("{header: {never: present}}").empty());
  CHECK_FALSE(broken("{header: {first: {same-as: never}}}").empty());
}

TEST_CASE("a place in the order expected of a call that was never made is broken") {
  CHECK(broken("{order: [first, never]}").find("never has no place") != std::string::npos);
}

TEST_CASE("a self-call that was never made can be expected to be skipped by its actor's name") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{fail: no}, {call: self.k}], k: []}}
start: [{call: A/1.m}]
expect: {calls: {A/1.k: skipped}}
)");
  CHECK(failed_expectations(ran).empty());
}

TEST_CASE("a recurse that was never reached can be expected to be skipped by its label") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{fail: no}, {recurse: 3, as: deep}]}}
start: [{call: A/1.m}]
expect: {calls: {deep: skipped}}
)");
  CHECK(failed_expectations(ran).empty());
}

TEST_CASE("without expect a scenario expects ok") {
  CHECK(failed_expectations(run_text("chains: [A -> A]\n")) == "verdict: ok <- deadlock\n");
  CHECK(failed_expectations(run_text("chains: [A -> B]\n")).empty());
}

TEST_CASE("results come in the order of the file, passed ones without a got") {
  const Ran ran = run_text(R"(
chains: [A -> B]
expect:
  counts: {calls: 2}
  verdict: ok
  calls: {A/1.m1: entered}
)");
  const auto results = check_expectations(ran.scenario.expect, *ran.program, ran.run);
  REQUIRE(results.has_value());
  REQUIRE(results->size() == 3);
  CHECK((*results)[0].text == "calls: 2");
  CHECK((*results)[1].text == "verdict: ok");
  CHECK((*results)[2].text == "A/1.m1: entered");
  for (const ExpectationResult& result : *results) CHECK(result.got.empty());
}

TEST_CASE("every label that an expectation names is asked for") {
  const Ran ran = run_text(R"(
actors: {A: {m: []}}
start: [{call: A/1.m, as: a}, {call: A/1.m, as: b}, {call: A/1.m, as: c}, {call: A/1.m, as: d}, {call: A/1.m, as: e}]
expect: {calls: {a#1: entered}, order: [b], header: {c: absent, d: {same-as: e}}}
)");
  CHECK(labels_asked_for(ran.scenario.expect) == std::vector<std::string>{"a", "a#1", "b", "c", "d", "e"});
}

}  // namespace
