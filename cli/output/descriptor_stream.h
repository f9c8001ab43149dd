// An output stream over a file descriptor that remembers why it failed: std::cout forgets.
#pragma once

#include <array>
#include <ostream>
#include <streambuf>

namespace actorsim {

/// Buffered. Does not own the descriptor. After the first failure nothing more is written.
class DescriptorBuffer : public std::streambuf {
 public:
  explicit DescriptorBuffer(int descriptor);
  ~DescriptorBuffer() override;
  DescriptorBuffer(const DescriptorBuffer&) = delete;
  DescriptorBuffer& operator=(const DescriptorBuffer&) = delete;

  int error() const { return error_; }  ///< errno of the first failure; 0: none

 protected:
  int_type overflow(int_type character) override;
  int sync() override;

 private:
  const int descriptor_;
  int error_ = 0;
  std::array<char, 1U << 14U> buffer_;
};

}  // namespace actorsim
