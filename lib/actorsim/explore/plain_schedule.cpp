// The steps of the plain run, taken one by one among all that could be; what comes of it is compared.
#include "actorsim/explore/plain_schedule.h"

#include <algorithm>
#include <tuple>

#include "actorsim/explore/recorder.h"
#include "actorsim/explore/walker.h"
#include "actorsim/model/unroll.h"

namespace actorsim {
namespace {

constexpr std::uint64_t kMostTriggers = 20'000;
constexpr std::uint64_t kMostEffort = 20'000'000;  // calls looked at

class Follower {
 public:
  Follower(const Program& program, const RunOptions& options)
      : walker_(program), recorder_(walker_.model(), options), situation_(walker_.initial()) {}

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
  bool take(const PlainStep& step) {
    if (!list_moves()) return false;
    const auto found = std::find_if(moves_.begin(), moves_.end(), [&](const Move& move) { return is(move, step); });
    return found != moves_.end() ? take(*found) : take_only(step);
  }

  static bool is(const Move& move, const PlainStep& step) {
    return step.mover.kind == Mover::Kind::trigger
               ? move.mover.kind == Mover::Kind::trigger && move.choice == step.choice
               : move.mover == step.mover;
  }

  // Handing over apart from releasing, the worlds may have other places for the same.
  bool take_only(const PlainStep& step) {
    const auto could_be = [&](const Move& move) {
      return move.mover.kind == step.mover.kind && move.choice.trigger == step.choice.trigger &&
             move.choice.number == step.choice.number && move.mover.after_close == step.mover.after_close;
    };
    const auto found = std::find_if(moves_.begin(), moves_.end(), could_be);
    if (found == moves_.end() || std::count_if(found, moves_.end(), could_be) > 1) return false;
    return take(*found);
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

  bool list_moves() {
    effort_ += situation_.world.calls.size() + situation_.world.triggers.size() + 1;
    if (effort_ > kMostEffort) return false;
    walker_.list_moves(situation_, moves_);
    return true;
  }

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

std::optional<Schedule> schedule_of(const Program& program, const std::vector<PlainStep>& steps, const Run& run,
                                    const RunOptions& options) {
  if (unrolled_size(program) > kMostTriggers) return std::nullopt;
  RunOptions recorded;
  recorded.kept_calls = options.kept_calls;
  recorded.wanted_labels = options.wanted_labels;
  Follower follower(program, recorded);
  if (!follower.follow(steps) || !are_alike(run, follower.finish())) return std::nullopt;
  return std::move(follower.schedule());
}

}  // namespace actorsim
