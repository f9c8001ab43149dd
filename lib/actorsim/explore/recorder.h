// Watches a run and turns what happens into records and counts.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "actorsim/explore/run.h"
#include "actorsim/model/model.h"
#include "actorsim/model/wait_for.h"

namespace actorsim {

/// An observer that builds a Run. Calls beyond the kept ones are only counted.
class Recorder : public Observer {
 public:
  Recorder(Model& model, const RunOptions& options);

  /// The virtual time of what is told next.
  void set_time(Nanoseconds now) { now_ = now; }

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

  /// What the records call a reentrancy id; nothing where none of them shows it.
  std::optional<std::string> shown_id(ReentrancyId id) const;

  /// The run as it stands in `world`, in which nothing moves any more. Call it once.
  Run finish(const World& world);

 private:
  CallRecord* record_of(Index call);
  void add_record(const World& world, Index call);
  void note_attempt(const World& world, Index call, const std::optional<ArrivalResult>& result, CallRecord& record);
  void note_entered(CallRecord* record);
  void count_outcome(Outcome outcome, CallRecord* record);
  CallError error_of(const World& world, Index call, const CallEnd& end);
  void note_cycle(const World& world, const WaitCycle& cycle);
  void note_broken_up(const World& world, Index call);
  void find_skipped();
  std::string id_name(ReentrancyId id);

  Model& model_;
  const std::size_t kept_calls_;
  const std::set<std::string> wanted_labels_;
  Nanoseconds now_ = 0;
  std::uint64_t entered_so_far_ = 0;
  std::uint64_t events_ = 0;  // arrivals, entries and ends
  Run run_;
  std::vector<Index> record_of_slot_;  // by call slot
  std::vector<bool> site_was_reached_;
  std::map<ReentrancyId, std::size_t> shown_ids_;  // those named last by each
  std::size_t named_ids_ = 0;
  std::map<std::uint32_t, std::string> bodies_;  // by serial of a nested call that ended badly: what its error says
};

}  // namespace actorsim
