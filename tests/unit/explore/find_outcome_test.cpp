// The shortest way to an outcome.
#include "actorsim/explore/find_outcome.h"

#include "support/catch.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

std::string way(const std::string& text, const std::string& label, Outcome outcome,
                const ExploreOptions& options = {}) {
  const Program program = compile(load_text(text), "test.yaml");
  const auto found =
      find_outcome(program, label, static_cast<std::uint16_t>(1U << static_cast<unsigned>(outcome)), options);
  if (!found) return found.error().message;
  return *found ? schedule_text(**found) : "none";
}

const std::string kTwo = "actors: {A: {m: []}}\nstart: [{call: A/1.m, as: a}, {call: A/1.m, as: b}]\n";

}  // namespace

TEST_CASE("the shortest way to an outcome is found, the first of equals") {
  CHECK(way(kTwo, "a", Outcome::entered) == "t1.t1");
  CHECK(way(kTwo, "b", Outcome::entered) == "t2.t2");
  CHECK(way(kTwo, "a", Outcome::blocked) == "t2.t1.t2.t1");
}

TEST_CASE("an outcome that is told only when nothing moves any more is found") {
  CHECK(way("chains: [A -> A]", "A/1.m2", Outcome::deadlocked) == "t1.t1");
  CHECK(way("actors: {A: {m: [{fail: x}, {call: B.m}]}, B: {m: []}}\nstart: [{call: A/1.m}]", "B/1.m",
            Outcome::skipped) == "t1.t1");
}

TEST_CASE("there is no way to what cannot happen, to a call that is not there, and beyond a bound") {
  CHECK(way(kTwo, "a", Outcome::exceeded) == "none");
  CHECK(way(kTwo, "c", Outcome::entered) == "none");
  ExploreOptions few;
  few.max_states = 2;
  CHECK(way(kTwo, "a", Outcome::blocked, few) == "none");
}
