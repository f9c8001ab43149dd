// The way of one exploration: what can be explored at all, which search does it, and the schedules afterwards.
#include "actorsim/explore/exploration.h"
#include "actorsim/explore/orders.h"
#include "actorsim/explore/search.h"

namespace actorsim {
namespace {

// Whoever asks for deadlocks alone is told of nothing else: what did not get stuck counts as `ok`.
void fold_verdicts(Exploration& result) {
  for (const Verdict verdict :
       {Verdict::failed, Verdict::timeout, Verdict::exceeded, Verdict::closed, Verdict::overlap}) {
    bool& is_possible = result.verdicts[static_cast<std::size_t>(verdict)];
    result.verdicts[static_cast<std::size_t>(Verdict::ok)] |= is_possible;
    is_possible = false;
  }
}

}  // namespace

std::string_view to_word(Goal goal) {
  switch (goal) {
    case Goal::deadlock: return "deadlock";
    case Goal::verdicts: return "verdicts";
    case Goal::outcomes: return "outcomes";
  }
  return "";
}

std::string_view to_word(Exploration::End end) {
  switch (end) {
    case Exploration::End::complete: return "complete";
    case Exploration::End::max_states: return "max-states";
    case Exploration::End::max_memory: return "max-memory";
    case Exploration::End::time_limit: return "time-limit";
    case Exploration::End::stopped: return "stopped";
  }
  return "";
}

tl::expected<Exploration, Diagnostic> explore(const Program& program, const ExploreOptions& options) {
  if (std::optional<Diagnostic> problem = find_unbounded(program)) return tl::unexpected(std::move(*problem));
  Walker walker(program);
  Exploration result;
  result.goal = options.goal;
  std::optional<Diagnostic> problem;
  SearchHints hints;
  SearchLimits limits(options);
  if (!search_tables(walker, options, limits, result, hints, problem)) {
    hints = {};
    result = {};
    result.goal = options.goal;
    problem = search_worlds(walker, options, limits, result);
  }
  if (problem) return tl::unexpected(std::move(*problem));
  if (options.goal == Goal::deadlock) fold_verdicts(result);
  if (options.wants_schedules) {
    problem = find_witnesses(walker, options, limits, hints, result);
    if (problem) return tl::unexpected(std::move(*problem));
  }
  return result;
}

}  // namespace actorsim
