// A value that is seldom there.
#pragma once

#include <memory>
#include <utility>

namespace actorsim {

/// Like std::optional, but takes the room of a pointer where it is empty; the value is on the heap. For members of
/// structs of which there are many, and that are copied with what they hold.
template <typename Value>
class Boxed {
 public:
  Boxed() = default;
  Boxed(const Value& value) : value_(std::make_unique<Value>(value)) {}        // NOLINT(google-explicit-constructor)
  Boxed(Value&& value) : value_(std::make_unique<Value>(std::move(value))) {}  // NOLINT(google-explicit-constructor)
  Boxed(const Boxed& other) : value_(other.value_ ? std::make_unique<Value>(*other.value_) : nullptr) {}
  Boxed(Boxed&&) noexcept = default;
  ~Boxed() = default;
  Boxed& operator=(const Boxed& other) {
    if (this != &other) value_ = other.value_ ? std::make_unique<Value>(*other.value_) : nullptr;
    return *this;
  }
  Boxed& operator=(Boxed&&) noexcept = default;

  explicit operator bool() const { return value_ != nullptr; }
  bool has_value() const { return value_ != nullptr; }
  Value& operator*() { return *value_; }
  const Value& operator*() const { return *value_; }
  Value* operator->() { return value_.get(); }
  const Value* operator->() const { return value_.get(); }
  void reset() { value_.reset(); }

 private:
  std::unique_ptr<Value> value_;
};

}  // namespace actorsim
