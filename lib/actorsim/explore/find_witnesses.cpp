// The shortest schedule to each verdict: breadth first over what has been done and who did the last step, so that among
// the shortest the one with the fewest switches is found; ties go to the step that list_moves lists first.
#include <algorithm>
#include <map>
#include <memory>

#include "actorsim/explore/canonical.h"
#include "actorsim/explore/search.h"

namespace actorsim {
namespace {

constexpr std::uint64_t kMostSituations = 300'000;  // looked at for one schedule
constexpr std::uint64_t kMostGuided = 20'000;       // the same, where hints show the way

// One situation on the way, with who moved last.
struct Node {
  std::uint32_t parent = kNone;
  std::uint32_t switches = 0;
  Choice choice;
};

class WitnessSearch {
 public:
  WitnessSearch(Walker& walker, SearchLimits& limits, const std::array<bool, kVerdictCount>& wanted)
      : walker_(walker), canonical_(walker, History::none), limits_(limits), wanted_(wanted) {}

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
      if (nodes_.size() > kMostSituations || limits_.is_over()) is_stopped_ = true;
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
  SearchLimits& limits_;
  std::array<bool, kVerdictCount> wanted_;
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

// Goes straight for the circles that are known: A*, where the steps that the chains of a circle still have to take are
// a bound that is never too high. Steps count first, then switches. What a step leads to is foreseen from the circles,
// so that only the steps that are followed are taken.
class GuidedSearch {
 public:
  GuidedSearch(Walker& walker, const SearchHints& hints)
      : walker_(walker), hints_(hints), canonical_(walker, History::none) {}

  std::optional<Witness> run() {
    auto start = std::make_shared<Place>(walker_.initial());
    start->steps.resize(walker_.program().triggers.size());
    queue_.emplace(Rank{}, Step{start, {}, true});
    std::vector<CallOutcome> outcomes;
    for (std::uint64_t looked_at = 0; !queue_.empty() && looked_at < kMostGuided; ++looked_at) {
      const Step step = queue_.begin()->second;
      const Rank foreseen = queue_.begin()->first;
      queue_.erase(queue_.begin());
      std::shared_ptr<const Place> place = step.from;
      if (!step.is_start) {
        auto next = std::make_shared<Place>(*step.from);
        if (walker_.take(next->situation, step.move, outcomes)) return std::nullopt;
        next->switches = switches_by(*step.from, step.move);
        const bool is_own = step.move.trigger != kNone && step.move.mover.kind != Mover::Kind::grant;
        if (is_own) ++next->steps[step.move.trigger];
        next->way.push_back(step.move.choice);
        next->last = step.move.trigger;
        if (!walker_.stuck(next->situation).deadlocked.empty())
          return Witness{Verdict::deadlock, next->way, next->switches, true};
        const std::optional<Left> left = bound(*next, next->last, kNone);
        if (!left) continue;
        if (rank_of(next->way.size(), next->switches, *left) > foreseen) {  // foreseen too well
          enqueue(step, rank_of(next->way.size(), next->switches, *left));
          if (++again_ > kMostGuided) return std::nullopt;
          continue;
        }
        canonical_.write(next->situation, words_);
        words_.push_back(next->last);
        const auto [known, is_new] = switches_to_.try_emplace(known_.add(words_).index, next->switches);
        if (!is_new && known->second <= next->switches) continue;
        known->second = next->switches;
        place = std::move(next);
      }
      follow(place);
    }
    return std::nullopt;
  }

 private:
  struct Place {
    explicit Place(Situation start) : situation(std::move(start)) {}

    Situation situation;
    Words steps;  // by trigger
    Schedule way;
    std::uint32_t switches = 0;
    Index last = kNone;
  };
  struct Step {
    std::shared_ptr<const Place> from;
    Move move;
    bool is_start = false;
  };
  // What is still to be done, at least.
  struct Left {
    std::uint64_t steps = 0;
    std::uint64_t switches = 0;

    friend auto operator<=>(const Left&, const Left&) = default;
  };
  // Steps in all, switches in all, steps that are left, first come.
  using Rank = std::array<std::uint64_t, 4>;

  static Rank rank_of(std::size_t steps, std::uint64_t switches, const Left& left) {
    return {steps + left.steps, switches + left.switches, left.steps, 0};
  }

  static std::uint32_t switches_by(const Place& place, const Move& move) {
    if (place.way.empty()) return 0;
    const Choice& last = place.way.back();
    return place.switches + (last.trigger != move.choice.trigger || last.number != move.choice.number ? 1 : 0);
  }

  void enqueue(const Step& step, Rank rank) {
    rank[3] = ++next_number_;
    queue_.emplace(rank, step);
  }

  void follow(const std::shared_ptr<const Place>& place) {
    walker_.list_moves(place->situation, moves_);
    for (const Move& move : moves_) {
      const std::optional<Left> left = bound(*place, move.trigger, move.trigger);
      if (left) enqueue({place, move}, rank_of(place->way.size() + 1, switches_by(*place, move), *left));
    }
  }

  // From `place`, after one more step of `mover` (none: as it is), if `last` has moved last. Nothing: no circle can
  // come about any more. A chain that is to wait at its place has to find the lock taken when it comes.
  std::optional<Left> bound(const Place& place, Index last, Index mover) {
    const World& world = place.situation.world;
    is_waiting_.assign(place.steps.size(), false);
    for (const Call& call : world.calls) {
      if (call.state == Call::State::waiting) is_waiting_[call.trigger] = true;
    }
    std::optional<Left> least;
    for (const CircleHint& circle : hints_.circles) {
      Left left;
      bool is_past = false;
      for (const auto& [trigger, wanted, actor] : circle) {
        const bool is_taken = actor < world.actors.size() && world.actors[actor].inside_count > 0;
        const std::uint32_t taken = place.steps[trigger] + (trigger == mover ? 1U : 0U);
        const bool waits = is_waiting_[trigger] || (trigger == mover && is_taken);
        is_past = is_past || taken > wanted || (taken == wanted && !waits);
        if (is_past) break;
        left.steps += wanted - taken;
        const bool goes_on = trigger == last && (taken + 1 < wanted || is_taken);
        if (taken < wanted && !goes_on) ++left.switches;
      }
      if (!is_past && (!least || left < *least)) least = left;
    }
    return least;
  }

  Walker& walker_;
  const SearchHints& hints_;
  CanonicalForm canonical_;
  std::map<Rank, Step> queue_;
  WordSet known_;                                       // situations with who moved last
  std::map<std::uint32_t, std::uint32_t> switches_to_;  // by number in known_
  std::vector<bool> is_waiting_;
  std::vector<Move> moves_;
  Words words_;
  std::uint64_t next_number_ = 0, again_ = 0;
};

// One chain after another, each as far as it goes: good enough to show that all can end well.
std::optional<Witness> run_in_turn(Walker& walker, bool is_shortest) {
  Situation situation = walker.initial();
  Witness witness;
  std::vector<Move> moves;
  std::vector<CallOutcome> outcomes;
  for (walker.list_moves(situation, moves); !moves.empty(); walker.list_moves(situation, moves)) {
    if (witness.schedule.size() > kMostScheduled) return std::nullopt;
    const Choice* last = witness.schedule.empty() ? nullptr : &witness.schedule.back();
    const auto same = std::find_if(moves.begin(), moves.end(), [&](const Move& move) {
      return last != nullptr && move.choice.trigger == last->trigger && move.choice.number == last->number;
    });
    const Move move = same == moves.end() ? moves.front() : *same;
    if (last != nullptr && same == moves.end()) ++witness.switches;
    if (walker.take(situation, move, outcomes)) return std::nullopt;
    witness.schedule.push_back(move.choice);
  }
  walker.settle(situation, outcomes);
  if (situation.verdict != Verdict::ok) return std::nullopt;
  witness.is_shortest = is_shortest;
  return witness;
}

}  // namespace

std::optional<Diagnostic> find_witnesses(Walker& walker, const ExploreOptions& options, SearchLimits& limits,
                                         const SearchHints& hints, Exploration& result) {
  std::array<bool, kVerdictCount> wanted = result.verdicts;
  const auto found = [&](std::optional<Witness> witness) {
    if (!witness) return;
    wanted[static_cast<std::size_t>(witness->verdict)] = false;
    result.witnesses.push_back(std::move(*witness));
  };
  // Where every chain takes the same steps in any order, all complete runs are equally long.
  if (result.can(Verdict::ok)) found(run_in_turn(walker, hints.are_sequential));
  if (options.goal == Goal::deadlock) wanted[static_cast<std::size_t>(Verdict::ok)] = false;  // it means less there
  if (result.can(Verdict::deadlock) && hints.are_sequential) found(GuidedSearch(walker, hints).run());
  std::optional<Diagnostic> problem = WitnessSearch(walker, limits, wanted).run(result.witnesses);
  std::sort(result.witnesses.begin(), result.witnesses.end(),
            [](const Witness& left, const Witness& right) { return left.verdict > right.verdict; });
  return problem;
}

}  // namespace actorsim
