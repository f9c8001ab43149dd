// Runs as sequence diagrams.
#include "actorsim/report/formats/sequence.h"

#include "unit/report/ran.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

std::string diagram(const std::string& scenario, std::size_t most_calls = 100) {
  return sequence_diagram(*run_text(scenario).run, "", most_calls);
}

}  // namespace

TEST_CASE("a chain comes back to its actor: its bars are nested, and replies come in turn") {
  CHECK(diagram("config: {reentrancy: {enabled: true}}\nchains: [A -> B -> A]") == R"(sequenceDiagram
  actor c1 as client
  participant a1 as A/1
  participant a2 as B/1
  c1->>a1: call 1: m1
  activate a1
  a1->>a2: call 2: m2
  activate a2
  a2->>a1: call 3: m3
  activate a1
  Note over a1: call 3 re-enters, depth 2
  a1-->>a2: reply
  deactivate a1
  a2-->>a1: reply
  deactivate a2
  a1-->>c1: reply
  deactivate a1
)");
}

TEST_CASE("a call that waits gets in after the turn before it has ended") {
  CHECK_THAT(diagram("actors: {A: {m: [{sleep: 1ms}]}}\nstart: [{call: A/1.m}, {call: A/1.m}]"),
             Contains("  c2->>a1: call 2: m\n  Note over a1: call 2 waits for call 1\n  a1-->>c1: reply\n"
                      "  deactivate a1\n  activate a1\n  Note over a1: call 2 gets in\n  a1-->>c2: reply\n"));
}

TEST_CASE("a circle of waits is noted where it closes") {
  const std::string text = diagram("chains: [A -> A]");
  CHECK_THAT(text,
             Contains("  Note over a1: call 2 waits for call 1\n  rect rgba(220, 40, 40, 0.2)\n"
                      "  Note over a1: deadlock<br/>call 2 waits for call 1, which holds the lock<br/>call 1 waits "
                      "for call 2, for its reply\n  end\n"));
  CHECK_THAT(text, Contains("a1--xc1: call 1 cut off at 1h"));
}

TEST_CASE("a refused call bounces, and a send waits for nothing") {
  CHECK_THAT(diagram("config: {reentrancy: {enabled: true, maxStackDepth: 1}}\nchains: [A -> A]"),
             Contains("a1-xa1: call 2: m2\n  Note over a1: call 2 exceeded, the limit is 1\n"));
  CHECK_THAT(diagram("chains: [A ~> B]"), Contains("a1-)a2: call 2: m2\n"));
}

TEST_CASE("who starts a chain has a name") {
  CHECK_THAT(diagram("actors: {A: {m: []}}\nstart: [{reminder: A/1.m}, {call: A/1.m}]"),
             Contains("  participant c1 as reminder t1\n  actor c2 as client t2\n"));
}

TEST_CASE("of many calls some are left out, which is said") {
  const std::string text = diagram("config: {reentrancy: {enabled: true}}\nchains: [A x9]", 3);
  CHECK_THAT(text, Contains("Note over a1: 6 more calls are left out"));
  CHECK(text.find("call 4") == std::string::npos);
}
