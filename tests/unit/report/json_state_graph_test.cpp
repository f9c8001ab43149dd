// The state graph as one JSON value.
#include "actorsim/report/json/json_state_graph.h"

#include <nlohmann/json.hpp>

#include "actorsim/explore/exploration.h"
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;
using Json = nlohmann::json;

std::string json_of(const std::string& text) {
  auto graph = build_state_graph(compile(load_text(text), "test.yaml"));
  if (!graph) FAIL(graph.error().message);
  REQUIRE(graph->has_value());
  return state_graph_json(**graph);
}

const std::string kCrossing = "config: {reentrancy: {enabled: true}}\nchains: [A -> B, B -> A]\n";

}  // namespace

TEST_CASE("a reader of the graph's JSON who follows the hints comes to the deadlock") {
  const Json graph = Json::parse(json_of(kCrossing));
  std::size_t state = 0;
  std::string schedule;
  for (;;) {
    const Json& prospects = graph["states"][state]["prospects"];
    REQUIRE(prospects.contains("deadlock"));
    if (prospects["deadlock"]["step"].is_null()) break;
    const Json& step = graph["states"][state]["steps"][prospects["deadlock"]["step"].get<std::size_t>()];
    schedule += (schedule.empty() ? "" : ".") + step["choice"].get<std::string>();
    state = step["to"].get<std::size_t>();
  }
  const Json& end = graph["states"][state];
  CHECK(end["verdict"] == "deadlock");
  CHECK(end["end"] == true);
  CHECK_FALSE(end["prospects"].contains("ok"));
  const auto choices = parse_schedule(schedule, "test");
  REQUIRE(choices);
  const auto run = replay(compile(load_text(kCrossing), "test.yaml"), *choices);
  REQUIRE(run);
  CHECK(run->verdict == Verdict::deadlock);
}

TEST_CASE("the graph's JSON says why a call waits, and who is in the lock") {
  const Json graph = Json::parse(json_of(kCrossing));
  bool was_seen = false;
  for (const Json& state : graph["states"]) {
    if (!state["end"].get<bool>() || state["verdict"] != "deadlock") continue;
    was_seen = true;
    for (const Json& blocked : state["blocked"]) {
      if (blocked["by"] != "lock") continue;
      CHECK(blocked["outlook"] == "deadlocked");
      CHECK(blocked["own_chain"] == false);
      CHECK(blocked["id"] != blocked["held_by"]);
      const Json& waiting = graph["calls"][blocked["call"].get<std::size_t>()];
      const std::string start = waiting["chain"].get<std::string>() + "'s " + waiting["label"].get<std::string>();
      CHECK(blocked["text"].get<std::string>().find(start + " waits for ") == 0);
    }
    REQUIRE(state["locks"].size() == 2);
    CHECK(state["locks"][0]["actor"] == "A/1");
    REQUIRE(state["locks"][0]["seats"].size() == 2);
    CHECK(state["locks"][0]["seats"][0]["inside"].size() == 1);
    CHECK(state["locks"][0]["seats"][1]["waiting"].size() == 1);
  }
  CHECK(was_seen);
}

TEST_CASE("every number in the graph's JSON is a place in one of its lists") {
  const Json graph = Json::parse(json_of(kCrossing));
  for (const Json& state : graph["states"]) {
    for (const Json& step : state["steps"]) {
      CHECK(step["act"].get<std::size_t>() < graph["acts"].size());
      CHECK(step["to"].get<std::size_t>() < graph["states"].size());
    }
  }
  for (const Json& act : graph["acts"]) {
    for (const Json& event : act["events"]) CHECK(event["call"].get<std::size_t>() < graph["calls"].size());
  }
}

TEST_CASE("hostile names are escaped in the graph's texts, and kept where a program reads them") {
  const std::string text = json_of("actors: {A: {m: []}}\nstart: [{call: A/1.m, as: \"a\\e[31m\"}, {call: A/1.m}]\n");
  const Json graph = Json::parse(text);
  CHECK(text.find('\x1b') == std::string::npos);  // JSON writes control characters as escapes
  bool was_seen = false;
  for (const Json& call : graph["calls"]) was_seen = was_seen || call["label"] == "a\x1b[31m";
  CHECK(was_seen);
  for (const Json& act : graph["acts"]) CHECK(act["text"].get<std::string>().find('\x1b') == std::string::npos);
  for (const Json& state : graph["states"]) {
    for (const Json& blocked : state["blocked"])
      CHECK(blocked["text"].get<std::string>().find('\x1b') == std::string::npos);
  }
}
