// `parallel`: what joins, when, and what becomes of branches that nobody waits for any more.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

// A.m does `parallel` and then a call labelled `after`.
Ran run_parallel(const std::string& branches, const std::string& join, const std::string& rest = "") {
  return run_text(R"(
config: {reentrancy: {enabled: true}}
actors:
  A:
    m:
      - parallel: )" +
                  branches + R"(
        join: )" + join +
                  R"(
      - call: X/1.k
        as: after
)" + rest + R"(
    again: [{sleep: 1ms}]
  B: {good: [], bad: [{fail: broken}], slow: [{sleep: 5ms}], slow-bad: [{sleep: 5ms}, {fail: late}]}
  X: {k: []}
start: [{call: A/1.m, as: root}]
)");
}

TEST_CASE("join all goes on when the last branch is back") {
  const Ran ran = run_parallel("[{sleep: 3ms}, {call: B/1.slow}, {call: B/2.good}]", "all");
  CHECK(ran.call("after").arrived == 5 * kMillisecond);
  CHECK(ran.verdict() == "ok");
}

TEST_CASE("join all fails once all are back if one failed") {
  const Ran ran = run_parallel("[{call: B/1.bad}, {call: B/2.slow}]", "all");
  CHECK(ran.outcome("root") == "failed");
  CHECK(ran.call("root").ended == 5 * kMillisecond);
  CHECK(ran.skipped() == "after");
}

TEST_CASE("join all answers with the failure that came first") {
  const Ran ran = run_parallel("[{call: B/1.slow-bad}, {call: B/2.bad}]", "all");
  CHECK(ran.call("root").ended == 5 * kMillisecond);
  CHECK(ran.call("root").error->message.find("broken") != std::string::npos);
  CHECK(ran.call("root").error->message.find("late") == std::string::npos);
}

TEST_CASE("a branch that fails by its own step fails its parallel") {
  const Ran ran = run_parallel("[{fail: by itself}, {sleep: 1ms}]", "all");
  CHECK(ran.call("root").error->message == "error invoke actor method: error from actor service: (500) by itself");
  CHECK(ran.call("root").ended == 1 * kMillisecond);
}

TEST_CASE("join any goes on at the first good answer") {
  const Ran ran = run_parallel("[{call: B/1.slow}, {sleep: 2ms}]", "any");
  CHECK(ran.call("after").arrived == 2 * kMillisecond);
  CHECK(ran.run.ended_at == 5 * kMillisecond);
  CHECK(ran.call("B/1.slow").completed);
}

TEST_CASE("join any overlooks a failure before the first good answer") {
  const Ran ran = run_parallel("[{call: B/1.bad}, {call: B/2.slow}]", "any");
  CHECK(ran.outcome("root") == "entered");
  CHECK(ran.call("root").completed);
  CHECK(ran.call("after").arrived == 5 * kMillisecond);
  CHECK(ran.verdict() == "failed");  // swallowed failures count
}

TEST_CASE("join any overlooks a failure after the first good answer") {
  const Ran ran = run_parallel("[{call: B/1.slow-bad}, {call: B/2.good}]", "any");
  CHECK(ran.outcome("root") == "entered");
  CHECK(ran.call("root").ended == 0);
  CHECK(ran.outcome("B/1.slow-bad") == "failed");
  CHECK(ran.run.ended_at == 5 * kMillisecond);
}

TEST_CASE("join any fails when every branch has failed, with the first failure") {
  const Ran ran = run_parallel("[{call: B/1.slow-bad}, {call: B/2.bad}]", "any");
  CHECK(ran.outcome("root") == "failed");
  CHECK(ran.call("root").ended == 5 * kMillisecond);
  CHECK(ran.call("root").error->message.find("broken") != std::string::npos);
}

TEST_CASE("join any takes the first of two answers of one instant") {
  const Ran ran = run_parallel(
      "[{steps: [{sleep: 2ms}, {send: X/2.k, as: one}]}, {steps: [{sleep: 2ms}, {send: X/3.k, as: two}]}]", "any");
  CHECK(ran.call("after").arrived == 2 * kMillisecond);
  CHECK(ran.outcome("one") == "entered");
  CHECK(ran.outcome("two") == "entered");
}

TEST_CASE("an empty branch is back at once") {
  CHECK(run_parallel("[{steps: []}, {sleep: 4ms}]", "all").call("after").arrived == 4 * kMillisecond);
  CHECK(run_parallel("[{steps: []}, {sleep: 4ms}]", "any").call("after").arrived == 0);
  CHECK(run_parallel("[{sleep: 4ms}, {steps: []}]", "any").call("after").arrived == 0);
  CHECK(run_parallel("[{steps: []}, {steps: []}]", "all").call("after").arrived == 0);
  CHECK(run_parallel("[{steps: []}, {steps: []}]", "any").call("after").arrived == 0);
  CHECK(run_parallel("[{steps: []}]", "all").verdict() == "ok");
}

TEST_CASE("join any with an empty branch still starts the other branches") {
  const Ran ran = run_parallel("[{steps: []}, {call: B/1.slow}, {call: B/2.bad}]", "any");
  CHECK(ran.call("root").completed);
  CHECK(ran.outcome("B/1.slow") == "entered");
  CHECK(ran.outcome("B/2.bad") == "failed");
}

TEST_CASE("parallels nest: an any inside an all") {
  const Ran ran = run_parallel("[{parallel: [{call: B/1.slow-bad}, {sleep: 2ms}], join: any}, {sleep: 3ms}]", "all");
  CHECK(ran.call("after").arrived == 3 * kMillisecond);
  CHECK(ran.call("root").completed);
}

TEST_CASE("parallels nest: an all inside an any") {
  const Ran ran =
      run_parallel("[{parallel: [{call: B/1.bad}, {sleep: 1ms}]}, {parallel: [{sleep: 2ms}, {sleep: 4ms}]}]", "any");
  CHECK(ran.call("after").arrived == 4 * kMillisecond);
  CHECK(ran.call("root").completed);
}

TEST_CASE("a nested parallel that fails fails the outer one") {
  const Ran ran =
      run_parallel("[{parallel: [{parallel: [{fail: deep}, {sleep: 1ms}]}, {sleep: 2ms}]}, {sleep: 3ms}]", "all");
  CHECK(ran.outcome("root") == "failed");
  CHECK(ran.call("root").ended == 3 * kMillisecond);
}

TEST_CASE("a branch that was left behind goes on with its own nested parallel") {
  const Ran ran = run_parallel(
      "[{steps: [{sleep: 1ms}, {parallel: [{sleep: 2ms}, {sleep: 3ms}]}, {send: X/9.k, as: sent}]}, {sleep: 0s}]",
      "any");
  CHECK(ran.call("root").ended == 0);
  CHECK(ran.call("sent").arrived == 4 * kMillisecond);
}

TEST_CASE("a handler that ends leaves the lock although branches of it go on") {
  const Ran ran = run_text(R"(
actors:
  A:
    m:
      - parallel:
          - steps: [{sleep: 5ms}, {call: B/1.k, as: late}]
          - sleep: 1ms
        join: any
    k: []
  B: {k: []}
start: [{call: A/1.m, as: first}, {call: A/1.k, as: second}, {call: A/1.k, at: 3ms, as: third}]
)");
  CHECK(ran.call("first").ended == 1 * kMillisecond);
  CHECK(ran.call("second").entered == 1 * kMillisecond);
  CHECK(ran.outcome("third") == "entered");
  CHECK(ran.call("late").arrived == 5 * kMillisecond);
  CHECK(ran.run.overlap_count == 0);
}

TEST_CASE("a branch left behind that calls its own actor gets in once the handler has ended") {
  const Ran ran = run_text(R"(
actors:
  A:
    m:
      - parallel:
          - steps: [{sleep: 1ms}, {call: self.k, as: orphan}]
          - sleep: 0s
        join: any
      - sleep: 4ms
    k: []
start: [{call: A/1.m}]
)");
  CHECK(ran.outcome("orphan") == "blocked");
  CHECK(ran.call("orphan").entered == 4 * kMillisecond);
  CHECK(ran.verdict() == "ok");
}

TEST_CASE("a branch left behind that fails after its handler has ended changes nothing") {
  const Ran ran = run_text(R"(
actors:
  A:
    m:
      - parallel: [{steps: [{sleep: 5ms}, {fail: too late}]}, {sleep: 1ms}]
        join: any
start: [{call: A/1.m}]
)");
  CHECK(ran.call("A/1.m").completed);
  CHECK(ran.verdict() == "ok");
  CHECK(ran.run.ended_at == 5 * kMillisecond);
}

TEST_CASE("a loop in a branch that was left behind counts on, although the loop around it starts the branch anew") {
  const Ran ran = run_text(R"(
actors:
  A:
    m:
      - repeat: 2
        steps:
          - parallel:
              - steps:
                  - repeat: 3
                    steps: [{sleep: 10ms}, {send: X/1.x}]
              - sleep: 1ms
            join: any
  X: {x: []}
start: [{call: A/1.m}]
)");
  CHECK(ran.run.counts.calls == 7);
}

TEST_CASE("a branch that was left behind keeps the number of its round") {
  const Ran ran = run_text(R"(
actors:
  A:
    m:
      - repeat: 2
        steps:
          - parallel:
              - steps: [{sleep: 10ms}, {send: X/1.x, as: x$i}]
              - sleep: 1ms
            join: any
  X: {x: []}
start: [{call: A/1.m}]
)");
  CHECK(ran.order() == "A/1.m x0 x1");
}

TEST_CASE("branches of one actor with the same id are inside together and overlap with nobody") {
  const Ran ran = run_parallel("[{call: self.again}, {call: self.again}, {call: self.again}]", "all");
  CHECK(ran.outcome("A/1.again#3") == "re-entered");
  CHECK(ran.call("A/1.again#3").depth == 4);
  CHECK(ran.run.overlap_count == 0);
  CHECK(ran.call("root").ended == 1 * kMillisecond);
}

TEST_CASE("branches that call one foreign actor without an id take turns there") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{parallel: [{call: B/1.k}, {call: B/1.k}]}]}, B: {k: [{sleep: 2ms}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.outcome("B/1.k#2") == "blocked");
  CHECK(ran.call("A/1.m").ended == 4 * kMillisecond);
}

}  // namespace
