// Exploring by several threads: what they find does not depend on how many there are. The thread sanitizer sees this.
#include <string>

#include <fmt/format.h>

#include "actorsim/explore/exploration.h"
#include "actorsim/model/compile.h"
#include "support/catch.h"
#include "support/run_text.h"

using namespace actorsim;
using namespace actorsim::testing;

namespace {

Program ring(int actors) {
  std::string text = "config: {reentrancy: {enabled: true}}\nchains:\n";
  for (int i = 0; i < actors; ++i) text += fmt::format("  - A/{} -> A/{}\n", i, (i + 1) % actors);
  return compile(load_text(text), "test.yaml");
}

}  // namespace

TEST_CASE("any number of threads finds the same states, steps and levels") {
  const Program program = ring(7);
  for (const bool leaves_queues_open : {false, true}) {
    ExploreOptions options;
    options.goal = Goal::verdicts;
    options.reductions = Reductions::none();
    options.reductions.queue = leaves_queues_open;
    options.wants_schedules = false;
    const auto alone = explore(program, options);
    REQUIRE(alone->is_complete());
    for (const unsigned threads : {2U, 3U, 5U}) {
      options.threads = threads;
      const auto found = explore(program, options);
      CHECK(found->states == alone->states);
      CHECK(found->steps == alone->steps);
      CHECK(found->levels == alone->levels);
      CHECK(found->verdicts == alone->verdicts);
    }
  }
}
