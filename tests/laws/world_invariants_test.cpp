// What a world keeps twice adds up: lists, counts and states are recomputed from scratch after each step of random
// scenarios in random orders, and compared.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "laws/figures.h"
#include "laws/programs.h"
#include "laws/random_walk.h"
#include "support/catch.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

// The invariants that do not hold, in words.
class Recount {
 public:
  explicit Recount(const World& world) : world_(world) {}

  std::vector<std::string> problems() {
    world_.locks.check_invariants();
    check_calls();
    check_unused();
    for (Index actor = 0; actor < world_.actors.size(); ++actor) check_actor(actor);
    check_activities();
    return std::move(problems_);
  }

 private:
  using State = Call::State;

  void expect(bool holds, const std::string& what) {
    if (!holds) problems_.push_back(what);
  }

  // The locks know of a call what the call says of itself.
  void check_calls() {
    std::uint32_t live = 0;
    std::vector<Index> held;
    for (Index number = 0; number < world_.calls.size(); ++number) {
      const Call& call = world_.calls[number];
      const std::string name = "call " + std::to_string(number) + " ";
      if (call.is_deactivation) continue;
      expect((call.state == State::waiting) == world_.locks.is_waiting(number), name + "waits in a lock");
      expect((call.state == State::inside) == world_.locks.is_inside(number), name + "is inside of a lock");
      if (call.state == State::held) held.push_back(number);
      const bool is_over = call.state == State::unused || call.state == State::answered;
      if (!is_over && !call.abandoned) ++live;
    }
    expect(live == world_.live_calls, "live calls");
    expect(std::set<Index>(held.begin(), held.end()) == std::set<Index>(world_.held.begin(), world_.held.end()) &&
               held.size() == world_.held.size(),
           "calls that are held");
  }

  void check_unused() {
    std::set<Index> listed;
    for (Index call = world_.unused_call; call != kNone; call = world_.calls[call].inside_next) {
      expect(listed.insert(call).second, "no unused call is listed twice");
    }
    for (Index number = 0; number < world_.calls.size(); ++number)
      expect((world_.calls[number].state == State::unused) == (listed.count(number) > 0), "unused calls are listed");
    listed.clear();
    for (Index each = world_.unused_activity; each != kNone; each = world_.activities[each].next)
      expect(listed.insert(each).second, "no unused activity is listed twice");
    for (Index number = 0; number < world_.activities.size(); ++number) {
      const bool is_unused = world_.activities[number].state == Activity::State::unused;
      expect(is_unused == (listed.count(number) > 0), "unused activities are listed");
    }
  }

  void check_actor(Index number) {
    const ActorState& actor = world_.actors[number];
    const std::string name = "actor " + std::to_string(number) + ": ";
    std::set<Index> inside;
    std::set<std::uint64_t> chains;
    for (Index call = 0; call < world_.calls.size(); ++call) {
      if (world_.calls[call].state != State::inside || world_.calls[call].actor != number) continue;
      if (world_.calls[call].is_deactivation) continue;
      inside.insert(call);
      chains.insert(chain_of(world_.calls[call]));
    }
    std::set<Index> listed;
    Index previous = kNone;
    for (Index call = actor.first_inside; call != kNone; call = world_.calls[call].inside_next) {
      expect(world_.calls[call].inside_previous == previous, name + "the list of calls inside leads back");
      expect(listed.insert(call).second, name + "no call is listed twice");
      previous = call;
    }
    expect(listed == inside, name + "calls inside are listed");
    expect(actor.inside_count == inside.size(), name + "how many are inside");
    expect(actor.overlapped || chains.size() < 2, name + "an overlap is noted");
  }

  void check_activities() {
    std::map<Index, std::set<Index>> of_call;
    std::map<Index, std::uint32_t> branches;
    for (Index number = 0; number < world_.activities.size(); ++number) {
      const Activity& activity = world_.activities[number];
      if (activity.state == Activity::State::unused) continue;
      of_call[activity.call].insert(number);
      if (activity.parent != kNone) ++branches[activity.parent];
    }
    for (Index number = 0; number < world_.calls.size(); ++number) {
      const Call& call = world_.calls[number];
      if (call.state != State::unused) check_handler(number, of_call[number]);
    }
    for (Index number = 0; number < world_.activities.size(); ++number) check_waiting(number, branches[number]);
  }

  void check_handler(Index number, const std::set<Index>& running) {
    const Call& call = world_.calls[number];
    const std::string name = "call " + std::to_string(number) + ": ";
    std::set<Index> listed;
    for (Index each = call.first_activity; each != kNone; each = world_.activities[each].next) listed.insert(each);
    expect(listed == running, name + "its activities are listed");
    expect(call.activities == running.size(), name + "how many activities it has");
  }

  // Whoever waits, waits for somebody who will tell it.
  void check_waiting(Index number, std::uint32_t branches) {
    const Activity& activity = world_.activities[number];
    const std::string name = "activity " + std::to_string(number) + " ";
    if (activity.state == Activity::State::calling) {
      const Call& callee = world_.calls[activity.callee];
      expect(callee.state != State::unused && callee.state != State::answered, name + "waits for a live call");
      expect(callee.caller_activity == number, name + "is known to the call that it waits for");
    }
    if (activity.state == Activity::State::joining)
      expect(activity.pending == branches + (activity.is_forking ? 1 : 0), name + "waits for its branches");
  }

  const World& world_;
  std::vector<std::string> problems_;
};

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

struct Recounts {
  void check(const Program& program, int walks) {
    Walker walker(program);
    Random random(3);
    for (int i = 0; i < walks; ++i) {
      walk_at_random(walker, random, 300, [&](const Situation& situation) {
        ++worlds;
        const std::vector<std::string> problems = Recount(situation.world).problems();
        if (!problems.empty()) FAIL("world " << worlds << ": " << joined(problems));
      });
    }
  }

  std::uint64_t worlds = 0;
};

TEST_CASE("the world of a random scenario adds up after each step") {
  Recounts law;
  const auto check = [&law](const Program& program, const std::string& text) {
    INFO(text);
    law.check(program, 4);
  };
  for_random_scenarios(300, every_feature(), check);
  RandomScenarioOptions large = every_feature();
  large.orders_at_most = 0;
  large.actors_at_most = 6;
  large.depth = 4;
  large.steps_at_most = 3;
  large.unhosted = true;
  for_random_scenarios(300, large, check);
  tell_figure(std::to_string(law.worlds) + " worlds");
  CHECK(law.worlds > 30'000);
}

TEST_CASE("the world of each of the repository's scenarios adds up after each step") {
  Recounts law;
  for_small_cases([&law](const Program& program, const std::string& name) {
    INFO(name);
    law.check(program, 2);
  });
  tell_figure(std::to_string(law.worlds) + " worlds");
  CHECK(law.worlds > 10'000);
}

}  // namespace
