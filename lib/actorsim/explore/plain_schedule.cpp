// The steps of the plain run, taken one by one among all that could be; what comes of it is compared.
#include "actorsim/explore/plain_schedule.h"

#include <algorithm>
#include <atomic>
#include <tuple>

#include "actorsim/explore/recorder.h"
#include "actorsim/explore/walker.h"
#include "actorsim/model/unroll.h"

namespace actorsim {
namespace {

constexpr std::uint64_t kMostTriggers = 20'000;
constexpr std::uint64_t kMostEffort = 10'000'000;  // calls and triggers looked at

class Follower {
 public:
  Follower(const Program& program, const RunOptions& options)
      : stop_(options.stop), walker_(program), recorder_(walker_.model(), options), situation_(walker_.initial()) {}

  // Whether it can be followed to its end.
  bool follow(const std::vector<PlainStep>& steps) {
    return std::all_of(steps.begin(), steps.end(), [this](const PlainStep& step) {
      return step.mover.kind == Mover::Kind::idle || (take(step) && hand_over());
    });
  }

  Run finish() {
    walker_.model().settle_stuck(situation_.world, &recorder_);
    return recorder_.finish(situation_.world);
  }

  Schedule& schedule() { return schedule_; }

 private:
  // Handing over apart from releasing, the worlds may have other places for the same: what moves is known by its call.
  // Of several branches of a handler it is that in the same place.
  bool take(const PlainStep& step) {
    if (!list_moves()) return false;
    const auto could_be = [&](const Move& move) { return could_be_same(move, step); };
    auto found = std::find_if(moves_.begin(), moves_.end(), could_be);
    if (std::count_if(found, moves_.end(), could_be) > 1) {
      found = std::find_if(found, moves_.end(),
                           [&](const Move& move) { return could_be(move) && move.mover == step.mover; });
    }
    return found != moves_.end() && take(*found);
  }

  bool could_be_same(const Move& move, const PlainStep& step) const {
    const Mover& mover = move.mover;
    if (mover.kind != step.mover.kind || mover.after_close != step.mover.after_close) return false;
    switch (mover.kind) {
      case Mover::Kind::trigger: return move.choice == step.choice;
      case Mover::Kind::activity: return serial_of(situation_.world, mover) == step.call;
      case Mover::Kind::retry:
      case Mover::Kind::timeout: return mover.tag == step.mover.tag && mover.attempt == step.mover.attempt;
      case Mover::Kind::idle:
      case Mover::Kind::drain:
      case Mover::Kind::look_again:
      case Mover::Kind::grant: break;
    }
    return mover == step.mover;
  }

  // A plain run knows no free lock that somebody waits for.
  bool hand_over() {
    if (walker_.program().lock_rules.queues_entries) return true;
    while (true) {
      if (!list_moves()) return false;
      const auto grant = std::find_if(moves_.begin(), moves_.end(),
                                      [](const Move& move) { return move.mover.kind == Mover::Kind::grant; });
      if (grant == moves_.end()) return true;
      if (!take(*grant)) return false;
    }
  }

  bool take(const Move& move) {
    schedule_.push_back(move.choice);
    outcomes_.clear();
    return schedule_.size() <= kMostScheduled && !walker_.take(situation_, move, outcomes_, &recorder_);
  }

  // Where a lock is closed, every move is tried on a copy of the world.
  bool list_moves() {
    const World& world = situation_.world;
    const std::uint64_t size = world.calls.size() + world.triggers.size() + world.instances.size() + 1;
    effort_ += has_closed_lock(world) ? size * (moves_.size() + 1) : size;
    if (effort_ > kMostEffort || (stop_ != nullptr && *stop_)) return false;
    walker_.list_moves(situation_, moves_);
    return true;
  }

  static bool has_closed_lock(const World& world) {
    return std::any_of(world.instances.begin(), world.instances.end(), [](const Instance& instance) {
      return instance.state != Instance::State::active && instance.state != Instance::State::gone;
    });
  }

  const std::atomic<bool>* const stop_;
  Walker walker_;
  Recorder recorder_;
  Situation situation_;
  std::vector<Move> moves_;
  std::vector<CallOutcome> outcomes_;
  Schedule schedule_;
  std::uint64_t effort_ = 0;
};

// All but times, and the end of calls that idle actors have ended.
bool are_alike(const CallRecord& left, const CallRecord& right) {
  const auto facts = [](const CallRecord& call) {
    return std::tie(call.serial, call.label, call.caller, call.outcome, call.completed, call.had_to_wait, call.was_held,
                    call.attempts, call.met_closed_lock, call.depth, call.id, call.header, call.lock_was_free,
                    call.held_by, call.behind, call.entered_order);
  };
  return facts(left) == facts(right);
}

bool are_alike(const Run& left, const Run& right) {
  return left.verdict == right.verdict && left.counts.by_outcome == right.counts.by_outcome &&
         left.counts.attempts == right.counts.attempts && left.skipped.size() == right.skipped.size() &&
         left.deadlocks.size() == right.deadlocks.size() && left.overlap_count == right.overlap_count &&
         std::equal(left.calls.begin(), left.calls.end(), right.calls.begin(), right.calls.end(),
                    [](const CallRecord& a, const CallRecord& b) { return are_alike(a, b); });
}

}  // namespace

std::uint32_t serial_of(const World& world, const Mover& mover) {
  if (mover.kind != Mover::Kind::activity || mover.index >= world.activities.size()) return kNone;
  const Index call = world.activities[mover.index].call;
  return call < world.calls.size() ? world.calls[call].serial : kNone;
}

std::optional<Schedule> schedule_of(const Program& program, const std::vector<PlainStep>& steps, const Run& run,
                                    const RunOptions& options) {
  const std::uint64_t triggers = unrolled_size(program);
  if (triggers > kMostTriggers || triggers * steps.size() > kMostEffort) return std::nullopt;
  Follower follower(program, options);
  if (!follower.follow(steps) || !are_alike(run, follower.finish())) return std::nullopt;
  return std::move(follower.schedule());
}

}  // namespace actorsim
