// The film of a run against the world that it is of: thousands of random programs, walked in random orders.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/base/random.h"
#include "actorsim/explore/film_maker.h"
#include "actorsim/explore/walker.h"
#include "support/catch.h"
#include "support/random_scenarios.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

struct LockNow {
  bool is_free = true, is_closed = false;
  std::int32_t depth = 0;
  std::vector<std::uint32_t> inside, immovable, queue;

  friend bool operator==(const LockNow&, const LockNow&) = default;
};

using Waits = std::set<std::pair<std::uint32_t, std::uint32_t>>;  // caller, callee

struct Snapshot {
  std::map<std::uint32_t, LockNow> locks;
  Waits waits;
};

// ---- the world, looked at as a whole -------------------------------------------------------------------------------

// Classic locks keep their queue in order of arrival, rings by entry; the words of a lock have both.
std::vector<std::uint32_t> queue_of(const World& world, Index instance) {
  std::vector<std::uint32_t> words, names;
  std::vector<std::uint32_t> queue;
  for (const Call& call : world.calls) names.push_back(static_cast<std::uint32_t>(&call - world.calls.data()));
  world.locks.append_state(instance, names, words);
  const auto add = [&](std::uint32_t slot) {
    if (world.locks.is_waiting(slot)) queue.push_back(world.calls[slot].serial);
  };
  if (!world.locks.rules().queues_entries) {
    for (std::size_t i = 4; i < words.size(); i += 2) add(words[i]);
    return queue;
  }
  std::size_t at = 2;
  const auto read_entry = [&]() {
    const std::uint32_t calls = words[at + 3];
    at += 4;
    for (std::uint32_t i = 0; i < calls; ++i, at += 2) add(words[at]);
  };
  if ((words[0] & 2U) != 0) {
    const std::uint32_t slots = words[at++];
    for (std::uint32_t i = 0; i < slots; ++i) {
      if (words[at++] == 1) read_entry();
    }
  } else {
    if (world.locks.rules().front_can_be_removed_from_empty) ++at;
    for (std::uint32_t i = 0; i < words[1]; ++i) read_entry();
  }
  while (words[at] == 1) {
    ++at;
    read_entry();
  }
  return queue;
}

Snapshot snapshot_of(const World& world) {
  Snapshot result;
  for (Index instance = 0; instance < world.instances.size(); ++instance) {
    LockNow& lock = result.locks[instance];
    const LockStateView view = world.locks.inspect(instance);
    const bool is_ring = world.locks.rules().queues_entries;
    lock.is_free = is_ring ? view.ring.empty() : !view.locked;
    lock.is_closed = view.closed;
    lock.depth = is_ring ? (view.ring.empty() ? 0 : view.ring.front().depth) : view.depth;
    lock.queue = queue_of(world, instance);
    for (Index slot = 0; slot < world.calls.size(); ++slot) {
      const Call& call = world.calls[slot];
      if (call.state != Call::State::inside || call.instance != instance) continue;
      lock.inside.push_back(call.serial);
      if (!world.locks.can_move_queue(slot)) lock.immovable.push_back(call.serial);
    }
    std::sort(lock.inside.begin(), lock.inside.end());
    std::sort(lock.immovable.begin(), lock.immovable.end());
  }
  for (const Activity& activity : world.activities) {
    if (activity.state != Activity::State::calling) continue;
    const Call& caller = world.calls[activity.call];
    if (!caller.is_deactivation) result.waits.insert({caller.serial, world.calls[activity.callee].serial});
  }
  return result;
}

// ---- the film, played ----------------------------------------------------------------------------------------------

class Player {
 public:
  Player(const Film& film, const Run& run) : film_(film), run_(run) {}

  const Snapshot& play(std::size_t frame) {
    for (const Film::LockChange& change : film_.frames[frame].locks) apply(change);
    for (const Film::Event& event : film_.frames[frame].events) note(event);
    return now_;
  }

 private:
  void apply(const Film::LockChange& change) {
    LockNow& lock = now_.locks[change.lock];
    lock.is_free = change.is_free;
    lock.is_closed = change.is_closed;
    lock.depth = change.depth;
    lock.inside = change.inside;
    lock.immovable = change.immovable;
    std::sort(lock.inside.begin(), lock.inside.end());
    std::sort(lock.immovable.begin(), lock.immovable.end());
    for (std::size_t i = change.gone.size(); i-- > 0;)
      lock.queue.erase(lock.queue.begin() + static_cast<std::ptrdiff_t>(change.gone[i]));
    for (const Film::Joining& joining : change.come)
      lock.queue.insert(lock.queue.begin() + static_cast<std::ptrdiff_t>(joining.place), joining.call);
  }

  // A handler waits for an answer from the moment in which its call is first told of until it is told to have ended.
  void note(const Film::Event& event) {
    if (event.call == kNone || event.what == Film::What::overlapped) return;
    const CallRecord* call = run_.find(event.call);
    REQUIRE(call != nullptr);
    if (!call->caller || call->one_way) return;
    const std::pair wait{*call->caller, event.call};
    if (seen_.insert(event.call).second) now_.waits.insert(wait);
    if (event.what == Film::What::answered || event.what == Film::What::ended_badly) now_.waits.erase(wait);
  }

  const Film& film_;
  const Run& run_;
  Snapshot now_;
  std::set<std::uint32_t> seen_;
};

struct Walked {
  Film film;
  Run run;
  std::vector<Snapshot> snapshots;
};

Walked walk(const Program& program, std::uint64_t seed) {
  Walker walker(program);
  const RunOptions options;
  Recorder recorder(walker.model(), options);
  FilmMaker maker(walker.model(), recorder, options.kept_calls);
  Situation situation = walker.initial();
  Random random(seed);
  std::vector<Move> moves;
  std::vector<CallOutcome> outcomes;
  Walked result;
  for (walker.list_moves(situation, moves); !moves.empty(); walker.list_moves(situation, moves)) {
    const Move move = moves[random.below(moves.size())];
    maker.begin_step(situation.world, move.mover, move.choice, 0);
    if (walker.take(situation, move, outcomes, &maker)) break;
    maker.end_step(situation.world);
    result.snapshots.push_back(snapshot_of(situation.world));
    if (result.snapshots.size() == 2'000) break;
  }
  maker.settle(walker.model(), situation.world, 0);
  result.run = recorder.finish(situation.world);
  result.film = maker.finish(result.run);
  return result;
}

void check_walk(const std::string& text, std::uint64_t seed) {
  const Walked walked = walk(compile(load_text(text), "test.yaml"), seed);
  REQUIRE(walked.film.frames.size() >= walked.snapshots.size());
  Player player(walked.film, walked.run);
  for (std::size_t i = 0; i < walked.snapshots.size(); ++i) {
    const Snapshot& seen = player.play(i);
    const Snapshot& expected = walked.snapshots[i];
    const bool has_right_locks = std::all_of(expected.locks.begin(), expected.locks.end(), [&](const auto& entry) {
      const auto found = seen.locks.find(entry.first);
      return (found == seen.locks.end() ? LockNow{} : found->second) == entry.second;
    });
    // A handler of a deactivation has no number, and what it waits for is not shown.
    if (!has_right_locks || seen.waits != expected.waits) {
      FAIL("step " << i + 1 << ": " << (has_right_locks ? "another wait" : "another lock") << ", seed " << seed << "\n"
                   << text);
    }
  }
}

TEST_CASE("a film shows each lock and each wait as it is, in any order of steps") {
  RandomScenarioOptions large = every_feature();
  large.orders_at_most = 0;
  large.depth = 4;
  large.steps_at_most = 3;
  for (std::uint64_t seed = 0; seed < 1'500; ++seed) {
    check_walk(random_scenario(seed, {}), seed);
    check_walk(random_scenario(seed, every_feature()), seed);
    check_walk(random_scenario(seed, large), seed);
  }
}

TEST_CASE("the film of a plain run tells what its records tell, at the same moments") {
  std::size_t compared = 0;
  for (std::uint64_t seed = 0; seed < 1'500; ++seed) {
    const std::string text = random_scenario(seed, every_feature());
    RunOptions options;
    options.wants_schedule = true;
    const auto bare = try_text(text, {}, options);
    options.wants_film = true;
    const auto ran = try_text(text, {}, options);
    REQUIRE(bare);
    REQUIRE(ran);
    const Run& run = ran->run;
    REQUIRE(run.film);
    CHECK(run.schedule == bare->run.schedule);
    CHECK(run.verdict == bare->run.verdict);
    std::map<std::uint32_t, Nanoseconds> first, entered, ended;
    std::set<std::uint32_t> stuck;
    for (const Film::Frame& frame : run.film->frames) {
      if (!stuck.empty()) break;  // what a deadline does to what is stuck is no outcome
      for (const Film::Event& event : frame.events) {
        if (event.call == kNone) continue;
        first.try_emplace(event.call, frame.at);
        const bool gets_in = event.what == Film::What::entered || event.what == Film::What::re_entered ||
                             event.what == Film::What::admitted;
        if (event.what == Film::What::deadlocked || event.what == Film::What::stranded) stuck.insert(event.call);
        if (gets_in && ended.count(event.call) == 0) entered[event.call] = frame.at;
        if (event.what == Film::What::answered || event.what == Film::What::ended_badly) ended[event.call] = frame.at;
      }
    }
    // What an idle deadline, an hour later, does to calls that would never have gone on is in no record.
    if (run.ended_at > 60 * kSecond) continue;
    ++compared;
    for (const CallRecord& call : run.calls) {
      INFO("seed " << seed << ", call " << call.serial << "\n" << text);
      if (first.count(call.serial) == 0 && !stuck.empty()) continue;
      CHECK(first[call.serial] == call.arrived);
      if (!stuck.empty()) continue;
      CHECK(call.outcome != Outcome::deadlocked);
      CHECK((entered.count(call.serial) > 0) == call.entered.has_value());
      if (call.entered) CHECK(entered[call.serial] == *call.entered);
      if (ended.count(call.serial) > 0) CHECK(ended[call.serial] == call.ended);
    }
    CHECK(run.film->circles.size() == run.deadlocks.size());
    for (const Film::Circle& circle : run.film->circles) CHECK(circle.closed_by < run.film->frames.size());
  }
  CHECK(compared > 500);
}

}  // namespace
