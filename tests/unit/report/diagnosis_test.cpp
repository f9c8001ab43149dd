// The reasons for each bad verdict, found in real runs.
#include "actorsim/report/diagnosis/diagnosis.h"

#include "unit/report/ran.h"

using namespace actorsim;
using actorsim::testing::Contains;

namespace {

std::string why(const std::string& text) { return joined(run_text(text).why); }
std::string fix(const std::string& text) { return joined(run_text(text).fix); }

const std::string kOn = "config: {reentrancy: {enabled: true}}\n";
const std::string kTwoDeep = "config: {reentrancy: {enabled: true, maxStackDepth: 2}}\n";

}  // namespace

// ---- deadlock: off ------------------------------------------------------------------------------------------------

TEST_CASE("a self-call with reentrancy off is explained by the default, and can be switched on or sent") {
  const CaseReport report = run_text("chains: [A -> A]");
  CHECK(report.headline == "A/1 waits for itself");
  CHECK(report.why.front() ==
        "reentrancy is off (the default), so a second call to A/1 waits for the first, which waits for it.");
  CHECK_THAT(report.why.back(), Contains("no timeout"));
  CHECK(report.fix.at(0) ==
        "enable reentrancy for A (config: {reentrancy: {enabled: true}}) and hand Dapr-Reentrancy-Id on");
  CHECK(report.fix.at(1) == "send instead of call: A ~> A");
}

TEST_CASE("a call back down the chain names the actors between") {
  const CaseReport report = run_text("chains: [A -> B -> C -> A]");
  CHECK(report.headline == "A/1 waits for itself, through B/1 and C/1");
  CHECK(report.fix.at(1) == "send instead of call: C ~> A");
}

TEST_CASE("reentrancy that somebody switched off is not called a default") {
  CHECK_THAT(why("config: {reentrancy: {enabled: false}}\nchains: [A -> A]"), Contains("reentrancy is off, so"));
}

TEST_CASE("a closed gate is named, with the release that opens it") {
  const std::string text = "dapr: \"1.6\"\n" + kOn + "chains: [A -> A]";
  CHECK_THAT(why(text), Contains("Dapr 1.6 lets it through only with the feature Actor.Reentrancy"));
  CHECK_THAT(fix(text), Contains("name: Actor.Reentrancy, enabled: true"));
  CHECK_THAT(fix(text), Contains("upgrade to Dapr 1.7 or later"));
}

TEST_CASE("a type whose entry does not inherit is told apart from one that is off") {
  const std::string text =
      "config: {reentrancy: {enabled: true}, entitiesConfig: [{entities: [A], actorIdleTimeout: 1h}]}\nchains: [A -> "
      "A]";
  CHECK_THAT(why(text), Contains("on, but not for A: its entry of entitiesConfig replaces the top level"));
  CHECK_THAT(fix(text), Contains("repeat reentrancy: {enabled: true} in the entitiesConfig entry of A"));
}

TEST_CASE("an entry that switches reentrancy off says so itself and is not blamed for inheriting") {
  const std::string text =
      "config: {reentrancy: {enabled: true}, entitiesConfig: [{entities: [A], reentrancy: {enabled: false}}]}\nchains: "
      "[A -> A]";
  CHECK_THAT(why(text), Contains("its entry of entitiesConfig switches it off"));
}

TEST_CASE("two branches of one chain that cross each other are no self-call") {
  const CaseReport report = run_text(R"(
actors:
  A:
    work:
      - parallel:
          - call: B/1.then-c
          - call: C/1.then-b
  B:
    then-c: [{sleep: 1ms}, {call: C/1.end}]
    end: []
  C:
    then-b: [{sleep: 1ms}, {call: B/1.end}]
    end: []
start: [{call: A/1.work}])");
  CHECK(report.run->verdict == Verdict::deadlock);
  CHECK_THAT(report.headline, Contains("two branches of one chain wait for each other"));
  CHECK_THAT(joined(report.why), Contains("counts for nothing"));
}

// ---- deadlock: the id is lost -------------------------------------------------------------------------------------

TEST_CASE("a header dropped by a chain's link is named with the link") {
  const std::string text = kOn + "chains: [A -> B -/> A]";
  CHECK_THAT(why(text), Contains("without the reentrancy id of its chain (r1): B -/> A does not hand it on"));
  CHECK_THAT(fix(text), Contains("hand it on: B -> A"));
}

TEST_CASE("a header dropped far above is found there, not where the call got stuck") {
  CHECK_THAT(why(kOn + "chains: [A -/> B -> C -> A]"), Contains("A -/> B does not hand it on"));
}

TEST_CASE("a header dropped by a step is named with its place") {
  const std::string text =
      kOn + "actors:\n  A:\n    work:\n      - {call: self.end, header: drop}\n    end: []\nstart: [{call: A/1.work}]";
  CHECK_THAT(why(text), Contains("header: drop at test.yaml:6:9"));
  CHECK_THAT(fix(text), Contains("header: keep"));
}

TEST_CASE("a new id and an id of its own are told apart from a dropped header") {
  const std::string head = kOn + "actors:\n  A:\n    work:\n      - {call: self.end, header: ";
  const std::string tail = "}\n    end: []\nstart: [{call: A/1.work}]";
  CHECK_THAT(why(head + "new" + tail), Contains("gets a new id"));
  CHECK_THAT(why(head + "{id: mine}" + tail), Contains("carries an id of its own"));
}

TEST_CASE("an SDK that does not copy the header is named") {
  const std::string text =
      kOn + "actors:\n  A:\n    sdk: js\n    work: [{call: self.end}]\n    end: []\nstart: [{call: A/1.work}]";
  CHECK_THAT(why(text), Contains("A is written with the SDK js"));
  CHECK_THAT(fix(text), Contains("dotnet, python, php"));
}

// ---- deadlock: timers and reminders ---------------------------------------------------------------------------------

TEST_CASE("a reminder that is shown no id is told so, release by release, and not to hand one on") {
  const auto reminder = [](const std::string& release) {
    return run_text("dapr: \"" + release + "\"\n" + kOn +
                    "actors: {A: {tick: [{call: self.more}], more: []}}\nstart: [{reminder: A/1.tick}]");
  };
  CHECK(reminder("1.18").why.front() ==
        "reentrancy is on, but call 1 is a reminder, and in Dapr 1.18 the handler of a reminder is not shown the id of "
        "its chain: it has none to hand on, so call 2 comes to A/1 as a stranger.");
  CHECK_THAT(reminder("1.16").why.front(), Contains("in Dapr 1.16 a reminder comes without an id"));
  CHECK(reminder("1.18").fix.front() == "no setting helps: do not call A from its own reminder");
  CHECK(reminder("1.18").fix.at(1) == "send instead of call: A ~> A");
  CHECK(reminder("1.17").why.empty());
}

TEST_CASE("a timer that comes back over another actor is told the same") {
  const CaseReport report = run_text("dapr: \"1.18\"\n" + kOn +
                                     "actors: {A: {tick: [{call: B/1.ask}], more: []}, B: {ask: [{call: A/1.more}]}}\n"
                                     "start: [{timer: A/1.tick}]");
  CHECK(report.headline == "A/1 waits for itself, through B/1");
  CHECK_THAT(report.why.front(), Contains("call 1 is a timer"));
}

TEST_CASE("a header dropped below a reminder is found there, although the reminder is shown none") {
  const CaseReport report =
      run_text("dapr: \"1.18\"\n" + kOn +
               "actors: {A: {tick: [{call: B/1.ask}]}, B: {ask: [{call: C/1.ask, header: drop}], more: []}, C: {ask: "
               "[{call: B/1.more}]}}\nstart: [{reminder: A/1.tick}]");
  CHECK_THAT(report.why.front(), Contains("header: drop"));
}

TEST_CASE("the .NET SDK is named where it drops the header of a callback") {
  const std::string text = "dapr: \"1.17\"\n" + kOn +
                           "actors: {A: {sdk: dotnet, tick: [{call: self.more}], more: []}}\n"
                           "start: [{reminder: A/1.tick}]";
  CHECK_THAT(why(text), Contains("the SDK dotnet does not copy Dapr-Reentrancy-Id into the calls of a reminder"));
  CHECK_THAT(fix(text), Contains("copy the header by hand in A (header: keep)"));
}

// ---- deadlock: several chains -------------------------------------------------------------------------------------

TEST_CASE("crossing chains are told who holds what, and that reentrancy does not help") {
  const CaseReport report = run_text(kOn + "chains: [A -> B, B -> A]");
  CHECK(report.headline == "two chains wait for each other: B/1, A/1");
  CHECK_THAT(
      joined(report.why),
      Contains("the chain of call 1 holds A/1 and waits for B/1; the chain of call 2 holds B/1 and waits for A/1."));
  CHECK_THAT(joined(report.why), Contains("r1 and r2 are two chains"));
  CHECK_THAT(report.fix.front(), Contains("A/1 before B/1"));
  CHECK_THAT(why("chains: [A -> B, B -> A]"), Contains("reentrancy would not help"));
}

TEST_CASE("three chains in a circle are counted") {
  CHECK(run_text("chains: [A -> B, B -> C, C -> A]").headline == "3 chains wait for each other: B/1, C/1, A/1");
}

TEST_CASE("bystanders of a deadlock are mentioned") {
  CHECK_THAT(why("chains: [A -> A, A]"), Contains("1 other call is stranded behind it"));
}

TEST_CASE("how long it lasts depends on the release") {
  CHECK_THAT(why("dapr: \"1.13\"\nchains: [A -> A]"), Contains("stay locked even if the client goes away"));
  CHECK_THAT(why("dapr: \"1.14\"\nchains: [A -> A]"), Contains("until a client gives up."));
  CHECK_THAT(why("config: {actorIdleTimeout: 5m}\nchains: [A -> A]"),
             Contains("idle deadline cuts them off (here after 5m)"));
}

// ---- refusals -----------------------------------------------------------------------------------------------------

TEST_CASE("a call beyond the limit says which number it would have been, and what it leaves behind") {
  const CaseReport report = run_text(kTwoDeep + "chains: [A x3]");
  CHECK(report.headline == "A/1 refused the 3rd call of one chain");
  CHECK_THAT(report.why.at(0),
             Contains("at most 2 calls of one chain at a time (maxStackDepth: 2, the first one counted)"));
  CHECK_THAT(report.why.at(1), Contains("stays locked for every other chain"));
  CHECK_THAT(report.fix.at(0), Contains("maxStackDepth: 4"));
}

TEST_CASE("where a refusal leaves nothing behind nobody is warned") {
  for (const char* release : {"\"1.14\"", "docs"}) {
    CHECK(run_text("dapr: " + std::string(release) + "\n" + kTwoDeep + "chains: [A x3]").why.size() == 1);
  }
}

TEST_CASE("attempts of 1.15 are told") {
  CHECK_THAT(why("dapr: \"1.15\"\n" + kTwoDeep + "chains: [A x3]"), Contains("6 attempts over 5s"));
}

TEST_CASE("a stranger refused at full depth learns that it should have waited") {
  const std::string text = R"(dapr: "1.14"
config: {reentrancy: {enabled: true, maxStackDepth: 1}}
actors: {A: {work: [{sleep: 10ms}]}}
start: [{call: A/1.work}, {call: A/1.work}])";
  const CaseReport report = run_text(text);
  CHECK(report.headline == "A/1 was full and refused a call of another chain");
  CHECK_THAT(joined(report.why), Contains("is refused where it should have waited"));
  CHECK_THAT(report.fix.front(), Contains("upgrade to Dapr 1.15"));
}

TEST_CASE("a limit of 0 up to 1.14 is the whole reason") {
  CHECK_THAT(why("dapr: \"1.14\"\nconfig: {reentrancy: {enabled: true, maxStackDepth: 0}}\nchains: [A]"),
             Contains("refuses every call"));
}

TEST_CASE("who waits behind a leaked entry learns of the defect, the id that still gets in, and the end of it") {
  const CaseReport report = run_text(kTwoDeep + R"(
actors: {A: {dive: [{recurse: 3}], visit: []}}
start:
  - {call: A/1.dive, as: dive, header: diver}
  - {call: A/1.visit, after: dive})");
  CHECK(report.run->verdict == Verdict::stranded);
  CHECK(report.headline == "call 4 waits for A/1, whose lock nobody will release");
  CHECK_THAT(joined(report.why), Contains("still counts call 3, which it refused"));
  CHECK_THAT(joined(report.why), Contains("the depth leak"));
  CHECK_THAT(joined(report.why), Contains("the id diver still get in"));
  CHECK_THAT(joined(report.why), Contains("deactivation of A/1"));
}

// ---- failures -----------------------------------------------------------------------------------------------------

TEST_CASE("of a chain that failed the call that began it is named") {
  const CaseReport report = run_text(R"(
actors:
  A: {work: [{call: B/1.work}]}
  B: {work: [{fail: out of stock}]}
start: [{call: A/1.work}])");
  CHECK(report.headline == "call 2 (B/1.work) answered with an error");
  CHECK_THAT(report.why.front(), Contains("out of stock"));
  CHECK_THAT(joined(report.why), Contains("failed with it"));
}

TEST_CASE("a type that nobody hosts is looked for in entities") {
  const CaseReport report = run_text("config: {entities: [A]}\nchains: [A -> B]");
  CHECK(report.headline == "nobody hosts B");
  CHECK(report.fix.front() == "add B to entities");
}

TEST_CASE("a registration that fails is the reason why nobody hosts anything") {
  CHECK_THAT(why("config: {actorIdleTimeout: 1hour}\nchains: [A]"), Contains("1hour"));
}

TEST_CASE("where the calls that would explain it were not recorded, that is said") {
  const CaseReport report =
      run_text("config: {reentrancy: {enabled: true, maxStackDepth: 20_000}}\nchains: [A x20001]");
  CHECK(report.run->verdict == Verdict::exceeded);
  CHECK_FALSE(report.headline.empty());
  CHECK_THAT(joined(report.why), Contains("not among the first 10000"));
}

// ---- ok, and settings ---------------------------------------------------------------------------------------------

TEST_CASE("what went well has a headline and nothing to explain") {
  const CaseReport report = run_text(kOn + "chains: [A -> B -> A]");
  CHECK(report.headline == "all 3 calls were answered, 1 of them re-entered");
  CHECK(report.why.empty());
  CHECK(report.fix.empty());
  CHECK(run_text("chains: [A]").headline == "the call was answered");
}

TEST_CASE("the setting in a few words") {
  CHECK(run_text("chains: [A]").setting == "reentrancy off");
  CHECK(run_text(kOn + "chains: [A]").setting == "reentrancy on");
  CHECK(
      run_text("config: {entitiesConfig: [{entities: [A], reentrancy: {enabled: true}}]}\nchains: [A -> B]").setting ==
      "reentrancy on for A, off for B");
}

TEST_CASE("every bad verdict that can be had has a headline, a reason and a remedy") {
  for (const std::string& text : {std::string("chains: [A -> A]"), kOn + "chains: [A -> B, B -> A]",
                                  kTwoDeep + "chains: [A x3]", std::string("config: {entities: [A]}\nchains: [A -> B]"),
                                  std::string("actors: {A: {m: [{fail: no}]}}\nstart: [{call: A/1.m}]")}) {
    const CaseReport report = run_text(text);
    INFO(text);
    CHECK(report.run->verdict != Verdict::ok);
    CHECK_FALSE(report.headline.empty());
    CHECK_FALSE(report.why.empty());
    CHECK_FALSE(report.fix.empty());
  }
}
