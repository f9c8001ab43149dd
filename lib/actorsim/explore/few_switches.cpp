// All orders with few switches between chains: by the number of switches, then by the number of steps.
#include <algorithm>
#include <set>

#include "actorsim/explore/canonical.h"
#include "actorsim/explore/orders.h"
#include "actorsim/explore/sample.h"
#include "actorsim/explore/search.h"

namespace actorsim {
namespace {

class SwitchSearch {
 public:
  SwitchSearch(Walker& walker, std::uint32_t most_switches, const ExploreOptions& options)
      : walker_(walker), canonical_(walker, History::outcomes), limits_(options) {
    result_.most_switches = most_switches;
    result_.found.goal = Goal::outcomes;
  }

  std::optional<Diagnostic> run() {
    nodes_.emplace_back();
    std::vector<Place> beginning;
    beginning.push_back({0, walker_.initial()});
    std::vector<Place> now = std::move(beginning);
    for (std::uint32_t switches = 0; !now.empty() && found().is_complete(); ++switches) {
      later_.clear();
      while (!now.empty() && found().is_complete()) {
        next_.clear();
        for (const Place& place : now) {
          if (std::optional<Diagnostic> problem = expand(place, switches)) return problem;
          if (!found().is_complete()) break;
        }
        now = std::move(next_);
        next_ = {};
      }
      now = std::move(later_);
      later_ = {};
    }
    found().states = known_.size();
    for (const CallOutcome& outcome : outcomes_seen_) note_outcome(found(), walker_, outcome);
    return note_witnesses();
  }

  FewSwitches finish() { return std::move(result_); }

 private:
  struct Node {
    std::uint32_t parent = kNone;
    Choice choice;
  };
  struct Place {
    std::uint32_t node;
    Situation situation;
  };

  Exploration& found() { return result_.found; }

  std::optional<Diagnostic> expand(const Place& place, std::uint32_t switches) {
    const Choice last = nodes_[place.node].choice;
    const bool is_first = place.node == 0;
    // What is known was reached with no more switches.
    canonical_.write(place.situation, words_);
    words_.insert(words_.end(), {last.trigger, last.number});
    if (!known_.add(words_).is_new) return std::nullopt;
    std::vector<Move> moves;
    walker_.list_moves(place.situation, moves);
    if (moves.empty()) {
      end(place);
      return std::nullopt;
    }
    for (const Move& move : moves) {
      const bool is_switch = !is_first && (move.choice.trigger != last.trigger || move.choice.number != last.number);
      if (is_switch && switches == result_.most_switches) {
        result_.left_some_out = true;
        continue;
      }
      Place after{static_cast<std::uint32_t>(nodes_.size()), place.situation};
      outcomes_.clear();
      if (auto problem = walker_.take(after.situation, move, outcomes_)) return problem;
      ++found().steps;
      outcomes_seen_.insert(outcomes_.begin(), outcomes_.end());
      nodes_.push_back({place.node, move.choice});
      (is_switch ? later_ : next_).push_back(std::move(after));
    }
    const std::uint64_t waiting = next_.size() + later_.size();
    const std::uint64_t bytes = known_.bytes() + nodes_.capacity() * sizeof(Node) +
                                waiting * (words_.size() * sizeof(std::uint32_t) + sizeof(Situation)) * 4;
    found().bytes = std::max(found().bytes, bytes);
    if (const auto reached = limits_.reached({known_.size(), found().steps, waiting, switches}, bytes))
      found().end = *reached;
    return std::nullopt;
  }

  void end(const Place& place) {
    Situation last = place.situation;
    outcomes_.clear();
    walker_.settle(last, outcomes_);
    outcomes_seen_.insert(outcomes_.begin(), outcomes_.end());
    for (const Index label : walker_.skipped(last)) outcomes_seen_.insert({label, Outcome::skipped});
    bool& is_known = found().verdicts[static_cast<std::size_t>(last.verdict)];
    if (!is_known) ends_.push_back({last.verdict, place.node});
    is_known = true;
  }

  std::optional<Diagnostic> note_witnesses() {
    for (const auto& [verdict, node] : ends_) {
      Witness witness{verdict, {}, 0, false};
      for (std::uint32_t at = node; nodes_[at].parent != kNone; at = nodes_[at].parent)
        witness.schedule.push_back(nodes_[at].choice);
      std::reverse(witness.schedule.begin(), witness.schedule.end());
      if (auto problem = cut_where_certain(walker_, verdict, witness.schedule)) return problem;
      witness.switches = switches_of(witness.schedule);
      found().levels = std::max<std::uint64_t>(found().levels, witness.schedule.size());
      found().witnesses.push_back(std::move(witness));
    }
    std::sort(found().witnesses.begin(), found().witnesses.end(),
              [](const Witness& left, const Witness& right) { return left.verdict > right.verdict; });
    return std::nullopt;
  }

  Walker& walker_;
  CanonicalForm canonical_;
  SearchLimits limits_;
  FewSwitches result_;
  WordSet known_;  // situations, each with who moved last
  std::vector<Node> nodes_;
  std::vector<Place> next_, later_;  // after as many switches, and after one more
  std::vector<std::pair<Verdict, std::uint32_t>> ends_;
  std::set<CallOutcome> outcomes_seen_;
  std::vector<CallOutcome> outcomes_;
  Words words_;
};

}  // namespace

tl::expected<FewSwitches, Diagnostic> explore_few_switches(const Program& program, std::uint32_t most_switches,
                                                           const ExploreOptions& options) {
  if (std::optional<Diagnostic> problem = find_unbounded(program)) return tl::unexpected(std::move(*problem));
  Walker walker(program);
  SwitchSearch search(walker, most_switches, options);
  if (std::optional<Diagnostic> problem = search.run()) return tl::unexpected(std::move(*problem));
  return search.finish();
}

}  // namespace actorsim
