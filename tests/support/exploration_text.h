// What an exploration found, as texts that can be compared.
#pragma once

#include <string>

#include "actorsim/explore/exploration.h"

namespace actorsim::testing {

/// What the exploration's goal asks for, as text.
inline std::string answer(const Exploration& exploration) {
  std::string text;
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    const bool is_stuck = verdict == Verdict::stranded || verdict == Verdict::deadlock;
    const bool is_asked = exploration.goal != Goal::deadlock || is_stuck;
    if (is_asked && exploration.can(verdict)) text += std::string(to_word(verdict)) + " ";
  }
  if (exploration.goal != Goal::outcomes) return text;
  for (const auto& [label, outcomes] : exploration.outcomes) text += label + "=" + std::to_string(outcomes) + " ";
  return text;
}

/// Of the schedules that are proved shortest: how long they are, and how often they switch.
inline std::string lengths(const Exploration& exploration) {
  std::string text;
  for (const Witness& witness : exploration.witnesses) {
    if (!witness.is_shortest) continue;
    text += std::string(to_word(witness.verdict)) + " " + std::to_string(witness.schedule.size()) + " " +
            std::to_string(witness.switches) + "; ";
  }
  return text;
}

/// Everything that may not depend on the number of threads.
inline std::string fingerprint(const Exploration& exploration) {
  std::string text = answer(exploration) + std::to_string(exploration.states) + " " +
                     std::to_string(exploration.steps) + " " + std::to_string(exploration.levels) + " ";
  for (const Witness& witness : exploration.witnesses) text += schedule_text(witness.schedule) + " ";
  return text;
}

}  // namespace actorsim::testing
