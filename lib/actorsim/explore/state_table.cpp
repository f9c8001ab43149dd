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
constexpr std::uint64_t kLargePage = 2U << 20U;

// How many states a shard of this capacity may hold.
std::uint64_t room(std::uint64_t capacity) { return capacity / 4 * 3; }

}  // namespace

StateTable::StateTable(std::size_t width) : width_(width), shards_(std::size_t{1} << kShardBits) {
  for (Shard& shard : shards_) grow(shard, kFirstCapacity);
}

StateTable::Inserted StateTable::insert_wide(const std::uint64_t* state, std::uint64_t hash) {
  Shard& shard = shards_[hash >> kShardShift];
  if (shard.count.load(std::memory_order_relaxed) + kSpareSlots >= shard.capacity) return Inserted::full;
  for (std::uint64_t at = place(hash, shard.capacity);; at = at + 1 == shard.capacity ? 0 : at + 1) {
    std::uint64_t* slot = shard.slots.get() + at * width_;
    if (*slot == kEmpty) {
      std::copy_n(state, width_, slot);
      shard.count.fetch_add(1, std::memory_order_relaxed);
      return Inserted::added;
    }
    if (std::equal(state, state + width_, slot)) return Inserted::known;
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
