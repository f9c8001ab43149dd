// Round after round, and the sums.
#include "actorsim/stress/stress.h"

#include <algorithm>
#include <set>
#include <utility>

#include "actorsim/base/random.h"
#include "actorsim/model/unroll.h"

namespace actorsim {
namespace {

using Membership = ExploredSet::Membership;

class Stresser {
 public:
  Stresser(const Program& program, const ExploredSet& set, const StressOptions& options)
      : program_(unroll_loads(program)), set_(set), options_(options), crew_(options.threads), seeds_(options.seed) {
    result_.seed = options.seed;
    settings_.patience = options.patience;
    settings_.most_events = options.most_events;
    settings_.must_end = [this] { return is_stopped() || is_late(); };
    settings_.before_step = options.before_step;
    settings_.wants_logs = [this](const RoundResult& round) {
      return set_.membership(round.combination) == Membership::outside;
    };
  }

  void run() {
    started_ = options_.clock ? options_.clock() : std::chrono::nanoseconds(0);
    while (!is_at_end()) {
      settings_.seed = seeds_.next();
      ++begun_;
      RoundResult round = play_round(program_, crew_, stillness_, settings_);
      result_.problem = std::move(round.problem);
      note(std::move(round));
      if (options_.on_progress) options_.on_progress(result_.rounds);
    }
  }

  StressResult finish() {
    for (auto& [combination, rounds] : seen_)
      result_.combinations.push_back({combination, rounds, set_.membership(combination)});
    std::stable_sort(result_.combinations.begin(), result_.combinations.end(),
                     [](const ObservedCombination& left, const ObservedCombination& right) {
                       return left.combination.verdict > right.combination.verdict;
                     });
    result_.threads = crew_.size();
    return std::move(result_);
  }

 private:
  bool is_stopped() const { return options_.stop != nullptr && options_.stop->load(); }
  bool is_late() const {
    return options_.clock && options_.duration.count() > 0 && options_.clock() - started_ >= options_.duration;
  }

  bool is_at_end() {
    using End = StressResult::End;
    const auto ends = [&](End how) {
      result_.end = how;
      return true;
    };
    if (result_.problem) return ends(End::problem);
    if (options_.rounds > 0 && result_.rounds >= options_.rounds) return ends(End::rounds);
    if (result_.failures.size() >= kKeptFailures) return ends(End::failures);
    if (is_stopped()) return ends(End::stopped);
    return is_late() && ends(End::time);
  }

  void note(RoundResult round) {
    result_.operations += round.operations;
    const bool is_outside = round.counts && set_.membership(round.combination) == Membership::outside;
    if (round.counts) count(round.combination);
    if (!is_outside && round.defects.empty()) return;
    ++result_.failure_count;
    StressFailure failure{begun_, std::move(round.defects), std::nullopt, std::move(round.logs)};
    if (round.counts) failure.combination = std::move(round.combination);
    result_.failures.push_back(std::move(failure));
  }

  void count(const Combination& combination) {
    ++result_.rounds;
    ++result_.verdicts[static_cast<std::size_t>(combination.verdict)];
    const std::set<LabelOutcome> calls(combination.calls.begin(), combination.calls.end());
    for (const LabelOutcome& call : calls) ++result_.outcomes[call.label][static_cast<std::size_t>(call.outcome)];
    ++seen_[combination];
  }

  const Program program_;
  const ExploredSet& set_;
  const StressOptions& options_;
  RoundSettings settings_;
  Stillness stillness_;  // outlives the crew
  Crew crew_;
  Random seeds_;
  std::chrono::nanoseconds started_{0};
  std::uint64_t begun_ = 0;  // rounds
  StressResult result_;
  std::map<Combination, std::uint64_t> seen_;
};

}  // namespace

std::string_view to_word(StressResult::End end) {
  switch (end) {
    case StressResult::End::rounds: return "rounds";
    case StressResult::End::time: return "time";
    case StressResult::End::stopped: return "stopped";
    case StressResult::End::failures: return "failures";
    case StressResult::End::problem: return "problem";
  }
  return "";
}

std::uint64_t StressResult::rounds_with(Membership membership) const {
  std::uint64_t count = 0;
  for (const ObservedCombination& observed : combinations) {
    if (observed.membership == membership) count += observed.rounds;
  }
  return count;
}

StressResult stress(const Program& program, const ExploredSet& set, const StressOptions& options) {
  Stresser stresser(program, set, options);
  stresser.run();
  return stresser.finish();
}

}  // namespace actorsim
