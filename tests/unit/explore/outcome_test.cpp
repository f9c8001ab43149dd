// One headline word per call, the codes and texts of errors per release, and what a failure does to its callers.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

const std::vector<std::string> kReleases{"1.2",    "1.6",    "1.7",  "1.9",    "1.10", "1.13", "1.14", "1.15.0",
                                         "1.15.5", "1.15.6", "1.15", "1.16.0", "1.16", "1.17", "1.18", "docs"};

TEST_CASE("each word of a call that got in, and of one that was never made") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors:
  A: {m: [{sleep: 1ms}, {call: self.k, as: inner}, {call: B/1.bad}, {call: B/1.never}], k: []}
  B: {bad: [{fail: no}], never: []}
start: [{call: A/1.m, as: outer}, {call: A/1.k, as: waiter}, {call: A/2.k, as: free}]
)");
  CHECK(ran.outcome("outer") == "failed");
  CHECK(ran.outcome("inner") == "re-entered");
  CHECK(ran.outcome("waiter") == "blocked");
  CHECK(ran.outcome("free") == "entered");
  CHECK(ran.outcome("B/1.bad") == "failed");
  CHECK(ran.skipped() == "B/1.never");
  CHECK(ran.count(Outcome::skipped) == 1);
}

TEST_CASE("a call that had to wait and then fails is failed, and counts as blocked") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{sleep: 1ms}], bad: [{fail: no}]}}
start: [{call: A/1.m}, {call: A/1.bad}]
)");
  CHECK(ran.outcome("A/1.bad") == "failed");
  CHECK(ran.call("A/1.bad").had_to_wait);
  CHECK(ran.run.counts.blocked == 1);
}

TEST_CASE("the limit admits so many calls of a chain and refuses the next, release by release") {
  for (const std::string& release : kReleases) {
    INFO(release);
    const Ran ran = run_text("dapr: \"" + release + R"("
configuration: {spec: {features: [{name: Actor.Reentrancy, enabled: true}]}}
config: {reentrancy: {enabled: true, maxStackDepth: 3}}
actors: {A: {m: [{recurse: 9}]}}
start: [{call: A/1.m}]
)");
    CHECK(ran.run.counts.calls == 4);
    CHECK(ran.run.counts.entered == 3);
    CHECK(ran.outcome("A/1.m#4") == "exceeded");
    CHECK(ran.call("A/1.m#4").depth == 0);
    CHECK_FALSE(ran.call("A/1.m#4").entered);
    CHECK(ran.outcome("A/1.m#3") == "failed");
    CHECK(ran.outcome("A/1.m#1") == "failed");
    CHECK(ran.verdict() == "exceeded");
    CHECK(ran.run.counts.completed == 0);
  }
}

struct Wording {
  const char* release;
  const char* code;
  const char* grpc;
  const char* message;
};

TEST_CASE("the error of a call beyond the limit, as each release words it") {
  const char* const kInvoke = "ERR_ACTOR_INVOKE_METHOD";
  const char* const kBefore10 =
      "error invoke actor method: rpc error: code = ResourceExhausted desc = Maximum stack depth exceeded";
  const char* const kBefore15 =
      "error invoke actor method: rpc error: code = ResourceExhausted desc = maximum stack depth exceeded";
  const char* const kOwn = "ERR_ACTOR_STACK_DEPTH";
  const char* const kShort = "maximum stack depth exceeded";
  const std::vector<Wording> wordings{
      {"1.2", kInvoke, "INTERNAL", kBefore10},        {"1.9", kInvoke, "INTERNAL", kBefore10},
      {"1.10", kInvoke, "INTERNAL", kBefore15},       {"1.14", kInvoke, "INTERNAL", kBefore15},
      {"1.15.0", kOwn, "RESOURCE_EXHAUSTED", kShort}, {"1.15", kOwn, "RESOURCE_EXHAUSTED", kShort},
      {"1.16", kOwn, "RESOURCE_EXHAUSTED", kShort},   {"1.18", kOwn, "RESOURCE_EXHAUSTED", kShort},
      {"docs", kOwn, "RESOURCE_EXHAUSTED", kShort}};
  for (const Wording& wording : wordings) {
    INFO(wording.release);
    const Ran ran = run_text(std::string("dapr: \"") + wording.release + R"("
configuration: {spec: {features: [{name: Actor.Reentrancy, enabled: true}]}}
config: {reentrancy: {enabled: true, maxStackDepth: 1}}
actors: {A: {m: [{call: self.k}], k: []}}
start: [{call: A/1.m}]
)");
    const CallError& error = ran.call("A/1.k").error.value();
    CHECK(error.code == wording.code);
    CHECK(error.http == 500);
    CHECK(error.grpc == wording.grpc);
    CHECK(error.message == wording.message);
    const CallError& outer = ran.call("A/1.m").error.value();
    CHECK(outer.code == kInvoke);
    const bool tells_status = wording.code == kOwn;
    CHECK(outer.message == std::string("error invoke actor method: error from actor service: ") +
                               (tells_status ? "(500) " : "") + wording.message);
  }
}

TEST_CASE("1.15.6 to 1.15.14 try a call beyond the limit six times, a second apart; no other release does") {
  for (const std::string& release : kReleases) {
    INFO(release);
    const bool retries = release == "1.15.6" || release == "1.15";
    const Ran ran = run_text("dapr: \"" + release + R"("
configuration: {spec: {features: [{name: Actor.Reentrancy, enabled: true}]}}
config: {reentrancy: {enabled: true, maxStackDepth: 1}}
actors: {A: {m: [{sleep: 3ms}, {call: self.k}], k: []}}
start: [{call: A/1.m}]
)");
    const CallRecord& inner = ran.call("A/1.k");
    CHECK(inner.attempts == (retries ? 6U : 1U));
    CHECK(inner.arrived == 3 * kMillisecond);
    CHECK(inner.ended == (retries ? 5 * kSecond : 0) + 3 * kMillisecond);
    CHECK(ran.run.counts.attempts == (retries ? 7U : 2U));
    CHECK(ran.run.counts.calls == 2);
    CHECK(ran.count(Outcome::exceeded) == 1);
  }
}

TEST_CASE("1.15.6 and later: an attempt that gets in is the one that counts") {
  const Ran ran = run_text(R"(
dapr: "1.15.6"
config: {reentrancy: {enabled: true, maxStackDepth: 2}}
actors:
  A: {m: [{sleep: 1500ms}], k: []}
start: [{call: A/1.m, header: x, as: one}, {call: A/1.m, header: x, as: two}, {call: A/1.k, header: x, as: three}]
)");
  // Each refusal leaves its depth behind, so not even the empty lock lets the third in again.
  CHECK(ran.outcome("three") == "exceeded");
  CHECK(ran.call("three").attempts == 6);
}

TEST_CASE("classic releases refuse a stranger at full depth, later ones let it wait") {
  for (const std::string& release : kReleases) {
    INFO(release);
    const bool classic = release.substr(0, 4) != "1.15" && release.substr(0, 4) != "1.16" && release != "1.17" &&
                         release != "1.18" && release != "docs";
    const Ran ran = run_text("dapr: \"" + release + R"("
config: {reentrancy: {maxStackDepth: 1}}
actors: {A: {m: [{sleep: 1ms}]}}
start: [{call: A/1.m}, {call: A/1.m, as: stranger}]
)");
    CHECK(ran.outcome("stranger") == (classic ? "exceeded" : "blocked"));
  }
}

TEST_CASE("a type that is not in entities is not hosted, and its caller fails") {
  for (const char* release : {"1.2", "1.14", "1.15", "1.18", "docs"}) {
    INFO(release);
    const Ran ran = run_text(std::string("dapr: \"") + release + R"("
config: {entities: [A]}
chains: [A -> B]
)");
    CHECK(ran.outcome("B/1.m2") == "not-hosted");
    CHECK(ran.outcome("A/1.m1") == "failed");
    CHECK(ran.verdict() == "failed");
    CHECK(ran.call("B/1.m2").error.has_value());
    CHECK(ran.count(Outcome::not_hosted) == 1);
  }
}

TEST_CASE("a handler's own error reaches its caller with status and text, and a 404 as an unknown method") {
  const auto error = [](const std::string& release, const std::string& status) {
    return run_text("dapr: \"" + release + "\"\nactors: {A: {m: [{fail: out of stock" + status +
                    "}]}}\nstart: [{call: A/1.m}]\n")
        .call("A/1.m")
        .error.value();
  };
  CHECK(error("1.14", "").message == "error invoke actor method: error from actor service: out of stock");
  CHECK(error("1.15", "").message == "error invoke actor method: error from actor service: (500) out of stock");
  CHECK(error("1.18", ", status: 409").message ==
        "error invoke actor method: error from actor service: (409) out of stock");
  CHECK(error("1.18", ", status: 404").message == "error invoke actor method: actor method not found");
  CHECK(error("1.18", "").code == "ERR_ACTOR_INVOKE_METHOD");
  CHECK(error("1.18", "").grpc == "INTERNAL");
}

TEST_CASE("a failure goes up the chain, wrapped once at each level") {
  const Ran ran = run_text(R"(
dapr: "1.18"
actors: {A: {m: [{call: B/1.m}]}, B: {m: [{call: C/1.m}]}, C: {m: [{fail: no}]}}
start: [{call: A/1.m}]
)");
  const std::string wrap = "error invoke actor method: error from actor service: (500) ";
  CHECK(ran.call("C/1.m").error->message == wrap + "no");
  CHECK(ran.call("A/1.m").error->message == wrap + wrap + wrap + "no");
  CHECK(ran.count(Outcome::failed) == 3);
}

TEST_CASE("a long text that goes up a chain is cut between characters") {
  std::string text;
  for (int i = 0; i < 1500; ++i) text += "é";
  for (const char* start : {"", "x"}) {
    const Ran ran = run_text(std::string("actors: {A: {m: [{call: B/1.k}]}, B: {k: [{fail: ") + start + text +
                             "}]}}\nstart: [{call: A/1.m}]\n");
    const std::string message = ran.call("A/1.m").error->message;
    const std::size_t cut = message.find(" …");
    REQUIRE(cut != std::string::npos);
    CHECK((static_cast<unsigned char>(message[cut - 1]) & 0xC0U) == 0x80U);  // the last byte of an é
  }
}

TEST_CASE("a handler that goes on after a failed call does not fail itself, yet the verdict tells of it") {
  const Ran ran = run_text(R"(
config: {entities: [A, B], reentrancy: {enabled: true, maxStackDepth: 1}}
actors:
  A:
    m:
      - {call: B/1.bad, on-error: continue}
      - {call: self.k, on-error: continue}
      - {call: C/1.c, on-error: continue}
      - {call: B/1.good}
    k: []
  B: {bad: [{fail: no}], good: []}
  C: {c: []}
start: [{call: A/1.m}]
)");
  CHECK(ran.call("A/1.m").completed);
  CHECK(ran.outcome("B/1.bad") == "failed");
  CHECK(ran.outcome("A/1.k") == "exceeded");
  CHECK(ran.outcome("C/1.c") == "not-hosted");
  CHECK(ran.outcome("B/1.good") == "entered");
  CHECK(ran.verdict() == "exceeded");
}

TEST_CASE("in a loop a handler goes on after each failure") {
  const Ran ran = run_text(R"(
actors:
  A: {m: [{repeat: 3, steps: [{call: B/1.bad, on-error: continue}]}, {call: B/1.good}]}
  B: {bad: [{fail: no}], good: []}
start: [{call: A/1.m}]
)");
  CHECK(ran.count(Outcome::failed) == 3);
  CHECK(ran.outcome("B/1.good") == "entered");
}

TEST_CASE("the worst thing gives the verdict") {
  const std::string leak = R"(
config: {reentrancy: {enabled: true, maxStackDepth: 1}}
actors: {A: {m: [{call: self.k}], k: []}, B: {m: [{call: self.k, header: drop}], k: []}, C: {m: [{fail: no}]}}
start:
)";
  CHECK(run_text(leak + "  - {call: C/1.m}\n").verdict() == "failed");
  CHECK(run_text(leak + "  - {call: C/1.m}\n  - {call: A/1.m}\n").verdict() == "exceeded");
  CHECK(run_text(leak + "  - {call: C/1.m}\n  - {call: A/1.m}\n  - {call: A/1.k, at: 1ms}\n").verdict() == "stranded");
  CHECK(run_text(leak + "  - {call: C/1.m}\n  - {call: A/1.m}\n  - {call: A/1.k, at: 1ms}\n  - {call: B/1.m}\n")
            .verdict() == "deadlock");
}

TEST_CASE("a scenario that goes well is ok, waiting and re-entering included") {
  CHECK(run_text("config: {reentrancy: {enabled: true}}\nchains: [A -> B -> A, A]\n").verdict() == "ok");
}

// ---- what was never reached -----------------------------------------------------------------------------------------

TEST_CASE("hops behind a refused one are skipped, with their labels") {
  const Ran ran = run_text("chains: [A -> A.again -> B]\n");
  CHECK(ran.skipped() == "B/1.m3");
}

TEST_CASE("methods that nobody could come to are not skipped") {
  const Ran ran = run_text(R"(
actors: {A: {m: [], other: [{call: B/1.k}]}, B: {k: []}}
start: [{call: A/1.m}]
)");
  CHECK(ran.skipped().empty());
}

TEST_CASE("a handler that caller cannot mean is not skipped") {
  const Ran ran = run_text(R"(
config: {reentrancy: {enabled: true}}
actors:
  Order: {place: [{call: Stock/1.reserve}], confirm: []}
  Stock: {reserve: [{call: caller.confirm}]}
  Invoice: {confirm: [{call: Mail/1.post}]}
  Mail: {post: []}
start: [{call: Order/1.place}]
)");
  CHECK(ran.skipped().empty());
}

TEST_CASE("what a skipped call would have called is skipped too") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{fail: no}, {call: B/1.k}]}, B: {k: [{call: C/1.k}]}, C: {k: []}}
start: [{call: A/1.m}]
)");
  CHECK(ran.skipped() == "B/1.k C/1.k");
}

TEST_CASE("a skipped step is named as the file names it") {
  const Ran ran = run_text(R"(
actors:
  A: {m: [{fail: no}, {repeat: 2, steps: [{call: B/$(i+1).k}, {call: B/$i.k}]}, {call: B/1.k, as: last}]}
  B: {k: []}
start: [{call: A/1.m}]
)");
  CHECK(ran.skipped() == "B/$(i+1).k B/$i.k last");
}

TEST_CASE("a skipped recurse is skipped by its label") {
  const Ran ran = run_text(R"(
actors: {A: {m: [{fail: no}, {recurse: 3, as: deep}]}}
start: [{call: A/1.m}]
)");
  CHECK(ran.skipped() == "deep");
}

}  // namespace
