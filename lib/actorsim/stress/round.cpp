// Starting what starts, waiting until nobody moves, and giving up on those who cannot.
#include "actorsim/stress/round.h"

#include <algorithm>
#include <exception>
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

  void begin() {
    for (Index i = 0; i < program_.triggers.size(); ++i) {
      if (program_.triggers[i].after == kNone) release(i);
    }
  }

 private:
  struct State {
    std::uint32_t due = 0, started = 0, answered = 0;
  };

  void release(Index index) {
    const StartTrigger& trigger = program_.triggers[index];
    const std::uint32_t due =
        trigger.clients > 0 ? std::min(trigger.clients, trigger.count) : std::min(1U, trigger.count);
    {
      const std::lock_guard guard(mutex_);
      states_[index].due = due;
    }
    for (std::uint32_t i = 0; i < due; ++i) start_call(index, trigger.at);
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
    for (const Index follower : *counting.followers) release(follower);
  }

  Stage& stage_;
  const Program& program_;
  const std::uint64_t seed_;
  std::mutex mutex_;
  std::vector<State> states_;
};

class RoundPlayer {
 public:
  RoundPlayer(const Program& program, Crew& crew, Stillness& stillness, const RoundSettings& settings)
      : settings_(settings),
        stillness_(stillness),
        stage_(program, crew, stillness, settings.before_step),
        outside_(stage_, settings.seed) {}

  RoundResult play() {
    {
      const Hold hold(stillness_);
      outside_.begin();
    }
    const bool is_still = wait_until_still();
    if (is_still && !stage_.is_over()) {
      judge(stage_, result_);
      result_.counts = true;
    }
    if (stillness_.has_tasks()) end_all(is_still);
    if (const std::exception_ptr error = stage_.first_error()) std::rethrow_exception(error);
    result_.problem = stage_.first_problem();
    result_.counts = result_.counts && !result_.problem;
    replay_logs(stage_, result_);
    if (!result_.defects.empty() || (result_.counts && settings_.wants_logs && settings_.wants_logs(result_)))
      result_.logs = lock_logs(stage_);
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

  // False: it was stopped, the scenario is at fault, or a thread has got lost.
  bool wait_until_still() {
    std::uint64_t steps = stillness_.steps();
    std::chrono::milliseconds idle{0};
    while (!stillness_.wait_until_still(kLook)) {
      if (stage_.is_over() || (settings_.stop != nullptr && settings_.stop->load())) return false;
      idle = stillness_.steps() == steps ? idle + kLook : std::chrono::milliseconds{0};
      steps = stillness_.steps();
      if (idle < settings_.patience) continue;
      result_.defects.emplace_back("a thread that could move has not moved for " + std::to_string(idle.count()) + "ms");
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
    std::chrono::milliseconds waited{0};
    for (bool is_broken_up = false; !stillness_.wait_until_over(kLook);) {
      waited += kLook;
      if (is_broken_up || waited < settings_.patience) continue;
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
