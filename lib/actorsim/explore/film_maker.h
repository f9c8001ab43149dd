// Watches a run beside its recorder, and keeps what each step did and how it left the locks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "actorsim/explore/film.h"
#include "actorsim/explore/recorder.h"
#include "actorsim/model/model.h"
#include "actorsim/model/wait_for.h"

namespace actorsim {

/// An observer that tells the recorder first. A step that is begun and not ended, because it turned out to be none, is
/// forgotten. Cost of a step: that of the locks that it touches, each linear in its
/// queue.
class FilmMaker : public Observer {
 public:
  /// Both must outlive it.
  FilmMaker(const Model& model, Recorder& recorder, std::size_t kept_calls)
      : model_(model), recorder_(recorder), kept_calls_(kept_calls) {}

  /// A step is about to be taken; what is told until end_step belongs to it.
  void begin_step(const World& world, const Mover& mover, const Choice& choice, Nanoseconds now);
  /// The step has been taken.
  void end_step(const World& world);
  /// What comes now is not told in full: the film ends here.
  void stop() { is_stopped_ = true; }

  /// Has it said what is stuck; where anything is, that is a frame of its own.
  void settle(Model& model, World& world, Nanoseconds now);

  /// The film of a run that has ended. Call it once, after Recorder::finish.
  Film finish(const Run& run);

  void made(const World& world, Index call) override;
  void held(const World& world, Index call) override;
  void arrived(const World& world, Index call, const std::optional<ArrivalResult>& result) override;
  void admitted(const World& world, Index call) override;
  void reseated(const World& world, Index from, Index to) override;
  void will_retry(const World& world, Index call, const CallEnd& end) override;
  void ended(const World& world, Index call, const CallEnd& end) override;
  void deactivated(const World& world, Index instance, bool moved) override;
  void became_stuck(const World& world, const Stuck& stuck) override;
  void overlapped(const World& world, Index entering, Index inside) override;

 private:
  // A lock as it was last told.
  struct Known {
    Film::LockChange state;
    std::vector<std::uint32_t> queue;
  };

  void touch_mover(const World& world, const Mover& mover);
  void touch(Index instance);
  Film::Event& add(const World& world, Index call, Film::What what);
  void note_stuck(const World& world, const std::vector<Index>& calls, Film::What what);
  void note_moved(const World& world, Index call);
  Film::Reason reason_to_wait(const World& world, Index call, Film::Event& event) const;
  void look_at(const World& world, Index instance);
  std::uint32_t id_of(ReentrancyId id);
  bool is_over() const { return is_stopped_ || is_full_; }
  void note_frame(std::vector<std::uint32_t>& frames, std::uint32_t serial);
  std::uint32_t closing_frame(const DeadlockCycle& cycle) const;
  std::uint32_t breaking_frame(const DeadlockCycle& cycle) const;
  static std::uint32_t frame_of(const std::vector<std::uint32_t>& frames, std::uint32_t serial);

  const Model& model_;
  Recorder& recorder_;
  const std::size_t kept_calls_;
  Film film_;
  Film::Frame frame_;
  bool is_stopped_ = false;  // what comes is no part of it
  bool is_full_ = false;     // what comes is left out
  bool touches_all_ = false;
  std::vector<Index> touched_;  // locks, some more than once
  std::vector<Known> known_;    // by lock
  std::map<std::string, std::uint32_t> id_places_;
  // By serial: the frame in which it was made, got in last, began to wait last, and was moved although it was stuck.
  std::vector<std::uint32_t> made_, entered_, waiting_, moved_;
};

}  // namespace actorsim
