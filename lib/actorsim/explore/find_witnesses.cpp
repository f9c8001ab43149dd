// The shortest schedule to each verdict: breadth first over what has been done and who did the last step, so that among
// the shortest the one with the fewest switches is found; ties go to the step that list_moves lists first.
#include <algorithm>
#include <map>

#include "actorsim/explore/canonical.h"
#include "actorsim/explore/search.h"

namespace actorsim {
namespace {

constexpr std::uint64_t kMostSituations = 2'000'000;  // looked at for one schedule

// One situation on the way, with who moved last.
struct Node {
  std::uint32_t parent = kNone;
  std::uint32_t switches = 0;
  Choice choice;
};

class WitnessSearch {
 public:
  WitnessSearch(Walker& walker, const ExploreOptions& options, const Exploration& found)
      : walker_(walker), canonical_(walker, History::none), limits_(options) {
    for (std::size_t i = 0; i < kVerdictCount; ++i) wanted_[i] = found.verdicts[i];
  }

  // Level by level until every wanted verdict has its schedule.
  std::optional<Diagnostic> run(std::vector<Witness>& witnesses) {
    add(walker_.initial(), {});
    while (!frontier_.empty() && is_anything_wanted() && !is_stopped_) {
      next_.clear();
      by_words_.clear();
      for (const auto& [node, situation] : frontier_) {
        if (std::optional<Diagnostic> problem = expand(node, situation)) return problem;
      }
      note_found(witnesses);
      frontier_ = std::move(next_);
      next_ = {};
    }
    std::sort(witnesses.begin(), witnesses.end(),
              [](const Witness& left, const Witness& right) { return left.verdict > right.verdict; });
    return std::nullopt;
  }

 private:
  struct Place {
    std::uint32_t node;
    Situation situation;
  };

  bool is_anything_wanted() const { return std::find(wanted_.begin(), wanted_.end(), true) != wanted_.end(); }

  static bool is_same_chain(const Choice& left, const Choice& right) {
    return left.trigger == right.trigger && left.number == right.number;
  }

  void add(Situation situation, const Node& node) {
    frontier_.push_back({static_cast<std::uint32_t>(nodes_.size()), std::move(situation)});
    nodes_.push_back(node);
  }

  std::optional<Diagnostic> expand(std::uint32_t parent, const Situation& situation) {
    std::vector<Move> moves;
    walker_.list_moves(situation, moves);
    if (moves.empty()) {
      Situation last = situation;
      outcomes_.clear();
      walker_.settle(last, outcomes_);
      consider(last.verdict, parent);
      return std::nullopt;
    }
    for (const Move& move : moves) {
      Situation after = situation;
      outcomes_.clear();
      if (std::optional<Diagnostic> problem = walker_.take(after, move, outcomes_)) return problem;
      Node node{parent, nodes_[parent].switches, move.choice};
      if (nodes_[parent].parent != kNone && !is_same_chain(nodes_[parent].choice, move.choice)) ++node.switches;
      canonical_.write(after, words_);
      if (known_.find(words_) != WordSet::kNothing) continue;  // there is a shorter way
      words_.insert(words_.end(), {move.choice.trigger, move.choice.number});
      const auto [index, is_new] = level_.add(words_);
      if (!is_new) {
        // Another way of the same length: it is better if it switches less often.
        const std::uint32_t other = by_words_[index];
        if (nodes_[other].switches > node.switches) nodes_[other] = node;
        continue;
      }
      by_words_[index] = static_cast<std::uint32_t>(nodes_.size());
      next_.push_back({static_cast<std::uint32_t>(nodes_.size()), std::move(after)});
      nodes_.push_back(node);
      if (nodes_.size() > kMostSituations || limits_.reached({nodes_.size(), 0, 0, 0}, 0)) is_stopped_ = true;
      if (is_stopped_) return std::nullopt;
    }
    return std::nullopt;
  }

  void consider(Verdict verdict, std::uint32_t node) {
    if (!wanted_[static_cast<std::size_t>(verdict)]) return;
    const auto [found, is_new] = best_.try_emplace(verdict, node);
    if (!is_new && is_better(node, found->second)) found->second = node;
  }

  bool is_better(std::uint32_t left, std::uint32_t right) const {
    if (nodes_[left].switches != nodes_[right].switches) return nodes_[left].switches < nodes_[right].switches;
    return way_to(left) < way_to(right);
  }

  Schedule way_to(std::uint32_t node) const {
    Schedule way;
    for (; nodes_[node].parent != kNone; node = nodes_[node].parent) way.push_back(nodes_[node].choice);
    std::reverse(way.begin(), way.end());
    return way;
  }

  // The whole level has been reached: what it shows is shortest.
  void note_found(std::vector<Witness>& witnesses) {
    for (const auto& [node, situation] : next_) {
      canonical_.write(situation, words_);
      known_.add(words_);
      Verdict verdict = situation.verdict;
      const Stuck stuck = walker_.stuck(situation);
      if (!stuck.stranded.empty()) verdict = std::max(verdict, Verdict::stranded);
      if (!stuck.deadlocked.empty()) verdict = std::max(verdict, Verdict::deadlock);
      if (verdict != Verdict::ok) consider(verdict, node);
    }
    for (const auto& [verdict, node] : best_) {
      witnesses.push_back({verdict, way_to(node), nodes_[node].switches, true});
      wanted_[static_cast<std::size_t>(verdict)] = false;
    }
    best_.clear();
  }

  Walker& walker_;
  CanonicalForm canonical_;
  SearchLimits limits_;
  std::array<bool, kVerdictCount> wanted_{};
  std::vector<Node> nodes_;
  std::vector<Place> frontier_, next_;
  WordSet known_;  // situations of earlier levels
  WordSet level_;  // situations, each with who moved last
  std::map<std::uint32_t, std::uint32_t> by_words_;
  std::map<Verdict, std::uint32_t> best_;
  std::vector<CallOutcome> outcomes_;
  Words words_;
  bool is_stopped_ = false;
};

}  // namespace

std::optional<Diagnostic> find_witnesses(Walker& walker, const ExploreOptions& options, Exploration& result) {
  return WitnessSearch(walker, options, result).run(result.witnesses);
}

}  // namespace actorsim
