// One lock, driven by single letters: calls are lower-case letters, ids any others. Makes a test read like the sentence
// that it proves.
#pragma once

#include <optional>
#include <string>

#include "actorsim/lock/actor_lock.h"

namespace actorsim::testing {

class LockDriver {
 public:
  explicit LockDriver(LockClass lock_class, const LockConfig& config = {true, 32})
      : lock_(rules_for(lock_class), config) {}

  /// `call` arrives with `id` in its header.
  Admission arrive(char call, char id) { return arrive(call, Arrival{Header::present, id_of(id), kNoId, false, {}}); }

  /// `call` arrives without a header.
  Admission arrive(char call) { return arrive(call, Arrival{}); }

  Admission arrive(char call, Arrival arrival) {
    arrival.fresh = ++fresh_;
    last_ = lock_.arrive(slot(call), arrival, effects_);
    lock_.check_invariants();
    return last_.admission;
  }

  /// Each returns the calls that the operation admitted.
  std::string release(char call) {
    lock_.release(slot(call), effects_);
    return admitted();
  }
  std::string cancel(char call) {
    lock_.cancel(slot(call), effects_);
    return admitted();
  }
  std::string close(char closer, bool given_up = false) {
    lock_.close(slot(closer), given_up, effects_, ++fresh_);
    return admitted();
  }

  std::string inside() const {
    return all([this](CallSlot call) { return lock_.is_inside(call); });
  }
  std::string waiting() const {
    return all([this](CallSlot call) { return lock_.is_waiting(call); });
  }
  bool can_move_queue(char call) const { return lock_.can_move_queue(slot(call)); }

  /// What the last operation did to others.
  std::string refused() const {
    std::string text;
    for (const Refusal& refusal : effects_.refused) text += name(refusal.call);
    return text;
  }
  std::optional<Admission> reason() const {
    return effects_.refused.empty() ? std::nullopt : std::optional(effects_.refused.front().reason);
  }
  std::string cancelled_holders() const { return names(effects_.cancelled_holders); }
  std::string closes_returned() const { return names(effects_.closes_returned); }
  const LockEffects& effects() const { return effects_; }

  const ArrivalResult& last() const { return last_; }
  ReentrancyId last_fresh() const { return fresh_; }
  ActorLock& lock() { return lock_; }
  LockStateView state() const { return lock_.inspect(); }

  /// `x2* y1`: the ring's entries with their depths, started ones starred.
  std::string ring() const {
    std::string text;
    for (const EntryView& entry : lock_.inspect().ring) {
      text += (text.empty() ? "" : " ") + std::string(1, entry.id < kFirstFresh ? static_cast<char>(entry.id) : '?') +
              std::to_string(entry.depth) + (entry.started ? "*" : "");
    }
    return text;
  }

  static ReentrancyId id_of(char id) { return static_cast<ReentrancyId>(id); }
  static CallSlot slot(char call) { return static_cast<CallSlot>(call - 'a'); }

 private:
  static constexpr ReentrancyId kFirstFresh = 1000;

  static char name(CallSlot call) { return static_cast<char>('a' + static_cast<char>(call)); }

  static std::string names(const std::vector<CallSlot>& calls) {
    std::string text;
    for (const CallSlot call : calls) text += name(call);
    return text;
  }

  std::string admitted() const {
    lock_.check_invariants();
    return names(effects_.admitted);
  }

  template <class Predicate>
  std::string all(Predicate predicate) const {
    std::string text;
    for (CallSlot call = 0; call < 26; ++call) {
      if (predicate(call)) text += name(call);
    }
    return text;
  }

  ActorLock lock_;
  LockEffects effects_;
  ArrivalResult last_;
  ReentrancyId fresh_ = kFirstFresh;
};

}  // namespace actorsim::testing
