// Breadth first over whole situations; each knows from which one it came.
#include "actorsim/explore/find_outcome.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "actorsim/explore/canonical.h"
#include "actorsim/explore/search.h"

namespace actorsim {
namespace {

constexpr std::size_t kMostSituations = 500'000;  // they are kept whole while they are at the front

class OutcomeSearch {
 public:
  OutcomeSearch(const Program& program, const std::string& label, std::uint16_t outcomes, const ExploreOptions& options)
      : walker_(program),
        canonical_(walker_, History::outcomes),
        limits_(options),
        label_(walker_.label(label)),
        wanted_(outcomes) {}

  tl::expected<std::optional<Schedule>, Diagnostic> run() {
    add(walker_.initial(), {});
    while (!next_.empty() && !is_stopped_) {
      const std::vector<Place> level = std::exchange(next_, {});
      for (const Place& place : level) {
        if (auto found = expand(place)) return std::move(*found);
        if (is_stopped_) break;
      }
    }
    return std::nullopt;
  }

 private:
  struct Node {
    std::uint32_t parent = kNone;
    Choice choice;
  };
  struct Place {
    std::uint32_t node;
    Situation situation;
  };
  using Found = tl::expected<Schedule, Diagnostic>;

  void add(Situation situation, const Node& node) {
    canonical_.write(situation, words_);
    if (!known_.add(words_).is_new) return;
    next_.push_back({static_cast<std::uint32_t>(nodes_.size()), std::move(situation)});
    nodes_.push_back(node);
    is_stopped_ = is_stopped_ || nodes_.size() >= kMostSituations ||
                  limits_.reached({nodes_.size(), 0, next_.size(), 0}, known_.bytes());
  }

  // Nothing: go on.
  std::optional<Found> expand(const Place& place) {
    walker_.list_moves(place.situation, moves_);
    if (moves_.empty()) {
      if (ends_with_it(place.situation)) return Found(way_to(place.node));
      return std::nullopt;
    }
    for (const Move& move : moves_) {
      Situation after = place.situation;
      outcomes_.clear();
      if (std::optional<Diagnostic> problem = walker_.take(after, move, outcomes_))
        return Found(tl::unexpected(std::move(*problem)));
      if (is_among_outcomes()) {
        Schedule way = way_to(place.node);
        way.push_back(move.choice);
        return Found(std::move(way));
      }
      add(std::move(after), {place.node, move.choice});
    }
    return std::nullopt;
  }

  bool ends_with_it(const Situation& situation) {
    Situation last = situation;
    outcomes_.clear();
    walker_.settle(last, outcomes_);
    for (const Index label : walker_.skipped(last)) outcomes_.push_back({label, Outcome::skipped});
    return is_among_outcomes();
  }

  bool is_among_outcomes() const {
    return std::any_of(outcomes_.begin(), outcomes_.end(), [&](const CallOutcome& seen) {
      return seen.label == label_ && (wanted_ & (1U << static_cast<unsigned>(seen.outcome))) != 0;
    });
  }

  Schedule way_to(std::uint32_t node) const {
    Schedule way;
    for (; nodes_[node].parent != kNone; node = nodes_[node].parent) way.push_back(nodes_[node].choice);
    std::reverse(way.begin(), way.end());
    return way;
  }

  Walker walker_;
  CanonicalForm canonical_;
  SearchLimits limits_;
  const Index label_;
  const std::uint16_t wanted_;
  std::vector<Node> nodes_;
  std::vector<Place> next_;
  WordSet known_;
  std::vector<Move> moves_;
  std::vector<CallOutcome> outcomes_;
  Words words_;
  bool is_stopped_ = false;
};

}  // namespace

tl::expected<std::optional<Schedule>, Diagnostic> find_outcome(const Program& program, const std::string& label,
                                                               std::uint16_t outcomes, const ExploreOptions& options) {
  return OutcomeSearch(program, label, outcomes, options).run();
}

}  // namespace actorsim
