// The one assertion of the project: always on, for broken invariants only, never for input.
#pragma once

#include <stdexcept>
#include <string>

namespace actorsim {

/// A bug in actorsim itself. Thrown by ACTORSIM_CHECK, caught by main alone (exit code 70).
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
  throw InternalError(std::string(file) + ":" + std::to_string(line) + ": broken invariant: " + condition);
}

}  // namespace actorsim

#define ACTORSIM_CHECK(condition)                                               \
  do {                                                                          \
    if (!(condition)) ::actorsim::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)
