// The lock machine against its naive twin: every short sequence of operations, and long random ones that lead into the
// corrupted states. Longer ones, each state once: laws/lock_sequences_test.cpp.
#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/lock_pair.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

constexpr CallSlot kShortCalls = 3;

// Whatever can be done in this state. Idle calls are alike, so only the first of them arrives or closes.
std::vector<LockStep> possible(const LockPair& pair) {
  std::vector<LockStep> result;
  CallSlot idle = kShortCalls;
  for (CallSlot call = 0; call < kShortCalls; ++call) {
    if (pair.is_inside(call)) result.push_back({LockMove::release, call, {}, false});
    if (pair.is_inside(call) || pair.is_waiting(call)) {
      result.push_back({LockMove::cancel, call, {}, false});
    } else {
      idle = std::min(idle, call);
    }
  }
  if (idle == kShortCalls) return result;
  const auto arrive = [&](Header header, ReentrancyId id, bool given_up, AfterClose after_close) {
    result.push_back({LockMove::arrive, idle, {header, id, kNoId, given_up, after_close}, false});
  };
  arrive(Header::present, 1, false, AfterClose::refused);
  arrive(Header::present, 2, false, AfterClose::entered);
  arrive(Header::absent, kNoId, false, AfterClose::refused_in_queue);
  arrive(Header::no_request, kNoId, false, AfterClose::entered);
  arrive(Header::without_values, kNoId, false, AfterClose::refused);
  arrive(Header::present, 1, true, AfterClose::refused);
  result.push_back({LockMove::close, idle, {}, false});
  result.push_back({LockMove::close, idle, {}, true});
  return result;
}

struct Search {
  std::size_t states = 0;
  std::vector<LockStep> path;
  std::vector<LockStep> disagreement;

  void explore(const LockPair& pair, int length) {
    ++states;
    if (length == 0 || !disagreement.empty()) return;
    for (const LockStep& op : possible(pair)) {
      LockPair next = pair;
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
LockStep random_operation(std::mt19937& random, const LockPair& pair, CallSlot calls, bool may_close,
                          std::uint32_t ids = 3) {
  const auto below = [&random](std::uint32_t bound) { return static_cast<std::uint32_t>(random() % bound); };
  const CallSlot call = below(calls);
  if (pair.is_inside(call)) return {below(8) == 0 ? LockMove::cancel : LockMove::release, call, {}, false};
  if (pair.is_waiting(call)) return {LockMove::cancel, call, {}, false};
  if (may_close && below(200) == 0) return {LockMove::close, call, {}, below(2) == 0};
  Arrival arrival;
  const std::uint32_t kind = below(10);
  arrival.header = kind < 7    ? Header::present
                   : kind == 7 ? Header::absent
                   : kind == 8 ? Header::no_request
                               : Header::without_values;
  if (arrival.header == Header::present) arrival.id = 1 + below(ids);
  arrival.given_up = below(30) == 0;
  arrival.after_close = static_cast<AfterClose>(below(3));
  return {LockMove::arrive, call, arrival, false};
}

}  // namespace

TEST_CASE("every short sequence of operations does to the lock what it does to its naive twin") {
  for (std::size_t i = 0; i < kLockClassCount; ++i) {
    const auto lock_class = static_cast<LockClass>(i);
    for (const LockConfig& config :
         {LockConfig{true, 1}, LockConfig{true, 2}, LockConfig{true, 0}, LockConfig{false, 1}}) {
      Search search;
      const bool is_common = config.enabled && config.max_stack_depth > 0;
      search.explore(LockPair(lock_class, config), exhaustive_length() - (is_common ? 0 : 1));
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
      LockPair pair(lock_class, config);
      std::vector<LockStep> path;
      for (int step = 0; step < 400; ++step) {
        path.push_back(random_operation(random, pair, calls, seed % 3 == 0));
        if (pair.agree(path.back(), calls)) continue;
        FAIL(to_word(lock_class) << ", seed " << seed << ", limit " << config.max_stack_depth << "\n"
                                 << describe(path));
      }
    }
  }
}

// Who of them leaves first decides whose leaving panics, if the ring has lost count.
TEST_CASE("a lock is closed under a crowd as its naive twin is") {
  for (std::size_t i = 0; i < kLockClassCount; ++i) {
    const auto lock_class = static_cast<LockClass>(i);
    for (std::uint32_t seed = 0; seed < 2'000; ++seed) {
      constexpr CallSlot kCalls = 6;
      std::mt19937 random(seed);
      LockPair pair(lock_class, {true, 3});
      std::vector<LockStep> path;
      for (int step = 0; step <= 40; ++step) {
        path.push_back(step < 40 ? random_operation(random, pair, kCalls, false)
                                 : LockStep{LockMove::close, kCalls, {}, true});
        if (pair.agree(path.back(), kCalls + 1)) continue;
        FAIL(to_word(lock_class) << ", seed " << seed << "\n" << describe(path));
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
      LockPair pair(lock_class, {true, 3});
      std::vector<LockStep> path;
      for (int step = 0; step < 600; ++step) {
        LockStep op = random_operation(random, pair, kCalls, false, 60);
        // At first only arrivals, then also what shortens the queue.
        if (step < 100 && op.move != LockMove::arrive) continue;
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
        LockPair pair(lock_class, {true, 32});
        std::vector<LockStep> path;
        const auto run = [&](const LockStep& op) {
          path.push_back(op);
          if (!pair.agree(op, calls)) FAIL(to_word(lock_class) << "\n" << describe(path));
        };
        const auto with_id = [](ReentrancyId id) {
          return Arrival{Header::present, id, kNoId, false, AfterClose::refused};
        };
        CallSlot next = 0;
        // Grow and drain, so that the circle has more slots than it began with.
        const CallSlot first_of_growth = next;
        for (; next < first_of_growth + grown; ++next) run({LockMove::arrive, next, with_id(100 + next), false});
        for (CallSlot call = first_of_growth; call < next; ++call) run({LockMove::release, call, {}, false});
        // Each round: a holder, a waiter that becomes a ghost, a call that joins it and leaves; the holders stay for
        // the end.
        std::vector<CallSlot> evicted;
        for (CallSlot round = 0; round < rounds; ++round) {
          evicted.push_back(next);
          run({LockMove::arrive, next++, with_id(1), false});
          const CallSlot ghost = next++;
          run({LockMove::arrive, ghost, with_id(2), false});
          run({LockMove::cancel, ghost, {}, false});
          run({LockMove::arrive, ghost, with_id(2), false});
          run({LockMove::release, ghost, {}, false});
        }
        for (const CallSlot call : evicted) run({LockMove::release, call, {}, false});
        REQUIRE(pair.length() == -static_cast<std::int32_t>(rounds));
        // Then ordinary life, with and without ids, until the ring has gone round.
        std::mt19937 random(rounds * 100 + grown);
        for (int step = 0; step < 300; ++step) run(random_operation(random, pair, calls, false));
      }
    }
  }
}
