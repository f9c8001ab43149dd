// Where in a long queue a chain's entry is: a flat hash table from lock and id to entry, so that searching does not
// walk the queue.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace actorsim {

/// A value of plain memory. A pair of lock and id may be there once only. Linear probing; entries that leave close the
/// gap behind them, so that nothing remains of them. Its order of storage is never seen.
class EntryIndexTable {
 public:
  static constexpr std::uint32_t kAbsent = 0xffff'ffffU;

  void insert(std::uint32_t lock, std::uint32_t id, std::uint32_t entry);
  void erase(std::uint32_t lock, std::uint32_t id);

  /// The entry, or kAbsent.
  std::uint32_t find(std::uint32_t lock, std::uint32_t id) const;

  std::size_t size() const { return size_; }
  std::size_t bytes() const { return buckets_.capacity() * sizeof(Bucket); }

 private:
  struct Bucket {
    std::uint32_t lock = 0;
    std::uint32_t id = 0;
    std::uint32_t entry = kAbsent;
  };

  std::size_t home(std::uint32_t lock, std::uint32_t id) const;
  std::size_t probe(std::uint32_t lock, std::uint32_t id) const;
  void grow();

  std::vector<Bucket> buckets_;  // a power of two, at most half full
  std::size_t size_ = 0;
};

}  // namespace actorsim
