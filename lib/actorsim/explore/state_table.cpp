// Sixteen tables under one roof, so that growing one at a time takes little memory.
#include "actorsim/explore/state_table.h"

#include <algorithm>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace actorsim {
namespace {

constexpr std::uint64_t kFirstCapacity = 1024;
constexpr std::uint64_t kSpareSlots = 256;
constexpr std::uint64_t kLargePage = 2U << 20U;

std::uint64_t mix(std::uint64_t word) {
  word = (word ^ (word >> 32U)) * 0xD6E8FEB86659FD93ULL;
  word = (word ^ (word >> 32U)) * 0xD6E8FEB86659FD93ULL;
  return word ^ (word >> 32U);
}

// How many states a shard of this capacity may hold.
std::uint64_t room(std::uint64_t capacity) { return capacity / 4 * 3; }

}  // namespace

StateTable::StateTable(std::size_t width) : width_(width), shards_(std::size_t{1} << kShardBits) {
  for (Shard& shard : shards_) grow(shard, kFirstCapacity);
}

std::uint64_t StateTable::hash(const std::uint64_t* state, std::size_t width) {
  std::uint64_t hash = mix(state[0] + 0x9E3779B97F4A7C15ULL);
  for (std::size_t i = 1; i < width; ++i) hash = mix(hash ^ (state[i] + 0x9E3779B97F4A7C15ULL));
  return hash;
}

StateTable::Inserted StateTable::insert(const std::uint64_t* state, std::uint64_t hash) {
  Shard& shard = shards_[hash >> kShardShift];
  // Some slots always stay empty, so that every search ends; as many threads may be on their way.
  if (shard.count.load(std::memory_order_relaxed) + kSpareSlots >= shard.capacity) return Inserted::full;
  std::uint64_t at = place(hash, shard.capacity);
  if (width_ == 1) {
    for (;;) {
      std::atomic_ref<std::uint64_t> slot(shard.slots[at]);
      std::uint64_t found = slot.load(std::memory_order_relaxed);
      if (found == kEmpty && slot.compare_exchange_strong(found, *state, std::memory_order_relaxed)) {
        shard.count.fetch_add(1, std::memory_order_relaxed);
        return Inserted::added;
      }
      if (found == *state) return Inserted::known;
      if (++at == shard.capacity) at = 0;
    }
  }
  for (;;) {
    std::uint64_t* slot = shard.slots.get() + at * width_;
    if (*slot == kEmpty) {
      std::copy_n(state, width_, slot);
      shard.count.fetch_add(1, std::memory_order_relaxed);
      return Inserted::added;
    }
    if (std::equal(state, state + width_, slot)) return Inserted::known;
    if (++at == shard.capacity) at = 0;
  }
}

bool StateTable::make_room(std::uint64_t count, std::uint64_t most_bytes) {
  const std::uint64_t share = count / shards_.size() + 1;
  // Shares differ: twice the mean and something, or all of a small number, is never reached by a good hash.
  const std::uint64_t extra = std::min(count, 2 * share + 64);
  std::vector<std::uint64_t> wanted(shards_.size());
  std::uint64_t slots = 0;
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    const std::uint64_t needed = shards_[i].count.load(std::memory_order_relaxed) + extra;
    wanted[i] = shards_[i].capacity;
    while (room(wanted[i]) < needed) wanted[i] += wanted[i] / 8 * 3;
    slots += wanted[i];
  }
  if (slots * width_ * sizeof(std::uint64_t) > most_bytes) return false;
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    if (wanted[i] > shards_[i].capacity) grow(shards_[i], wanted[i]);
  }
  return true;
}

void StateTable::grow(Shard& shard, std::uint64_t capacity) {
  // Look-ups are all over the table: large pages spare a second miss for each.
  const std::uint64_t bytes = capacity * width_ * sizeof(std::uint64_t);
  const std::uint64_t alignment = bytes < 2 * kLargePage ? 64 : kLargePage;
  void* memory = std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  if (memory == nullptr) throw std::bad_alloc();
#ifdef __linux__
  if (alignment == kLargePage) (void)madvise(memory, bytes, MADV_HUGEPAGE);
#endif
  std::unique_ptr<std::uint64_t[], Free> slots(static_cast<std::uint64_t*>(memory));
  std::fill_n(slots.get(), capacity * width_, kEmpty);
  for (std::uint64_t i = 0; i < shard.capacity; ++i) {
    const std::uint64_t* state = shard.slots.get() + i * width_;
    if (*state == kEmpty) continue;
    std::uint64_t at = place(hash(state, width_), capacity);
    while (slots[at * width_] != kEmpty) at = at + 1 == capacity ? 0 : at + 1;
    std::copy_n(state, width_, slots.get() + at * width_);
  }
  shard.slots = std::move(slots);
  shard.capacity = capacity;
}

std::uint64_t StateTable::size() const {
  std::uint64_t size = 0;
  for (const Shard& shard : shards_) size += shard.count.load(std::memory_order_relaxed);
  return size;
}

std::uint64_t StateTable::bytes() const {
  std::uint64_t slots = 0;
  for (const Shard& shard : shards_) slots += shard.capacity;
  return slots * width_ * sizeof(std::uint64_t);
}

}  // namespace actorsim
