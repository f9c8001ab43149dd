// Plain recursion over all that can happen.
#include "support/brute_force.h"

#include <algorithm>
#include <vector>

namespace actorsim::testing {
namespace {

class Enumerator {
 public:
  Enumerator(Walker& walker, std::uint64_t schedules_at_most) : walker_(walker), most_(schedules_at_most) {}

  bool visit(const Situation& situation, std::size_t depth) {
    note_verdict_so_far(situation, depth);
    std::vector<Move> moves;
    walker_.list_moves(situation, moves);
    if (moves.empty()) return end(situation, depth);
    for (const Move& move : moves) {
      Situation after = situation;
      std::vector<CallOutcome> outcomes;
      if (walker_.take(after, move, outcomes)) return false;
      note(outcomes);
      if (!visit(after, depth + 1)) return false;
    }
    return true;
  }

  BruteForce result;

 private:
  bool end(Situation situation, std::size_t depth) {
    if (++result.schedules > most_) return false;
    std::vector<CallOutcome> outcomes;
    walker_.settle(situation, outcomes);
    note(outcomes);
    for (const Index label : walker_.skipped(situation)) note({{label, Outcome::skipped}});
    result.verdicts[static_cast<std::size_t>(situation.verdict)] = true;
    note_length(situation.verdict, depth);
    return true;
  }

  void note_verdict_so_far(const Situation& situation, std::size_t depth) {
    Verdict verdict = situation.verdict;
    const Stuck stuck = walker_.stuck(situation);
    if (!stuck.stranded.empty()) verdict = std::max(verdict, Verdict::stranded);
    if (!stuck.deadlocked.empty()) verdict = std::max(verdict, Verdict::deadlock);
    if (verdict != Verdict::ok) note_length(verdict, depth);
  }

  void note_length(Verdict verdict, std::size_t depth) {
    std::optional<std::size_t>& shortest = result.shortest[static_cast<std::size_t>(verdict)];
    shortest = std::min(shortest.value_or(depth), depth);
  }

  void note(const std::vector<CallOutcome>& outcomes) {
    for (const CallOutcome& outcome : outcomes) {
      result.outcomes[walker_.label_text(outcome.label)] |=
          static_cast<std::uint16_t>(1U << static_cast<unsigned>(outcome.outcome));
    }
  }

  Walker& walker_;
  const std::uint64_t most_;
};

}  // namespace

std::optional<BruteForce> try_all_orders(Walker& walker, std::uint64_t schedules_at_most) {
  Enumerator enumerator(walker, schedules_at_most);
  if (!enumerator.visit(walker.initial(), 0)) return std::nullopt;
  return std::move(enumerator.result);
}

}  // namespace actorsim::testing
