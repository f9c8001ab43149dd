// Breadth-first search over whole situations.
#include <algorithm>
#include <set>

#include "actorsim/explore/canonical.h"
#include "actorsim/explore/orders.h"
#include "actorsim/explore/search.h"

namespace actorsim {
namespace {

class WorldSearch {
 public:
  WorldSearch(Walker& walker, const ExploreOptions& options, SearchLimits& limits, Exploration& result)
      : walker_(walker),
        options_(options),
        result_(result),
        canonical_(walker, options.goal == Goal::outcomes ? History::outcomes : History::none),
        limits_(limits) {}

  std::optional<Diagnostic> run() {
    frontier_.push_back(walker_.initial());
    canonical_.write(frontier_.back(), words_);
    known_.add(words_);
    for (; !frontier_.empty() && result_.end == Exploration::End::complete; ++result_.levels) {
      next_.clear();
      next_bytes_ = 0;
      for (const Situation& situation : frontier_) {
        if (std::optional<Diagnostic> problem = expand(situation)) return problem;
        if (result_.end != Exploration::End::complete) break;
      }
      std::swap(frontier_, next_);
      frontier_bytes_ = next_bytes_;
    }
    if (result_.levels > 0) --result_.levels;  // the first state is no step away
    result_.states = known_.size();
    if (options_.goal == Goal::outcomes) {
      for (const CallOutcome& outcome : outcomes_seen_) note_outcome(result_, walker_, outcome);
    }
    return std::nullopt;
  }

 private:
  std::optional<Diagnostic> expand(const Situation& situation) {
    walker_.list_moves(situation, moves_);
    if (moves_.empty()) {
      end(situation);
      return std::nullopt;
    }
    for (const Move& move : moves_) {
      Situation after = situation;
      outcomes_.clear();
      if (std::optional<Diagnostic> problem = walker_.take(after, move, outcomes_)) return problem;
      ++result_.steps;
      outcomes_seen_.insert(outcomes_.begin(), outcomes_.end());
      canonical_.write(after, words_);
      if (!known_.add(words_).is_new) continue;
      next_bytes_ += bytes_of(after);
      next_.push_back(std::move(after));
      const std::uint64_t bytes = known_.bytes() + frontier_bytes_ + next_bytes_;
      result_.bytes = std::max(result_.bytes, bytes);
      const ExploreProgress progress{known_.size(), result_.steps, frontier_.size() + next_.size(), result_.levels};
      if (const auto reached = limits_.reached(progress, bytes)) {
        result_.end = *reached;
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  // Nothing moves any more.
  void end(const Situation& situation) {
    Situation last = situation;
    outcomes_.clear();
    walker_.settle(last, outcomes_);
    result_.verdicts[static_cast<std::size_t>(last.verdict)] = true;
    outcomes_seen_.insert(outcomes_.begin(), outcomes_.end());
    if (options_.goal != Goal::outcomes) return;
    for (const Index label : walker_.skipped(last)) outcomes_seen_.insert({label, Outcome::skipped});
  }

  Walker& walker_;
  const ExploreOptions& options_;
  Exploration& result_;
  CanonicalForm canonical_;
  SearchLimits& limits_;
  WordSet known_;
  std::vector<Situation> frontier_, next_;
  std::uint64_t frontier_bytes_ = 0, next_bytes_ = 0;
  std::set<CallOutcome> outcomes_seen_;
  std::vector<Move> moves_;
  std::vector<CallOutcome> outcomes_;
  Words words_;
};

}  // namespace

std::optional<Diagnostic> search_worlds(Walker& walker, const ExploreOptions& options, SearchLimits& limits,
                                        Exploration& result) {
  return WorldSearch(walker, options, limits, result).run();
}

}  // namespace actorsim
