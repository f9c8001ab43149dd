// Verdicts, outcomes, lengths of schedules.
#include "actorsim/explore/audit.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "actorsim/base/check.h"

namespace actorsim {
namespace {

// Where only deadlock is asked for, other verdicts need not be preserved.
bool is_answered(Verdict verdict, Goal goal) {
  return goal != Goal::deadlock || verdict == Verdict::deadlock || verdict == Verdict::stranded;
}

std::optional<std::size_t> length_to(const Exploration& exploration, Verdict verdict) {
  for (const Witness& witness : exploration.witnesses) {
    if (witness.verdict == verdict && witness.is_shortest) return witness.schedule.size();
  }
  return std::nullopt;
}

void compare_verdicts(const Exploration& reduced, const Exploration& full, std::vector<std::string>& differences) {
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    if (!is_answered(verdict, reduced.goal)) continue;
    if (reduced.can(verdict) != full.can(verdict)) {
      differences.push_back(fmt::format("the verdict {} is {} with reductions, and {} without", to_word(verdict),
                                        reduced.can(verdict) ? "possible" : "impossible",
                                        full.can(verdict) ? "possible" : "impossible"));
      continue;
    }
    const auto with = length_to(reduced, verdict), without = length_to(full, verdict);
    if (with && without && *with != *without) {
      differences.push_back(fmt::format("the shortest schedule to {} has {} steps with reductions, and {} without",
                                        to_word(verdict), *with, *without));
    }
  }
}

void compare_outcomes(const Exploration& reduced, const Exploration& full, std::vector<std::string>& differences) {
  const auto outcomes_of = [](const Exploration& exploration, const std::string& label) {
    const auto found = exploration.outcomes.find(label);
    return found == exploration.outcomes.end() ? 0U : unsigned{found->second};
  };
  std::map<std::string, std::uint16_t> labels = full.outcomes;
  labels.insert(reduced.outcomes.begin(), reduced.outcomes.end());
  for (const auto& [label, ignored] : labels) {
    const unsigned with = outcomes_of(reduced, label), without = outcomes_of(full, label);
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
      const unsigned bit = 1U << i;
      if ((with & bit) == (without & bit)) continue;
      differences.push_back(fmt::format("the outcome {} of {} is possible only {} reductions",
                                        to_word(static_cast<Outcome>(i)), label,
                                        (with & bit) != 0 ? "with" : "without"));
    }
  }
}

}  // namespace

std::vector<std::string> differences_between(const Exploration& reduced, const Exploration& full) {
  ACTORSIM_CHECK(reduced.is_complete() && full.is_complete() && reduced.goal == full.goal);
  std::vector<std::string> differences;
  compare_verdicts(reduced, full, differences);
  if (reduced.goal == Goal::outcomes) compare_outcomes(reduced, full, differences);
  return differences;
}

}  // namespace actorsim
