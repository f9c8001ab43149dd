// The lock and its naive twin, on every sequence of operations up to a length; and what allows to look at sequences
// that are alike once: neither cares how calls and ids are numbered.
#include "laws/lock_sequences.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <random>
#include <vector>

#include "laws/figures.h"
#include "support/catch.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

constexpr std::array<LockConfig, 4> kConfigs{LockConfig{true, 1}, LockConfig{true, 2}, LockConfig{true, 0},
                                             LockConfig{false, 1}};

std::string name_of(LockClass lock_class, const LockConfig& config) {
  return std::string(to_word(lock_class)) + (config.enabled ? ", on" : ", off") + ", limit " +
         std::to_string(config.max_stack_depth);
}

// Returns how many there are.
std::uint64_t check_all(std::size_t length, const std::vector<LockConfig>& configs) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kLockClassCount; ++i) {
    const auto lock_class = static_cast<LockClass>(i);
    for (const LockConfig& config : configs) {
      const LockSequences found = all_sequences(lock_class, config, {}, length);
      INFO(name_of(lock_class, config) << "\n" << describe(found.disagreement));
      REQUIRE(found.disagreement.empty());
      tell_figure(name_of(lock_class, config) + ": " + std::to_string(found.sequences) + " sequences, " +
                  std::to_string(found.states) + " states, " + std::to_string(found.steps) + " steps");
      sum += found.sequences;
    }
  }
  return sum;
}

TEST_CASE("on every sequence of seven operations the lock does what its naive twin does") {
  CHECK(check_all(7, {kConfigs.begin(), kConfigs.end()}) > 60'000'000'000);
}

TEST_CASE("on every sequence of eight operations the lock does what its naive twin does", "[.slow]") {
  CHECK(check_all(8, {kConfigs.begin(), kConfigs.end()}) > 1'000'000'000'000);
}

TEST_CASE("sequences that are alike are counted as if each were done by itself") {
  for (std::size_t i = 0; i < kLockClassCount; ++i) {
    for (const LockConfig& config : kConfigs) {
      const auto lock_class = static_cast<LockClass>(i);
      const std::size_t length = config.max_stack_depth == 2 ? 4 : 3;
      INFO(name_of(lock_class, config));
      const LockSequences each = all_sequences_one_by_one(lock_class, config, {}, length);
      CHECK(each.disagreement.empty());
      CHECK(each.sequences > 1'000);
      CHECK(each.sequences == all_sequences(lock_class, config, {}, length).sequences);
    }
  }
}

// ---- numbering ------------------------------------------------------------------------------------------------------

constexpr CallSlot kCalls = 6;
constexpr ReentrancyId kIds = 3;

// One lock, and another that hears other numbers for the same calls and ids.
class Renumbered {
 public:
  Renumbered(LockClass lock_class, const LockConfig& config, std::mt19937& random)
      : random_(random), plain_(rules_for(lock_class), config), other_(rules_for(lock_class), config) {
    std::iota(calls_.begin(), calls_.end(), CallSlot{0});
    std::shuffle(calls_.begin(), calls_.end(), random_);
    ids_ = {kNoId, 907, 3, 40};
  }

  // A random step; false: they differ.
  bool take_step() {
    const auto call = static_cast<CallSlot>(random_() % kCalls);
    const ReentrancyId fresh = 1'000 + steps_++;
    const ReentrancyId other_fresh = 2'000'000 - 3 * fresh;
    LockEffects effects, other_effects;
    ArrivalResult answer, other_answer;
    if (plain_.is_inside(call) && random_() % 4 != 0) {
      plain_.release(call, effects);
      other_.release(calls_[call], other_effects);
    } else if (plain_.is_inside(call) || plain_.is_waiting(call)) {
      plain_.cancel(call, effects);
      other_.cancel(calls_[call], other_effects);
    } else if (random_() % 60 == 0) {
      plain_.close(call, false, effects, fresh);
      other_.close(calls_[call], false, other_effects, other_fresh);
    } else {
      Arrival arrival{Header::present, 1 + static_cast<ReentrancyId>(random_() % kIds), fresh, random_() % 20 == 0,
                      static_cast<AfterClose>(random_() % 3)};
      constexpr std::array kWithoutId{Header::absent, Header::without_values, Header::no_request};
      if (random_() % 5 == 0) arrival = {kWithoutId[random_() % 3], kNoId, fresh, false, arrival.after_close};
      Arrival other_arrival = arrival;
      other_arrival.id = ids_[arrival.id];
      other_arrival.fresh = other_fresh;
      answer = plain_.arrive(call, arrival, effects);
      other_answer = other_.arrive(calls_[call], other_arrival, other_effects);
    }
    return same(answer, other_answer) && same(effects, other_effects);
  }

 private:
  ReentrancyId renumbered(ReentrancyId id) const { return id > 3 ? 2'000'000 - 3 * id : ids_[id]; }

  bool same(const ArrivalResult& answer, const ArrivalResult& other) const {
    return answer.admission == other.admission && answer.depth == other.depth &&
           renumbered(answer.lock_id) == other.lock_id && renumbered(answer.header_seen) == other.header_seen;
  }

  // In the same order, too.
  bool same(LockEffects effects, const LockEffects& other) const {
    for (std::vector<CallSlot>* list : {&effects.admitted, &effects.cancelled_holders, &effects.closes_returned}) {
      for (CallSlot& call : *list) call = calls_[call];
    }
    for (Refusal& refusal : effects.refused) refusal.call = calls_[refusal.call];
    for (LockPanic& panic : effects.panics) panic.call = calls_[panic.call];
    return effects == other;
  }

  std::mt19937& random_;
  ActorLock plain_, other_;
  std::array<CallSlot, kCalls> calls_{};
  std::array<ReentrancyId, kIds + 1> ids_{};
  ReentrancyId steps_ = 0;
};

TEST_CASE("how calls and ids are numbered means nothing to a lock") {
  for (std::size_t i = 0; i < kLockClassCount; ++i) {
    const auto lock_class = static_cast<LockClass>(i);
    for (std::uint32_t seed = 0; seed < 200; ++seed) {
      std::mt19937 random(seed);
      const LockConfig& config = kConfigs[seed % kConfigs.size()];
      Renumbered pair(lock_class, config, random);
      for (int step = 0; step < 150; ++step) {
        INFO(name_of(lock_class, config) << ", seed " << seed << ", step " << step);
        REQUIRE(pair.take_step());
      }
    }
  }
}

}  // namespace
