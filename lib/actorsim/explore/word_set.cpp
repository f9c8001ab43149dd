// All texts one after another, and an index over them.
#include "actorsim/explore/word_set.h"

#include <algorithm>

// NOLINTNEXTLINE(readability-identifier-naming): the library's name
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace actorsim {

std::uint64_t hash_words(const std::uint32_t* words, std::size_t count) {
  return XXH3_64bits(words, count * sizeof(std::uint32_t));
}

std::uint64_t WordSet::hash_of(std::uint32_t index) const {
  return hash_words(begin_of(index), ends_[index] - begin(index));
}

std::uint32_t WordSet::find(const Words& words) const {
  return index_.find(hash_words(words.data(), words.size()), [&](std::uint32_t index) {
    return std::equal(begin_of(index), end_of(index), words.begin(), words.end());
  });
}

WordSet::Added WordSet::add(const Words& words) {
  const std::uint32_t known = find(words);
  if (known != kNothing) return {known, false};
  words_.insert(words_.end(), words.begin(), words.end());
  ends_.push_back(words_.size());
  const std::uint32_t index = size() - 1;
  index_.add(index, [this](std::uint32_t any) { return hash_of(any); });
  return {index, true};
}

std::uint64_t WordSet::bytes() const {
  return words_.capacity() * sizeof(std::uint32_t) + ends_.capacity() * sizeof(std::uint64_t) + 2 * 4 * ends_.size();
}

}  // namespace actorsim
