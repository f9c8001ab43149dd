// From the two kinds of reports to one kind of case.
#include "actorsim/report/html/page_case.h"

#include <algorithm>

#include <fmt/format.h>

#include "actorsim/report/html/json_graph.h"

namespace actorsim {
namespace {

std::string plural(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// `deadlock and ok`
std::string join_words(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

template <typename Can>
std::string what_can_happen(Can can, bool is_everything) {
  std::vector<std::string> possible;
  for (std::size_t i = kVerdictCount; i-- > 0;) {
    if (can(static_cast<Verdict>(i))) possible.emplace_back(to_word(static_cast<Verdict>(i)));
  }
  if (possible.empty()) return "Nothing was seen yet.";
  if (possible.size() == 1 && is_everything) return fmt::format("Every order of the steps ends with {}.", possible[0]);
  return fmt::format("{} in some order of the steps: {}.", is_everything ? "Possible" : "Seen", join_words(possible));
}

std::string extent_of(const Exploration& found) {
  std::string text = fmt::format("{} and {} looked at", plural(found.states, "situation"), plural(found.steps, "step"));
  if (found.is_complete()) return text + ": all that there are.";
  return text + fmt::format("; ended by {} before all were.", found.end == Exploration::End::stopped
                                                                  ? "an interruption"
                                                                  : fmt::format("--{}", to_word(found.end)));
}

void add_exploration(const Exploration& found, PageCase& into) {
  into.facts.push_back(what_can_happen([&](Verdict verdict) { return found.can(verdict); }, found.is_complete()));
  into.facts.push_back(extent_of(found));
}

PageFilm film_of_plain_run(const Run& run) {
  PageFilm film;
  film.title = "Plain run";
  film.note = "One thing after another in virtual time; what comes at the same moment, in the order of the file.";
  film.run = &run;
  return film;
}

}  // namespace

PageCase page_case(const CaseReport& entry) {
  PageCase result;
  static_cast<CaseHead&>(result) = entry;
  result.headline = entry.headline;
  if (entry.graph && leaves_a_choice(*entry.graph)) result.graph = entry.graph.get();
  for (const ReplayedRun& replay : entry.replays) {
    result.films.push_back({"Leads to " + replay.leads_to, "An order of the steps that shows why an expectation fails.",
                            &replay.run, replay.headline, replay.why, replay.fix, schedule_text(replay.schedule),
                            replay.command});
  }
  if (entry.run) {
    result.verdict = to_word(entry.run->verdict);
    PageFilm film = film_of_plain_run(*entry.run);
    if (entry.is_replay) {
      film.title = "Schedule";
      film.note = "The order of steps that was asked for with --schedule.";
      film.schedule = schedule_text(entry.run->schedule);
    }
    film.headline = entry.headline;
    film.why = entry.why;
    film.fix = entry.fix;
    result.films.push_back(std::move(film));
  }
  const std::size_t plain = entry.replays.size();
  for (const ExpectationResult& expectation : entry.expectations) {
    const auto shown = std::find_if(entry.replays.begin(), entry.replays.end(), [&](const ReplayedRun& replay) {
      return expectation.schedule == replay.schedule && expectation.leads_to == replay.leads_to;
    });
    result.expectations.push_back(
        {&expectation, shown == entry.replays.end() ? plain : static_cast<std::size_t>(shown - entry.replays.begin())});
  }
  if (entry.exploration) add_exploration(*entry.exploration, result);
  return result;
}

PageCase page_case(const ExploredCase& entry) {
  PageCase result;
  static_cast<CaseHead&>(result) = entry;
  if (entry.graph && leaves_a_choice(*entry.graph)) result.graph = entry.graph.get();
  for (const Counterexample& example : entry.counterexamples) {
    const Witness& witness = example.witness;
    result.films.push_back(
        {fmt::format("Way to {}", to_word(witness.verdict)),
         witness.is_shortest ? "No order of the steps comes to it sooner." : "An order of the steps that comes to it.",
         &example.run, example.headline, example.why, example.fix, schedule_text(witness.schedule), example.replay});
  }
  if (entry.run) result.films.push_back(film_of_plain_run(*entry.run));
  if (!result.films.empty()) {
    result.verdict = to_word(result.films.front().run->verdict);
    result.headline = result.films.front().headline;
  }
  if (entry.exploration) add_exploration(*entry.exploration, result);
  if (entry.few_switches) add_exploration(entry.few_switches->found, result);
  if (entry.sample) {
    const Sample& sample = *entry.sample;
    result.facts.push_back(what_can_happen([&](Verdict verdict) { return entry.can(verdict); }, false));
    result.facts.push_back(fmt::format("{} of steps in random order.", plural(sample.runs, "run")));
  }
  return result;
}

}  // namespace actorsim
