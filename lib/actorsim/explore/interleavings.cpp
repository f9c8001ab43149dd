// Depth first, with the situations of the branch at hand.
#include "actorsim/explore/interleavings.h"

#include <algorithm>

#include "actorsim/base/random.h"
#include "actorsim/explore/orders.h"

namespace actorsim {
namespace {

constexpr std::uint32_t kMostSteps = 2'000;  // of an interleaving that is listed

class TreeWalk {
 public:
  TreeWalk(Walker& walker, std::uint64_t most) : walker_(walker), most_(most) {}

  std::optional<Diagnostic> visit(const Situation& situation, std::uint32_t before) {
    std::vector<Move> moves;
    walker_.list_moves(situation, moves);
    if (moves.empty()) {
      end(situation);
      return std::nullopt;
    }
    if (before == kMostSteps) is_too_large_ = true;
    for (std::size_t i = 0; i < moves.size() && !is_too_large_; ++i) {
      Situation after = situation;
      Interleavings::Step step;
      outcomes_.clear();
      if (auto problem = take_and_tell(walker_, after, moves[i], outcomes_, step.record)) return problem;
      step.before = before;
      step.alternatives = static_cast<std::uint32_t>(moves.size());
      step.alternative = static_cast<std::uint32_t>(i);
      tree_.steps.push_back(std::move(step));
      if (auto problem = visit(after, before + 1)) return problem;
    }
    return std::nullopt;
  }

  bool is_too_large() const { return is_too_large_; }
  Interleavings finish() { return std::move(tree_); }

 private:
  void end(const Situation& situation) {
    Situation last = situation;
    outcomes_.clear();
    walker_.settle(last, outcomes_);
    if (!tree_.steps.empty()) tree_.steps.back().verdict = last.verdict;
    ++tree_.verdicts[static_cast<std::size_t>(last.verdict)];
    if (++tree_.count > most_) is_too_large_ = true;
  }

  Walker& walker_;
  const std::uint64_t most_;
  Interleavings tree_;
  std::vector<CallOutcome> outcomes_;
  bool is_too_large_ = false;
};

}  // namespace

tl::expected<std::optional<Interleavings>, Diagnostic> list_interleavings(const Program& program, std::uint64_t most) {
  if (std::optional<Diagnostic> problem = find_unbounded(program)) return tl::unexpected(std::move(*problem));
  Walker walker(program);
  TreeWalk walk(walker, most);
  if (std::optional<Diagnostic> problem = walk.visit(walker.initial(), 0)) return tl::unexpected(std::move(*problem));
  if (walk.is_too_large()) return std::optional<Interleavings>();
  return walk.finish();
}

tl::expected<InterleavingEstimate, Diagnostic> estimate_interleavings(const Program& program, std::uint64_t walks,
                                                                      std::uint64_t seed) {
  if (std::optional<Diagnostic> problem = find_unbounded(program)) return tl::unexpected(std::move(*problem));
  Walker walker(program);
  Random random(seed);
  InterleavingEstimate estimate;
  std::vector<Move> moves;
  std::vector<CallOutcome> ignored;
  double sum = 0;
  for (; estimate.walks < walks; ++estimate.walks) {
    Situation situation = walker.initial();
    double product = 1;
    std::uint64_t steps = 0;
    for (walker.list_moves(situation, moves); !moves.empty(); walker.list_moves(situation, moves)) {
      product *= static_cast<double>(moves.size());
      ++steps;
      ignored.clear();
      const Move move = moves[random.below(moves.size())];
      if (std::optional<Diagnostic> problem = walker.take(situation, move, ignored))
        return tl::unexpected(std::move(*problem));
    }
    sum += product;
    estimate.longest = std::max(estimate.longest, steps);
  }
  if (walks > 0) estimate.count = sum / static_cast<double>(walks);
  return estimate;
}

}  // namespace actorsim
