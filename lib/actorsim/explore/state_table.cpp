// Sixteen tables under one roof, so that growing one at a time takes little memory.
#include "actorsim/explore/state_table.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <utility>

namespace actorsim {
namespace {

constexpr double kFirstCapacity = 1024;
constexpr double kGrowth = 1.5;
constexpr std::size_t kPhases = 4;
constexpr std::uint64_t kBeginning = 4096;  // slots that may have to do with what comes after the last

// How many states a shard of this capacity may hold.
std::uint64_t room(std::uint64_t capacity) { return capacity / 4 * 3; }

}  // namespace

StateTable::StateTable(std::size_t width) : width_(width), shards_(std::size_t{1} << kShardBits) {
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    const double phase = static_cast<double>(i % kPhases) / kPhases;
    grow(shards_[i], static_cast<std::uint64_t>(kFirstCapacity * std::pow(kGrowth, phase)));
  }
}

StateTable::Inserted StateTable::insert_wide(const std::uint64_t* state, std::uint64_t hash) {
  Shard& shard = shards_[hash >> kShardShift];
  if (shard.count + 1 >= shard.capacity) return Inserted::full;
  for (std::uint64_t at = place(hash, shard.capacity);; at = at + 1 == shard.capacity ? 0 : at + 1) {
    std::uint64_t* slot = shard.slots.get() + at * width_;
    if (*slot == kEmpty) {
      for (std::size_t word = 0; word < width_; ++word) slot[word] = ~state[word];
      ++shard.count;
      return Inserted::added;
    }
    if (is_kept(state, slot)) return Inserted::known;
  }
}

bool StateTable::plan_room(std::uint64_t count, std::uint64_t most_bytes) {
  const std::uint64_t share = count / shards_.size() + 1;
  // Shares differ: twice the mean and something, or all of a small number, is never reached by a good hash.
  const std::uint64_t extra = std::min(count, 2 * share + 64);
  std::uint64_t slots = 0;
  for (std::size_t phase = 0; phase < kPhases; ++phase) {
    std::uint64_t capacity = 0, count_of_fullest = 0;
    for (std::size_t i = phase; i < shards_.size(); i += kPhases) {
      capacity = shards_[i].capacity;
      count_of_fullest = std::max(count_of_fullest, shards_[i].count);
    }
    while (room(capacity) < count_of_fullest + extra)
      capacity = static_cast<std::uint64_t>(static_cast<double>(capacity) * kGrowth);
    for (std::size_t i = phase; i < shards_.size(); i += kPhases) {
      shards_[i].planned = capacity;
      slots += capacity;
    }
  }
  return slots * width_ * sizeof(std::uint64_t) <= most_bytes;
}

void StateTable::make_room(std::size_t owner, std::size_t owners) {
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    Shard& shard = shards_[i];
    if (StateTable::owner(std::uint64_t{i} << kShardShift, owners) == owner && shard.planned > shard.capacity)
      grow(shard, shard.planned);
  }
}

bool StateTable::is_kept(const std::uint64_t* state, const std::uint64_t* slot) const {
  for (std::size_t word = 0; word < width_; ++word) {
    if (slot[word] != ~state[word]) return false;
  }
  return true;
}

// In place: places keep their order when the capacity changes, so that working from the end to the beginning every
// state moves to where nothing is that still has to move. Those for which this is not so wait until the end.
void StateTable::grow(Shard& shard, std::uint64_t capacity) {
  std::uint64_t* const slots = resize(shard, capacity);
  std::vector<std::uint64_t> others;
  const std::uint64_t old = std::exchange(shard.capacity, capacity);
  const std::uint64_t beginning = std::min(old, kBeginning);
  std::vector<std::uint64_t> state(width_);
  for (std::uint64_t i = old; i-- > 0;) {
    std::uint64_t* const slot = slots + i * width_;
    if (*slot == kEmpty) continue;
    for (std::size_t word = 0; word < width_; ++word) state[word] = ~slot[word];
    std::uint64_t at = i < beginning ? 0 : place(hash(state.data(), width_), capacity);
    bool moves = at > i;
    for (; moves && slots[at * width_] != kEmpty; ++at) moves = at + 1 < capacity;
    if (moves) {
      std::copy_n(slot, width_, slots + at * width_);
    } else {
      others.insert(others.end(), state.begin(), state.end());
    }
    *slot = kEmpty;
  }
  shard.count -= others.size() / width_;
  for (std::size_t i = 0; i < others.size(); i += width_) insert(&others[i], hash(&others[i], width_));
}

std::uint64_t* StateTable::resize(Shard& shard, std::uint64_t capacity) const {
  // For large ones the system moves no bytes.
  const std::uint64_t words = capacity * width_;
  void* memory = std::realloc(shard.slots.get(), words * sizeof(std::uint64_t));  // NOLINT: new cannot grow
  if (memory == nullptr) throw std::bad_alloc();
  (void)shard.slots.release();  // NOLINT: realloc has taken it
  shard.slots.reset(static_cast<std::uint64_t*>(memory));
  std::fill(shard.slots.get() + shard.capacity * width_, shard.slots.get() + words, kEmpty);
  return shard.slots.get();
}

std::uint64_t StateTable::size() const {
  std::uint64_t size = 0;
  for (const Shard& shard : shards_) size += shard.count;
  return size;
}

std::uint64_t StateTable::bytes() const {
  std::uint64_t slots = 0;
  for (const Shard& shard : shards_) slots += shard.capacity;
  return slots * width_ * sizeof(std::uint64_t);
}

}  // namespace actorsim
