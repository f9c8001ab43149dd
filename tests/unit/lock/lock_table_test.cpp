// The table as a whole: many locks, recycled storage, states as words, misuse.
#include "actorsim/lock/lock_table.h"

#include <algorithm>
#include <string>
#include <vector>

#include "actorsim/base/check.h"
#include "support/catch.h"
#include "unit/lock/lock_driver.h"

using namespace actorsim;
using actorsim::testing::LockDriver;

namespace {

Arrival with_id(ReentrancyId id) { return {Header::present, id, kNoId, false, {}}; }

std::vector<std::uint32_t> words(LockDriver& lock) {
  std::vector<std::uint32_t> result;
  lock.lock().append_state(result);
  return result;
}

}  // namespace

TEST_CASE("the locks of a table know nothing of each other") {
  LockTable table(rules_for(LockClass::ring_1_18));
  const LockIndex first = table.add({true, 32});
  const LockIndex second = table.add({true, 1});
  LockEffects effects;
  REQUIRE(table.arrive(first, 0, with_id(7), effects).admission == Admission::entered);
  REQUIRE(table.arrive(second, 1, with_id(7), effects).admission == Admission::entered);
  REQUIRE(table.arrive(first, 2, with_id(7), effects).admission == Admission::re_entered);
  REQUIRE(table.arrive(second, 3, with_id(7), effects).admission == Admission::refused_depth);
  table.close(first, 4, false, effects);
  REQUIRE(table.is_closed(first));
  REQUIRE_FALSE(table.is_closed(second));
  table.check_invariants();
}

TEST_CASE("a copied table goes its own way") {
  LockTable table(rules_for(LockClass::docs));
  const LockIndex lock = table.add({true, 32});
  LockEffects effects;
  table.arrive(lock, 0, with_id(1), effects);
  table.arrive(lock, 1, with_id(2), effects);
  LockTable copy = table;
  copy.release(0, effects);
  REQUIRE(copy.is_inside(1));
  REQUIRE(table.is_inside(0));
  REQUIRE(table.is_waiting(1));
  table.check_invariants();
  copy.check_invariants();
}

TEST_CASE("a ring tells the calls of each entry, front first and in order of arrival") {
  LockTable table(rules_for(LockClass::ring_1_16_2));
  const LockIndex lock = table.add({true, 32});
  LockEffects effects;
  table.arrive(lock, 5, with_id(1), effects);
  table.arrive(lock, 4, with_id(2), effects);
  table.arrive(lock, 3, with_id(1), effects);
  table.arrive(lock, 2, with_id(2), effects);
  std::vector<EntryCalls> entries = table.entries_with_calls(lock);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].entry == EntryView{1, 2, true});
  CHECK(entries[0].calls == std::vector<CallSlot>{5, 3});
  CHECK(entries[1].entry == EntryView{2, 2, false});
  CHECK(entries[1].calls == std::vector<CallSlot>{4, 2});
  CHECK_FALSE(entries[0].is_outside);
  table.cancel(4, effects);
  table.cancel(2, effects);  // the last of its entry: the holder's is removed
  entries = table.entries_with_calls(lock);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].entry.depth == 0);
  CHECK(entries[0].calls.empty());
  CHECK(entries[1].is_outside);
  CHECK(entries[1].calls == std::vector<CallSlot>{5, 3});
}

TEST_CASE("a classic lock tells who waits, in order of arrival") {
  LockTable table(rules_for(LockClass::classic));
  const LockIndex lock = table.add({true, 32});
  LockEffects effects;
  table.arrive(lock, 0, with_id(1), effects);
  table.arrive(lock, 2, with_id(3), effects);
  table.arrive(lock, 1, with_id(2), effects);
  const std::vector<EntryCalls> entries = table.entries_with_calls(lock);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].entry == EntryView{3, 0, false});
  CHECK(entries[0].calls == std::vector<CallSlot>{2});
  CHECK(entries[1].calls == std::vector<CallSlot>{1});
}

TEST_CASE("calls that are not there are neither inside nor waiting") {
  LockTable table(rules_for(LockClass::docs));
  REQUIRE_FALSE(table.is_inside(12345));
  REQUIRE_FALSE(table.is_waiting(12345));
}

TEST_CASE("of those who wait for a classic lock one is the first") {
  LockTable table(rules_for(LockClass::classic));
  const LockIndex lock = table.add({true, 32});
  LockEffects effects;
  for (CallSlot call = 0; call < 3; ++call) table.arrive(lock, call, with_id(call + 1), effects);
  CHECK_FALSE(table.is_first_waiting(0));  // inside
  CHECK(table.is_first_waiting(1));
  CHECK_FALSE(table.is_first_waiting(2));
  CHECK_FALSE(table.is_first_waiting(3));  // never seen
}

TEST_CASE("a call that is busy cannot arrive, one that is not inside cannot leave") {
  for (const LockClass lock_class : {LockClass::classic, LockClass::ring_1_18}) {
    LockTable table(rules_for(lock_class));
    const LockIndex lock = table.add({true, 32});
    LockEffects effects;
    table.arrive(lock, 0, with_id(1), effects);
    table.arrive(lock, 1, with_id(2), effects);
    REQUIRE_THROWS_AS(table.arrive(lock, 0, with_id(1), effects), InternalError);
    REQUIRE_THROWS_AS(table.release(1, effects), InternalError);
    REQUIRE_THROWS_AS(table.release(2, effects), InternalError);
    REQUIRE_THROWS_AS(table.cancel(2, effects), InternalError);
    REQUIRE_THROWS_AS(table.arrive(lock + 1, 2, with_id(1), effects), InternalError);
  }
}

TEST_CASE("equal states have equal words, however they came about") {
  LockDriver direct(LockClass::ring_1_18);
  direct.arrive('a', 'X');
  direct.arrive('b', 'Y');
  LockDriver roundabout(LockClass::ring_1_18);
  roundabout.arrive('c', 'Z');
  roundabout.arrive('a', 'X');
  roundabout.arrive('d', 'Z');
  roundabout.release('d');
  roundabout.release('c');
  roundabout.arrive('b', 'Y');
  REQUIRE(words(direct) == words(roundabout));
  roundabout.arrive('c', 'Y');
  REQUIRE(words(direct) != words(roundabout));
}

namespace {

// Brought from its words into the state of a lock, a new one has the same words.
void check_restored(const LockTable& table, const LockConfig& config, CallSlot calls) {
  std::vector<std::uint32_t> before, after;
  table.append_state(0, before);
  std::vector<CallSlot> slots;
  for (CallSlot call = 0; call < calls; ++call) slots.push_back(call);
  LockTable restored(table.rules());
  restored.add(config);
  REQUIRE(restored.restore(0, before.data(), slots, {0}));
  restored.append_state(0, after);
  CHECK(after == before);
  restored.check_invariants();
}

}  // namespace

TEST_CASE("a long queue in which an id stands several times is restored from its words") {
  constexpr CallSlot kCalls = 40;
  for (std::size_t i = 0; i < kLockClassCount; ++i) {
    LockTable table(rules_for(static_cast<LockClass>(i)));
    table.add({false, 32});
    LockEffects effects;
    for (CallSlot call = 0; call < kCalls; ++call)
      table.arrive(0, call, {Header::present, 7, 100 + call, false, {}}, effects);
    INFO(to_word(static_cast<LockClass>(i)));
    check_restored(table, {false, 32}, kCalls);
  }
}

TEST_CASE("an entry outside of a long queue may have the id of one in it") {
  constexpr CallSlot kCalls = 40;
  LockTable table(rules_for(LockClass::ring_1_18));
  table.add({true, 32});
  LockEffects effects;
  for (CallSlot call = 0; call < kCalls - 1; ++call) table.arrive(0, call, with_id(call + 1), effects);
  table.cancel(1, effects);  // evicts the holder
  table.arrive(0, kCalls - 1, with_id(1), effects);
  REQUIRE(table.is_inside(0));
  REQUIRE(table.is_waiting(kCalls - 1));
  check_restored(table, {true, 32}, kCalls);
}

TEST_CASE("a closed lock is brought back closed") {
  for (const LockClass lock_class :
       {LockClass::ring_1_15, LockClass::ring_1_16_2, LockClass::ring_1_18, LockClass::docs}) {
    INFO(to_word(lock_class));
    LockTable table(rules_for(lock_class));
    table.add({true, 32});
    LockEffects effects;
    table.arrive(0, 0, with_id(1), effects);
    table.arrive(0, 1, with_id(2), effects);
    table.close(0, 2, false, effects);
    check_restored(table, {true, 32}, 3);
  }
}

TEST_CASE("a ring that has lost count is not brought back from its words") {
  LockTable table(rules_for(LockClass::ring_1_16_2));
  table.add({true, 32});
  LockEffects effects;
  table.arrive(0, 0, with_id(1), effects);
  table.arrive(0, 1, with_id(2), effects);
  table.cancel(1, effects);                 // evicts the holder and leaves a ghost
  table.arrive(0, 2, with_id(2), effects);  // joins the ghost
  table.release(2, effects);
  table.release(0, effects);  // finds nothing to remove
  CHECK(table.inspect(0).length == -1);
  CHECK(table.is_damaged(0));
  std::vector<std::uint32_t> words;
  table.append_state(0, words);
  LockTable restored(table.rules());
  restored.add({true, 32});
  CHECK_FALSE(restored.restore(0, words.data(), {0, 1, 2}, {}));
}

TEST_CASE("a lock is damaged once it counts calls that are not there") {
  for (const LockClass lock_class : {LockClass::classic, LockClass::ring_1_15, LockClass::ring_1_18, LockClass::docs}) {
    INFO(to_word(lock_class));
    LockTable table(rules_for(lock_class));
    table.add({true, 1});
    LockEffects effects;
    table.arrive(0, 0, with_id(1), effects);
    CHECK_FALSE(table.is_damaged(0));
    CHECK(table.arrive(0, 1, with_id(1), effects).admission == Admission::refused_depth);
    CHECK(table.is_damaged(0) == rules_for(lock_class).refusal_keeps_depth);
  }
}

TEST_CASE("words tell apart what later operations can tell apart") {
  const auto prepared = [] {
    LockDriver lock(LockClass::ring_1_16_2);
    lock.arrive('a', 'X');
    return lock;
  };
  std::vector<std::vector<std::uint32_t>> all;
  const auto add = [&all](LockDriver lock) { all.push_back(words(lock)); };
  add(LockDriver(LockClass::ring_1_16_2));
  add(prepared());
  LockDriver cancelled = prepared();
  cancelled.cancel('a');
  add(cancelled);
  LockDriver other_call(LockClass::ring_1_16_2);
  other_call.arrive('b', 'X');
  add(other_call);
  LockDriver other_id(LockClass::ring_1_16_2);
  other_id.arrive('a', 'Y');
  add(other_id);
  LockDriver deeper = prepared();
  deeper.arrive('b', 'X');
  add(deeper);
  LockDriver evicted = prepared();
  evicted.arrive('b', 'Y');
  evicted.cancel('b');
  add(evicted);
  LockDriver grown(LockClass::ring_1_16_2);  // an idle ring with more slots
  for (char call = 'a'; call < 'd'; ++call) grown.arrive(call, call);
  for (char call = 'a'; call < 'd'; ++call) grown.release(call);
  add(grown);
  LockDriver closed = prepared();
  closed.close('k');
  add(closed);
  std::sort(all.begin(), all.end());
  REQUIRE(std::adjacent_find(all.begin(), all.end()) == all.end());
}

TEST_CASE("before 1.18 a ring gives slots back once more than 16 are free") {
  // 2 slots at first, and 8 more whenever all are full. The calls that stay are the same whatever there was before.
  const auto drained = [](int most, int left) {
    LockDriver lock(LockClass::ring_1_16_2);
    for (int i = most; i-- > 0;) lock.arrive(static_cast<char>('a' + i), static_cast<char>('A' + i));
    for (int i = most; i-- > left;) lock.release(static_cast<char>('a' + i));
    return words(lock);
  };
  CHECK(drained(2, 2) != drained(3, 2));
  CHECK(drained(3, 2) == drained(10, 2));
  CHECK(drained(10, 2) != drained(11, 2));  // of 18 slots 16 are free
  CHECK(drained(10, 1) == drained(11, 1));  // of 18 slots 17 were
}

TEST_CASE("a lock that is touched once costs nothing but itself") {
  LockTable table(rules_for(LockClass::ring_1_18));
  LockEffects effects;
  for (int i = 0; i < 100'000; ++i) {
    const LockIndex lock = table.add({true, 32});
    table.arrive(lock, 0, with_id(1), effects);
    table.release(0, effects);
  }
  REQUIRE(table.bytes() < 100'000 * 64 * 2);  // a vector may have doubled just now
  table.check_invariants();
}

TEST_CASE("a queue of thousands drains in order") {
  for (const LockClass lock_class : {LockClass::classic, LockClass::ring_1_15, LockClass::ring_1_18, LockClass::docs}) {
    constexpr CallSlot kCalls = 5000;
    LockTable table(rules_for(lock_class));
    const LockIndex lock = table.add({true, 32});
    LockEffects effects;
    for (CallSlot call = 0; call < kCalls; ++call) {
      table.arrive(lock, call, {Header::absent, kNoId, call + 1, false, {}}, effects);
    }
    for (CallSlot call = 0; call + 1 < kCalls; ++call) {
      table.release(call, effects);
      REQUIRE(effects.admitted == std::vector<CallSlot>{call + 1});
    }
    table.release(kCalls - 1, effects);
    table.check_invariants();
  }
}
