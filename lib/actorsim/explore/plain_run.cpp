// The plain run: the events of virtual time, one after another.
#include <algorithm>
#include <vector>

#include "actorsim/explore/recorder.h"
#include "actorsim/explore/run.h"

namespace actorsim {
namespace {

// Movers in the order in which they move. Those of the present instant form a queue; the later ones a heap by time and arrival.
class Timeline {
 public:
  void add(const Mover& mover, Nanoseconds delay) {
    if (delay == 0) {
      present_.push_back(mover);
      return;
    }
    later_.push_back({now_ + delay, next_sequence_++, mover});
    std::push_heap(later_.begin(), later_.end(), comes_after);
  }

  // The next mover; time moves where nothing is left to do at this instant. Nothing: it is over.
  std::optional<Mover> take() {
    if (next_ == present_.size() && !move_time()) return std::nullopt;
    const Mover mover = present_[next_++];
    ++events_at_once_;
    if (mover.kind == Mover::Kind::trigger) ++roots_at_once_;
    if (next_ >= kCompactAt && next_ * 2 >= present_.size()) compact();
    return mover;
  }

  Nanoseconds now() const { return now_; }

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

  static bool comes_after(const Event& left, const Event& right) {
    return left.time != right.time ? left.time > right.time : left.sequence > right.sequence;
  }

  bool move_time() {
    if (later_.empty()) return false;
    present_.clear();
    next_ = 0;
    events_at_once_ = roots_at_once_ = 0;
    now_ = later_.front().time;
    while (!later_.empty() && later_.front().time == now_) {
      std::pop_heap(later_.begin(), later_.end(), comes_after);
      present_.push_back(later_.back().mover);
      later_.pop_back();
    }
    return true;
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
};

Diagnostic endless_problem(const Model& model, const World& world, const Mover& mover) {
  Diagnostic problem;
  problem.code = "endless-events";
  problem.file = model.program().file;
  problem.message = "more than " + std::to_string(kMaxEventsAtOnce) + " events were caused without time moving";
  problem.help = "a handler that sends to itself for ever never ends; let time pass with sleep, or bound it with repeat";
  if (mover.kind == Mover::Kind::activity) problem.span = model.program().code[world.activities[mover.index].pc].span;
  return problem;
}

}  // namespace

tl::expected<Run, Diagnostic> run_plainly(const Program& program, const RunOptions& options) {
  Model model(program);
  Recorder recorder(model, options);
  World world = model.initial();
  StepEffects effects;
  Timeline timeline;
  std::uint64_t steps = 0;
  const auto take_over = [&] {
    for (const StepEffects::Ready& ready : effects.ready) timeline.add(ready.mover, ready.delay);
  };
  model.begin(world, effects);
  take_over();
  while (const std::optional<Mover> mover = timeline.take()) {
    if (timeline.is_endless()) return tl::unexpected(endless_problem(model, world, *mover));
    recorder.set_time(timeline.now());
    do {
      model.apply(world, *mover, effects, &recorder);
      ++steps;
      if (effects.problem) return tl::unexpected(std::move(*effects.problem));
      take_over();
    } while (effects.again && timeline.count_root());
  }
  Run run = recorder.finish(world);
  run.steps = steps;
  return run;
}

}  // namespace actorsim
