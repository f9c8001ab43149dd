// Depth-first search over situations and what has become of their calls.
#include "actorsim/explore/combinations.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "actorsim/explore/canonical.h"
#include "actorsim/explore/orders.h"
#include "actorsim/explore/search.h"

namespace actorsim {
namespace {

using Past = std::vector<CallOutcome>;  // sorted

class CombinationSearch {
 public:
  CombinationSearch(Walker& walker, const ExploreOptions& options)
      : walker_(walker), limits_(options), canonical_(walker, History::outcomes) {}

  std::optional<Diagnostic> run() {
    add(walker_.initial(), {});
    while (!open_.empty() && result_.end == Exploration::End::complete) {
      const Node node = std::move(open_.back());
      open_.pop_back();
      open_bytes_ -= bytes_of(node.situation);
      if (std::optional<Diagnostic> problem = expand(node)) return problem;
    }
    result_.states = known_.size();
    return std::nullopt;
  }

  Combinations finish() { return std::move(result_); }

 private:
  struct Node {
    Situation situation;
    Index past;
  };

  std::optional<Diagnostic> expand(const Node& node) {
    walker_.list_moves(node.situation, moves_);
    if (moves_.empty()) {
      end(node);
      return std::nullopt;
    }
    for (const Move& move : moves_) {
      Situation after = node.situation;
      outcomes_.clear();
      if (std::optional<Diagnostic> problem = walker_.take(after, move, outcomes_)) return problem;
      add(std::move(after), with_news(node.past));
      const std::uint64_t bytes = known_.bytes() + open_bytes_ + past_bytes_;
      if (const auto reached = limits_.reached({known_.size(), ++steps_, open_.size(), 0}, bytes)) {
        result_.end = *reached;
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  // Nothing moves any more.
  void end(const Node& node) {
    Situation last = node.situation;
    outcomes_.clear();
    walker_.settle(last, outcomes_);
    for (const Index label : walker_.skipped(last)) outcomes_.push_back({label, Outcome::skipped});
    Combination combination{last.verdict, {}};
    for (const CallOutcome& outcome : with_news(node.past))
      combination.calls.push_back({walker_.label_text(outcome.label), outcome.outcome});
    std::sort(combination.calls.begin(), combination.calls.end());
    result_.found.insert(std::move(combination));
  }

  Past with_news(Index past) const {
    Past all = *pasts_[past];
    all.insert(all.end(), outcomes_.begin(), outcomes_.end());
    std::sort(all.begin(), all.end());
    return all;
  }

  void add(Situation situation, Past past) {
    const auto [place, is_new] = past_index_.try_emplace(std::move(past), static_cast<Index>(pasts_.size()));
    if (is_new) {
      pasts_.push_back(&place->first);
      past_bytes_ += sizeof(Past) + place->first.size() * sizeof(CallOutcome);
    }
    canonical_.write(situation, words_);
    words_.push_back(place->second);
    if (!known_.add(words_).is_new) return;
    open_bytes_ += bytes_of(situation);
    open_.push_back({std::move(situation), place->second});
  }

  Walker& walker_;
  SearchLimits limits_;
  CanonicalForm canonical_;
  Combinations result_;
  WordSet known_;
  std::map<Past, Index> past_index_;
  std::vector<const Past*> pasts_;  // keys of the index, by number
  std::vector<Node> open_;
  std::uint64_t open_bytes_ = 0, past_bytes_ = 0, steps_ = 0;
  std::vector<Move> moves_;
  std::vector<CallOutcome> outcomes_;
  Words words_;
};

}  // namespace

tl::expected<Combinations, Diagnostic> explore_combinations(const Program& program, const ExploreOptions& options) {
  if (std::optional<Diagnostic> problem = find_unbounded(program)) return tl::unexpected(std::move(*problem));
  Walker walker(program);
  CombinationSearch search(walker, options);
  if (std::optional<Diagnostic> problem = search.run()) return tl::unexpected(std::move(*problem));
  return search.finish();
}

}  // namespace actorsim
