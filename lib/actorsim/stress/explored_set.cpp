// The explored set, and what is in it.
#include <algorithm>

#include "actorsim/stress/stress.h"

namespace actorsim {

std::string_view to_word(ExploredSet::Membership membership) {
  switch (membership) {
    case ExploredSet::Membership::inside: return "inside";
    case ExploredSet::Membership::undecided: return "undecided";
    case ExploredSet::Membership::outside: return "outside";
  }
  return "";
}

ExploredSet::Membership ExploredSet::membership(const Combination& combination) const {
  if (combinations.found.count(combination) > 0) return Membership::inside;
  if (combinations.is_complete()) return Membership::outside;
  if (!exploration || !exploration->is_complete()) return Membership::undecided;
  const auto is_possible = [&](const LabelOutcome& call) {
    const auto known = exploration->outcomes.find(call.label);
    return known != exploration->outcomes.end() && (known->second & (1U << static_cast<unsigned>(call.outcome))) != 0;
  };
  const bool all_are = exploration->can(combination.verdict) &&
                       std::all_of(combination.calls.begin(), combination.calls.end(), is_possible);
  return all_are ? Membership::undecided : Membership::outside;
}

namespace {

// Of a time, from now on. Without a clock or a limit there is no end to it.
class TimeLeft {
 public:
  explicit TimeLeft(const ExploreOptions& options) : options_(options), started_(now()) {}

  bool is_limited() const { return options_.clock && options_.time_limit.count() > 0; }

  // The limit for a search that begins now. 0 would be none at all: nothing, if there is no whole millisecond left.
  std::optional<std::chrono::milliseconds> limit() const {
    if (!is_limited()) return std::chrono::milliseconds(0);
    const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(now() - started_);
    if (passed >= options_.time_limit) return std::nullopt;
    return options_.time_limit - passed;
  }

 private:
  std::chrono::nanoseconds now() const { return options_.clock ? options_.clock() : std::chrono::nanoseconds(0); }

  const ExploreOptions& options_;
  const std::chrono::nanoseconds started_;
};

}  // namespace

tl::expected<ExploredSet, Diagnostic> explore_set(const Program& program, const ExploreOptions& options) {
  const TimeLeft left(options);
  ExploreOptions bounded = options;
  bounded.max_states = std::min(options.max_states, kMostCombinationStates);
  if (left.is_limited()) bounded.time_limit = std::max(options.time_limit / 2, std::chrono::milliseconds(1));
  auto combinations = explore_combinations(program, bounded);
  if (!combinations) return tl::unexpected(std::move(combinations.error()));
  ExploredSet set{std::move(*combinations), std::nullopt};
  if (set.combinations.is_complete() || set.combinations.end == Exploration::End::stopped) return set;
  const std::optional<std::chrono::milliseconds> limit = left.limit();
  if (!limit) return set;
  ExploreOptions separately = options;
  separately.time_limit = *limit;
  separately.goal = Goal::outcomes;
  separately.wants_schedules = false;
  auto exploration = explore(program, separately);
  if (!exploration) return tl::unexpected(std::move(exploration.error()));
  set.exploration = std::move(*exploration);
  return set;
}

}  // namespace actorsim
