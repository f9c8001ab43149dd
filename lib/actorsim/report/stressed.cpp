// What was seen as one of a few words.
#include "actorsim/report/stressed.h"

namespace actorsim {

Status status_of(const StressedCase& stressed) {
  if (!stressed.result) return Status::skipped;
  if (stressed.result->failure_count > 0) return Status::fail;
  if (stressed.result->problem) return Status::error;
  const bool is_decided = stressed.result->rounds_with(ExploredSet::Membership::undecided) == 0;
  return is_decided && stressed.result->rounds > 0 ? Status::pass : Status::inconclusive;
}

}  // namespace actorsim
