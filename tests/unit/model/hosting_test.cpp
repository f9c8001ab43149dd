// What each release makes of Dapr's two documents.
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

struct Hosted {
  HostedType a, b;
  std::vector<Diagnostic> warnings;
};

// The types A and B under `config` (and more at the top), in `release`.
Hosted host(const std::string& release, const std::string& config, const std::string& more = "") {
  const Scenario scenario = load_text("dapr: \"" + release + "\"\nconfig: " + config + "\n" + more +
                                      "actors: {A: {m: []}, B: {m: []}}\nstart: [{call: A/1.m}]\n");
  const Program program = compile(scenario, "test.yaml");
  return {program.types.at(0).settings, program.types.at(1).settings, program.warnings};
}

std::string codes(const Hosted& hosted) {
  std::string text;
  for (const Diagnostic& warning : hosted.warnings) text += (text.empty() ? "" : " ") + std::string(warning.code);
  return text;
}

const std::string kGate = "configuration: {spec: {features: [{name: Actor.Reentrancy, enabled: true}]}}\n";
const std::string kGateOff = "configuration: {spec: {features: [{name: Actor.Reentrancy, enabled: false}]}}\n";
const std::string kOn = "{reentrancy: {enabled: true, maxStackDepth: 5}}";

TEST_CASE("defaults: reentrancy off, depth 32, an hour idle") {
  for (const char* release : {"1.2", "1.14", "1.15", "1.18", "docs"}) {
    INFO(release);
    const Hosted hosted = host(release, "{}");
    CHECK(hosted.a.hosted);
    CHECK_FALSE(hosted.a.lock.enabled);
    CHECK(hosted.a.lock.max_stack_depth == 32);
    CHECK(hosted.a.idle_timeout == 3600 * kSecond);
    CHECK(codes(hosted).empty());
  }
}

TEST_CASE("1.2 to 1.6 need the feature as well as the setting, and say so") {
  for (const char* release : {"1.2", "1.3", "1.6"}) {
    INFO(release);
    CHECK_FALSE(host(release, kOn).a.lock.enabled);
    CHECK(codes(host(release, kOn)) == "gate-closed");
    CHECK_FALSE(host(release, kOn, kGateOff).a.lock.enabled);
    CHECK(host(release, kOn, kGate).a.lock.enabled);
    CHECK(codes(host(release, kOn, kGate)).empty());
    CHECK_FALSE(host(release, "{}", kGate).a.lock.enabled);
    CHECK(host(release, kOn).a.lock.max_stack_depth == 5);  // stays in force behind a closed gate
  }
}

TEST_CASE("from 1.7 on the feature has no effect, and a warning says so") {
  for (const char* release : {"1.7", "1.14", "1.15", "1.18"}) {
    INFO(release);
    CHECK(host(release, kOn).a.lock.enabled);
    CHECK(codes(host(release, kOn)).empty());
    CHECK(host(release, kOn, kGateOff).a.lock.enabled);
    CHECK(codes(host(release, kOn, kGateOff)) == "gate-without-effect");
    CHECK_FALSE(host(release, "{}", kGate).a.lock.enabled);
  }
  CHECK(host("docs", kOn).a.lock.enabled);
}

TEST_CASE("a Configuration that says nothing of the feature is not warned about") {
  const std::string other = "configuration: {spec: {features: [{name: Resiliency, enabled: true}]}}\n";
  CHECK(codes(host("1.7", "{reentrancy: {enabled: true}}", other)).empty());
  CHECK(codes(host("1.6", "{reentrancy: {enabled: true}}", other)) == "gate-closed");
}

TEST_CASE("without entities every type is hosted, with it only those listed") {
  CHECK(host("1.18", "{}").b.hosted);
  CHECK(host("1.18", "{entities: [A]}").a.hosted);
  CHECK_FALSE(host("1.18", "{entities: [A]}").b.hosted);
  CHECK_FALSE(host("1.18", "{entities: []}").a.hosted);
}

TEST_CASE("an entry of entitiesConfig replaces the top level and inherits nothing") {
  const std::string config =
      "{actorIdleTimeout: 5m, reentrancy: {enabled: true, maxStackDepth: 5}, "
      "entitiesConfig: [{entities: [B]}]}";
  for (const char* release : {"1.7", "1.14", "1.15", "1.18", "docs"}) {
    INFO(release);
    const Hosted hosted = host(release, config);
    CHECK(hosted.a.lock.enabled);
    CHECK(hosted.a.idle_timeout == 300 * kSecond);
    CHECK_FALSE(hosted.b.lock.enabled);
    CHECK(hosted.b.lock.max_stack_depth == 32);
    CHECK(hosted.b.idle_timeout == 3600 * kSecond);
    CHECK(codes(hosted) == "reentrancy-lost");
  }
}

TEST_CASE("a drain setting that a release does not heed is told") {
  const std::string top = "{drainOngoingCallTimeout: 9s, drainRebalancedActors: true}";
  const std::string both = "setting-ignored setting-ignored";
  for (const char* release : {"1.2", "1.14", "1.17.0", "1.18", "docs"}) CHECK(codes(host(release, top)).empty());
  for (const char* release : {"1.15.0", "1.15", "1.16"}) CHECK(codes(host(release, top)) == both);
  const std::string own =
      "{entitiesConfig: [{entities: [B], drainOngoingCallTimeout: 9s, drainRebalancedActors: true}]}";
  for (const char* release : {"1.15", "1.16", "1.17.6"}) CHECK(codes(host(release, own)) == both);
  for (const char* release : {"1.7", "1.14", "1.17.7", "1.18"}) CHECK(codes(host(release, own)) == "setting-ignored");
  CHECK(codes(host("docs", own)).empty());
  CHECK(codes(host("1.16", "{drainOngoingCallTimeout: \"\"}")).empty());
}

TEST_CASE("an entry can switch reentrancy on and off, and its depth wins") {
  const Hosted on = host("1.18", "{entitiesConfig: [{entities: [B], reentrancy: {enabled: true, maxStackDepth: 7}}]}");
  CHECK_FALSE(on.a.lock.enabled);
  CHECK(on.b.lock.enabled);
  CHECK(on.b.lock.max_stack_depth == 7);
  const Hosted off =
      host("1.18", "{reentrancy: {enabled: true}, entitiesConfig: [{entities: [B], reentrancy: {enabled: false}}]}");
  CHECK(off.a.lock.enabled);
  CHECK_FALSE(off.b.lock.enabled);
  CHECK(codes(off).empty());
}

TEST_CASE("of two entries for one type the last one wins") {
  const Hosted hosted = host("1.18",
                             "{entitiesConfig: [{entities: [B], reentrancy: {enabled: true, maxStackDepth: 7}}, "
                             "{entities: [A, B], reentrancy: {enabled: true, maxStackDepth: 9}}]}");
  CHECK(hosted.b.lock.max_stack_depth == 9);
}

TEST_CASE("entitiesConfig exists from 1.7 on") {
  for (const char* release : {"1.2", "1.6"}) {
    INFO(release);
    const Hosted hosted =
        host(release, "{reentrancy: {enabled: true, maxStackDepth: 5}, entitiesConfig: [{entities: [B]}]}", kGate);
    CHECK(hosted.b.lock.enabled);
    CHECK(hosted.b.lock.max_stack_depth == 5);
    CHECK(codes(hosted) == "setting-ignored");
  }
}

TEST_CASE("an entry for a type that is not in entities is dropped with a warning and hosts nothing") {
  const Hosted hosted = host("1.18", "{entities: [A], entitiesConfig: [{entities: [B], reentrancy: {enabled: true}}]}");
  CHECK_FALSE(hosted.b.hosted);
  CHECK(codes(hosted) == "entity-not-hosted");
  CHECK(hosted.warnings.front().message.find("'B'") != std::string::npos);
}

TEST_CASE("up to 1.14 a misspelt duration is replaced by the default, from 1.15 on nothing is hosted") {
  for (const std::string key : {"actorIdleTimeout", "drainOngoingCallTimeout"}) {
    const std::string config = "{" + key + ": abc}";
    for (const char* release : {"1.2", "1.13", "1.14", "docs"}) {
      INFO(release << key);
      CHECK(host(release, config).a.hosted);
      CHECK(host(release, config).a.idle_timeout == 3600 * kSecond);
      CHECK(codes(host(release, config)) == "bad-duration-ignored");
    }
    for (const char* release : {"1.15.0", "1.15", "1.16", "1.17", "1.18"}) {
      INFO(release << key);
      CHECK_FALSE(host(release, config).a.hosted);
      CHECK_FALSE(host(release, config).b.hosted);
      CHECK(codes(host(release, config)) == "registration-fails");
    }
  }
}

TEST_CASE("a misspelt duration in entitiesConfig is replaced by the default in every release") {
  for (const char* release : {"1.7", "1.14", "1.15", "1.18"}) {
    INFO(release);
    const Hosted hosted = host(release, "{entitiesConfig: [{entities: [B], actorIdleTimeout: abc}]}");
    CHECK(hosted.b.hosted);
    CHECK(hosted.b.idle_timeout == 3600 * kSecond);
    CHECK(codes(hosted) == "bad-duration-ignored");
  }
}

TEST_CASE("a misspelt duration of an entry for several types is told once") {
  CHECK(codes(host("1.18", "{entitiesConfig: [{entities: [A, B], actorIdleTimeout: abc}]}")) == "bad-duration-ignored");
}

TEST_CASE("empty durations are missing ones, 0s and negative ones are accepted") {
  for (const char* release : {"1.14", "1.18"}) {
    INFO(release);
    CHECK(host(release, "{actorIdleTimeout: \"\"}").a.idle_timeout == 3600 * kSecond);
    CHECK(codes(host(release, "{actorIdleTimeout: \"\"}")).empty());
    CHECK(host(release, "{actorIdleTimeout: 0s}").a.idle_timeout == 0);
    CHECK(host(release, "{actorIdleTimeout: -5s}").a.idle_timeout == -5 * kSecond);
    CHECK(host(release, "{actorIdleTimeout: -5s}").a.hosted);
  }
}

TEST_CASE("the scan interval is read up to 1.13 and no later release cares how it is spelt") {
  CHECK(host("1.13", "{actorScanInterval: 5s}").a.scan_interval == 5 * kSecond);
  CHECK(codes(host("1.13", "{actorScanInterval: abc}")) == "bad-duration-ignored");
  CHECK(host("1.18", "{actorScanInterval: abc}").a.hosted);
}

TEST_CASE("the drain timeout is a minute by default, two seconds from 1.17 on") {
  CHECK(host("1.2", "{}").a.drain_timeout == 60 * kSecond);
  CHECK(host("1.16", "{}").a.drain_timeout == 60 * kSecond);
  CHECK(host("1.17", "{}").a.drain_timeout == 2 * kSecond);
  CHECK(host("1.18", "{drainOngoingCallTimeout: 9s}").a.drain_timeout == 9 * kSecond);
}

TEST_CASE("up to 1.14 the depth is cut to 32 bits") {
  const auto depth = [](const std::string& release, const std::string& given) {
    return host(release, "{reentrancy: {enabled: true, maxStackDepth: " + given + "}}", kGate).a.lock.max_stack_depth;
  };
  for (const char* release : {"1.2", "1.14"}) {
    INFO(release);
    CHECK(depth(release, "4294967296") == 0);
    CHECK(depth(release, "4294967301") == 5);
    CHECK(depth(release, "2147483648") == -2147483648LL);
    CHECK(depth(release, "2147483647") == 2147483647);
    CHECK(depth(release, "-1") == -1);
  }
  CHECK(depth("1.15", "4294967296") == 4294967296LL);
  CHECK(depth("1.18", "2147483648") == 2147483648LL);
}

// How many of 40 nested calls get in.
std::uint64_t entered(const std::string& release, const std::string& depth, bool enabled = true) {
  return run_text("dapr: \"" + release + "\"\n" + kGate +
                  "config: {reentrancy: {enabled: " + (enabled ? "true" : "false") + ", maxStackDepth: " + depth +
                  "}}\nactors: {A: {m: [{recurse: 40}]}}\nstart: [{call: A/1.m}]\n")
      .run.counts.entered;
}

TEST_CASE("a limit of 0 refuses everything up to 1.14, even with reentrancy off, and is 1 later") {
  for (const char* release : {"1.2", "1.6", "1.14"}) {
    INFO(release);
    CHECK(entered(release, "0") == 0);
    CHECK(entered(release, "0", false) == 0);
    CHECK(entered(release, "4294967296") == 0);
  }
  for (const char* release : {"1.15.0", "1.15", "1.16", "1.17", "1.18", "docs"}) {
    INFO(release);
    CHECK(entered(release, "0") == 1);
    CHECK(entered(release, "-5") == 1);
    CHECK(entered(release, "4294967296") == 40);
  }
}

TEST_CASE("a negative limit is none up to 1.14") {
  CHECK(entered("1.2", "-1") == 40);
  CHECK(entered("1.14", "-7") == 40);
  CHECK(entered("1.14", "2147483648") == 40);
}

TEST_CASE("with reentrancy off the limit of 1.15 and later is never used") {
  const auto blocked = [](const std::string& release) {
    return run_text("dapr: \"" + release + R"("
config: {reentrancy: {enabled: false, maxStackDepth: 1}}
actors: {A: {m: [{sleep: 1ms}]}}
start: [{call: A/1.m}, {call: A/1.m}, {call: A/1.m}]
)")
        .run.counts.blocked;
  };
  CHECK(blocked("1.14") == 0);
  CHECK(blocked("1.15") == 2);
  CHECK(blocked("1.18") == 2);
}

TEST_CASE("a type that says nothing about draining has the top level's timeout from 1.17.7 on") {
  const std::string config = "{entities: [A, B], drainOngoingCallTimeout: 3s, entitiesConfig: [{entities: [A]}]}";
  CHECK(host("1.14", config).a.drain_timeout == 60 * kSecond);
  CHECK(host("1.17.0", config).a.drain_timeout == 2 * kSecond);
  CHECK(host("1.17.6", config).a.drain_timeout == 2 * kSecond);
  CHECK(host("1.17.7", config).a.drain_timeout == 3 * kSecond);
  CHECK(host("1.18", config).a.drain_timeout == 3 * kSecond);
  const std::string bad =
      "{entities: [A], drainOngoingCallTimeout: 3s, entitiesConfig: [{entities: [A], drainOngoingCallTimeout: x}]}";
  CHECK(host("1.17.6", bad).a.drain_timeout == 2 * kSecond);
  CHECK(host("1.18", bad).a.drain_timeout == 3 * kSecond);
}

TEST_CASE("a drain as long as the dissemination timeout is cut to 0.8 of that from 1.17.7 on") {
  const auto drain = [](const std::string& release, const std::string& timeout) {
    return host(release, "{drainOngoingCallTimeout: " + timeout + "}").a.drain_timeout;
  };
  CHECK(drain("1.17.6", "60s") == 60 * kSecond);
  CHECK(drain("1.17.7", "4999ms") == 4999 * kMillisecond);
  CHECK(drain("1.17.7", "5s") == 4 * kSecond);
  CHECK(drain("1.18", "29s") == 29 * kSecond);
  CHECK(drain("1.18", "30s") == 24 * kSecond);
  CHECK(drain("1.18", "60s") == 24 * kSecond);
}

}  // namespace
