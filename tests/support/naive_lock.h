// A deliberately simple twin of the lock machine, written without looking at it: plain containers, the original's steps
// one by one, no care for speed. Only tests use it; where the two differ, one of them is wrong.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "actorsim/lock/lock_table.h"

namespace actorsim::testing {

/// The original's buffered ring before 1.18: a circle of slots, here turned so that the front is always slot 0.
class NaiveCircle {
 public:
  using Item = std::optional<std::size_t>;

  int length() const { return length_; }
  const std::vector<Item>& slots() const { return slots_; }
  Item front() const { return slots_.front(); }
  /// Both return what the circle lost by it, in this order.
  std::vector<std::size_t> append(std::size_t item);
  std::vector<std::size_t> remove_front();

 private:
  std::size_t index(int position) const;
  std::vector<std::size_t> cut();

  std::vector<Item> slots_ = std::vector<Item>(2);
  int length_ = 0;
};

/// One actor's lock. The operations and what they return are those of LockTable; `refused` and `cancelled_holders` are
/// in order of arrival.
class NaiveLock {
 public:
  NaiveLock(LockClass lock_class, const LockConfig& config);

  ArrivalResult arrive(CallSlot call, const Arrival& arrival, LockEffects& effects);
  void release(CallSlot call, LockEffects& effects);
  void cancel(CallSlot call, LockEffects& effects);
  void close(CallSlot closer, bool given_up, LockEffects& effects, ReentrancyId fresh);

  bool is_inside(CallSlot call) const;
  bool is_waiting(CallSlot call) const;
  bool can_move_queue(CallSlot call) const;
  LockStateView inspect() const;

  /// Is the id written anywhere that still matters?
  bool mentions(ReentrancyId id) const;
  /// The calls that wait or are inside, in order of arrival.
  std::vector<CallSlot> calls() const;
  /// Everything that is remembered and still matters, as words, with `names[call]` for each call: two of one class and
  /// one setting with equal words do the same for ever.
  void append_state(const std::vector<std::uint32_t>& names, std::vector<std::uint32_t>& words) const;

 private:
  struct Entry {
    ReentrancyId id = kNoId;
    int depth = 1;
    bool started = false;
    std::size_t left = 0;  // the how manieth to leave the queue; 0: it is in it
  };

  struct Caller {
    CallSlot call = 0;
    std::size_t entry = 0;    // rings
    ReentrancyId id = kNoId;  // classic
    bool inside = false;
    bool cancelled = false;
    bool closing = false;
  };

  bool is_classic() const { return class_ <= LockClass::classic; }
  bool is_docs() const { return class_ == LockClass::docs; }
  bool is_1_15() const { return class_ == LockClass::ring_1_15_0 || class_ == LockClass::ring_1_15; }
  bool has_old_ring() const { return !is_classic() && class_ < LockClass::ring_1_18; }

  ArrivalResult arrive_classic(CallSlot call, const Arrival& arrival);
  ArrivalResult arrive_ring(CallSlot call, const Arrival& arrival);
  void release_classic(LockEffects& effects);
  void leave_entry(std::size_t entry, CallSlot by, bool in_release, LockEffects& effects);
  void really_close(CallSlot closer, LockEffects& effects);
  std::vector<Caller> waiting() const;
  std::size_t place(std::size_t entry) const;
  std::vector<std::size_t> queue() const;
  std::vector<std::size_t> entries_that_matter() const;
  std::optional<std::size_t> front() const;
  int length() const;
  void append(std::size_t entry);
  void remove_front();
  void note_left(const std::vector<std::size_t>& entries);
  std::vector<Caller>::iterator caller(CallSlot call);
  std::vector<Caller>::const_iterator caller(CallSlot call) const;

  LockClass class_;
  LockConfig config_;
  bool closed_ = false;
  std::vector<Caller> callers_;  // waiting and inside, in order of arrival

  // Classic.
  ReentrancyId active_ = kNoId;
  std::int64_t depth_ = 0;
  bool locked_ = false;

  // Rings. Entries are never taken away from here.
  std::vector<Entry> entries_;
  std::size_t left_ = 0;                 // the queue, of them
  NaiveCircle circle_;                   // before 1.18
  std::deque<std::size_t> entry_queue_;  // from 1.18 on, and docs
};

}  // namespace actorsim::testing
