// A set of texts of 32-bit words, numbered in the order in which they came.
#pragma once

#include <cstdint>
#include <vector>

#include "actorsim/base/index_table.h"

namespace actorsim {

using Words = std::vector<std::uint32_t>;

/// Exact: texts are compared word by word. Not for several threads at once.
class WordSet {
 public:
  static constexpr std::uint32_t kNothing = IndexTable::kNothing;

  struct Added {
    std::uint32_t index;
    bool is_new;
  };
  Added add(const Words& words);
  std::uint32_t find(const Words& words) const;

  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size()); }
  std::uint64_t bytes() const;
  const std::uint32_t* begin_of(std::uint32_t index) const { return words_.data() + begin(index); }
  const std::uint32_t* end_of(std::uint32_t index) const { return words_.data() + ends_[index]; }

 private:
  std::uint64_t begin(std::uint32_t index) const { return index == 0 ? 0 : ends_[index - 1]; }
  std::uint64_t hash_of(std::uint32_t index) const;

  Words words_;  // of all texts, one after another
  std::vector<std::uint64_t> ends_;
  IndexTable index_;
};

std::uint64_t hash_words(const std::uint32_t* words, std::size_t count);

}  // namespace actorsim
