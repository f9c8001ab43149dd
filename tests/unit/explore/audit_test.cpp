// What an audit notices.
#include "actorsim/explore/audit.h"

#include "support/catch.h"

using namespace actorsim;

namespace {

Exploration answer(Goal goal) {
  Exploration exploration;
  exploration.goal = goal;
  exploration.verdicts[static_cast<std::size_t>(Verdict::ok)] = true;
  exploration.verdicts[static_cast<std::size_t>(Verdict::deadlock)] = true;
  exploration.outcomes["A/1.m"] = 1U << static_cast<unsigned>(Outcome::entered);
  exploration.witnesses.push_back({Verdict::deadlock, Schedule(4), 2, true});
  return exploration;
}

}  // namespace

TEST_CASE("equal answers have no differences") {
  CHECK(differences_between(answer(Goal::outcomes), answer(Goal::outcomes)).empty());
}

TEST_CASE("each kind of difference is told") {
  Exploration full = answer(Goal::outcomes);
  full.verdicts[static_cast<std::size_t>(Verdict::failed)] = true;
  full.outcomes["A/1.m"] |= 1U << static_cast<unsigned>(Outcome::blocked);
  full.outcomes["B/1.m"] = 1U << static_cast<unsigned>(Outcome::skipped);
  full.witnesses[0].schedule.pop_back();
  CHECK(differences_between(answer(Goal::outcomes), full) ==
        std::vector<std::string>{"the verdict failed is impossible with reductions, and possible without",
                                 "the shortest schedule to deadlock has 4 steps with reductions, and 3 without",
                                 "the outcome blocked of A/1.m is possible only without reductions",
                                 "the outcome skipped of B/1.m is possible only without reductions"});
}

TEST_CASE("what was not asked for is not compared") {
  Exploration full = answer(Goal::deadlock);
  full.verdicts[static_cast<std::size_t>(Verdict::failed)] = true;
  full.outcomes.clear();
  CHECK(differences_between(answer(Goal::deadlock), full).empty());
  full.verdicts[static_cast<std::size_t>(Verdict::stranded)] = true;
  CHECK(differences_between(answer(Goal::deadlock), full).size() == 1);
}

TEST_CASE("a schedule that is not proved to be shortest is not compared") {
  Exploration full = answer(Goal::outcomes);
  full.witnesses[0].schedule.pop_back();
  full.witnesses[0].is_shortest = false;
  CHECK(differences_between(answer(Goal::outcomes), full).empty());
}
