// The states of one level of a search, in chunks: appending moves nothing, and lists are joined by their chunks.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

namespace actorsim {

/// Two lines of 64 bytes, which processors fetch together: what threads write should be so far apart.
constexpr std::size_t kCacheLines = 128;

/// Lists of several threads lie side by side, so each has cache lines of its own.
class alignas(kCacheLines) StateList {
 public:
  static constexpr std::size_t kChunk = 2048;  // states

  struct Chunk {
    std::unique_ptr<std::uint64_t[]> words;
    std::size_t count = 0;  // states
  };

  explicit StateList(std::size_t width) : width_(width) {}

  void push_back(const std::uint64_t* state) {
    if (chunks_.empty() || chunks_.back().count == kChunk) {
      chunks_.push_back({std::unique_ptr<std::uint64_t[]>(new std::uint64_t[kChunk * width_]), 0});
    }
    Chunk& chunk = chunks_.back();
    std::copy_n(state, width_, chunk.words.get() + chunk.count * width_);
    ++chunk.count;
    ++size_;
  }

  void take_over(StateList& other) {
    for (Chunk& chunk : other.chunks_) chunks_.push_back(std::move(chunk));
    size_ += other.size_;
    other.clear();
  }

  void clear() {
    chunks_.clear();
    size_ = 0;
  }

  std::uint64_t size() const { return size_; }
  std::uint64_t bytes() const { return chunks_.size() * kChunk * width_ * sizeof(std::uint64_t); }
  const std::vector<Chunk>& chunks() const { return chunks_; }

 private:
  std::size_t width_;
  std::uint64_t size_ = 0;
  std::vector<Chunk> chunks_;
};

}  // namespace actorsim
