// Replaying: a schedule chooses every step.
#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "actorsim/explore/exploration.h"
#include "actorsim/explore/film_maker.h"
#include "actorsim/explore/recorder.h"
#include "actorsim/explore/walker.h"
#include "actorsim/model/unroll.h"

namespace actorsim {
namespace {

constexpr std::uint64_t kMostTriggers = 100'000;
constexpr std::size_t kShownMoves = 12;

Diagnostic problem_of(const Program& program, std::string message, std::string help) {
  Diagnostic problem;
  problem.code = "schedule-does-not-fit";
  problem.file = program.file;
  problem.message = std::move(message);
  problem.help = std::move(help);
  return problem;
}

Diagnostic misfit(const Program& program, std::size_t step, const Choice& choice, const std::vector<Move>& moves) {
  std::vector<std::string> possible;
  for (const Move& move : moves) possible.push_back(schedule_text({move.choice}));
  if (possible.size() > kShownMoves) {
    const std::size_t left = possible.size() - kShownMoves;
    possible.resize(kShownMoves);
    possible.push_back(fmt::format("and {} more", left));
  }
  const std::string instead =
      moves.empty() ? "nothing can move any more" : fmt::format("possible there: {}", fmt::join(possible, ", "));
  return problem_of(program,
                    fmt::format("the schedule does not fit: step {} is {}, which cannot be done there ({})", step + 1,
                                schedule_text({choice}), instead),
                    "a schedule belongs to one scenario, one release and one configuration; explore again if one of "
                    "them has changed");
}

}  // namespace

tl::expected<Run, Diagnostic> replay(const Program& program, const Schedule& schedule, const RunOptions& options) {
  for (const Choice& choice : schedule) {
    if (choice.trigger == kNone || choice.trigger < program.triggers.size()) continue;
    return tl::unexpected(problem_of(
        program,
        fmt::format("the schedule does not fit: {} is not there; the scenario has {} trigger{}",
                    schedule_text({choice}), program.triggers.size(), program.triggers.size() == 1 ? "" : "s"),
        "the entries of 'chains' and 'start' are counted from 1 in the order of the file"));
  }
  if (unrolled_size(program) > kMostTriggers)
    return tl::unexpected(problem_of(program, "the scenario starts too many calls to replay a schedule", ""));
  Walker walker(program);
  Recorder recorder(walker.model(), options);
  std::optional<FilmMaker> film;
  if (options.wants_film) film.emplace(walker.model(), recorder, options.kept_calls);
  Observer& observer = film ? static_cast<Observer&>(*film) : recorder;
  Situation situation = walker.initial();
  std::vector<Move> moves;
  std::vector<CallOutcome> outcomes;
  for (std::size_t step = 0; step < schedule.size(); ++step) {
    walker.list_moves(situation, moves);
    const auto chosen =
        std::find_if(moves.begin(), moves.end(), [&](const Move& move) { return move.choice == schedule[step]; });
    if (chosen == moves.end()) return tl::unexpected(misfit(program, step, schedule[step], moves));
    if (film) film->begin_step(situation.world, chosen->mover, chosen->choice, 0);
    if (std::optional<Diagnostic> problem = walker.take(situation, *chosen, outcomes, &observer))
      return tl::unexpected(std::move(*problem));
    if (film) film->end_step(situation.world);
  }
  if (film) {
    film->settle(walker.model(), situation.world, 0);
  } else {
    walker.model().settle_stuck(situation.world, &recorder);
  }
  Run run = recorder.finish(situation.world);
  if (film) run.film = std::make_shared<const Film>(film->finish(run));
  run.steps = schedule.size();
  run.schedule = schedule;
  return run;
}

}  // namespace actorsim
