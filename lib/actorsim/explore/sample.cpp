// Random runs.
#include "actorsim/explore/sample.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "actorsim/base/random.h"
#include "actorsim/explore/orders.h"

namespace actorsim {
namespace {

using Chain = std::pair<Index, std::uint32_t>;

Chain chain_of(const Move& move) { return {move.choice.trigger, move.choice.number}; }

// Who moves next.
class Chooser {
 public:
  Chooser(Random& random, std::uint32_t depth) : random_(random), depth_(depth) {}

  // `longest`: how many steps a run is expected to have at most.
  void begin_run(std::uint64_t longest) {
    step_ = 0;
    priorities_.clear();
    change_at_.clear();
    for (std::uint32_t i = 1; i < depth_; ++i)
      change_at_.push_back(1 + random_.below(std::max<std::uint64_t>(1, longest)));
  }

  std::size_t choose(const std::vector<Move>& moves) {
    ++step_;
    for (const Move& move : moves) chains_.insert(chain_of(move));
    if (depth_ == 0) return random_.below(moves.size());
    // New chains get a place among the others at random, above all that were put back.
    for (const Move& move : moves) {
      const auto [place, is_new] = priorities_.try_emplace(chain_of(move), 0);
      if (is_new) place->second = depth_ + (random_.next() >> 1U);
    }
    for (std::uint32_t i = 0; i < change_at_.size(); ++i) {
      if (change_at_[i] == step_) priorities_[first_of(moves)] = i + 1;
    }
    const Chain chain = first_of(moves);
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < moves.size(); ++i) {
      if (chain_of(moves[i]) == chain) own.push_back(i);
    }
    has_alternatives_ = has_alternatives_ || own.size() > 1;
    return own[random_.below(own.size())];
  }

  std::size_t end_run() { return std::exchange(chains_, {}).size(); }
  bool has_alternatives() const { return has_alternatives_; }

 private:
  Chain first_of(const std::vector<Move>& moves) const {
    const auto first = std::max_element(moves.begin(), moves.end(), [&](const Move& left, const Move& right) {
      return priorities_.at(chain_of(left)) < priorities_.at(chain_of(right));
    });
    return chain_of(*first);
  }

  Random& random_;
  const std::uint32_t depth_;
  std::uint64_t step_ = 0;
  std::map<Chain, std::uint64_t> priorities_;
  std::vector<std::uint64_t> change_at_;
  std::set<Chain> chains_;  // seen in this run
  bool has_alternatives_ = false;
};

class Sampler {
 public:
  Sampler(Walker& walker, const SampleOptions& options) : walker_(walker), options_(options), random_(options.seed) {
    result_.seed = options.seed;
    result_.depth = options.depth;
  }

  std::optional<Diagnostic> run_all() {
    const auto started = options_.clock ? options_.clock() : std::chrono::nanoseconds(0);
    Chooser chooser(random_, options_.depth);
    if (options_.depth > 0) {
      if (std::optional<Diagnostic> problem = measure()) return problem;
    }
    while (result_.runs < options_.runs) {
      if (options_.stop != nullptr && *options_.stop) result_.end = Exploration::End::stopped;
      if (options_.clock && options_.time_limit.count() > 0 && options_.clock() - started >= options_.time_limit)
        result_.end = Exploration::End::time_limit;
      if (result_.end != Exploration::End::complete) break;
      if (std::optional<Diagnostic> problem = run_once(chooser)) return problem;
      ++result_.runs;
      if (options_.on_progress) options_.on_progress(result_.runs);
    }
    if (options_.depth > 0 && !chooser.has_alternatives() && result_.runs > 0) {
      result_.guarantee = 1.0 / (static_cast<double>(result_.chains) *
                                 std::pow(static_cast<double>(result_.longest), options_.depth - 1));
    }
    std::sort(result_.witnesses.begin(), result_.witnesses.end(),
              [](const Witness& left, const Witness& right) { return left.verdict > right.verdict; });
    return std::nullopt;
  }

  Sample finish() { return std::move(result_); }

 private:
  // How long runs are, before the first that counts.
  std::optional<Diagnostic> measure() {
    constexpr int kWalks = 16;
    Chooser chooser(random_, 0);
    for (int i = 0; i < kWalks; ++i) {
      Schedule schedule;
      if (auto problem = walk(chooser, schedule).problem) return problem;
      result_.longest = std::max<std::uint64_t>(result_.longest, schedule.size());
    }
    return std::nullopt;
  }

  struct Walked {
    Verdict verdict = Verdict::ok;
    std::optional<Diagnostic> problem;
  };

  Walked walk(Chooser& chooser, Schedule& schedule) {
    outcomes_.clear();
    chooser.begin_run(result_.longest);
    Situation situation = walker_.initial();
    for (walker_.list_moves(situation, moves_); !moves_.empty(); walker_.list_moves(situation, moves_)) {
      const Move move = moves_[chooser.choose(moves_)];
      schedule.push_back(move.choice);
      if (auto problem = walker_.take(situation, move, outcomes_)) return {Verdict::ok, std::move(problem)};
    }
    walker_.settle(situation, outcomes_);
    for (const Index label : walker_.skipped(situation)) outcomes_.push_back({label, Outcome::skipped});
    return {situation.verdict, std::nullopt};
  }

  std::optional<Diagnostic> run_once(Chooser& chooser) {
    Schedule schedule;
    Walked walked = walk(chooser, schedule);
    if (walked.problem) return std::move(walked.problem);
    result_.steps += schedule.size();
    result_.longest = std::max<std::uint64_t>(result_.longest, schedule.size());
    result_.chains = std::max<std::uint64_t>(result_.chains, chooser.end_run());
    ++result_.verdicts[static_cast<std::size_t>(walked.verdict)];
    for (const CallOutcome& outcome : outcomes_) {
      result_.outcomes[walker_.label_text(outcome.label)] |=
          static_cast<std::uint16_t>(1U << static_cast<unsigned>(outcome.outcome));
    }
    return note_witness(walked.verdict, std::move(schedule));
  }

  std::optional<Diagnostic> note_witness(Verdict verdict, Schedule schedule) {
    if (auto problem = cut_where_certain(walker_, verdict, schedule)) return problem;
    const auto known = std::find_if(result_.witnesses.begin(), result_.witnesses.end(),
                                    [&](const Witness& witness) { return witness.verdict == verdict; });
    const std::uint32_t switches = switches_of(schedule);
    if (known == result_.witnesses.end()) {
      result_.witnesses.push_back({verdict, std::move(schedule), switches, false});
    } else if (std::pair(schedule.size(), switches) < std::pair(known->schedule.size(), known->switches)) {
      *known = {verdict, std::move(schedule), switches, false};
    }
    return std::nullopt;
  }

  Walker& walker_;
  const SampleOptions& options_;
  Random random_;
  Sample result_;
  std::vector<Move> moves_;
  std::vector<CallOutcome> outcomes_;
};

}  // namespace

tl::expected<Sample, Diagnostic> sample(const Program& program, const SampleOptions& options) {
  if (std::optional<Diagnostic> problem = find_unbounded(program)) return tl::unexpected(std::move(*problem));
  Walker walker(program);
  Sampler sampler(walker, options);
  if (std::optional<Diagnostic> problem = sampler.run_all()) return tl::unexpected(std::move(*problem));
  return sampler.finish();
}

}  // namespace actorsim
