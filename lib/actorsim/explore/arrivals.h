// States on their way into the table of those that have been seen, and into the next level if they are new.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "actorsim/explore/state_list.h"
#include "actorsim/explore/state_table.h"

namespace actorsim {

/// A state waits for its place in memory as long as kBatch more take to come. Used by one thread, for states whose
/// places in the table are that thread's alone.
class Arrivals {
 public:
  /// `width`: of the states, in words. A table whose entries are narrower knows a state by its hash alone.
  /// `most_added`: so many new states are enough.
  void begin(StateTable& table, StateList& next, std::size_t width, std::uint64_t most_added) {
    table_ = &table;
    next_ = &next;
    width_ = width;
    is_lossy_ = table.width() != width;
    most_added_ = most_added;
    added_ = 0;
    is_full_ = false;
    count_ = 0;
    if (width > 1 || is_lossy_) waiting_.assign(kBatch * (width + table.width()), 0);
  }

  void push(const std::uint64_t* state) {
    if (width_ == 1 && !is_lossy_) {
      push_word(*state, StateTable::hash(state, 1));
    } else {
      push_wide(state);
    }
  }

  /// The same, of one word that is no hash; `hash`: the table's of it.
  void push_word(std::uint64_t state, std::uint64_t hash) {
    table_->prefetch(hash);
    Word& place = words_[count_ % kBatch];
    if (count_ >= kBatch) insert_word(place);
    place = {state, hash};
    ++count_;
  }

  /// Afterwards none is on its way.
  void flush() {
    for (std::size_t i = count_ - std::min(count_, kBatch); i < count_; ++i) {
      if (width_ == 1 && !is_lossy_) {
        insert_word(words_[i % kBatch]);
      } else {
        insert_wide(i % kBatch);
      }
    }
    count_ = 0;
  }

  /// Since begin, of those that are not on their way any more.
  std::uint64_t added() const { return added_; }
  bool has_enough() const { return added_ >= most_added_; }
  /// One had no room, and was lost.
  bool is_full() const { return is_full_; }

  /// The entry of the table that stands for the state: itself, or its hash.
  static std::uint64_t hash_of_entry(const StateTable& table, const std::uint64_t* state, std::size_t width) {
    const std::uint64_t hash = StateTable::hash(state, width);
    if (table.width() == width) return hash;
    const std::uint64_t name = hash >> 1U;  // never ~0
    return StateTable::hash(&name, 1);
  }

 private:
  static constexpr std::size_t kBatch = 64;

  struct Word {
    std::uint64_t state, hash;
  };

  void insert_word(const Word& word) { note(table_->insert_word(word.state, word.hash), &word.state); }

  void push_wide(const std::uint64_t* state) {
    const std::size_t at = count_ % kBatch;
    if (count_ >= kBatch) insert_wide(at);
    std::uint64_t* place = waiting_.data() + at * (width_ + table_->width());
    std::copy_n(state, width_, place);
    if (is_lossy_) {
      place[width_] = StateTable::hash(state, width_) >> 1U;
    } else {
      std::copy_n(state, width_, place + width_);
    }
    hashes_[at] = StateTable::hash(place + width_, table_->width());
    table_->prefetch(hashes_[at]);
    ++count_;
  }

  void insert_wide(std::size_t at) {
    const std::uint64_t* place = waiting_.data() + at * (width_ + table_->width());
    note(table_->insert(place + width_, hashes_[at]), place);
  }

  void note(StateTable::Inserted inserted, const std::uint64_t* state) {
    if (inserted == StateTable::Inserted::known) return;
    if (inserted == StateTable::Inserted::full) {
      is_full_ = true;
      return;
    }
    next_->push_back(state);
    ++added_;
  }

  StateTable* table_ = nullptr;
  StateList* next_ = nullptr;
  std::size_t width_ = 1;
  bool is_lossy_ = false, is_full_ = false;
  std::uint64_t added_ = 0, most_added_ = 0;
  std::size_t count_ = 0;
  std::array<Word, kBatch> words_{};
  std::vector<std::uint64_t> waiting_;  // states, each with its entry
  std::array<std::uint64_t, kBatch> hashes_{};
};

}  // namespace actorsim
