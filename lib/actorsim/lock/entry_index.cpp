// Open addressing with linear probing.
#include "actorsim/lock/entry_index.h"

#include <utility>

#include "actorsim/base/check.h"

namespace actorsim {

void EntryIndexTable::insert(std::uint32_t lock, std::uint32_t id, std::uint32_t entry) {
  if (2 * (size_ + 1) > buckets_.size()) grow();
  Bucket& bucket = buckets_[probe(lock, id)];
  ACTORSIM_CHECK(bucket.entry == kAbsent);
  bucket = {lock, id, entry};
  ++size_;
}

void EntryIndexTable::erase(std::uint32_t lock, std::uint32_t id) {
  ACTORSIM_CHECK(size_ > 0);
  const std::size_t mask = buckets_.size() - 1;
  std::size_t gap = probe(lock, id);
  ACTORSIM_CHECK(buckets_[gap].entry != kAbsent);
  // Whoever behind the gap could not be found past it any more moves into it.
  for (std::size_t at = (gap + 1) & mask; buckets_[at].entry != kAbsent; at = (at + 1) & mask) {
    const std::size_t wanted = home(buckets_[at].lock, buckets_[at].id);
    if (((at - wanted) & mask) < ((at - gap) & mask)) continue;
    buckets_[gap] = buckets_[at];
    gap = at;
  }
  buckets_[gap] = Bucket{};
  --size_;
}

std::uint32_t EntryIndexTable::find(std::uint32_t lock, std::uint32_t id) const {
  return size_ == 0 ? kAbsent : buckets_[probe(lock, id)].entry;
}

std::size_t EntryIndexTable::home(std::uint32_t lock, std::uint32_t id) const {
  const std::uint64_t key = (std::uint64_t{lock} << 32U) | id;
  const std::uint64_t mixed = (key ^ (key >> 29U)) * 0x9E37'79B9'7F4A'7C15U;
  return static_cast<std::size_t>(mixed >> 32U) & (buckets_.size() - 1);
}

// The bucket of this lock and id, or the free one where they belong.
std::size_t EntryIndexTable::probe(std::uint32_t lock, std::uint32_t id) const {
  std::size_t at = home(lock, id);
  while (buckets_[at].entry != kAbsent && (buckets_[at].lock != lock || buckets_[at].id != id)) {
    at = (at + 1) & (buckets_.size() - 1);
  }
  return at;
}

void EntryIndexTable::grow() {
  const std::vector<Bucket> old =
      std::exchange(buckets_, std::vector<Bucket>(buckets_.empty() ? 64 : 2 * buckets_.size()));
  for (const Bucket& bucket : old) {
    if (bucket.entry != kAbsent) buckets_[probe(bucket.lock, bucket.id)] = bucket;
  }
}

}  // namespace actorsim
