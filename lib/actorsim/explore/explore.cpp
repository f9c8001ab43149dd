// The way of one exploration: what can be explored at all, which search does it, and the schedules afterwards.
#include <fmt/format.h>

#include "actorsim/explore/exploration.h"
#include "actorsim/explore/search.h"
#include "actorsim/model/unroll.h"

namespace actorsim {
namespace {

constexpr std::uint64_t kMostTriggers = 10'000;

// Orders without end, or far too many, are refused before anything is done.
std::optional<Diagnostic> find_unbounded(const Program& program) {
  const auto problem_at = [&](const Span& span, std::string message, std::string help) {
    Diagnostic problem;
    problem.code = "unbounded";
    problem.file = program.file;
    problem.span = span;
    problem.message = std::move(message);
    problem.help = std::move(help);
    return problem;
  };
  for (const StartTrigger& trigger : program.triggers) {
    const bool repeats = trigger.kind == Trigger::Kind::timer || trigger.kind == Trigger::Kind::reminder;
    if (repeats && trigger.count == kNone) {
      return problem_at(trigger.span, "this fires without end, so not all orders can be explored",
                        "say how often: count: 3");
    }
  }
  if (unrolled_size(program) <= kMostTriggers) return std::nullopt;
  return problem_at(
      program.triggers.front().span,
      fmt::format("the scenario starts {} calls: their orders are far too many to explore", unrolled_size(program)),
      fmt::format("make the loads smaller; at most {} calls can be started", kMostTriggers));
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
  if (!search_tables(walker, options, result, problem)) {
    result = {};
    result.goal = options.goal;
    problem = search_worlds(walker, options, result);
  }
  if (problem) return tl::unexpected(std::move(*problem));
  if (options.wants_schedules) {
    problem = find_witnesses(walker, options, result);
    if (problem) return tl::unexpected(std::move(*problem));
  }
  return result;
}

}  // namespace actorsim
