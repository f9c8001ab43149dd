// The set of states that have been seen: fixed-width words in open addressing, exact.
//
// States of several words, shards that threads own, places that can be fetched ahead, and growing within a bound of
// memory are what the tables of libraries do not offer together.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "actorsim/explore/state_list.h"

namespace actorsim {

/// States of `width` words of 64 bits. The first word of a state is never ~0. Linear probing in 16 shards, each of
/// which grows by half when it is 75 % full. Their capacities are staggered, so that at any
/// time a quarter of them grows at once, and the whole never takes much more than it has to. Several threads may insert
/// and make room at once, each what it owns.
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

  /// Which of `owners` has the shard that the hash belongs to.
  static std::size_t owner(std::uint64_t hash, std::size_t owners) {
    return static_cast<std::size_t>((hash >> kShardShift) * owners >> kShardBits);
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
      if (slots[at] == ~state) return Inserted::known;
      if (slots[at] != kEmpty) continue;
      if (shard.count + 1 >= shard.capacity) return Inserted::full;  // one stays empty, so that every search ends
      slots[at] = ~state;
      ++shard.count;
      return Inserted::added;
    }
  }

  /// Room for `count` more states, wherever they go: plan_room says whether it takes no more than `most_bytes`, and
  /// make_room makes what was planned last, in the shards of one owner.
  bool plan_room(std::uint64_t count, std::uint64_t most_bytes);
  void make_room(std::size_t owner, std::size_t owners);

  std::uint64_t size() const;
  std::uint64_t bytes() const;
  std::size_t width() const { return width_; }

  /// Calls `visit(state)`; what it points to is gone afterwards.
  template <typename Visit>
  void for_each(Visit visit) const {
    std::vector<std::uint64_t> state(width_);
    for (const Shard& shard : shards_) {
      for (std::uint64_t i = 0; i < shard.capacity; ++i) {
        const std::uint64_t* slot = shard.slots.get() + i * width_;
        if (*slot == kEmpty) continue;
        for (std::size_t word = 0; word < width_; ++word) state[word] = ~slot[word];
        visit(state.data());
      }
    }
  }

 private:
  static constexpr std::uint64_t kOffset = 0x9E3779B97F4A7C15ULL;
  static constexpr std::uint64_t kEmpty = 0;  // states are kept with all bits turned around
  static constexpr unsigned kShardBits = 4;
  static constexpr unsigned kShardShift = 64 - kShardBits;

  struct Free {
    void operator()(std::uint64_t* slots) const { std::free(slots); }  // NOLINT: realloc gave it
  };
  struct alignas(kCacheLines) Shard {
    std::unique_ptr<std::uint64_t[], Free> slots;
    std::uint64_t capacity = 0;
    std::uint64_t count = 0;
    std::uint64_t planned = 0;  // capacity
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
  bool is_kept(const std::uint64_t* state, const std::uint64_t* slot) const;
  void grow(Shard& shard, std::uint64_t capacity);
  std::uint64_t* resize(Shard& shard, std::uint64_t capacity) const;

  std::size_t width_;
  std::vector<Shard> shards_;
};

}  // namespace actorsim
