// Starting what starts, waiting until nobody moves, and giving up on those who cannot.
#include "actorsim/stress/round.h"

#include <algorithm>
#include <exception>
#include <functional>
#include <mutex>

#include "actorsim/stress/judge.h"
#include "actorsim/stress/pace.h"
#include "actorsim/stress/performer.h"
#include "actorsim/stress/stage.h"

namespace actorsim {
namespace {

constexpr std::chrono::milliseconds kLook{20};
constexpr std::uint64_t kTriggerSalt = 0x9E37'79B9'7F4A'7C15ULL;

// What comes from outside: first triggers, calls of a closed loop, and triggers that come after others.
class Outside {
 public:
  Outside(Stage& stage, std::uint64_t seed) : stage_(stage), program_(stage.program()), seed_(seed) {
    states_.resize(program_.triggers.size());
  }

  // False: not all of it has begun, because the round must end.
  bool begin(const std::function<bool()>& must_end) {
    const auto goes_on = [&] { return !stage_.is_over() && !(must_end && must_end()); };
    for (Index i = 0; i < program_.triggers.size(); ++i) {
      if (program_.triggers[i].after == kNone && !release(i, goes_on)) return false;
    }
    return true;
  }

 private:
  struct State {
    std::uint32_t due = 0, started = 0, answered = 0;
  };

  // Asks before each call. False: not all of them have been started.
  template <typename GoesOn>
  bool release(Index index, const GoesOn& goes_on) {
    const StartTrigger& trigger = program_.triggers[index];
    const std::uint32_t due =
        trigger.clients > 0 ? std::min(trigger.clients, trigger.count) : std::min(1U, trigger.count);
    {
      const std::lock_guard guard(mutex_);
      states_[index].due = due;
    }
    for (std::uint32_t i = 0; i < due; ++i) {
      if (!goes_on()) return false;
      start_call(index, trigger.at);
    }
    return true;
  }

  void start_call(Index index, Nanoseconds at) {
    const StartTrigger& trigger = program_.triggers[index];
    std::uint32_t number = trigger.first_number;
    {
      const std::lock_guard guard(mutex_);
      number += states_[index].started++;
    }
    stage_.start([this, index, at, number] {
      Random random(seed_ ^ (kTriggerSalt * (index + 1)) ^ number);
      take_time(random, at);
      dawdle(random);
      if (!stage_.may_go_on()) return;
      StagedCaller nobody;
      nobody.number = number;
      StagedCall* const call = make_staged_call(stage_, program_.triggers[index].site, nobody);
      if (call == nullptr) return;
      call->on_answered = [this, index] { note_answered(index); };
      serve(stage_, *call, offspring(random));
    });
  }

  // A trigger that comes after a load starts once all calls of the load have been answered.
  void note_answered(Index index) {
    if (stage_.is_over()) return;
    const StartTrigger& trigger = program_.triggers[index];
    const Index counter = trigger.counted_by == kNone ? index : trigger.counted_by;
    const StartTrigger& counting = program_.triggers[counter];
    bool starts_another = false, releases = false;
    {
      const std::lock_guard guard(mutex_);
      State& state = states_[index];
      starts_another = trigger.clients > 0 && state.due < trigger.count;
      if (starts_another) ++state.due;
      releases = ++states_[counter].answered == (counting.awaited > 0 ? counting.awaited : counting.count);
    }
    if (starts_another) start_call(index, 0);
    if (!releases || !counting.followers) return;
    for (const Index follower : *counting.followers) release(follower, [this] { return !stage_.is_over(); });
  }

  Stage& stage_;
  const Program& program_;
  const std::uint64_t seed_;
  std::mutex mutex_;
  std::vector<State> states_;
};

// Tells slow from stuck: patience comes to an end after so long without any step.
class Patience {
 public:
  Patience(const Stillness& stillness, std::chrono::milliseconds most)
      : stillness_(stillness), most_(most), steps_(stillness.steps()) {}

  // After a look at which nothing had come of it.
  bool is_over_after(std::chrono::milliseconds look) {
    const std::uint64_t steps = stillness_.steps();
    idle_ = steps == steps_ ? idle_ + look : std::chrono::milliseconds{0};
    steps_ = steps;
    return idle_ >= most_;
  }

  std::chrono::milliseconds idle() const { return idle_; }

 private:
  const Stillness& stillness_;
  const std::chrono::milliseconds most_;
  std::uint64_t steps_;
  std::chrono::milliseconds idle_{0};
};

class RoundPlayer {
 public:
  RoundPlayer(const Program& program, Crew& crew, Stillness& stillness, const RoundSettings& settings)
      : settings_(settings),
        stillness_(stillness),
        stage_(program, crew, stillness, settings.before_step, settings.most_events),
        outside_(stage_, settings.seed) {}

  RoundResult play() {
    try {
      play_to_end();
    } catch (...) {
      // No thread may outlive the stage.
      stage_.give_up(true);
      while (!stillness_.wait_until_over(kLook)) {
      }
      throw;
    }
    return std::move(result_);
  }

 private:
  // Keeps the count from coming to 0 while somebody outside of all tasks is at work.
  class Hold {
   public:
    explicit Hold(Stillness& stillness) : stillness_(stillness) { stillness_.more(1); }
    ~Hold() { stillness_.less(); }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

   private:
    Stillness& stillness_;
  };

  void play_to_end() {
    const bool is_still = begin() && wait_until_still();
    bool locks_agree = true;
    if (is_still && !stage_.is_over()) {
      // The locks first: what is judged from is their logs.
      locks_agree = replay_logs(stage_, result_);
      if (locks_agree) judge(stage_, result_);
      result_.counts = locks_agree;
    }
    const bool has_more = !result_.counts || stillness_.has_tasks();
    if (stillness_.has_tasks()) end_all(is_still && locks_agree);
    if (const std::exception_ptr error = stage_.first_error()) std::rethrow_exception(error);
    result_.problem = stage_.first_problem();
    result_.counts = result_.counts && !result_.problem;
    if (locks_agree && has_more) replay_logs(stage_, result_);
    if (!result_.defects.empty() || (result_.counts && settings_.wants_logs && settings_.wants_logs(result_)))
      result_.logs = lock_logs(stage_);
  }

  bool begin() {
    const Hold hold(stillness_);
    return outside_.begin(settings_.must_end);
  }

  // False: it must end, the scenario is at fault, or a thread has got lost.
  bool wait_until_still() {
    Patience patience(stillness_, settings_.patience);
    while (!stillness_.wait_until_still(kLook)) {
      if (stage_.is_over() || (settings_.must_end && settings_.must_end())) return false;
      if (!patience.is_over_after(kLook)) continue;
      result_.defects.emplace_back("a thread that could move has not moved for " +
                                   std::to_string(patience.idle().count()) + "ms");
      return false;
    }
    return true;
  }

  // Cancels those who wait; where their release does not notice, or something is out of order, breaks up their locks.
  void end_all(bool is_in_order) {
    {
      const Hold hold(stillness_);
      stage_.give_up(!is_in_order || !stage_.program().lock_rules.notices_cancellation);
    }
    Patience patience(stillness_, settings_.patience);
    for (bool is_broken_up = false; !stillness_.wait_until_over(kLook);) {
      if (is_broken_up || !patience.is_over_after(kLook)) continue;
      result_.defects.emplace_back("a call that was cancelled did not come back");
      stage_.give_up(true);
      is_broken_up = true;
    }
  }

  const RoundSettings& settings_;
  Stillness& stillness_;
  Stage stage_;
  Outside outside_;
  RoundResult result_;
};

}  // namespace

RoundResult play_round(const Program& program, Crew& crew, Stillness& stillness, const RoundSettings& settings) {
  return RoundPlayer(program, crew, stillness, settings).play();
}

}  // namespace actorsim
