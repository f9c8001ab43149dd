// Who moves, step by step: what makes one run out of all orders of a scenario's steps.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/diagnostic.h"
#include "actorsim/model/program.h"

namespace actorsim {

/// One step: whose it is, and which of the steps that it could take.
struct Choice {
  Index trigger = kNone;          ///< of the scenario, by its place in the file; kNone: a deadline of an instance
  std::uint32_t number = 0;       ///< which call of that trigger's load, from 0
  std::uint32_t alternative = 0;  ///< among its possible steps, in the order of Walker::list_moves

  friend auto operator<=>(const Choice&, const Choice&) = default;
};

using Schedule = std::vector<Choice>;

/// `t1.t2.t1/2.t3#5.d`: trigger 1, trigger 2, the second of trigger 1's possible steps, the fifth call of trigger 3, a
/// deadline. All counted from 1, in the order of the file.
std::string schedule_text(const Schedule& schedule);

/// The error has the column in the text, and says what was expected. `file` is what it is called there.
tl::expected<Schedule, Diagnostic> parse_schedule(std::string_view text, const std::string& file);

}  // namespace actorsim
