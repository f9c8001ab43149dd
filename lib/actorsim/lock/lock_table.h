// The lock machine: the locks of many actors as one flat value, moved by pure functions. This header is its
// specification.
//
// A lock admits one *chain* at a time to its actor and lets the calls of that chain re-enter. It knows a chain only by
// its reentrancy id. Two machines cover every release; `LockRules` says which one and with which of its variations and
// defects. Sources are given as path@tag:Lnn in dapr/dapr; `lock.go` is pkg/actors/internal/locker/lock.go for 1.15 and
// pkg/actors/targets/app/lock/lock.go from 1.16 on.
//
// THE CLASSIC MACHINE, 1.2 to 1.14 (a mutex, an active id, a depth; pkg/actors/actor_lock.go@v1.14.0:L38-62)
//
// C1. The lock's depth counts the calls inside. When it equals the limit, every arriving call is refused, before its id
//     is looked at (L41). DEFECT, *the stranger refused at full depth*: a call of another chain is refused where it
//     should queue; with a limit of 1 no call ever waits, with reentrancy on or off. A limit of 0 refuses every call, a
//     negative one none. Why it is so: depth was thought of as the depth of the one chain inside. The limit is
//     truncated to 32 bits (actor.go@v1.14.0:L69): 2^32 is 0.
// C2. A call with the active id enters at once (L50). The ids of waiting calls are not looked at: DEFECT, *waiters do
//     not join*: two waiting calls of one chain enter one after the other, and block each other if the first waits for
//     the second.
// C3. Any other call takes the mutex: it enters if the mutex is free and becomes the active id, else it waits (L45-48).
//     With reentrancy off every call is "any other". Waiting calls are admitted in order of arrival. (The released
//     mutex promises that only after a millisecond of starvation; a call that arrives in the very instant of an unlock
//     may overtake.)
//     Why: the mutex alone keeps chains apart; depth and id only find the calls that may pass it by.
// C4. A call that leaves lowers the depth; at 0 the active id is forgotten and the next waiting call is admitted
//     (L57-60). So a parent that leaves before its child leaves the actor locked until the child leaves too.
// C5. Nothing notices cancelled requests, and the lock cannot be closed: `cancel` does nothing, `close` returns at
//     once. (The runtime's "actor is already disposed" is not the lock's.)
//
// THE RING, 1.15 to today, and `docs` (a first-in-first-out ring of entries; lock.go@v1.18.3:L77-218)
//
// R1. The ring holds *entries* {id, depth, started}. Only the front entry is meant to be started: its calls are inside,
//     the calls of all others wait. A call that finds the ring empty, that is anonymous, or comes while reentrancy is
//     off appends an entry of depth 1, started if the ring has no front. The limit is not tested here: 0 and negative
//     limits admit an actor's first call.
// R2. Any other call is looked for by id, front to back; found, it joins that entry: its depth rises by one. So calls
//     of one chain start together, and a late one overtakes the chains queued behind its entry. Not found: a new entry
//     of depth 1 at the back. Why: calls of one chain may wait for each other, so none may hold up the other.
// R3. If joining raises the depth above the limit, the call is refused. 1.15 raises limits below 1 to 1
//     (lock.go@v1.15.14:L77); later releases do not, with the same effect except for ghosts (R6). With reentrancy off
//     the limit is never used.
//     DEFECT, *the depth leak*, 1.15 on: the refused call's depth stays counted (lock.go@v1.15.14:L208-211,
//     @v1.18.3:L175-178). The entry can never get to depth 0 again: once its calls have left it stays in front with
//     nobody inside, and every other chain waits for ever. A waiting entry leaks in the same way.
// R4. A call that leaves lowers its entry's depth. At 0 the *front* is removed and the new front is started (L105-108),
//     which admits all of its waiting calls, in order of arrival. In ordinary states the front is the leaving call's
//     own entry; that it need not be is at the root of R6 and R7.
// R5. 1.16 on, a waiting call whose request is cancelled leaves with an error, and a call whose request is dead on
//     arrival is refused. 1.15 notices neither. A call inside is told of its cancellation and stays inside until
//     released. Why: a caller that has gone must not be served, nor keep others waiting.
// R6. DEFECT, *the evicted holder*, 1.16 on: a waiting call leaves as in R4 (L114-119; @v1.16.0:L133-137), so when its
//     own entry's depth gets to 0 it is the front that is removed: the holder's entry. The holder is still inside, its
//     entry is outside of the ring, and the next chain is started beside it; the holder's own next call does not find
//     its entry and queues.
//     DEFECT, *the ghost*: the cancelled call's entry stays in the ring with depth 0 and nobody in it; it may become
//     the started front. Calls of the same id join it, and enter at once if it is started; others wait until some
//     call's leaving removes it. A limit of 0 or less refuses even the first call to join a ghost (except in 1.15,
//     which has none). Removed entries that still have calls inside are *outside*; when the last of those leaves, it
//     removes whatever is in front.
// R7. DEFECT, *the corrupted empty ring*, before 1.18: ghosts that were joined make more removals than entries.
//     Removing the front of an empty ring moves the front to the next slot and the length to -1. The next entry is
//     stored in the slot behind the front (a *stray*), where it is started only if it came by R1; an entry that came by
//     R2 (length not 0) never starts though the actor is free. The ring is dapr/kit's ring.Buffered: a circle of slots,
//     two at first; appending when the length is not below the number of slots links in 8 more behind the last entry,
//     removing when more than 16 slots are free unlinks the 8 behind the end, strays and all. Starting an entry that is
//     started already panics ("close of closed channel"). From 1.18 on (a rewritten ring) removing the front of an
//     empty ring does nothing.
// R8. Close, 1.15: waiting calls are refused and leave their entries as they are; calls inside go on, unnoticed, and
//     release as ever. 1.16 on: the requests of the calls inside are cancelled; waiting calls are refused and leave as
//     in R6. Which of them first, the original's scheduler decides; here those do whose entries stand first. 1.16.0 and
//     1.16.1: the close first queues for its own turn as an anonymous call (lock.go@v1.16.0, Close), unless its context
//     is dead; only with that turn, or when it is cancelled, does the lock close. Its entry is never released. Closing
//     a second time: nothing in 1.15; a panic ("close of closed channel") from 1.16 on.
// R9. After the close every arriving call is refused, in 1.15. From 1.16 on the original chooses at random at two
//     places; the arrival says which way it goes, see `AfterClose`. The commonest is to refuse.
//
// `docs`, what the documentation promises: the ring with R1, R2 and R4 for the leaving call's own entry, with no
// defect:
// D1. A call that would exceed the limit is refused and leaves nothing behind. Limits below 1 act as 1.
// D2. A cancelled waiting call leaves the queue and nothing else. A close refuses the waiting calls and all later ones,
//     cancels the calls inside and leaves an empty queue behind; a second close does nothing.
// D3. Timers and reminders carry an id as any call does.
//
// WHICH ID
//
// I1. Reentrancy on: the header's value, also if it is empty; without a header, or with one that has no values, an id
//     generated by the runtime, which the application sees in the header. (Classic shows no header in the latter case;
//     up to 1.12 it panics.)
// I2. Reentrancy off: an id that nobody learns (classic: none); a header is passed on unread and no header is
//     generated. Except: 1.2 (actors.go@v1.2.0:L338-346) and 1.15.0 generate a header all the same.
// I3. A call without a request (timers and reminders in 1.15 and 1.16) is anonymous in the rings: an id that nobody
//     learns, no header. Elsewhere it is a call without a header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "actorsim/lock/entry_index.h"
#include "actorsim/lock/lock_rules.h"

namespace actorsim {

/// A reentrancy id, interned by whoever owns the table: two calls carry the same id exactly when the numbers are equal.
/// 0 is "none".
using ReentrancyId = std::uint32_t;
inline constexpr ReentrancyId kNoId = 0;

/// A call, numbered by the owner: dense, below a bound of the owner's choice, and not reused while the call is waiting
/// or inside.
using CallSlot = std::uint32_t;

/// One lock of the table, numbered from 0 in the order of `add`.
using LockIndex = std::uint32_t;

/// What the request carries as `Dapr-Reentrancy-Id`.
enum class Header : std::uint8_t { absent, present, without_values, no_request };

/// Which way a call goes that arrives at a closed lock from 1.16 on (R9). Without meaning anywhere else.
enum class AfterClose : std::uint8_t {
  refused,           ///< refused at the door: nothing changes. The commonest case, and the default.
  refused_in_queue,  ///< takes its place in the ring, is refused there and leaves as in R6: may evict the holder
  entered,  ///< gets in if its entry is started, with its request cancelled at once; otherwise as refused_in_queue
};

struct Arrival {
  Header header = Header::absent;
  ReentrancyId id = kNoId;     ///< the header's value, where `header` is present
  ReentrancyId fresh = kNoId;  ///< the id that the runtime generates if it has to: one that no call has come with yet
  bool given_up = false;       ///< the request's context is dead already
  AfterClose after_close = AfterClose::refused;
};

enum class Admission : std::uint8_t {
  entered,           ///< got in: the lock was free
  re_entered,        ///< got in: the lock found the call's id in front
  queued,            ///< waits
  refused_depth,     ///< maximum stack depth exceeded
  refused_closed,    ///< the actor is being deactivated
  refused_cancelled  ///< its context was dead on arrival (1.16 and later)
};

/// Did the call get in at once? Was it refused? (Neither: it waits.)
constexpr bool is_admitted(Admission admission) { return admission <= Admission::re_entered; }
constexpr bool is_refused(Admission admission) { return admission >= Admission::refused_depth; }

struct ArrivalResult {
  Admission admission = Admission::entered;
  std::int32_t depth =
      0;  ///< of the call's entry (ring) or of the lock (classic) with this call counted; 0 where refused
  ReentrancyId lock_id =
      kNoId;  ///< the id by which the lock knows the call; kNoId where it uses none that another call could share
  ReentrancyId header_seen = kNoId;  ///< what the application would see as `Dapr-Reentrancy-Id`; kNoId: no header

  friend bool operator==(const ArrivalResult&, const ArrivalResult&) = default;
};

struct Refusal {
  CallSlot call;
  Admission reason;  ///< one of the refused_…

  friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// "close of closed channel" in the original: what was to be started had been started already, or the lock was closed
/// twice.
struct LockPanic {
  CallSlot call;    ///< whose operation panicked
  bool in_release;  ///< while it released its turn; otherwise while it waited or closed

  friend bool operator==(const LockPanic&, const LockPanic&) = default;
};

/// What one operation did beside its own answer. The vectors are cleared by each operation and keep their capacity.
struct LockEffects {
  std::vector<CallSlot> admitted;           ///< waiting calls that got in, in the order in which they arrived
  std::vector<Refusal> refused;             ///< waiting calls that were refused, front of the queue first
  std::vector<CallSlot> cancelled_holders;  ///< calls inside whose request was cancelled
  std::vector<CallSlot> closes_returned;    ///< closes that ended now (1.16.0 and 1.16.1 let a close wait for its turn)
  std::vector<LockPanic> panics;            ///< a waiting call that panicked is refused as well, a leaving one has left

  void clear() {
    admitted.clear();
    refused.clear();
    cancelled_holders.clear();
    closes_returned.clear();
    panics.clear();
  }

  friend bool operator==(const LockEffects&, const LockEffects&) = default;
};

/// An entry as it is read from outside. An anonymous entry shows the `fresh` id of its call.
struct EntryView {
  ReentrancyId id = kNoId;
  std::int32_t depth = 0;
  bool started = false;

  friend bool operator==(const EntryView&, const EntryView&) = default;
};

/// An entry and the calls that are in it.
struct EntryCalls {
  EntryView entry;
  bool is_outside = false;      ///< removed from the ring while its calls were inside (R6)
  std::vector<CallSlot> calls;  ///< in order of arrival
};

struct StrayView {
  std::int32_t position = 0;  ///< slots behind the front
  EntryView entry;

  friend bool operator==(const StrayView&, const StrayView&) = default;
};

/// The inside of one lock, in the terms of the original's own fields.
struct LockStateView {
  std::vector<EntryView> ring;   ///< rings: the entries in the queue, front first
  std::vector<StrayView> stray;  ///< rings before 1.18, corrupted: entries elsewhere in the circle
  std::int32_t length = 0;       ///< rings: may be negative before 1.18
  bool front_nil = true;         ///< rings: no entry in the front slot
  bool closed = false;
  ReentrancyId active_id = kNoId;  ///< classic
  std::int32_t depth = 0;          ///< classic
  bool locked = false;             ///< classic
  std::int32_t waiters = 0;        ///< classic

  friend bool operator==(const LockStateView&, const LockStateView&) = default;
};

/// The locks of any number of actors that follow the same rules.
///
/// A flat value: a few vectors of plain structs that refer to each other by index, so that copying it is copying
/// memory. A lock takes 48 bytes, an entry 36 (recycled when it leaves), a call slot 24. Not thread-safe;
/// deterministic.
///
/// Cost: every operation is constant and allocates nothing once warm (a long queue is searched through an index); only
/// a close visits every call of its lock, and a corrupted ring walks its slots.
class LockTable {
 public:
  explicit LockTable(const LockRules& rules);

  /// A new lock, free and open.
  LockIndex add(const LockConfig& config);

  /// `call` asks for `lock`. It must be neither waiting nor inside anywhere. `effects` stay empty except after a close
  /// (R9).
  ArrivalResult arrive(LockIndex lock, CallSlot call, const Arrival& arrival, LockEffects& effects);

  /// `call`, which is inside, leaves (C4, R4).
  void release(CallSlot call, LockEffects& effects);

  /// The context of `call`, which is waiting or inside, is cancelled (C5, R5, R6, D2). A second time, nothing happens.
  void cancel(CallSlot call, LockEffects& effects);

  /// The actor is deactivated (C5, R8, D2); `closer` names the close, which may wait like a call (1.16.0 and 1.16.1).
  /// `given_up`: its context is dead already. `fresh`: the id of its entry, which only `inspect` shows.
  void close(LockIndex lock, CallSlot closer, bool given_up, LockEffects& effects, ReentrancyId fresh = kNoId);

  /// Classic: a released lock stays free until `grant` hands it over, so that a call that arrives in between overtakes
  /// (C3). For those who look at every order; off by default. The rings have no such moment: nothing changes there.
  void set_grants_are_steps(bool on) { grants_are_steps_ = on; }

  /// Is the lock free although calls wait for it? Only where grants are steps.
  bool can_grant(LockIndex lock) const;

  /// Classic: is `call` the first that waits for its lock?
  bool is_first_waiting(CallSlot call) const;

  /// Hands a free lock to the first call that waits for it.
  void grant(LockIndex lock, LockEffects& effects);

  /// Is `id` known to any lock: by a call that waits or is inside, or by an entry that a defect has left behind?
  bool mentions(ReentrancyId id) const;

  /// Is `call` inside (admitted and not released)? Is it waiting (also: a close that waits for its turn)? Any number
  /// may be asked.
  bool is_inside(CallSlot call) const;
  bool is_waiting(CallSlot call) const;

  /// Would `call`, which is inside, move the queue if it and every other call inside with the same entry were released?
  /// (False for holders of a leaked entry: that is what strands the waiters behind it.) Evicted holders move whatever
  /// is in front.
  bool can_move_queue(CallSlot call) const;

  const LockRules& rules() const { return rules_; }
  LockIndex lock_count() const { return static_cast<LockIndex>(locks_.size()); }
  bool is_closed(LockIndex lock) const;

  /// Memory held by the table's vectors.
  std::size_t bytes() const;

  /// The lock's inside, for tests and reports.
  LockStateView inspect(LockIndex lock) const;

  /// Appends the calls that wait for the lock (a close among them), front of the queue first. Rings: by entry, those of
  /// one entry in order of arrival, those of removed entries last.
  void append_waiting(LockIndex lock, std::vector<CallSlot>& calls) const;

  /// Who waits for the lock, in what order, and who is inside: rings: the entries front first, strays, then those
  /// outside; classic: each waiting call as an entry of its own (the lock does not know who is inside).
  std::vector<EntryCalls> entries_with_calls(LockIndex lock) const;

  /// Appends the lock's inside as words: everything that operations on it depend on, with the calls of each entry
  /// (classic: the waiting calls; those inside are only counted), without its settings. Two locks of the same settings
  /// with equal words, and the same calls inside, behave alike for ever. Self-delimiting; independent of how the table
  /// came to its state.
  void append_state(LockIndex lock, std::vector<std::uint32_t>& words) const;

  /// The same with `names[call]` for each call.
  void append_state(LockIndex lock, const std::vector<std::uint32_t>& names, std::vector<std::uint32_t>& words) const;

  /// The opposite of append_state, for a lock that is free, open and unused: brings it into the state of `words`, where
  /// `slots[name]` is the call of each name, and `inside` are the calls inside (classic, where words only count them).
  /// False: the state is a corrupted ring's (R7), which cannot be brought back; the lock is as it was.
  bool restore(LockIndex lock, const std::uint32_t* words, const std::vector<CallSlot>& slots,
               const std::vector<CallSlot>& inside);

  /// Has a defect left an entry behind that is not its calls' own: leaked, a ghost, or a corrupted ring?
  bool is_damaged(LockIndex lock) const;

  /// Recomputes everything that is kept redundantly and throws InternalError where it disagrees. For tests; visits
  /// everything.
  void check_invariants() const;

 private:
  static constexpr std::uint32_t kNone = 0xffff'ffffU;
  using EntryIndex = std::uint32_t;
  using SlotIndex = std::uint32_t;

  enum class CallState : std::uint8_t { idle, waiting, inside };
  enum class Place : std::uint8_t { free, queued, outside };

  struct Lock {
    std::int64_t limit = 0;
    std::uint32_t first = kNone;   // ring: the front entry, while sound; classic: the first waiting call
    std::uint32_t last = kNone;    // ring: the back entry, while sound; classic: the last waiting call
    std::int32_t length = 0;       // ring: the queue's length, negative when corrupted; classic: waiting calls
    std::uint32_t slot_count = 2;  // ring, sound: slots in the circle, which matter only once it is corrupted
    SlotIndex front_slot = kNone;  // ring, corrupted: the front of the literal circle
    EntryIndex outside = kNone;    // ring: removed entries that still have calls, oldest first (its `previous`: newest)
    ReentrancyId active_id = kNoId;  // classic
    std::int32_t depth = 0;          // classic
    std::uint32_t indexed = 0;       // ring: entries of the queue that are in the index
    bool enabled = false;
    bool closed = false;
    bool locked = false;  // classic
    bool corrupted = false;
  };

  struct Entry {
    ReentrancyId id = kNoId;
    std::int32_t depth = 0;
    LockIndex lock = kNone;
    EntryIndex next = kNone;  // in the queue, outside, or among the free
    EntryIndex previous = kNone;
    CallSlot first_call = kNone;  // of the calls attached, in order of arrival
    CallSlot last_call = kNone;
    std::int32_t calls = 0;
    bool started = false;
    bool is_indexed = false;
    Place place = Place::free;
  };

  struct Call {
    LockIndex lock = kNone;
    EntryIndex entry = kNone;  // ring; stays readable after the call has left
    CallSlot next = kNone;     // ring: in its entry; classic: among the waiting
    CallSlot previous = kNone;
    ReentrancyId id = kNoId;  // classic: what it takes the mutex with
    CallState state = CallState::idle;
    bool cancelled = false;
    bool is_close = false;
  };

  // A slot of a corrupted ring.
  struct Slot {
    SlotIndex next = kNone;
    SlotIndex previous = kNone;
    EntryIndex entry = kNone;
  };

  // What an arrival is to the lock (I1 to I3).
  struct Identity {
    ReentrancyId id = kNoId;
    ReentrancyId header_seen = kNoId;
    bool is_shared = false;     // another call could come with this id
    bool is_generated = false;  // no call can have come with this id yet
  };

  // lock_table_state.cpp
  void restore_classic(LockIndex lock, const std::uint32_t* words, const std::vector<CallSlot>& slots,
                       const std::vector<CallSlot>& inside);
  const std::uint32_t* restore_entry(LockIndex lock, bool outside, const std::uint32_t* words,
                                     const std::vector<CallSlot>& slots);
  template <typename NameOf>
  void append_named_state(LockIndex lock, NameOf name_of, std::vector<std::uint32_t>& words) const;

  // lock_table.cpp
  Identity identify(const Lock& lock, const Arrival& arrival) const;

  // lock_table_classic.cpp
  ArrivalResult arrive_classic(LockIndex lock, CallSlot call, const Arrival& arrival);
  void release_classic(CallSlot call, LockEffects& effects);
  void admit_first(Lock& lock, LockEffects& effects);

  // lock_table_ring.cpp
  ArrivalResult arrive_ring(LockIndex lock, CallSlot call, const Arrival& arrival);
  ArrivalResult arrive_after_close(LockIndex lock, CallSlot call, const Arrival& arrival, LockEffects& effects);
  void release_ring(CallSlot call, LockEffects& effects);
  void cancel_ring(CallSlot call, LockEffects& effects);
  void queue_close(LockIndex lock, CallSlot closer, ReentrancyId fresh, LockEffects& effects);
  void close_now(LockIndex lock, CallSlot closer, LockEffects& effects);
  EntryIndex find(LockIndex lock, ReentrancyId id) const;
  EntryIndex append_entry(LockIndex lock, const Identity& identity, bool started);
  void attach(EntryIndex entry, CallSlot call);
  void detach(CallSlot call);
  void leave(CallSlot call, bool in_release, LockEffects& effects);
  void remove_front(LockIndex lock);
  void take_out(EntryIndex entry);
  void start(EntryIndex entry, CallSlot by, bool in_release, LockEffects& effects);
  void expel(EntryIndex entry);
  EntryIndex front_of(const Lock& lock) const;
  EntryIndex new_entry();
  void free_entry(EntryIndex entry);
  void push_outside(EntryIndex entry);
  void forget_if_over(EntryIndex entry);
  void list_entries(const Lock& lock, std::vector<EntryIndex>& queue, std::vector<EntryIndex>& outside) const;

  // lock_table_corrupted.cpp: the literal circle of slots (R7)
  void corrupt(Lock& lock);
  void append_to_circle(Lock& lock, EntryIndex entry);
  void remove_front_of_circle(Lock& lock);
  void return_to_sound_state(Lock& lock);
  SlotIndex slot_at(SlotIndex from, std::int32_t distance) const;
  std::int32_t slots_in_circle(SlotIndex any) const;
  bool same_circle(SlotIndex one, SlotIndex other) const;
  SlotIndex new_slot();
  void link_slots(SlotIndex before, std::int32_t count);
  void unlink_slots(Lock& lock, SlotIndex before, std::int32_t count);
  void free_circle(SlotIndex any);

  LockRules rules_;
  bool grants_are_steps_ = false;
  std::vector<Lock> locks_;
  std::vector<Entry> entries_;
  std::vector<Call> calls_;
  std::vector<Slot> slots_;
  EntryIndexTable index_;  // of long queues only
  EntryIndex free_entry_ = kNone;
  SlotIndex free_slot_ = kNone;
};

}  // namespace actorsim
