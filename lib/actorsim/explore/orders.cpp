// Bounds on what is looked at, and the small things that every search over orders does.
#include "actorsim/explore/orders.h"

#include <algorithm>

#include <fmt/format.h>

#include "actorsim/base/check.h"
#include "actorsim/model/unroll.h"

namespace actorsim {
namespace {

constexpr std::uint64_t kMostTriggers = 10'000;

}  // namespace

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

std::uint32_t switches_of(const Schedule& schedule) {
  std::uint32_t switches = 0;
  for (std::size_t i = 1; i < schedule.size(); ++i) {
    if (schedule[i].trigger != schedule[i - 1].trigger || schedule[i].number != schedule[i - 1].number) ++switches;
  }
  return switches;
}

const Move& find_move(const std::vector<Move>& moves, const Choice& choice) {
  const auto found = std::find_if(moves.begin(), moves.end(), [&](const Move& move) { return move.choice == choice; });
  ACTORSIM_CHECK(found != moves.end());
  return *found;
}

std::uint64_t bytes_of(const Situation& situation) {
  const World& world = situation.world;
  return sizeof(Situation) + world.calls.capacity() * sizeof(Call) + world.activities.capacity() * sizeof(Activity) +
         world.instances.capacity() * sizeof(Instance) + world.actors.capacity() * sizeof(ActorState) +
         world.triggers.capacity() * sizeof(TriggerState) + world.locks.bytes() +
         situation.reached.capacity() * (sizeof(std::vector<Index>) + 32);
}

std::optional<Diagnostic> cut_where_certain(Walker& walker, Verdict verdict, Schedule& schedule) {
  if (verdict == Verdict::ok) return std::nullopt;
  Situation situation = walker.initial();
  std::vector<Move> moves;
  std::vector<CallOutcome> ignored;
  for (std::size_t step = 0; step < schedule.size(); ++step) {
    walker.list_moves(situation, moves);
    if (std::optional<Diagnostic> problem = walker.take(situation, find_move(moves, schedule[step]), ignored))
      return problem;
    Verdict certain = situation.verdict;
    const Stuck stuck = walker.stuck(situation);
    if (!stuck.stranded.empty()) certain = std::max(certain, Verdict::stranded);
    if (!stuck.deadlocked.empty()) certain = std::max(certain, Verdict::deadlock);
    if (certain == verdict) schedule.resize(step + 1);
  }
  return std::nullopt;
}

}  // namespace actorsim
