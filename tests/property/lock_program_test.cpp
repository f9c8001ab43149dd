// A lock program has the states and the steps of the scenario that it was made from: counted by a naive search over
// the one, and by the exploration of the other. The seed is fixed; ACTORSIM_LOCK_PROGRAMS=100000 makes more of them.
#include "actorsim/model/lock_program.h"

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "actorsim/explore/exploration.h"
#include "support/catch.h"
#include "support/naive_lock_program.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

constexpr std::uint64_t kMostStates = 3'000;

Exploration explored(const Program& program) {
  ExploreOptions options;
  options.goal = Goal::deadlock;
  options.reductions = Reductions::none();
  options.wants_schedules = false;
  auto result = explore(program, options);
  if (!result) throw std::runtime_error(render(result.error(), nullptr));
  REQUIRE(result->is_complete());
  return std::move(*result);
}

// Handlers call only handlers of a later rank, so every chain ends.
class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  std::string scenario() {
    std::string text = "dapr: \"" + pick({"1.15.0", "1.15", "1.16", "1.18", "1.18", "docs"}) + "\"\n";
    text += "config: {reentrancy: {enabled: " + pick({"true", "true", "false"}) + "}";
    if (one_in(4))
      text += ", entitiesConfig: [{entities: [B], reentrancy: {enabled: " + pick({"true", "false"}) + "}}]";
    text += "}\nactors:\n";
    for (const char* type : {"A", "B"}) {
      text += std::string("  ") + type + ":\n";
      for (std::size_t rank = 0; rank < 3; ++rank) text += "    m" + std::to_string(rank) + ": " + steps(rank) + "\n";
    }
    text += "start:\n";
    const std::size_t triggers = 1 + below(4);
    for (std::size_t i = 0; i < triggers; ++i) {
      text += "  - {call: " + target(0) + ", as: root" + std::to_string(i);
      if (one_in(5)) text += ", header: " + pick({"x", "y", "\"\""});
      if (i > 0 && one_in(4)) text += ", after: root" + std::to_string(below(i));
      if (one_in(5))
        text += ", count: " + std::to_string(below(4));
      else if (one_in(8))
        text += ", count: 4, clients: " + std::to_string(1 + below(2));
      text += "}\n";
    }
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  std::string pick(const std::vector<std::string>& words) { return words[below(words.size())]; }
  std::string target(std::size_t rank) {
    return pick({"A", "B"}) + "/" + pick({"1", "2"}) + ".m" + std::to_string(rank);
  }

  std::string steps(std::size_t rank) {
    std::string text = "[";
    for (std::size_t i = rank == 2 ? 0 : below(3); i > 0; --i) {
      std::string call = "{call: " + (one_in(4) ? "self.m" + std::to_string(rank + 1) : target(rank + 1));
      if (one_in(4)) call += ", header: " + pick({"drop", "new", "keep", "{id: x}"});
      call += "}";
      if (one_in(8)) call = "{repeat: 2, steps: [" + call + "]}";
      text += call + (one_in(5) ? ", {sleep: 1ms}" : "") + (i > 1 ? ", " : "");
    }
    return text + "]";
  }

  std::mt19937 random_;
};

TEST_CASE("a lock program has the states, steps and deadlocks of its scenario") {
  const char* more = std::getenv("ACTORSIM_LOCK_PROGRAMS");
  const std::uint32_t count = more != nullptr ? static_cast<std::uint32_t>(std::stoul(more)) : 300;
  std::uint32_t compared = 0, compared_exactly = 0, stuck = 0, shared = 0;
  for (std::uint32_t seed = 0; seed < count; ++seed) {
    const std::string text = Generator(seed).scenario();
    INFO("seed " << seed << "\n" << text);
    const Program program = compile(load_text(text), "test.yaml");
    const auto locks = lock_program(program);
    if (!locks) {
      CHECK(locks.error().what == "a scenario in which nobody calls");
      continue;
    }
    const LockStateCount naive = count_states(*locks, kMostStates);
    if (naive.states > kMostStates) continue;
    const Exploration exploration = explored(program);
    // Before 1.18 a lock remembers how long its queue was, and every lock in which order calls of one id arrived.
    // Neither matters to calls that nobody refuses or cancels.
    const bool is_forgetful = program.release.is_docs || at_least(program.release, 18);
    if (is_forgetful && !locks->shares_keys) {
      CHECK(exploration.states == naive.states);
      CHECK(exploration.steps == naive.steps);
      ++compared_exactly;
    } else {
      CHECK(exploration.states >= naive.states);
    }
    CHECK((exploration.can(Verdict::deadlock) || exploration.can(Verdict::stranded)) == (naive.stuck > 0));
    ++compared;
    if (naive.stuck > 0) ++stuck;
    if (locks->shares_keys) ++shared;
  }
  CHECK(compared > count / 3);
  CHECK(compared_exactly > compared / 4);
  CHECK(stuck > compared / 10);
  CHECK(shared > compared / 20);
}

TEST_CASE("a ring has as many states as its formula says") {
  for (const auto& [size, states] :
       std::vector<std::pair<int, std::uint64_t>>{{2, 26}, {3, 139}, {4, 726}, {6, 19'601}}) {
    std::string text = "config: {reentrancy: {enabled: true}}\nchains:\n";
    for (int i = 0; i < size; ++i)
      text += "  - A/" + std::to_string(i) + " -> A/" + std::to_string((i + 1) % size) + "\n";
    const auto locks = lock_program(compile(load_text(text), "test.yaml"));
    REQUIRE(locks);
    const LockStateCount naive = count_states(*locks, 100'000);
    CHECK(naive.states == states);
    CHECK(naive.stuck == 1);
    CHECK(naive.shortest == static_cast<std::uint64_t>(2 * size));
  }
}

}  // namespace
