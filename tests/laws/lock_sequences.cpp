// States by their words, level by level; and the plain enumeration that the counts are held against.
#include "laws/lock_sequences.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace actorsim::testing {
namespace {

// A lock cannot have more calls than were made.
constexpr ReentrancyId kFirstGenerated = 100;

// A pair, and which of the generated ids that it knows an application has seen.
struct Situation {
  LockPair pair;
  std::vector<ReentrancyId> learned;
};

struct CountedStep {
  LockStep step;
  std::uint64_t alike = 1;  ///< so many sequences go on with a step like this
};

class Lister {
 public:
  Lister(const LockAlphabet& alphabet, std::size_t length, bool every_id)
      : alphabet_(alphabet), calls_(static_cast<CallSlot>(length)), every_id_(every_id) {}

  CallSlot calls() const { return calls_; }

  // Whatever can be done.
  std::vector<CountedStep> steps(const Situation& situation) const {
    std::vector<CountedStep> result;
    CallSlot idle = calls_;
    for (CallSlot call = 0; call < calls_; ++call) {
      const bool is_inside = situation.pair.is_inside(call);
      if (is_inside) result.push_back({{LockMove::release, call, {}, false}});
      if (is_inside || situation.pair.is_waiting(call)) {
        result.push_back({{LockMove::cancel, call, {}, false}});
      } else {
        idle = std::min(idle, call);
      }
    }
    if (idle == calls_) return result;
    for (const bool given_up : {false, true}) result.push_back({{LockMove::close, idle, {}, given_up}});
    add_arrivals(situation, idle, result);
    return result;
  }

 private:
  void add_arrivals(const Situation& situation, CallSlot idle, std::vector<CountedStep>& result) const {
    const bool is_closed = situation.pair.lock().is_closed();
    for (const AfterClose way : {AfterClose::refused, AfterClose::refused_in_queue, AfterClose::entered}) {
      const auto add = [&](Header header, ReentrancyId id, bool given_up, std::uint64_t alike) {
        result.push_back({{LockMove::arrive, idle, {header, id, kNoId, given_up, way}, false}, alike});
      };
      for (const Header header : {Header::absent, Header::no_request, Header::without_values})
        add(header, kNoId, false, 1);
      for (const auto& [id, alike] : ids(situation)) {
        for (const bool given_up : {false, true}) add(Header::present, id, given_up, alike);
      }
      if (!is_closed) break;  // the ways are all one
    }
  }

  std::vector<std::pair<ReentrancyId, std::uint64_t>> ids(const Situation& situation) const {
    std::vector<std::pair<ReentrancyId, std::uint64_t>> result;
    std::uint64_t unknown = 0;
    ReentrancyId lowest_unknown = kNoId;
    for (ReentrancyId id = alphabet_.ids; id >= 1; --id) {
      if (every_id_ || situation.pair.mention(id)) {
        result.emplace_back(id, 1);
      } else {
        lowest_unknown = id;
        ++unknown;
      }
    }
    if (unknown > 0) result.emplace_back(lowest_unknown, unknown);
    for (const ReentrancyId id : situation.learned) result.emplace_back(id, 1);
    return result;
  }

  LockAlphabet alphabet_;
  CallSlot calls_;
  bool every_id_;
};

// Nothing: the two differ.
std::optional<Situation> after(const Situation& before, const LockStep& step, CallSlot calls) {
  Situation result = before;
  ReentrancyId fresh = kFirstGenerated;
  while (before.pair.mention(fresh)) ++fresh;
  result.pair.set_next_fresh(fresh);
  if (!result.pair.agree(step, calls)) return std::nullopt;
  std::vector<ReentrancyId>& learned = result.learned;
  if (step.move == LockMove::arrive && result.pair.answer().header_seen == fresh) learned.push_back(fresh);
  learned.erase(
      std::remove_if(learned.begin(), learned.end(), [&](ReentrancyId id) { return !result.pair.mention(id); }),
      learned.end());
  std::sort(learned.begin(), learned.end());
  return result;
}

std::string key_of(const Situation& situation, CallSlot calls) {
  std::vector<std::uint32_t> words;
  situation.pair.append_state(calls, words);
  words.insert(words.end(), situation.learned.begin(), situation.learned.end());
  return {reinterpret_cast<const char*>(words.data()), words.size() * sizeof(std::uint32_t)};
}

class Search {
 public:
  Search(LockClass lock_class, const LockConfig& config, const LockAlphabet& alphabet, std::size_t length)
      : lister_(alphabet, length, false), length_(length) {
    Situation first{LockPair(lock_class, config), {}};
    numbers_.emplace(key_of(first, lister_.calls()), 0);
    states_.push_back({kNobody, {}});
    frontier_.emplace_back(0, std::move(first));
  }

  LockSequences run() {
    for (std::size_t level = 0; level < length_ && found_.disagreement.empty(); ++level)
      take_level(level + 1 == length_);
    found_.states = states_.size();
    if (found_.disagreement.empty()) found_.sequences = count();
    return std::move(found_);
  }

 private:
  static constexpr std::size_t kNobody = SIZE_MAX;

  struct State {
    std::size_t before;                                             // on a shortest way to it
    LockStep step;                                                  // that led here
    std::vector<std::pair<std::size_t, std::uint64_t>> after = {};  // but for steps that come last
    std::uint64_t steps = 0;                                        // in all
  };

  // Nothing goes on from where the last steps lead, so it need not be known.
  void take_level(bool is_last) {
    std::vector<std::pair<std::size_t, Situation>> level;
    level.swap(frontier_);
    for (const auto& [number, situation] : level) {
      for (const CountedStep& counted : lister_.steps(situation)) {
        ++found_.steps;
        std::optional<Situation> next = after(situation, counted.step, lister_.calls());
        if (!next) {
          found_.disagreement = way_to(number);
          found_.disagreement.push_back(counted.step);
          return;
        }
        states_[number].steps += counted.alike;
        if (is_last) continue;
        const auto [place, is_new] = numbers_.emplace(key_of(*next, lister_.calls()), states_.size());
        states_[number].after.emplace_back(place->second, counted.alike);
        if (!is_new) continue;
        states_.push_back({number, counted.step});
        frontier_.emplace_back(place->second, std::move(*next));
      }
    }
  }

  std::vector<LockStep> way_to(std::size_t number) const {
    std::vector<LockStep> way;
    for (; states_[number].before != kNobody; number = states_[number].before) way.push_back(states_[number].step);
    std::reverse(way.begin(), way.end());
    return way;
  }

  std::uint64_t count() const {
    std::vector<std::uint64_t> ways(states_.size());
    ways[0] = 1;
    for (std::size_t level = 1; level < length_; ++level) {
      std::vector<std::uint64_t> longer(states_.size());
      for (std::size_t number = 0; number < states_.size(); ++number) {
        if (ways[number] == 0) continue;
        for (const auto& [next, alike] : states_[number].after) longer[next] += ways[number] * alike;
      }
      ways.swap(longer);
    }
    std::uint64_t sum = 0;
    for (std::size_t number = 0; number < states_.size(); ++number) sum += ways[number] * states_[number].steps;
    return sum;
  }

  Lister lister_;
  std::size_t length_;
  LockSequences found_;
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<State> states_;
  std::vector<std::pair<std::size_t, Situation>> frontier_;
};

class OneByOne {
 public:
  OneByOne(const LockAlphabet& alphabet, std::size_t length) : lister_(alphabet, length, true) {}

  void go_on(const Situation& situation, std::size_t length) {
    if (length == 0) {
      ++found.sequences;
      return;
    }
    for (const CountedStep& counted : lister_.steps(situation)) {
      ++found.steps;
      path_.push_back(counted.step);
      const std::optional<Situation> next = after(situation, counted.step, lister_.calls());
      if (!next) {
        if (found.disagreement.empty()) found.disagreement = path_;
      } else {
        go_on(*next, length - 1);
      }
      path_.pop_back();
    }
  }

  LockSequences found;

 private:
  Lister lister_;
  std::vector<LockStep> path_;
};

}  // namespace

LockSequences all_sequences(LockClass lock_class, const LockConfig& config, const LockAlphabet& alphabet,
                            std::size_t length) {
  return Search(lock_class, config, alphabet, length).run();
}

LockSequences all_sequences_one_by_one(LockClass lock_class, const LockConfig& config, const LockAlphabet& alphabet,
                                       std::size_t length) {
  OneByOne all(alphabet, length);
  all.go_on({LockPair(lock_class, config), {}}, length);
  return std::move(all.found);
}

}  // namespace actorsim::testing
