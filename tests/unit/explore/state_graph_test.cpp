// Every situation of a small scenario, and how far it is from its ends.
#include "actorsim/explore/state_graph.h"

#include <deque>
#include <set>

#include "actorsim/explore/exploration.h"
#include "actorsim/explore/interleavings.h"
#include "actorsim/explore/search.h"
#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

const std::string kCrossing = "chains: [A -> B, B -> A]\n";
const std::vector<std::string> kScenarios{
    kCrossing,
    "chains: [A -> B -> A]\n",
    "config: {reentrancy: {enabled: true}}\nchains: [A -> B -> A, B -> A]\n",
    "dapr: \"1.14\"\nactors: {A: {m: []}}\nstart: [{call: A/1.m, as: a}, {call: A/1.m, as: b}, {call: A/1.m, as: c}]\n",
    "chains: [A -> B, B -> C, C -> A]\n",
    "config: {reentrancy: {enabled: true, maxStackDepth: 2}}\nchains: [A x3, A]\n",
    "dapr: \"1.17\"\nactors: {A: {m: []}}\n"
    "start: [{call: A/1.m, as: a, timeout: 1s}, {call: A/1.m, as: b, timeout: 1s}, {call: A/1.m, as: c}]\n",
    "actors: {A: {m: [{parallel: [{call: B/1.m}, {call: B/2.m}]}]}, B: {m: []}}\n"
    "start: [{call: A/1.m}, {call: B/1.m}]\n",
};

Program program_of(const std::string& text) { return compile(load_text(text), "test.yaml"); }

StateGraph graph_of(const Program& program) {
  auto graph = build_state_graph(program);
  if (!graph) FAIL(graph.error().message);
  REQUIRE(graph->has_value());
  return std::move(**graph);
}

bool is_bad_end(const StateGraph::State& state, Verdict verdict) {
  return state.view.is_end && state.view.verdict == verdict;
}

// Forwards from one state, knowing nothing of the other direction.
template <typename IsGoal>
std::optional<std::uint32_t> distance_from(const StateGraph& graph, Index start, IsGoal is_goal) {
  std::set<Index> seen{start};
  std::deque<std::pair<Index, std::uint32_t>> to_visit{{start, 0}};
  for (; !to_visit.empty(); to_visit.pop_front()) {
    const auto [state, steps] = to_visit.front();
    if (is_goal(graph.states[state])) return steps;
    for (const Index after : graph.states[state].after) {
      if (seen.insert(after).second) to_visit.emplace_back(after, steps + 1);
    }
  }
  return std::nullopt;
}

// Every way through the graph to an end, told to `tell` with its schedule.
template <typename Tell>
void visit_ends(const StateGraph& graph, Index state, Schedule& way, const Tell& tell) {
  const StateGraph::State& here = graph.states[state];
  if (here.view.is_end) tell(way, here);
  for (std::size_t i = 0; i < here.after.size(); ++i) {
    way.push_back(here.view.steps[i].choice);
    visit_ends(graph, here.after[i], way, tell);
    way.pop_back();
  }
}

}  // namespace

TEST_CASE("a state graph has the states that a search through whole situations finds") {
  for (const std::string& text : kScenarios) {
    INFO(text);
    const Program program = program_of(text);
    const StateGraph graph = graph_of(program);
    Walker walker(program);
    ExploreOptions options;
    options.goal = Goal::verdicts;
    SearchLimits limits(options);
    Exploration found;
    found.goal = Goal::verdicts;
    REQUIRE_FALSE(search_worlds(walker, options, limits, found));
    CHECK(graph.states.size() == found.states);
    std::uint64_t steps = 0, levels = 0;
    for (const StateGraph::State& state : graph.states) {
      CHECK(state.after.size() == state.view.steps.size());
      CHECK(state.after.empty() == state.view.is_end);
      steps += state.after.size();
      levels = std::max<std::uint64_t>(levels, state.level);
    }
    CHECK(steps == found.steps);
    CHECK(levels == found.levels);
    for (std::size_t i = 0; i < kVerdictCount; ++i)
      CHECK(graph.states[0].can_end(static_cast<Verdict>(i)) == found.verdicts[i]);
  }
}

TEST_CASE("two crossing chains come to as many states as an exploration without reductions says") {
  const Program program = program_of(kCrossing);
  ExploreOptions options;
  options.goal = Goal::verdicts;
  options.reductions = Reductions::none();
  const auto found = explore(program, options);
  REQUIRE(found);
  CHECK(graph_of(program).states.size() == found->states);
}

TEST_CASE("the distances of every state are those of a search that starts from it") {
  for (const std::string& text : kScenarios) {
    INFO(text);
    const StateGraph graph = graph_of(program_of(text));
    for (Index state = 0; state < graph.states.size(); ++state) {
      for (std::size_t i = 0; i < kVerdictCount; ++i) {
        const auto verdict = static_cast<Verdict>(i);
        INFO("state " << state << ", " << to_word(verdict));
        const StateGraph::Prospect& prospect = graph.states[state].prospect(verdict);
        const auto ends_so = [&](const StateGraph::State& other) { return is_bad_end(other, verdict); };
        const auto is_certain = [&](const StateGraph::State& other) {
          return verdict == Verdict::ok ? ends_so(other) : other.view.verdict == verdict;
        };
        CHECK(prospect.steps_to_end == distance_from(graph, state, ends_so));
        CHECK(prospect.steps == distance_from(graph, state, is_certain));
      }
    }
  }
}

TEST_CASE("the way that a state graph shows is as long as the shortest schedule that exploring finds") {
  int proved = 0;
  for (const std::string& text : kScenarios) {
    INFO(text);
    const Program program = program_of(text);
    const StateGraph graph = graph_of(program);
    const auto found = explore(program);
    REQUIRE(found);
    for (const Witness& witness : found->witnesses) {
      INFO(to_word(witness.verdict));
      const auto steps = graph.states[0].prospect(witness.verdict).steps;
      REQUIRE(steps);
      CHECK(*steps <= witness.schedule.size());
      if (!witness.is_shortest) continue;
      CHECK(*steps == witness.schedule.size());
      ++proved;
    }
  }
  CHECK(proved >= 8);
}

TEST_CASE("following the hints leads to where the verdict is certain, in as many steps as were said") {
  for (const std::string& text : kScenarios) {
    INFO(text);
    const StateGraph graph = graph_of(program_of(text));
    for (std::size_t i = 0; i < kVerdictCount; ++i) {
      const auto verdict = static_cast<Verdict>(i);
      Index state = 0;
      std::uint32_t taken = 0;
      while (const auto step = step_towards(graph, state, verdict)) {
        state = graph.states[state].after[*step];
        ++taken;
      }
      const auto said = graph.states[0].prospect(verdict).steps;
      CHECK(taken == said.value_or(0));
      if (said) CHECK(graph.states[state].view.verdict == verdict);
    }
  }
}

TEST_CASE("every way through a state graph replays to the verdict of its end, and they are counted") {
  for (const std::string& text : {kScenarios[0], kScenarios[1], kScenarios[3]}) {
    INFO(text);
    const Program program = program_of(text);
    const StateGraph graph = graph_of(program);
    std::array<std::uint64_t, kVerdictCount> ways{};
    Schedule way;
    visit_ends(graph, 0, way, [&](const Schedule& schedule, const StateGraph::State& end) {
      ++ways[static_cast<std::size_t>(end.view.verdict)];
      const auto run = replay(program, schedule);
      INFO(schedule_text(schedule));
      REQUIRE(run);
      CHECK(to_word(run->verdict) == to_word(end.view.verdict));
    });
    const auto tree = list_interleavings(program);
    REQUIRE(tree);
    REQUIRE(tree->has_value());
    CHECK((**tree).verdicts == ways);
    for (std::size_t i = 0; i < kVerdictCount; ++i) CHECK(graph.states[0].prospects[i].orders == ways[i]);
  }
}

TEST_CASE("of the fourteen orders of two crossing chains, four deadlock") {
  const StateGraph::State beginning = graph_of(program_of(kCrossing)).states[0];
  CHECK(beginning.prospect(Verdict::deadlock).steps == 4);
  CHECK(beginning.prospect(Verdict::deadlock).orders == 4);  // both first calls before both second ones
  CHECK(beginning.prospect(Verdict::ok).steps == 8);         // each of the four calls arrives and is answered
  CHECK(beginning.prospect(Verdict::ok).orders == 10);
  CHECK_FALSE(beginning.can_end(Verdict::stranded));
}

TEST_CASE("a scenario with more states than asked for has no graph at all") {
  const Program program = program_of(kCrossing);
  const auto states = static_cast<std::uint32_t>(graph_of(program).states.size());
  const auto exactly = build_state_graph(program, states);
  REQUIRE(exactly);
  CHECK(exactly->has_value());
  const auto too_few = build_state_graph(program, states - 1);
  REQUIRE(too_few);
  CHECK_FALSE(too_few->has_value());
}

TEST_CASE("a large load is too large") {
  const auto graph = build_state_graph(program_of("actors: {A: {m: []}}\nstart: [{call: A/1.m, count: 9000}]\n"));
  REQUIRE(graph);
  CHECK_FALSE(graph->has_value());
}

TEST_CASE("situations that take too much memory make a scenario too large, too") {
  const Program program = program_of(kCrossing);
  StateGraphOptions options;
  options.most_bytes = 10'000;
  const auto graph = build_state_graph(program, options);
  REQUIRE(graph);
  CHECK_FALSE(graph->has_value());
}

TEST_CASE("without views the same states are as far from the same ends") {
  for (const std::string& text : kScenarios) {
    INFO(text);
    const Program program = program_of(text);
    StateGraphOptions options;
    options.views = StateGraphOptions::Views::none;
    const auto bare = build_state_graph(program, options);
    REQUIRE(bare);
    REQUIRE(bare->has_value());
    const StateGraph graph = graph_of(program);
    REQUIRE((**bare).states.size() == graph.states.size());
    for (std::size_t i = 0; i < graph.states.size(); ++i) {
      const StateGraph::State &left = (**bare).states[i], &right = graph.states[i];
      CHECK(left.after == right.after);
      CHECK(left.view.verdict == right.view.verdict);
      CHECK(left.view.is_end == right.view.is_end);
      CHECK(left.view.is_stuck == right.view.is_stuck);
      for (std::size_t verdict = 0; verdict < kVerdictCount; ++verdict)
        CHECK(left.prospects[verdict].orders == right.prospects[verdict].orders);
    }
  }
}

TEST_CASE("what is left from a situation on has the prospects that it has in the whole graph") {
  const Program program = program_of(kCrossing);
  const StateGraph whole = graph_of(program);
  Walker walker(program);
  Situation situation = walker.initial();
  std::vector<Move> moves;
  std::vector<CallOutcome> outcomes;
  Index state = 0;
  for (walker.list_moves(situation, moves); !moves.empty(); walker.list_moves(situation, moves)) {
    const auto rest = build_state_graph_from(walker, situation);
    REQUIRE(rest);
    REQUIRE(rest->has_value());
    const StateGraph::State& here = (**rest).states[0];
    for (std::size_t i = 0; i < kVerdictCount; ++i) {
      CHECK(here.prospects[i].steps == whole.states[state].prospects[i].steps);
      CHECK(here.prospects[i].orders == whole.states[state].prospects[i].orders);
    }
    REQUIRE_FALSE(walker.take(situation, moves.back(), outcomes));
    state = whole.states[state].after.back();
  }
  CHECK(whole.states[state].view.is_end);
}

TEST_CASE("what has no end has no state graph, and says why") {
  const auto graph =
      build_state_graph(program_of("actors: {A: {m: []}}\nstart: [{timer: A/1.m, every: 1s}]\nuntil: 5s\n"));
  REQUIRE_FALSE(graph);
  CHECK(graph.error().code == "unbounded");
}

TEST_CASE("a call has one number on all ways") {
  const StateGraph graph = graph_of(program_of(kCrossing));
  std::set<std::string> labels;
  for (const CallName& call : graph.calls) labels.insert(schedule_text({call.chain}) + " " + call.label);
  CHECK(graph.calls.size() == 4);
  CHECK(labels.size() == 4);
  for (const StateGraph::State& state : graph.states) {
    for (const CallName& call : state.view.calls) {
      REQUIRE(call.serial < graph.calls.size());
      CHECK(graph.calls[call.serial].label == call.label);
      CHECK(graph.calls[call.serial].chain == call.chain);
    }
    for (const StepRecord& step : state.view.steps) {
      for (const StepEvent& event : step.events) CHECK(graph.calls[event.call.serial].label == event.call.label);
    }
  }
}

TEST_CASE("what has happened stays so on every way where no lock is closed or defective") {
  for (const std::string& text : kScenarios) {
    INFO(text);
    const StateGraph graph = graph_of(program_of(text));
    for (const StateGraph::State& state : graph.states) {
      for (const Index after : state.after) {
        CHECK(graph.states[after].view.verdict >= state.view.verdict);
        CHECK(graph.states[after].view.is_stuck >= state.view.is_stuck);
      }
    }
  }
}

TEST_CASE("the same scenario makes the same state graph") {
  for (const std::string& text : kScenarios) {
    const Program program = program_of(text);
    const StateGraph one = graph_of(program), other = graph_of(program);
    REQUIRE(one.states.size() == other.states.size());
    for (std::size_t i = 0; i < one.states.size(); ++i) CHECK(one.states[i].after == other.states[i].after);
  }
}

TEST_CASE("which of two actors has overlapped makes no difference once that is over") {
  // Up to 1.7 what an actor sends to itself gets in at its new host, beside the sender, who is still at the old one.
  const auto states = [](const std::string& start) {
    const Program program = program_of(R"(
dapr: "1.7"
config: {reentrancy: {enabled: true}}
actors: {A: {m: [{send: self.n, header: drop}, {sleep: 1s}], n: []}}
start: [)" + start + "]\n");
    return graph_of(program).states.size();
  };
  const std::size_t of_one = states("{call: A/1.m}, {rebalance: A/1}");
  const std::size_t of_two = states("{call: A/1.m}, {rebalance: A/1}, {call: A/2.m}, {rebalance: A/2}");
  // They know nothing of each other: all pairs can be met, and only that an overlap was is common to both.
  CHECK(of_two < of_one * of_one);
}
