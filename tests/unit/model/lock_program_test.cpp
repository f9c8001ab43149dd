// Programs as lists of locks: what is derived, and what is refused.
#include "actorsim/model/lock_program.h"

#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

tl::expected<LockProgram, MoreThanLocks> derive(const std::string& text) {
  return lock_program(compile(load_text(text), "test.yaml"));
}

LockProgram derived(const std::string& text) {
  auto result = derive(text);
  if (!result) throw std::runtime_error("refused: " + result.error().what);
  return std::move(*result);
}

std::string refused(const std::string& text) {
  const auto result = derive(text);
  return result ? "" : result.error().what;
}

// `A/1:1 B/1:1 -B/1 -A/1 | …`: actor and key of each acquire, `+` where it re-enters, `!` where it blocks itself.
std::string chains_of(const LockProgram& program) {
  std::string text;
  for (const LockChain& chain : program.chains) {
    if (!text.empty()) text += " |";
    for (const LockOperation& operation : chain.operations) {
      const std::string& actor = program.actors[operation.actor];
      if (!text.empty()) text += ' ';
      if (operation.kind == LockOperation::Kind::release) {
        text += "-" + actor;
        continue;
      }
      text += actor + ":" + std::to_string(operation.key);
      if (operation.entry == LockOperation::Entry::re_enters) text += "+";
      if (operation.entry == LockOperation::Entry::blocks) text += "!";
    }
  }
  return text;
}

const std::string kOn = "config: {reentrancy: {enabled: true}}\n";

TEST_CASE("a chain takes its locks one in the other") {
  const LockProgram program = derived(kOn + "chains: [A -> B -> C]");
  CHECK(chains_of(program) == "A/1:1 B/1:1 C/1:1 -C/1 -B/1 -A/1");
  CHECK(program.chains[0].operations[1].partner == 4);
  CHECK(program.chains[0].operations[4].partner == 1);
  CHECK(program.chains[0].operations[4].text == "B/1.m2");
}

TEST_CASE("with reentrancy a chain re-enters, without it blocks itself") {
  CHECK(chains_of(derived(kOn + "chains: [A -> B -> A]")) == "A/1:1 B/1:1 A/1:1+ -A/1 -B/1 -A/1");
  CHECK(chains_of(derived("chains: [A -> B -> A]")) == "A/1:1 B/1:1 A/1:2! -A/1 -B/1 -A/1");
}

TEST_CASE("a chain whose id is dropped on the way blocks itself, and goes on with another id") {
  CHECK(chains_of(derived(kOn + "chains: [A -/> B -> A]")) == "A/1:1 B/1:1 A/1:2! -A/1 -B/1 -A/1");
  CHECK(chains_of(derived(kOn + "chains: [A -/> B -> C -> B]")) == "A/1:1 B/1:1 C/1:1 B/1:1+ -B/1 -C/1 -B/1 -A/1");
}

TEST_CASE("an id passes unread through an actor without reentrancy, except where the release makes one up") {
  const std::string text = R"(
config:
  reentrancy: {enabled: true}
  entitiesConfig: [{entities: [B], reentrancy: {enabled: false}}]
chains: [A -> B -> A, B -> A -> B]
)";
  CHECK(chains_of(derived(text)) == "A/1:1 B/1:1 A/1:1+ -A/1 -B/1 -A/1 | B/1:2 A/1:2 B/1:3! -B/1 -A/1 -B/1");
  const std::string makes_ids = R"(
config: {entitiesConfig: [{entities: [B], reentrancy: {enabled: false}}], reentrancy: {enabled: true}}
chains: [B -> (A)]
)";
  CHECK(chains_of(derived("dapr: 1.15.0\n" + makes_ids)) == "B/1:1 A/1:1 -A/1 -B/1");
}

TEST_CASE("loops, loads and values are unrolled") {
  CHECK(chains_of(derived(kOn + R"(
actors:
  A: {m: [{repeat: 2, steps: [{call: B/$i.m, with: {n: $i}}]}, {sleep: 1ms}]}
  B: {m: [{call: C/x$n.m, when: $n > 0}]}
  C: {m: []}
start: [{call: A/$i.m, count: 2, at: 5s}]
)")) == "A/0:1 B/0:1 -B/0 B/1:1 C/x1:1 -C/x1 -B/1 -A/0 | A/1:1 B/0:2 -B/0 B/1:2 C/x1:2 -C/x1 -B/1 -A/1");
  CHECK(chains_of(derived(kOn + "chains: [A x3 -> B]")) == "A/1:1 A/1:1+ A/1:1+ B/1:1 -B/1 -A/1 -A/1 -A/1");
}

TEST_CASE("who called can be called back") {
  CHECK(chains_of(derived(kOn + R"(
actors:
  A: {m: [{call: B/1.m}], back: []}
  B: {m: [{call: caller.back}]}
start: [{call: A/7.m}]
)")) == "A/7:1 B/1:1 A/7:1+ -A/7 -B/1 -A/7");
}

TEST_CASE("starts know their chains, clients and predecessors") {
  const LockProgram program = derived(R"(
actors: {A: {m: []}}
start:
  - {call: A/1.m, count: 5, clients: 2, as: load}
  - {call: A/2.m, after: load}
  - {call: A/3.m, count: 0, as: nothing}
  - {call: A/4.m, after: nothing}
)");
  REQUIRE(program.starts.size() == 4);
  CHECK(program.chains.size() == 6);
  CHECK(program.starts[0].clients == 2);
  CHECK(program.starts[1].after == 0);
  CHECK(program.starts[1].first_chain == 5);
  CHECK(program.starts[3].chain_count == 0);  // what it waits for never ends
}

TEST_CASE("a queue has a place for all but the one who is inside") {
  const LockProgram crossing = derived(kOn + "chains: [A -> B, B -> A, A]");
  CHECK(crossing.actors == std::vector<std::string>{"A/1", "B/1"});
  CHECK(crossing.place_counts == std::vector<Index>{2, 1});
  CHECK(derived("chains: [A -> A]").place_counts == std::vector<Index>{1});
}

TEST_CASE("chains that carry one id share a key") {
  const std::string text = kOn + R"(
actors: {A: {m: []}}
start:
  - {call: A/1.m, header: x}
  - {call: A/1.m, header: x}
  - {call: A/1.m}
)";
  const LockProgram program = derived(text);
  CHECK(chains_of(program) == "A/1:1 -A/1 | A/1:1 -A/1 | A/1:2 -A/1");
  CHECK(program.shares_keys);
  CHECK_FALSE(derived(kOn + "chains: [A, A]").shares_keys);
  CHECK_THAT(refused("config: {reentrancy: {enabled: true, maxStackDepth: 1}}\n" + text.substr(kOn.size())),
             actorsim::testing::Contains("limit is 1"));
}

TEST_CASE("a lock that might refuse a call for its depth is more than a lock") {
  const std::string limit_2 = "config: {reentrancy: {enabled: true, maxStackDepth: 2}}\n";
  CHECK(refused(limit_2 + "chains: [A x2]").empty());
  CHECK_THAT(refused(limit_2 + "chains: [A x3]"), actorsim::testing::Contains("limit is 2"));
  CHECK(refused("chains: [A x33]").empty());  // off: no depth is counted
}

TEST_CASE("a lock that newcomers may take is more than a lock") {
  CHECK_THAT(refused("dapr: \"1.14\"\nchains: [A]"), actorsim::testing::Contains("the lock of Dapr 1.14,"));
  for (const char* release : {"1.15.0", "1.15", "1.16.0", "1.17", "1.18", "docs"})
    CHECK(refused("dapr: \"" + std::string(release) + "\"\nchains: [A -> B]").empty());
}

TEST_CASE("what is more than locks is named") {
  const auto of_steps = [](const std::string& steps) {
    return refused("actors: {A: {m: [" + steps + "], k: []}}\nstart: [{call: A/1.m}]");
  };
  CHECK_THAT(of_steps("{send: A/2.k}"), actorsim::testing::Contains("a send"));
  CHECK(of_steps("{fail: no}") == "the step 'fail'");
  CHECK(of_steps("reply") == "the step 'reply'");
  CHECK(of_steps("{parallel: [{call: A/2.k}, {call: A/3.k}]}") == "the step 'parallel'");
  CHECK(of_steps("{call: A/2.k, timeout: 1s}") == "a call with a timeout");
  CHECK(of_steps("{call: A/2.k, retry: {max: 1}}") == "a call that is tried again");
  CHECK(of_steps("{repeat: 1, steps: [{call: A/$(1/$i).k}]}") == "an expression that divides by zero");
  CHECK_THAT(of_steps("{call: A/2.m}"), actorsim::testing::Contains("more than 10000 calls"));
  CHECK(of_steps("{sleep: 1s}").empty());
  const auto of_start = [](const std::string& entry) {
    return refused("actors: {A: {m: [], k: [{call: caller.m}]}}\nstart: [{" + entry + "}]");
  };
  CHECK(of_start("reminder: A/1.m") == "a reminder");
  CHECK(of_start("timer: A/1.m") == "a timer");
  CHECK(of_start("deactivate: A/1") == "the step 'deactivate'");
  CHECK(of_start("rebalance: A/1") == "the step 'rebalance'");
  CHECK_THAT(of_start("call: A/1.k"), actorsim::testing::Contains("'caller'"));
  CHECK(of_start("call: A/1.m, count: 0") == "a scenario in which nobody calls");
  CHECK(refused("config: {entities: [A]}\nchains: [A -> B]") == "a call of a type that is not hosted");
}

TEST_CASE("an expression without a value is named, wherever it stands") {
  const std::string divides = "an expression that divides by zero";
  const auto of_load = [](const std::string& options) {
    return refused("actors: {A: {m: [{call: B/$n.k}]}, B: {k: []}}\nstart: [{call: A/1.m, count: 1, " + options + "}]");
  };
  CHECK(of_load("with: {n: 1}").empty());
  CHECK(of_load("with: {n: \"$(1/$i)\"}") == divides);
  CHECK(of_load("with: {n: 1}, as: \"x$(1/$i)\"") == divides);
  CHECK(of_load("with: {n: 1}, header: \"x$(1/$i)\"") == divides);
  const auto of_steps = [](const std::string& steps) {
    return refused("actors: {A: {m: [" + steps + "], k: []}}\nstart: [{call: A/1.m, with: {n: 0}}]");
  };
  CHECK(of_steps("{recurse: 1 / $n}") == divides);
  CHECK(of_steps("{repeat: 1 / $n, steps: [{call: A/2.k}]}") == divides);
  CHECK(of_steps("{call: A/2.k, when: 1 / $n > 0}") == divides);
  CHECK(of_steps("{call: A/2.k, when: $n > 0}").empty());
}

TEST_CASE("a loop may go round no time, but not for ever without a call") {
  const auto of_loop = [](const std::string& times) {
    return derive("actors: {A: {m: [{repeat: " + times + ", steps: [{sleep: 1ms}]}]}}\nstart: [{call: A/1.m}]");
  };
  REQUIRE(of_loop("0"));
  CHECK(chains_of(*of_loop("0")) == "A/1:1 -A/1");
  CHECK(chains_of(*of_loop("1000")) == "A/1:1 -A/1");
  REQUIRE_FALSE(of_loop("1000000"));
  CHECK(of_loop("1000000").error().what == "a loop that goes round without a call");
}

TEST_CASE("values may be texts, and what the handler does not read changes nothing") {
  CHECK(chains_of(derived(kOn + R"(
actors:
  A: {m: [{call: B/$to.k, with: {unread: 7}}]}
  B: {k: []}
start: [{call: A/1.m, with: {to: east, other: west}}]
)")) == "A/1:1 B/east:1 -B/east -A/1");
}

TEST_CASE("an id that the client gives is its chain's, one that a step makes anew is not") {
  CHECK(chains_of(derived(kOn + R"(
actors: {A: {m: [{call: self.k}, {call: self.k, header: new}], k: []}}
start: [{call: A/1.m, header: mine}, {call: A/1.k, header: mine}]
)")) == "A/1:1 A/1:1+ -A/1 A/1:2! -A/1 -A/1 | A/1:1 -A/1");
}

TEST_CASE("the call of a client that would keep an id has a key of its own") {
  const auto keep = [](Scenario& scenario) {
    for (Trigger& trigger : scenario.start) trigger.options.header.kind = HeaderRule::Kind::keep;
  };
  const Scenario scenario = load_text(kOn + "actors: {A: {m: []}}\nstart: [{call: A/1.m}, {call: A/1.m}]", keep);
  const auto program = lock_program(compile(scenario, "test.yaml"));
  REQUIRE(program);
  CHECK(chains_of(*program) == "A/1:1 -A/1 | A/1:2 -A/1");
}

TEST_CASE("where nobody calls there is nothing to export, even from locks that newcomers may take") {
  const auto nobody = [](Scenario& scenario) { scenario.chains.clear(); };
  for (const char* release : {"1.14", "1.18"}) {
    const Scenario scenario = load_text("dapr: \"" + std::string(release) + "\"\nchains: [A]", nobody);
    const auto result = lock_program(compile(scenario, "test.yaml"));
    REQUIRE_FALSE(result);
    CHECK(result.error().what == "a scenario in which nobody calls");
  }
}

TEST_CASE("who calls back must find the method") {
  CHECK(refused("actors: {A: {m: [{call: B/1.m}]}, C: {m: [{call: B/1.m}], back: []}, B: {m: [{call: caller.back}]}}\n"
                "start: [{call: A/1.m}, {call: C/1.m}]") == "a call of a method that the caller does not have");
}

TEST_CASE("a refusal stands where the construct does") {
  const auto result = derive("actors:\n  A:\n    m:\n      - fail: no\nstart: [{call: A/1.m}]");
  REQUIRE_FALSE(result);
  CHECK(result.error().span.line == 5);
  CHECK(result.error().span.column == 9);
}

}  // namespace
