// What the three ways of looking have in common.
#include "actorsim/report/explored.h"

#include <algorithm>

namespace actorsim {

bool ExploredCase::can(Verdict verdict) const {
  if (sample) return sample->verdicts[static_cast<std::size_t>(verdict)] > 0;
  if (few_switches) return few_switches->found.can(verdict);
  return exploration && exploration->can(verdict);
}

Goal ExploredCase::goal() const { return exploration ? exploration->goal : Goal::outcomes; }

Exploration::End ExploredCase::end() const {
  if (sample) return sample->end;
  if (few_switches) return few_switches->found.end;
  return exploration ? exploration->end : Exploration::End::stopped;
}

const std::map<std::string, std::uint16_t>& ExploredCase::outcomes() const {
  static const std::map<std::string, std::uint16_t> none;
  if (sample) return sample->outcomes;
  if (few_switches) return few_switches->found.outcomes;
  return exploration ? exploration->outcomes : none;
}

const std::vector<Witness>& ExploredCase::witnesses() const {
  static const std::vector<Witness> none;
  if (sample) return sample->witnesses;
  if (few_switches) return few_switches->found.witnesses;
  return exploration ? exploration->witnesses : none;
}

bool is_bad(Verdict verdict, Goal goal) {
  if (goal == Goal::deadlock) return verdict == Verdict::deadlock || verdict == Verdict::stranded;
  return verdict != Verdict::ok;
}

Status status_of(const ExploredCase& explored) {
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    if (explored.can(verdict) && is_bad(verdict, explored.goal())) return Status::fail;
  }
  const bool is_everything = explored.exploration || (explored.few_switches && !explored.few_switches->left_some_out);
  return is_everything && explored.end() == Exploration::End::complete ? Status::pass : Status::inconclusive;
}

bool ExploredReport::has_audit_differences() const {
  return std::any_of(cases.begin(), cases.end(),
                     [](const ExploredCase& entry) { return entry.audit && !entry.audit->differences.empty(); });
}

}  // namespace actorsim
