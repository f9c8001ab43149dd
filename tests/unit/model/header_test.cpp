// What calls carry as Dapr-Reentrancy-Id, and what the lock makes of it.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

// A/1.m calls B/1.k with the given option; then B/1.k calls A/1.back and keeps what it has.
Ran run_header(const std::string& option, const std::string& more = "", const std::string& start = "") {
  return run_text(R"(
config: {reentrancy: {enabled: true}}
actors:
  A:)" + more + R"(
    m:
      - call: B/1.k
)" + (option.empty() ? "" : "        header: " + option + "\n") +
                  R"(    back: []
  B: {k: [{call: A/1.back}]}
start: [{call: A/1.m)" +
                  start + "}]\n");
}

TEST_CASE("a call carries its handler's id on if nothing is said") {
  const Ran ran = run_header("");
  CHECK(ran.outcome("A/1.back") == "re-entered");
  CHECK(ran.call("B/1.k").header == ran.call("A/1.m").header);
  CHECK(ran.call("A/1.m").id_was_generated);
  CHECK_FALSE(ran.call("B/1.k").id_was_generated);
}

TEST_CASE("header keep, drop, new and a text") {
  CHECK(run_header("keep").outcome("A/1.back") == "re-entered");
  const Ran dropped = run_header("drop");
  CHECK(dropped.outcome("A/1.back") == "deadlocked");
  CHECK(dropped.call("B/1.k").id_was_generated);
  const Ran fresh = run_header("new");
  CHECK(fresh.outcome("A/1.back") == "deadlocked");
  CHECK_FALSE(fresh.call("B/1.k").id_was_generated);
  CHECK(fresh.call("B/1.k").header != fresh.call("A/1.m").header);
  const Ran literal = run_header("{id: order-42}");
  CHECK(literal.call("B/1.k").header == "order-42");
  CHECK(literal.outcome("A/1.back") == "deadlocked");
  CHECK(run_header("{id: abc}", "", ", header: abc").outcome("A/1.back") == "re-entered");
}

TEST_CASE("SDKs that do not hand the id on lose it, unless the step keeps it") {
  for (const char* sdk : {"js", "java", "go", "rust"}) {
    INFO(sdk);
    CHECK(run_header("", std::string("\n    sdk: ") + sdk).outcome("A/1.back") == "deadlocked");
    CHECK(run_header("keep", std::string("\n    sdk: ") + sdk).outcome("A/1.back") == "re-entered");
  }
  for (const char* sdk : {"dotnet", "python", "php"}) {
    INFO(sdk);
    CHECK(run_header("", std::string("\n    sdk: ") + sdk).outcome("A/1.back") == "re-entered");
    CHECK(run_header("drop", std::string("\n    sdk: ") + sdk).outcome("A/1.back") == "deadlocked");
  }
}

TEST_CASE("a client that sends no header gets an id made up, one that sends it empty sends an id") {
  CHECK(run_header("", "", ", header: \"\"").outcome("A/1.back") == "re-entered");
  CHECK(run_header("", "", ", header: \"\"").call("B/1.k").header == "");
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{sleep: 2ms}]}}
start:
  - {call: A/1.m, header: "", as: one}
  - {call: A/1.m, header: "", at: 1ms, as: two}
  - {call: A/1.m, at: 1ms, as: none}
)");
  CHECK(ran.outcome("two") == "re-entered");  // two strangers with an empty id share it
  CHECK(ran.run.overlap_count == 0);          // and are one chain by it
  CHECK(ran.outcome("none") == "blocked");
}

TEST_CASE("strangers with the same id are one chain") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{sleep: 2ms}]}}
start: [{call: A/1.m, header: x, as: one}, {call: A/1.m, header: x, as: two}, {call: A/1.m, header: y, as: three}]
)");
  CHECK(ran.outcome("two") == "re-entered");
  CHECK(ran.call("two").depth == 2);
  CHECK(ran.outcome("three") == "blocked");
  CHECK(ran.run.overlap_count == 0);
}

TEST_CASE(
    "with reentrancy off a client's header is passed through and the lock does not look at it, in every release") {
  for (const char* release : {"1.3", "1.6", "1.14", "1.15.0", "1.15", "1.16.0", "1.16", "1.17", "1.18", "docs"}) {
    INFO(release);
    const Ran ran = run_text(std::string("dapr: \"") + release + R"("
actors: {A: {m: [{sleep: 2ms}, {call: B/1.k}]}, B: {k: []}}
start: [{call: A/1.m, header: x, as: one}, {call: A/1.m, header: x, as: two}]
)");
    CHECK(ran.call("B/1.k").header == "x");
    CHECK(ran.outcome("two") == "blocked");
    CHECK(ran.verdict() == "ok");
  }
}

TEST_CASE("1.2 with reentrancy off keeps apart two clients that send headers") {
  const Ran ran = run_text(R"(
dapr: "1.2"
actors: {A: {m: [{sleep: 5ms}]}}
start: [{call: A/1.m, header: abc, as: one}, {call: A/1.m, header: xyz, as: two, at: 1ms}]
)");
  CHECK(ran.outcome("two") == "blocked");
}

TEST_CASE("1.2 with reentrancy off deadlocks on a self-call, whatever the client sent") {
  const Ran ran = run_text(R"(
dapr: "1.2"
actors: {A: {m: [{call: self.k}], k: []}}
start: [{call: A/1.m, header: abc}]
)");
  CHECK(ran.outcome("A/1.k") == "deadlocked");
}

TEST_CASE("which releases generate a header although reentrancy is off") {
  const auto header = [](const std::string& release) {
    return run_text("dapr: \"" + release + R"("
actors: {A: {m: []}}
start: [{call: A/1.m}]
)")
        .call("A/1.m")
        .header.has_value();
  };
  CHECK(header("1.2"));
  CHECK_FALSE(header("1.3"));
  CHECK_FALSE(header("1.14"));
  CHECK(header("1.15.0"));
  CHECK_FALSE(header("1.15.1"));
  CHECK_FALSE(header("1.18"));
  CHECK_FALSE(header("docs"));
}

TEST_CASE("off on the way in, on at the end: the header is passed through and found again") {
  const Ran ran = run_text(R"(
config:
  reentrancy: {enabled: true}
  entitiesConfig: [{entities: [B], reentrancy: {enabled: false}}]
chains: [A -> B -> A]
)");
  CHECK(ran.outcome("A/1.m3") == "re-entered");
  const Ran other = run_text(R"(
config: {entitiesConfig: [{entities: [B], reentrancy: {enabled: true}}]}
chains: [A -> B -> A]
)");
  CHECK(other.outcome("A/1.m3") == "deadlocked");
}

TEST_CASE("-/> drops the header and ~> keeps it") {
  CHECK(run_text("config: {reentrancy: {enabled: true}}\nchains: [A -/> A]\n").verdict() == "deadlock");
  CHECK(run_text("config: {reentrancy: {enabled: true}}\nchains: [A ~> A]\n").outcome("A/1.m2") == "re-entered");
}

TEST_CASE("in 1.15 and 1.16 nobody learns the id of a reminder's turn, so no chain re-enters it") {
  for (const char* release : {"1.15", "1.16"}) {
    INFO(release);
    const Ran ran = run_text(std::string("dapr: \"") + release + R"("
config: {reentrancy: {enabled: true}}
actors: {A: {tick: [{call: B/1.k}], back: []}, B: {k: [{call: A/1.back}]}}
start: [{call: A/1.tick}]
)",
                             [](Scenario& scenario) {
                               scenario.start.front().kind = Trigger::Kind::reminder;
                               scenario.until = 600 * kSecond;
                             });
    CHECK_FALSE(ran.call("A/1.tick").header);
    CHECK(ran.outcome("A/1.back") == "deadlocked");
  }
}

}  // namespace
