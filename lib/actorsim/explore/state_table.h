// The set of states that have been seen: fixed-width words in open addressing, exact.
//
// States of several words, several threads inserting at once, and growing within a bound of memory are what the tables
// of libraries do not offer together.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

namespace actorsim {

/// States of `width` words of 64 bits. The first word of a state is never ~0. Linear probing in 16 shards, each of
/// which grows by three eighths when it is 75 % full; growing one at a time takes little more than the table itself.
/// Inserting is safe from several threads at once if the width is 1; growing is not.
class StateTable {
 public:
  explicit StateTable(std::size_t width);

  static std::uint64_t hash(const std::uint64_t* state, std::size_t width) {
    std::uint64_t hash = mix(state[0] + kOffset);
    for (std::size_t i = 1; i < width; ++i) hash = mix(hash ^ (state[i] + kOffset));
    return hash;
  }

  void prefetch(std::uint64_t hash) const {
    const Shard& shard = shards_[hash >> kShardShift];
    __builtin_prefetch(shard.slots.get() + place(hash, shard.capacity) * width_, 1);
  }

  /// `full`: its shard has no room, see make_room.
  enum class Inserted : std::uint8_t { known, added, full };
  Inserted insert(const std::uint64_t* state, std::uint64_t hash) {
    return width_ == 1 ? insert_word(*state, hash) : insert_wide(state, hash);
  }

  /// The same, of a width of 1.
  Inserted insert_word(std::uint64_t state, std::uint64_t hash) {
    Shard& shard = shards_[hash >> kShardShift];
    std::uint64_t* slots = shard.slots.get();
    for (std::uint64_t at = place(hash, shard.capacity);; at = at + 1 == shard.capacity ? 0 : at + 1) {
      std::atomic_ref<std::uint64_t> slot(slots[at]);
      std::uint64_t found = slot.load(std::memory_order_relaxed);
      if (found == state) return Inserted::known;
      if (found != kEmpty) continue;
      // Some slots always stay empty, so that every search ends; as many threads may be on their way.
      if (shard.count.load(std::memory_order_relaxed) + kSpareSlots >= shard.capacity) return Inserted::full;
      if (slot.compare_exchange_strong(found, state, std::memory_order_relaxed)) {
        shard.count.fetch_add(1, std::memory_order_relaxed);
        return Inserted::added;
      }
      if (found == state) return Inserted::known;
    }
  }

  /// Room for `count` more states, wherever they go. `most_bytes`: false, and nothing is done, if it takes more.
  bool make_room(std::uint64_t count, std::uint64_t most_bytes);

  std::uint64_t size() const;
  std::uint64_t bytes() const;
  std::size_t width() const { return width_; }

  template <typename Visit>
  void for_each(Visit visit) const {
    for (const Shard& shard : shards_) {
      for (std::uint64_t i = 0; i < shard.capacity; ++i) {
        const std::uint64_t* slot = shard.slots.get() + i * width_;
        if (*slot != kEmpty) visit(slot);
      }
    }
  }

 private:
  static constexpr std::uint64_t kOffset = 0x9E3779B97F4A7C15ULL;
  static constexpr std::uint64_t kSpareSlots = 256;
  static constexpr std::uint64_t kEmpty = ~std::uint64_t{0};
  static constexpr unsigned kShardBits = 4;
  static constexpr unsigned kShardShift = 64 - kShardBits;

  struct Free {
    void operator()(std::uint64_t* slots) const { std::free(slots); }  // NOLINT: aligned_alloc gave it
  };
  struct Shard {
    std::unique_ptr<std::uint64_t[], Free> slots;
    std::uint64_t capacity = 0;
    std::atomic<std::uint64_t> count{0};
  };

  static std::uint64_t place(std::uint64_t hash, std::uint64_t capacity) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((Wide{hash << kShardBits} * capacity) >> 64U);
  }
  static std::uint64_t mix(std::uint64_t word) {
    word = (word ^ (word >> 32U)) * 0xD6E8FEB86659FD93ULL;
    word = (word ^ (word >> 32U)) * 0xD6E8FEB86659FD93ULL;
    return word ^ (word >> 32U);
  }
  Inserted insert_wide(const std::uint64_t* state, std::uint64_t hash);
  void grow(Shard& shard, std::uint64_t capacity);

  std::size_t width_;
  std::vector<Shard> shards_;
};

}  // namespace actorsim
