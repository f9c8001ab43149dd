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
    settings_.stop = options.stop;
    settings_.before_step = options.before_step;
    settings_.wants_logs = [this](const RoundResult& round) {
      return set_.membership(round.combination) == Membership::outside;
    };
  }

  std::optional<Diagnostic> run() {
    const auto started = options_.clock ? options_.clock() : std::chrono::nanoseconds(0);
    const auto is_late = [&] {
      return options_.clock && options_.duration.count() > 0 && options_.clock() - started >= options_.duration;
    };
    for (;;) {
      if (options_.rounds > 0 && result_.rounds >= options_.rounds) break;
      if (result_.failures.size() >= kKeptFailures) return end(StressResult::End::failures);
      if (options_.stop != nullptr && options_.stop->load()) return end(StressResult::End::stopped);
      if (is_late()) return end(StressResult::End::time);
      settings_.seed = seeds_.next();
      RoundResult round = play_round(program_, crew_, stillness_, settings_);
      if (round.problem) return std::move(round.problem);
      note(std::move(round));
      if (options_.on_progress) options_.on_progress(result_.rounds);
    }
    return end(StressResult::End::rounds);
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
  std::optional<Diagnostic> end(StressResult::End how) {
    result_.end = how;
    return std::nullopt;
  }

  void note(RoundResult round) {
    result_.operations += round.operations;
    const bool is_outside = round.counts && set_.membership(round.combination) == Membership::outside;
    if (round.counts) count(round.combination);
    if (!is_outside && round.defects.empty()) return;
    ++result_.failure_count;
    const std::uint64_t number = result_.rounds + (round.counts ? 0 : 1);
    StressFailure failure{number, std::move(round.defects), std::nullopt, std::move(round.logs)};
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

tl::expected<StressResult, Diagnostic> stress(const Program& program, const ExploredSet& set,
                                              const StressOptions& options) {
  Stresser stresser(program, set, options);
  if (std::optional<Diagnostic> problem = stresser.run()) return tl::unexpected(std::move(*problem));
  return stresser.finish();
}

}  // namespace actorsim
