// About: lib/actorsim/lock
// Bytes as the operations on one lock, of any class and with any limit: the machine does what its naive twin does, its
// invariants hold after every step, and a lock brought into its state from words goes on as it does.
#include <algorithm>
#include <limits>
#include <optional>

#include "actorsim/lock/lock_table.h"
#include "fuzz/support/fuzz.h"
#include "support/lock_pair.h"

using namespace actorsim;
using namespace actorsim::fuzz;
using testing::LockMove;
using testing::LockPair;
using testing::LockStep;

namespace {

constexpr std::size_t kMostSteps = 300;

LockConfig take_config(Bytes& bytes) {
  constexpr std::int64_t kLimits[] = {1,
                                      2,
                                      3,
                                      32,
                                      0,
                                      -1,
                                      1LL << 32U,
                                      (1LL << 32U) + 2,
                                      std::numeric_limits<std::int64_t>::max(),
                                      std::numeric_limits<std::int64_t>::min()};
  const bool enabled = !bytes.one_in(4);
  return {enabled, kLimits[bytes.below(static_cast<std::uint32_t>(std::size(kLimits)))]};
}

// Something that can be done in this state. Calls and ids are few enough to meet.
LockStep take_step(Bytes& bytes, const LockPair& pair, CallSlot calls) {
  const CallSlot call = bytes.below(calls);
  const std::uint8_t how = bytes.take();
  if (pair.is_inside(call)) return {how % 4 == 3 ? LockMove::cancel : LockMove::release, call, {}, false};
  if (pair.is_waiting(call)) return {LockMove::cancel, call, {}, false};
  if (how >= 250) return {LockMove::close, call, {}, how % 2 == 1};
  Arrival arrival;
  arrival.header = static_cast<Header>(how % 4);
  if (how % 4 == 0) arrival.header = Header::present;
  if (how % 16 == 4) arrival.header = Header::absent;
  if (arrival.header == Header::present) arrival.id = 1 + how / 16 % 5;
  arrival.given_up = how % 32 == 17;
  arrival.after_close = static_cast<AfterClose>(how % 3);
  return {LockMove::arrive, call, arrival, false};
}

std::vector<std::uint32_t> words_of(const LockTable& table) {
  std::vector<std::uint32_t> words;
  table.append_state(0, words);
  return words;
}

void sort(LockEffects& effects) {
  const auto by_call = [](const auto& left, const auto& right) { return left.call < right.call; };
  std::sort(effects.refused.begin(), effects.refused.end(), by_call);
  std::sort(effects.panics.begin(), effects.panics.end(), by_call);
  std::sort(effects.cancelled_holders.begin(), effects.cancelled_holders.end());
}

// A lock that was brought into the machine's state by its words, and goes on beside it.
class Restored {
 public:
  Restored(LockClass lock_class, const LockConfig& config, CallSlot calls)
      : class_(lock_class), config_(config), calls_(calls) {}

  void begin_again(const LockPair& pair) {
    std::vector<std::uint32_t> words;
    pair.lock().append_state(words);
    std::vector<CallSlot> slots, inside;
    for (CallSlot call = 0; call < calls_; ++call) {
      slots.push_back(call);
      if (pair.is_inside(call)) inside.push_back(call);
    }
    table_.emplace(rules_for(class_));
    table_->add(config_);
    if (!table_->restore(0, words.data(), slots, inside)) {
      table_.reset();  // a corrupted ring, which cannot be brought back
      return;
    }
    demand(words_of(*table_) == words, "a restored lock has other words");
    demand(table_->inspect(0) == pair.lock().inspect(), "a restored lock looks otherwise");
  }

  void follow(const LockStep& step, const LockPair& pair) {
    if (!table_) return;
    LockEffects effects;
    Arrival arrival = step.arrival;
    arrival.fresh = pair.last_fresh();
    switch (step.move) {
      case LockMove::arrive: table_->arrive(0, step.call, arrival, effects); break;
      case LockMove::release: table_->release(step.call, effects); break;
      case LockMove::cancel: table_->cancel(step.call, effects); break;
      case LockMove::close: table_->close(0, step.call, step.given_up, effects, pair.last_fresh()); break;
    }
    table_->check_invariants();
    sort(effects);
    const LockEffects& expected = pair.effects();
    demand(effects.admitted == expected.admitted && effects.refused == expected.refused &&
               effects.cancelled_holders == expected.cancelled_holders &&
               effects.closes_returned == expected.closes_returned && effects.panics == expected.panics,
           "a restored lock does something else");
    std::vector<std::uint32_t> words;
    pair.lock().append_state(words);
    demand(words_of(*table_) == words, "a restored lock comes to another state");
  }

 private:
  LockClass class_;
  LockConfig config_;
  CallSlot calls_;
  std::optional<LockTable> table_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const auto lock_class = static_cast<LockClass>(bytes.below(kLockClassCount));
  const LockConfig config = take_config(bytes);
  const CallSlot calls = 2 + bytes.below(40);
  LockPair pair(lock_class, config);
  Restored restored(lock_class, config, calls);
  std::vector<LockStep> path;
  while (!bytes.is_at_end() && path.size() < kMostSteps) {
    path.push_back(take_step(bytes, pair, calls));
    if (!pair.agree(path.back(), calls)) {
      fail("the twin does something else: " + std::string(to_word(lock_class)) + (config.enabled ? " on" : " off") +
           ", limit " + std::to_string(config.max_stack_depth) + "\n" + describe(path));
    }
    restored.follow(path.back(), pair);
    if (path.size() % 8 == 1) restored.begin_again(pair);
  }
  return 0;
}
