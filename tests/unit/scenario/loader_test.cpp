// From text to typed scenarios.
#include "actorsim/scenario/loader.h"

#include "support/catch.h"

using namespace actorsim;

namespace {

ScenarioFile load(const std::string& text, const LoadOptions& options = {}) {
  const Source source{"shop/orders.yaml", text};
  auto file = load_scenario_file(source, options);
  if (!file) FAIL(render(file.error(), &source));
  return std::move(*file);
}

Scenario load_one(const std::string& text, const LoadOptions& options = {}) {
  auto scenario = load(text, options).load_case(0);
  REQUIRE(scenario.has_value());
  return std::move(*scenario);
}

std::string problems(const std::string& text, const LoadOptions& options = {}) {
  const auto file = load_scenario_file({"f", text}, options);
  return file ? "none" : render(file.error(), nullptr, DiagnosticStyle::one_line);
}

const Steps& steps_of(const Scenario& scenario) { return scenario.actors.at(0).methods.at(0).steps; }

constexpr const char* kHead = "actorsim: 1\nchains: [A]\n";

}  // namespace

TEST_CASE("a scenario without a name is called after its file") {
  CHECK(load_one("actorsim: 1\nchains: [A]").name == "orders");
  CHECK(load_one("actorsim: 1\nname: two words\nchains: [A]").name == "two words");
}

TEST_CASE("what is left out has its default") {
  const Scenario scenario = load_one(kHead);
  CHECK(scenario.dapr == kNewestRelease);
  CHECK_FALSE(scenario.config.entities.has_value());
  CHECK_FALSE(scenario.config.settings.reentrancy.has_value());
  CHECK_FALSE(scenario.configuration.has_value());
  CHECK(scenario.limits.calls == 100'000'000);
  CHECK(scenario.expect.implied);
  CHECK(scenario.expect.verdict->value == Verdict::ok);
}

TEST_CASE("a release is a text, also where YAML would see a number") {
  CHECK(load_one(std::string(kHead) + "dapr: 1.10").dapr == Release{10, 10, false});
  CHECK(load_one(std::string(kHead) + "dapr: \"1.15.3\"").dapr == Release{15, 3, false});
  CHECK(load_one(std::string(kHead) + "dapr: docs").dapr == kDocs);
}

TEST_CASE("Dapr's settings are read as they are written") {
  const DaprConfig config = load_one(std::string(kHead) + R"(
config:
  entities: [A]
  actorIdleTimeout: bad
  drainRebalancedActors: true
  reentrancy: {enabled: true, maxStackDepth: -1}
  remindersStoragePartitions: 7
  entitiesConfig:
    - {entities: [A, B], actorIdleTimeout: 5s, reentrancy: {enabled: false}}
)")
                                .config;
  CHECK(config.entities == std::vector<std::string>{"A"});
  CHECK(config.settings.actor_idle_timeout == "bad");
  CHECK(config.settings.drain_rebalanced_actors == true);
  CHECK(config.settings.reentrancy->enabled == true);
  CHECK(config.settings.reentrancy->max_stack_depth == -1);
  CHECK(config.settings.reminders_storage_partitions == 7);
  REQUIRE(config.entities_config.size() == 1);
  CHECK(config.entities_config[0].entities == std::vector<std::string>{"A", "B"});
  CHECK(config.entities_config[0].settings.reentrancy->enabled == false);
  CHECK_FALSE(config.entities_config[0].settings.reentrancy->max_stack_depth.has_value());
}

TEST_CASE("null in Dapr's settings is as good as missing") {
  const DaprConfig config =
      load_one(std::string(kHead) +
               "config: {entities: null, actorIdleTimeout: null, reentrancy: {maxStackDepth: null}}")
          .config;
  CHECK_FALSE(config.entities.has_value());
  CHECK_FALSE(config.settings.actor_idle_timeout.has_value());
  CHECK_FALSE(config.settings.reentrancy->max_stack_depth.has_value());
}

TEST_CASE("of a Configuration resource the reentrancy feature is read") {
  const auto enabled = [](const std::string& features) {
    return load_one(std::string(kHead) +
                    "configuration: {kind: Configuration, spec: {tracing: {x: [1]}, features: " + features + "}}")
        .configuration->actor_reentrancy;
  };
  CHECK(enabled("[{name: Actor.Reentrancy, enabled: true}]") == true);
  CHECK(enabled("[{name: Actor.Reentrancy, enabled: false}]") == false);
  CHECK(enabled("[{name: Other, enabled: true}]") == std::nullopt);
}

TEST_CASE("every kind of step becomes itself") {
  const Scenario scenario = load_one(R"(
actorsim: 1
actors:
  A:
    m:
      - call: B/7.n
        header: drop
        as: first
      - send: self.m
        header: {id: ""}
      - parallel:
          - {call: caller.m, header: keep}
          - steps: [{sleep: 2ms}, {fail: sold out, status: 404}]
        join: any
      - repeat: 3
        steps: [{call: B/$i.n, as: call $i}]
      - {recurse: 5, header: new}
      - reply
      - reply:
    sdk: java
  B: {n: []}
start: [{call: A.m, header: "", at: 5ms}]
)");
  const Steps& steps = steps_of(scenario);
  REQUIRE(steps.size() == 7);
  const auto& call = std::get<CallStep>(steps[0].action);
  CHECK(call.target.type == "B");
  CHECK(call.target.id.constant() == "7");
  CHECK(call.target.method == "n");
  CHECK(call.options.header.kind == HeaderRule::Kind::drop);
  CHECK(call.options.label->constant() == "first");
  const auto& send = std::get<CallStep>(steps[1].action);
  CHECK(send.one_way);
  CHECK(send.target.kind == Target::Kind::self);
  CHECK(send.options.header.kind == HeaderRule::Kind::literal);
  CHECK(send.options.header.id->constant().empty());
  const auto& parallel = std::get<ParallelStep>(steps[2].action);
  CHECK(parallel.join == ParallelStep::Join::any);
  REQUIRE(parallel.branches.size() == 2);
  CHECK(std::get<CallStep>(parallel.branches[0][0].action).options.header.kind == HeaderRule::Kind::keep);
  CHECK(std::get<SleepStep>(parallel.branches[1][0].action).duration == 2 * kMillisecond);
  CHECK(std::get<FailStep>(parallel.branches[1][1].action).status == 404);
  const auto& repeat = std::get<RepeatStep>(steps[3].action);
  CHECK(repeat.times.constant() == 3);
  CHECK_FALSE(std::get<CallStep>(repeat.steps[0].action).target.id.is_constant());
  const auto& recurse = std::get<RecurseStep>(steps[4].action);
  CHECK(recurse.depth.constant() == 5);
  CHECK(recurse.options.header.kind == HeaderRule::Kind::fresh);
  CHECK(std::holds_alternative<ReplyStep>(steps[5].action));
  CHECK(std::holds_alternative<ReplyStep>(steps[6].action));
  CHECK(scenario.actors[0].sdk == Sdk::java);
  CHECK(scenario.start[0].at == 5 * kMillisecond);
  CHECK(scenario.start[0].options.header.kind == HeaderRule::Kind::literal);
  CHECK(steps[0].span == Span{6, 9, 1});
}

TEST_CASE("at the start any text is an id, also the words that mean something in steps") {
  const Scenario scenario = load_one("actorsim: 1\nactors: {A: {m: []}}\nstart: [{call: A, header: keep}, {call: A}]");
  CHECK(scenario.start[0].options.header.id->constant() == "keep");
  CHECK(scenario.start[1].options.header.kind == HeaderRule::Kind::by_sdk);
}

TEST_CASE("every expectation of the plain run is read") {
  const Expectations expect = load_one(R"(
actorsim: 1
chains: [A -> B -> A]
expect:
  verdict: deadlock
  calls:
    A/1.m1: entered
    A/1.m3#2: {outcome: deadlocked, depth: ">= 1", waited: 9ms, entered-at: 10ms, ended-at: 20ms, completed: false}
  counts: {calls: 3, exceeded: "!= 1", re-entered: 0}
  order: [A/1.m1, [B/1.m2, A/1.m3]]
  deadlock: {cycle: [A, B/1]}
  overlap: {actor: A/1, calls: [A/1.m1]}
  header: {A/1.m1: present, B/1.m2: absent, A/1.m3: order-42, A/1.m1#1: {same-as: B/1.m2}}
)")
                                  .expect;
  CHECK_FALSE(expect.implied);
  CHECK(expect.verdict->value == Verdict::deadlock);
  CHECK(expect.verdict->span == Span{5, 12, 8});
  REQUIRE(expect.calls.size() == 2);
  CHECK(expect.calls[0].outcome == Outcome::entered);
  CHECK(expect.calls[1].key.label == "A/1.m3");
  CHECK(expect.calls[1].key.index == 2U);
  CHECK(expect.calls[1].depth->op == Comparison::Operator::greater_equal);
  CHECK(expect.calls[1].waited == 9 * kMillisecond);
  CHECK(expect.calls[1].completed == false);
  REQUIRE(expect.counts.size() == 3);
  CHECK(expect.counts[2].key == CountKey::re_entered);
  CHECK(to_word(expect.counts[2].key) == "re-entered");
  CHECK(expect.order->value[1].size() == 2);
  CHECK(*expect.deadlock->cycle == std::vector<std::string>{"A/1", "B/1"});
  CHECK(expect.overlap->actor == "A/1");
  REQUIRE(expect.headers.size() == 4);
  CHECK(expect.headers[0].kind == HeaderExpectation::Kind::present);
  CHECK(expect.headers[1].kind == HeaderExpectation::Kind::absent);
  CHECK(expect.headers[2].kind == HeaderExpectation::Kind::literal);
  CHECK(expect.headers[3].kind == HeaderExpectation::Kind::same_as);
}

TEST_CASE("a deadlock and an overlap can be expected not to be") {
  const Expectations expect = load_one(std::string(kHead) + "expect: {deadlock: none, overlap: none}").expect;
  CHECK(expect.deadlock->none);
  CHECK(expect.overlap->none);
  CHECK_FALSE(expect.verdict.has_value());
}

TEST_CASE("labels are brought into their full form") {
  const Scenario scenario = load_one(R"(
actorsim: 1
actors:
  Order: {place: [{call: Stock, as: Stock}]}
  Stock: {reserve: []}
start:
  - {call: Order}
  - {call: Order/2, after: Order.place}
expect:
  calls: {Order: entered, Stock: entered}
  order: [Order#1, Order/2]
  header: {Order: {same-as: Order/2#1}}
)");
  CHECK(*scenario.start[1].after == "Order/1.place");
  CHECK(scenario.expect.calls[0].key.label == "Order/1.place");
  CHECK(scenario.expect.calls[1].key.label == "Stock");  // an `as` goes before a target that looks the same
  CHECK(to_string(scenario.expect.order->value[0][0]) == "Order/1.place#1");
  CHECK(scenario.expect.headers[0].text == "Order/2.place#1");
}

TEST_CASE("an entry goes over what stands at the top") {
  const ScenarioFile file = load(R"(
actorsim: 1
name: base
tags: [a]
config: {reentrancy: {enabled: true, maxStackDepth: 8}, actorIdleTimeout: 5m}
actors: {A: {m: []}}
start: [{call: A}]
expect: {verdict: ok}
scenarios:
  - name: first
    config: {reentrancy: {maxStackDepth: 4}}
    actors: {B: {m: []}}
    start: [{call: B}]
  - tags: [b, c]
    dapr: "1.14"
    expect: {verdict: failed}
)");
  REQUIRE(file.case_count() == 2);
  const auto first = file.load_case(0);
  CHECK(first->name == "first");
  CHECK(first->tags == std::vector<std::string>{"a"});
  CHECK(first->config.settings.reentrancy->enabled == true);
  CHECK(first->config.settings.reentrancy->max_stack_depth == 4);
  CHECK(first->config.settings.actor_idle_timeout == "5m");
  CHECK(first->actors.size() == 2);
  REQUIRE(first->start.size() == 1);
  CHECK(first->start[0].target.type == "B");
  CHECK(first->expect.verdict->value == Verdict::ok);
  const auto second = file.load_case(1);
  CHECK(second->name == "base #2");
  CHECK(second->tags.size() == 2);
  CHECK(second->dapr == Release{14, 5, false});
  CHECK(second->actors.size() == 1);
  CHECK(second->expect.verdict->value == Verdict::failed);
}

TEST_CASE("releases that are asked for replace the file's own, each a case") {
  LoadOptions options;
  options.releases = parse_releases("1.14, docs,1.14").value();
  const ScenarioFile file = load("actorsim: 1\ndapr: \"1.2\"\nchains: [A]\nscenarios: [{name: a}, {name: b}]", options);
  REQUIRE(file.case_count() == 4);
  CHECK(file.load_case(0)->dapr == Release{14, 5, false});
  CHECK(file.load_case(1)->dapr == kDocs);
  CHECK(file.load_case(1)->name == "a");
  CHECK(file.load_case(3)->axes == std::vector<std::pair<std::string, std::string>>{{"dapr", "docs"}});
  options.releases.pop_back();
  CHECK(load(kHead, options).load_case(0)->axes.empty());
}

TEST_CASE("overrides set what a config path names") {
  LoadOptions options;
  options.overrides = {{"reentrancy.enabled", "true"}, {"reentrancy.maxStackDepth", "3"}, {"actorIdleTimeout", "9s"}};
  const Scenario scenario = load_one(std::string(kHead) + "config: {reentrancy: {enabled: false}}", options);
  CHECK(scenario.config.settings.reentrancy->enabled == true);
  CHECK(scenario.config.settings.reentrancy->max_stack_depth == 3);
  CHECK(scenario.config.settings.actor_idle_timeout == "9s");
}

TEST_CASE("a bad override is told by itself") {
  CHECK(problems(kHead, {{{"reentrancy.enable", "true"}}, {}, {}}) ==
        "--set reentrancy.enable=true: error: there is nothing named 'reentrancy.enable' to set (did you mean "
        "'reentrancy.enabled'?)\n");
  CHECK(problems(kHead, {{{"reentrancy.enabled", "yes"}}, {}, {}}) ==
        "--set reentrancy.enabled=yes: error: 'yes' is neither true nor false\n");
  CHECK(problems(kHead, {{{"dapr", "1.14"}}, {}, {}}).find("the release is set with --dapr") != std::string::npos);
  CHECK(parse_override("a=b=c")->value == "b=c");
  CHECK_FALSE(parse_override("reentrancy.enabled").has_value());
  CHECK_FALSE(parse_override("=true").has_value());
  CHECK(render(parse_releases("1.14,1.99").error(), nullptr, DiagnosticStyle::one_line) ==
        "--dapr: error: unknown Dapr release '1.99' (known: 1.2 to 1.18, their patches, and docs)\n");
}

TEST_CASE("an override reaches a scenario that was made without a file") {
  Scenario scenario;
  CHECK(apply_override(scenario, {"reentrancy.enabled", "true"}).has_value());
  CHECK(scenario.config.settings.reentrancy->enabled == true);
  CHECK_FALSE(apply_override(scenario, {"depth", "3"}).has_value());
}

TEST_CASE("one error does not cause others") {
  CHECK(problems("actorsim: 1\nchains: [A =>  B]\nactors: {C: {m: [{call: B/1.x}]}}\nstart: [{call: C}]\nexpect: "
                 "{calls: {A/1.m1: entered}}") ==
        "f:2:12: error: unknown operator '=>' in a chain (hops are joined by '->' (call), '~>' (send) or '-/>' (call "
        "without the header))\n");
  CHECK(problems("actorsim: 1\nstart: [{call: 1A}]\nexpect: {calls: {x: entered}}").find("nothing starts") ==
        std::string::npos);
}

TEST_CASE("labels that only a run can know are left to the run") {
  CHECK(problems(R"(
actorsim: 1
actors:
  A:
    m:
      - repeat: 3
        steps: [{call: B/$i.n}, {call: B/9.n, as: "no $i"}]
  B: {n: [{call: caller.back}, {call: self.again}], again: []}
  C: {back: []}
start: [{call: A.m}]
expect:
  calls: {B/2.n: entered, no 1: blocked, C/7.back: entered, B/5.again: entered}
)") == "none");
  CHECK(problems("actorsim: 1\nactors: {A: {m: [{repeat: 2, steps: [{call: B/$i.n}]}]}, B: {n: []}}\nstart: [{call: "
                 "A}]\nexpect: {calls: {C/1.n: entered}}") ==
        "f:4:18: error: no call is labelled 'C/1.n' (known: A/1.m)\n");
}

TEST_CASE("a type of somebody else has any method") {
  CHECK(problems("actorsim: 1\nactors: {A: {m: [{call: External/1.x}]}, External: {}}\nstart: [{call: A}]") == "none");
}

TEST_CASE("a scenario can be written as JSON") {
  const Scenario scenario = load_one(R"({
  "actorsim": 1, "dapr": "1.18", "config": {"reentrancy": {"enabled": true, "maxStackDepth": 3}},
  "actors": {"A": {"m": [{"sleep": "5ms"}, "reply", {"reply": null}, {"repeat": 2, "steps": []}]}},
  "start": [{"call": "A/1.m", "at": "1ms", "header": ""}],
  "expect": {"verdict": "ok", "counts": {"calls": 1, "entered": ">= 1"}, "header": {"A/1.m": "present"},
             "calls": {"A/1.m": {"outcome": "entered", "completed": true, "depth": 1}}}
})");
  CHECK(steps_of(scenario).size() == 4);
  CHECK(scenario.config.settings.reentrancy->max_stack_depth == 3);
  CHECK(scenario.expect.headers[0].kind == HeaderExpectation::Kind::present);
}

TEST_CASE("a count can be an expression") {
  const Scenario scenario = load_one(R"(
actorsim: 1
actors: {A: {m: [{repeat: 4, steps: [{repeat: $(i % 3), steps: [{recurse: $i}]}]}]}}
start: [{call: A}]
)");
  const auto& outer = std::get<RepeatStep>(steps_of(scenario)[0].action);
  const auto& inner = std::get<RepeatStep>(outer.steps[0].action);
  const std::int64_t i = 5;
  CHECK(evaluate(inner.times, &i).value == 2);
  CHECK(evaluate(std::get<RecurseStep>(inner.steps[0].action).depth, &i).value == 5);
}

TEST_CASE("a warning is no error and is told") {
  const ScenarioFile file = load("actorsim: 1\nchains: [Order -> Stock]\nconfig: {entities: [Ordr, Stock]}");
  CHECK(file.warnings().warning_count() == 1);
  CHECK(file.case_count() == 1);
}

TEST_CASE("a scenario file is told from other files by its lines") {
  CHECK(looks_like_scenario("actorsim: 1\n"));
  CHECK(looks_like_scenario("# words\n---\nactorsim : 1\n"));
  CHECK(
      looks_like_scenario("\xEF\xBB\xBF"
                          "actorsim: 1"));
  CHECK(looks_like_scenario("name: [\nactorsim: 1\n"));  // broken, but meant to be one
  CHECK(looks_like_scenario("{\"actorsim\": 1}"));
  CHECK(looks_like_scenario("{\n  \"name\": \"x\",\n  \"actorsim\": 1\n}"));
  CHECK(looks_like_scenario("\"actorsim\": 1"));
  CHECK(looks_like_scenario("{\"name\": \"a, {b\", \"x\": [{}], \"actorsim\" : 1}"));
  CHECK(looks_like_scenario("{actorsim: 1}"));
  CHECK_FALSE(looks_like_scenario("{\"spec\": {\"actorsim\": 1}}"));
  CHECK(looks_like_scenario("{\"actorsim\": \"1\"}"));                           // to be told so
  CHECK_FALSE(looks_like_scenario("{\"schema\": 1, \"actorsim\": \"0.1.0\"}"));  // a report
  CHECK_FALSE(looks_like_scenario("{\"name\": \"actorsim: 1\"}"));
  CHECK_FALSE(looks_like_scenario("{}{\"actorsim\": 1}"));
  CHECK_FALSE(looks_like_scenario("apiVersion: v1\nkind: Pod\n"));
  CHECK_FALSE(looks_like_scenario("spec:\n  actorsim: 1\n"));
  CHECK_FALSE(looks_like_scenario("actorsimulator: 1\n"));
  CHECK_FALSE(looks_like_scenario("# actorsim: 1\n"));
  CHECK_FALSE(looks_like_scenario(""));
}

TEST_CASE("a file moves with everything in it") {
  ScenarioFile first = load("actorsim: 1\nname: \"a\\x62\"\nchains: [A]\nscenarios: [{name: \"c\\x64\"}]");
  ScenarioFile second = std::move(first);
  CHECK(second.load_case(0)->name == "cd");
  CHECK(second.source().name == "shop/orders.yaml");
}

TEST_CASE("a variable reaches every value of a scenario") {
  const std::string text =
      "actorsim: 1\nvars: {n: 3, t: Order}\nactors: {Order: {m: []}}\nstart: [{call: $t/$n.m, at: $(n)ms}]\nexpect: "
      "{calls: {Order/3.m: entered}}";
  CHECK(problems(text) == "none");
  CHECK(problems(text, {{{"t", "Nobody"}}, {}, {}}).find("unknown actor type 'Nobody'") != std::string::npos);
}
