// Threads that wait for work and do it together.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <thread>
#include <vector>

namespace actorsim {

/// `size` members, each a thread, the caller's among them. Used by one thread at a time. The others wait between two
/// pieces of work, which takes them some ten microseconds less to begin than a new thread would. Where the system has
/// fewer threads to give, the caller is several members, one after another; where memory is short, std::bad_alloc is
/// thrown.
class Team {
 public:
  explicit Team(std::size_t size);
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;
  ~Team();

  std::size_t size() const { return errors_.size(); }

  /// Calls work(0), …, work(size - 1), none of which may wait for another, and returns when all are done. What the
  /// first of them threw, if one did, is thrown again.
  void run(const std::function<void(std::size_t)>& work);

 private:
  void end();
  void serve(std::size_t number);
  void guarded(std::size_t number);

  const std::function<void(std::size_t)>* work_ = nullptr;  // null: all are to end
  std::atomic<std::uint32_t> round_{0};
  std::atomic<std::uint32_t> at_work_{0};
  std::vector<std::exception_ptr> errors_;
  std::vector<std::thread> others_;
};

}  // namespace actorsim
