// The lock machine against its naive twin: every short sequence of operations, and long random ones that lead into the
// corrupted states. ACTORSIM_TWIN_LENGTH=7 makes the exhaustive sequences longer than the default.
#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "actorsim/lock/actor_lock.h"
#include "support/catch.h"
#include "support/naive_lock.h"

namespace {

using namespace actorsim;
using actorsim::testing::NaiveLock;

enum class Move : std::uint8_t { arrive, release, cancel, close };

struct Operation {
  Move move = Move::arrive;
  CallSlot call = 0;
  Arrival arrival;
  bool given_up = false;  // of a close
};

std::string describe(const Operation& op) {
  const std::string call = std::to_string(op.call);
  switch (op.move) {
    case Move::arrive:
      return "arrive " + call + " header " + std::to_string(static_cast<int>(op.arrival.header)) + " id " +
             std::to_string(op.arrival.id) + (op.arrival.given_up ? " given up" : "") + " after close " +
             std::to_string(static_cast<int>(op.arrival.after_close));
    case Move::release: return "release " + call;
    case Move::cancel: return "cancel " + call;
    case Move::close: return "close " + call + (op.given_up ? " given up" : "");
  }
  return "?";
}

std::string describe(const std::vector<Operation>& ops) {
  std::string text;
  for (const Operation& op : ops) text += describe(op) + "\n";
  return text;
}

// The machine and its twin, always in the same state.
class Pair {
 public:
  Pair(LockClass lock_class, const LockConfig& config)
      : lock_(rules_for(lock_class), config), twin_(lock_class, config) {}

  bool is_inside(CallSlot call) const { return lock_.is_inside(call); }
  bool is_waiting(CallSlot call) const { return lock_.is_waiting(call); }
  std::int32_t length() const { return lock_.inspect().length; }

  // Does the same to both. Do they answer the same, and look the same afterwards?
  bool agree(const Operation& op, CallSlot calls) {
    const ReentrancyId fresh = ++fresh_;
    switch (op.move) {
      case Move::arrive: {
        Arrival arrival = op.arrival;
        arrival.fresh = fresh;
        const ArrivalResult got = lock_.arrive(op.call, arrival, effects_);
        const ArrivalResult expected = twin_.arrive(op.call, arrival, twin_effects_);
        if (got.admission != expected.admission || got.depth != expected.depth || got.lock_id != expected.lock_id ||
            got.header_seen != expected.header_seen) {
          return false;
        }
        break;
      }
      case Move::release:
        lock_.release(op.call, effects_);
        twin_.release(op.call, twin_effects_);
        break;
      case Move::cancel:
        lock_.cancel(op.call, effects_);
        twin_.cancel(op.call, twin_effects_);
        break;
      case Move::close:
        lock_.close(op.call, op.given_up, effects_, fresh);
        twin_.close(op.call, op.given_up, twin_effects_, fresh);
        break;
    }
    lock_.check_invariants();
    return effects_agree() && lock_.inspect() == twin_.inspect() && calls_agree(calls);
  }

 private:
  bool effects_agree() {
    for (LockEffects* effects : {&effects_, &twin_effects_}) {
      std::sort(effects->refused.begin(), effects->refused.end(),
                [](const Refusal& a, const Refusal& b) { return a.call < b.call; });
      std::sort(effects->cancelled_holders.begin(), effects->cancelled_holders.end());
      std::sort(effects->panics.begin(), effects->panics.end(),
                [](const LockPanic& a, const LockPanic& b) { return a.call < b.call; });
    }
    return effects_.admitted == twin_effects_.admitted && effects_.refused == twin_effects_.refused &&
           effects_.cancelled_holders == twin_effects_.cancelled_holders &&
           effects_.closes_returned == twin_effects_.closes_returned && effects_.panics == twin_effects_.panics;
  }

  bool calls_agree(CallSlot calls) const {
    for (CallSlot call = 0; call < calls; ++call) {
      if (lock_.is_inside(call) != twin_.is_inside(call) || lock_.is_waiting(call) != twin_.is_waiting(call))
        return false;
      if (lock_.is_inside(call) && lock_.can_move_queue(call) != twin_.can_move_queue(call)) return false;
    }
    return true;
  }

  ActorLock lock_;
  NaiveLock twin_;
  LockEffects effects_;
  LockEffects twin_effects_;
  ReentrancyId fresh_ = 1000;
};

constexpr CallSlot kShortCalls = 3;

// Whatever can be done in this state. Idle calls are alike, so only the first of them arrives or closes.
std::vector<Operation> possible(const Pair& pair) {
  std::vector<Operation> result;
  CallSlot idle = kShortCalls;
  for (CallSlot call = 0; call < kShortCalls; ++call) {
    if (pair.is_inside(call)) result.push_back({Move::release, call, {}, false});
    if (pair.is_inside(call) || pair.is_waiting(call)) {
      result.push_back({Move::cancel, call, {}, false});
    } else {
      idle = std::min(idle, call);
    }
  }
  if (idle == kShortCalls) return result;
  const auto arrive = [&](Header header, ReentrancyId id, bool given_up, AfterClose after_close) {
    result.push_back({Move::arrive, idle, {header, id, kNoId, given_up, after_close}, false});
  };
  arrive(Header::present, 1, false, AfterClose::refused);
  arrive(Header::present, 2, false, AfterClose::entered);
  arrive(Header::absent, kNoId, false, AfterClose::refused_in_queue);
  arrive(Header::no_request, kNoId, false, AfterClose::entered);
  arrive(Header::without_values, kNoId, false, AfterClose::refused);
  arrive(Header::present, 1, true, AfterClose::refused);
  result.push_back({Move::close, idle, {}, false});
  result.push_back({Move::close, idle, {}, true});
  return result;
}

struct Search {
  std::size_t states = 0;
  std::vector<Operation> path;
  std::vector<Operation> disagreement;

  void explore(const Pair& pair, int length) {
    ++states;
    if (length == 0 || !disagreement.empty()) return;
    for (const Operation& op : possible(pair)) {
      Pair next = pair;
      path.push_back(op);
      if (!next.agree(op, kShortCalls)) {
        disagreement = path;
        return;
      }
      explore(next, length - 1);
      path.pop_back();
    }
  }
};

int exhaustive_length() {
  const char* text = std::getenv("ACTORSIM_TWIN_LENGTH");
  return text == nullptr ? 5 : std::atoi(text);
}

// One random step. Calls and ids are few enough to meet, and cancelled waiters often join again.
Operation random_operation(std::mt19937& random, const Pair& pair, CallSlot calls, bool may_close,
                           std::uint32_t ids = 3) {
  const auto below = [&random](std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); };
  const CallSlot call = below(calls);
  if (pair.is_inside(call)) return {below(8) == 0 ? Move::cancel : Move::release, call, {}, false};
  if (pair.is_waiting(call)) return {Move::cancel, call, {}, false};
  if (may_close && below(200) == 0) return {Move::close, call, {}, below(2) == 0};
  Arrival arrival;
  const std::uint32_t kind = below(10);
  arrival.header = kind < 7    ? Header::present
                   : kind == 7 ? Header::absent
                   : kind == 8 ? Header::no_request
                               : Header::without_values;
  if (arrival.header == Header::present) arrival.id = 1 + below(ids);
  arrival.given_up = below(30) == 0;
  arrival.after_close = static_cast<AfterClose>(below(3));
  return {Move::arrive, call, arrival, false};
}

}  // namespace

TEST_CASE("every short sequence of operations does to the lock what it does to its naive twin") {
  for (std::size_t i = 0; i < kLockClassCount; ++i) {
    const auto lock_class = static_cast<LockClass>(i);
    for (const LockConfig& config :
         {LockConfig{true, 1}, LockConfig{true, 2}, LockConfig{true, 0}, LockConfig{false, 1}}) {
      Search search;
      const bool is_common = config.enabled && config.max_stack_depth > 0;
      search.explore(Pair(lock_class, config), exhaustive_length() - (is_common ? 0 : 1));
      INFO(to_word(lock_class) << (config.enabled ? " on" : " off") << ", limit " << config.max_stack_depth << "\n"
                               << describe(search.disagreement));
      REQUIRE(search.disagreement.empty());
      REQUIRE(search.states > 1000);
    }
  }
}

TEST_CASE("long random sequences do to the lock what they do to its naive twin") {
  for (std::size_t i = 0; i < kLockClassCount; ++i) {
    const auto lock_class = static_cast<LockClass>(i);
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
      std::mt19937 random(seed);
      const LockConfig config{seed % 4 != 3,
                              static_cast<std::int64_t>(seed % 5) - 1 + (seed % 7 == 0 ? 1LL << 32U : 0)};
      const CallSlot calls = 3 + seed % 30;
      Pair pair(lock_class, config);
      std::vector<Operation> path;
      for (int step = 0; step < 400; ++step) {
        path.push_back(random_operation(random, pair, calls, seed % 3 == 0));
        if (pair.agree(path.back(), calls)) continue;
        FAIL(to_word(lock_class) << ", seed " << seed << ", limit " << config.max_stack_depth << "\n"
                                 << describe(path));
      }
    }
  }
}

TEST_CASE("long queues do to the lock what they do to its naive twin") {
  for (std::size_t i = 0; i < kLockClassCount; ++i) {
    const auto lock_class = static_cast<LockClass>(i);
    for (std::uint32_t seed = 0; seed < 10; ++seed) {
      constexpr CallSlot kCalls = 120;
      std::mt19937 random(seed);
      Pair pair(lock_class, {true, 3});
      std::vector<Operation> path;
      for (int step = 0; step < 600; ++step) {
        Operation op = random_operation(random, pair, kCalls, false, 60);
        // At first only arrivals, then also what shortens the queue.
        if (step < 100 && op.move != Move::arrive) continue;
        path.push_back(op);
        if (pair.agree(op, kCalls)) continue;
        FAIL(to_word(lock_class) << ", seed " << seed << "\n" << describe(path));
      }
    }
  }
}

TEST_CASE("rings before 1.18 that lose count far below zero agree with their naive twin slot by slot") {
  for (const LockClass lock_class : {LockClass::ring_1_16_0, LockClass::ring_1_16_2}) {
    for (const CallSlot rounds : {1U, 2U, 7U, 8U, 9U, 15U, 16U, 17U, 18U, 26U, 40U}) {
      for (const CallSlot grown : {0U, 3U, 20U, 45U}) {
        const CallSlot calls = 2 * rounds + grown + 60;
        Pair pair(lock_class, {true, 32});
        std::vector<Operation> path;
        const auto run = [&](const Operation& op) {
          path.push_back(op);
          if (!pair.agree(op, calls)) FAIL(to_word(lock_class) << "\n" << describe(path));
        };
        const auto with_id = [](ReentrancyId id) {
          return Arrival{Header::present, id, kNoId, false, AfterClose::refused};
        };
        CallSlot next = 0;
        // Grow and drain, so that the circle has more slots than it began with.
        const CallSlot first_of_growth = next;
        for (; next < first_of_growth + grown; ++next) run({Move::arrive, next, with_id(100 + next), false});
        for (CallSlot call = first_of_growth; call < next; ++call) run({Move::release, call, {}, false});
        // Each round: a holder, a waiter that becomes a ghost, a call that joins it and leaves; the holders stay for
        // the end.
        std::vector<CallSlot> evicted;
        for (CallSlot round = 0; round < rounds; ++round) {
          evicted.push_back(next);
          run({Move::arrive, next++, with_id(1), false});
          const CallSlot ghost = next++;
          run({Move::arrive, ghost, with_id(2), false});
          run({Move::cancel, ghost, {}, false});
          run({Move::arrive, ghost, with_id(2), false});
          run({Move::release, ghost, {}, false});
        }
        for (const CallSlot call : evicted) run({Move::release, call, {}, false});
        REQUIRE(pair.length() == -static_cast<std::int32_t>(rounds));
        // Then ordinary life, with and without ids, until the ring has gone round.
        std::mt19937 random(rounds * 100 + grown);
        for (int step = 0; step < 300; ++step) run(random_operation(random, pair, calls, false));
      }
    }
  }
}
