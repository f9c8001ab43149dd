// What an exploration says of a scenario as a whole.
#include "actorsim/report/explored.h"

#include "support/catch.h"

using namespace actorsim;

namespace {

ExploredCase complete_with(Goal goal, std::initializer_list<Verdict> possible) {
  ExploredCase entry;
  entry.exploration.emplace();
  entry.exploration->goal = goal;
  entry.exploration->end = Exploration::End::complete;
  for (const Verdict verdict : possible) entry.exploration->verdicts[static_cast<std::size_t>(verdict)] = true;
  return entry;
}

}  // namespace

TEST_CASE("all orders pass if nothing but ok is possible, and fail with anything else") {
  CHECK(status_of(complete_with(Goal::outcomes, {Verdict::ok})) == Status::pass);
  CHECK(status_of(complete_with(Goal::verdicts, {Verdict::ok, Verdict::deadlock})) == Status::fail);
  CHECK(status_of(complete_with(Goal::verdicts, {Verdict::failed})) == Status::fail);
  CHECK(status_of(complete_with(Goal::deadlock, {Verdict::failed})) == Status::pass);
  CHECK(status_of(complete_with(Goal::deadlock, {Verdict::stranded})) == Status::fail);
}

TEST_CASE("an exploration without any end proves nothing, unless it is asked for deadlocks alone") {
  CHECK(status_of(complete_with(Goal::outcomes, {})) == Status::inconclusive);
  CHECK(status_of(complete_with(Goal::verdicts, {})) == Status::inconclusive);
  CHECK(status_of(complete_with(Goal::deadlock, {})) == Status::pass);
}

TEST_CASE("an exploration that a bound has ended proves nothing") {
  ExploredCase entry = complete_with(Goal::outcomes, {Verdict::ok});
  entry.exploration->end = Exploration::End::max_states;
  CHECK(status_of(entry) == Status::inconclusive);
}
