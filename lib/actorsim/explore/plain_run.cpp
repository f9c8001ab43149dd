// The plain run: the events of virtual time, one after another.
#include <algorithm>
#include <optional>
#include <vector>

#include "actorsim/explore/film_maker.h"
#include "actorsim/explore/plain_schedule.h"
#include "actorsim/explore/recorder.h"
#include "actorsim/explore/run.h"

namespace actorsim {
namespace {

// Movers in the order in which they move. Those of the present instant form a queue; the later ones a heap by time,
// deadlines behind everything else of their instant, then by arrival.
class Timeline {
 public:
  void add(const Mover& mover, Nanoseconds delay) {
    if (!is_deadline(mover.kind)) ++ordinary_;
    if (is_caused(mover.kind)) ++caused_;
    if (repeats_itself(mover)) ++repeats_;
    if (delay == 0 && !is_deadline(mover.kind)) {
      present_.push_back(mover);
      return;
    }
    later_.push_back({delay > kForever - now_ ? kForever : now_ + delay, next_sequence_++, mover});
    std::push_heap(later_.begin(), later_.end(), comes_after);
  }

  // When the next mover moves; nothing: it is over.
  std::optional<Nanoseconds> next_time() const {
    if (next_ < present_.size()) return now_;
    if (later_.empty()) return std::nullopt;
    return later_.front().time;
  }

  // Takes the next mover; time moves where nothing is left to do at this instant.
  Mover take() {
    if (next_ == present_.size()) take_later();
    const Mover mover = present_[next_++];
    ++events_at_once_;
    if (!is_deadline(mover.kind)) --ordinary_;
    if (is_caused(mover.kind)) --caused_;
    if (repeats_itself(mover)) --repeats_;
    if (mover.kind == Mover::Kind::trigger) ++roots_at_once_;
    if (next_ >= kCompactAt && next_ * 2 >= present_.size()) compact();
    return mover;
  }

  Nanoseconds now() const { return now_; }

  // Is there anything left but idle deadlines?
  bool has_ordinary() const { return ordinary_ > 0 || caused_ > 0; }

  // Is nothing left but DELETEs that have failed before and would fail again for ever?
  bool has_only_repeats() const { return !has_ordinary() && repeats_ == later_.size(); }

  // One more root call at this instant. Always true.
  bool count_root() {
    ++events_at_once_;
    ++roots_at_once_;
    return true;
  }

  bool is_endless() const { return events_at_once_ > kMaxEventsAtOnce * std::max<std::uint64_t>(1, roots_at_once_); }

 private:
  struct Event {
    Nanoseconds time;
    std::uint64_t sequence;
    Mover mover;
  };
  static constexpr std::size_t kCompactAt = 4096;

  // A deadline that comes from the scenario itself: a caller's timeout, a rebalance.
  static bool is_caused(Mover::Kind kind) { return kind == Mover::Kind::timeout || kind == Mover::Kind::drain; }

  static bool repeats_itself(const Mover& mover) {
    return mover.kind == Mover::Kind::idle && mover.tag == kFailedBefore;
  }

  static bool comes_after(const Event& left, const Event& right) {
    if (left.time != right.time) return left.time > right.time;
    const bool left_yields = is_deadline(left.mover.kind), right_yields = is_deadline(right.mover.kind);
    return left_yields != right_yields ? left_yields : left.sequence > right.sequence;
  }

  // The ordinary movers of the next instant, or one deadline.
  void take_later() {
    present_.clear();
    next_ = 0;
    if (later_.front().time != now_) events_at_once_ = roots_at_once_ = 0;
    now_ = later_.front().time;
    do {
      std::pop_heap(later_.begin(), later_.end(), comes_after);
      present_.push_back(later_.back().mover);
      later_.pop_back();
    } while (!is_deadline(present_.back().kind) && !later_.empty() && later_.front().time == now_ &&
             !is_deadline(later_.front().mover.kind));
  }

  void compact() {
    present_.erase(present_.begin(), present_.begin() + static_cast<std::ptrdiff_t>(next_));
    next_ = 0;
  }

  std::vector<Mover> present_;
  std::size_t next_ = 0;
  std::vector<Event> later_;
  Nanoseconds now_ = 0;
  std::uint64_t next_sequence_ = 0;
  std::uint64_t events_at_once_ = 0;
  std::uint64_t roots_at_once_ = 0;
  std::uint64_t repeats_ = 0;   // idle deadlines whose DELETE has failed before
  std::uint64_t ordinary_ = 0;  // movers that are no deadlines
  std::uint64_t caused_ = 0;    // deadlines that the scenario asks for
};

Diagnostic problem_at(const Model& model, const World& world, const Mover& mover) {
  Diagnostic problem;
  problem.file = model.program().file;
  if (mover.kind == Mover::Kind::activity) problem.span = model.program().code[world.activities[mover.index].pc].span;
  if (mover.kind == Mover::Kind::trigger) problem.span = model.program().triggers[mover.index].span;
  return problem;
}

Diagnostic endless_time_problem(const Model& model, const World& world, const Mover& mover) {
  Diagnostic problem = problem_at(model, world, mover);
  problem.code = "endless-time";
  problem.message = "virtual time would pass its end here, after about 292 years";
  problem.help = "shorter durations say the same";
  return problem;
}

Diagnostic endless_problem(const Model& model, const World& world, const Mover& mover) {
  Diagnostic problem = problem_at(model, world, mover);
  problem.code = "endless-events";
  problem.message = "more than " + std::to_string(kMaxEventsAtOnce) + " events were caused without time moving";
  problem.help =
      "a handler that sends to itself for ever never ends; let time pass with sleep, or bound it with repeat";
  if (mover.kind == Mover::Kind::activity) problem.span = model.program().code[world.activities[mover.index].pc].span;
  return problem;
}

constexpr std::uint64_t kProgressMask = (1U << 16U) - 1;

Diagnostic endless_deactivations_problem(const Model& model, const World& world, const Mover& idle) {
  Diagnostic problem;
  problem.file = model.program().file;
  const Index type = model.names().type_of(world.instances[idle.index].actor);
  const Index handler = model.program().types[type].on_deactivate;
  if (handler != kNone) problem.span = model.program().code[model.program().bodies[handler].entry].span;
  problem.code = "endless-events";
  problem.message = "actors are deactivated, called by that and deactivated again without end";
  problem.help = "say when to stop looking: until: 10h";
  return problem;
}

class PlainRun {
 public:
  PlainRun(const Program& program, const RunOptions& options)
      : program_(program), options_(options), model_(program), recorder_(model_, options), world_(model_.initial()) {
    if (options.wants_film) film_.emplace(model_, recorder_, options.kept_calls);
  }

  tl::expected<Run, Diagnostic> run() {
    model_.begin(world_, effects_);
    if (std::optional<Diagnostic> problem = take_over()) return tl::unexpected(std::move(*problem));
    while (const std::optional<Nanoseconds> time = was_stopped_ ? std::nullopt : timeline_.next_time()) {
      if (*time > program_.until) {
        reached_horizon_ = true;
        break;
      }
      if (!timeline_.has_ordinary() && !go_on_for_deadlines()) break;
      if (std::optional<Diagnostic> problem = step()) return tl::unexpected(std::move(*problem));
    }
    settle_stuck();
    Run run = recorder_.finish(world_);
    if (film_) run.film = std::make_shared<const Film>(film_->finish(run));
    run.steps = steps_;
    run.reached_horizon = reached_horizon_;
    run.was_stopped = was_stopped_;
    if (options_.wants_schedule && steps_ <= kMostScheduled && !was_stopped_)
      run.schedule = schedule_of(program_, taken_, run, options_).value_or(Schedule{});
    return run;
  }

 private:
  std::optional<Diagnostic> take_over() {
    for (const StepEffects::Ready& ready : effects_.ready) {
      if (only_breaks_up_ && ready.mover.kind != Mover::Kind::idle) continue;
      if (!is_deadline(ready.mover.kind) && ready.delay > kForever - timeline_.now())
        return endless_time_problem(model_, world_, ready.mover);
      timeline_.add(ready.mover, ready.delay);
    }
    return std::nullopt;
  }

  void settle_stuck() {
    if (film_) {
      film_->settle(model_, world_, timeline_.now());
    } else {
      model_.settle_stuck(world_, &recorder_);
    }
  }

  // Only deadlines of instances are left: what is stuck now stays so. They are run on where that can still change
  // anything.
  bool go_on_for_deadlines() {
    if (!has_settled_) {
      settle_stuck();
      has_settled_ = true;
    }
    if (timeline_.has_only_repeats()) return false;
    if (options_.idle_deadlines_matter || has_deactivation_handlers()) {
      if (idle_bound_ == 0) idle_bound_ = kDeactivationsPerInstance * (world_.instances.size() + 1);
      return true;
    }
    // All that is left to learn is when a deadline would break up what is stuck; what the calls would do then is not
    // told.
    only_breaks_up_ = true;
    if (film_) film_->stop();
    return world_.live_calls > 0;
  }

  bool has_deactivation_handlers() const {
    return std::any_of(program_.types.begin(), program_.types.end(),
                       [](const ProgramType& type) { return type.on_deactivate != kNone; });
  }

  // Whose step it is. Told before the step: it may be the last of its call.
  Choice choice_of(const Mover& mover) const {
    const Call* call = nullptr;
    switch (mover.kind) {
      case Mover::Kind::trigger: return {mover.index, world_.triggers[mover.index].started, 0};
      case Mover::Kind::activity:
        if (mover.index < world_.activities.size() && world_.activities[mover.index].call < world_.calls.size())
          call = &world_.calls[world_.activities[mover.index].call];
        break;
      case Mover::Kind::retry:
      case Mover::Kind::timeout:
        if (mover.index < world_.calls.size()) call = &world_.calls[mover.index];
        break;
      case Mover::Kind::idle:
      case Mover::Kind::drain:
      case Mover::Kind::look_again:
      case Mover::Kind::grant: break;
    }
    return call == nullptr || call->trigger == kNone ? Choice{} : Choice{call->trigger, call->number, 0};
  }

  std::optional<Diagnostic> step() {
    const Mover mover = timeline_.take();
    if (is_deadline(mover.kind) && is_to_stop()) return std::nullopt;  // these look at the whole world
    if (timeline_.is_endless()) return endless_problem(model_, world_, mover);
    // Once the scenario has nothing more to do, every instance goes once, and those that are made by that.
    if (mover.kind == Mover::Kind::idle && idle_bound_ > 0 && ++idles_ > idle_bound_)
      return endless_deactivations_problem(model_, world_, mover);
    recorder_.set_time(timeline_.now());
    world_.now = timeline_.now();
    do {
      const Choice choice = choice_of(mover);
      const std::uint32_t call = serial_of(world_, mover);
      if (film_) film_->begin_step(world_, mover, choice, timeline_.now());
      model_.apply(world_, mover, effects_, film_ ? static_cast<Observer*>(&*film_) : &recorder_);
      if (effects_.problem) return std::move(effects_.problem);
      if (effects_.is_stale) return std::nullopt;
      if (film_) film_->end_step(world_);
      if (options_.wants_schedule && steps_ < kMostScheduled) taken_.push_back({mover, choice, call});
      if ((++steps_ & kProgressMask) == 0 && !look_around()) return std::nullopt;
      if (std::optional<Diagnostic> problem = take_over()) return problem;
      if (mover.kind != Mover::Kind::idle || timeline_.has_ordinary()) has_settled_ = false;
    } while (effects_.again && timeline_.count_root());
    return std::nullopt;
  }

  // Now and then. False: the run is to end here.
  bool look_around() {
    if (options_.on_progress) options_.on_progress(world_.calls_made, world_.now);
    return !is_to_stop();
  }

  bool is_to_stop() {
    was_stopped_ = options_.stop != nullptr && *options_.stop;
    return was_stopped_;
  }

  const Program& program_;
  const RunOptions& options_;
  Model model_;
  Recorder recorder_;
  std::optional<FilmMaker> film_;
  World world_;
  StepEffects effects_;
  Timeline timeline_;
  static constexpr std::uint64_t kDeactivationsPerInstance = 1000;
  std::uint64_t idle_bound_ = 0;  // 0: the scenario still has something to do
  std::uint64_t idles_ = 0;
  std::vector<PlainStep> taken_;
  std::uint64_t steps_ = 0;
  bool has_settled_ = false;
  bool only_breaks_up_ = false;
  bool reached_horizon_ = false;
  bool was_stopped_ = false;
};

}  // namespace

tl::expected<Run, Diagnostic> run_plainly(const Program& program, const RunOptions& options) {
  return PlainRun(program, options).run();
}

}  // namespace actorsim
