// From what was typed to steps, and back to the screen.
#include "cli/play/play_game.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/explore/exploration.h"
#include "actorsim/explore/guide.h"
#include "actorsim/explore/player.h"
#include "actorsim/report/diagnosis/diagnosis.h"

namespace actorsim {
namespace {

constexpr std::uint32_t kMostGuidedStates = 20'000;
constexpr std::size_t kMostAtOnce = 2'000;  // steps of `auto`
constexpr std::size_t kMostToldSteps = 40;  // of those that are taken at once

StateGraphOptions guide_options() {
  StateGraphOptions options;
  options.views = StateGraphOptions::Views::none;
  options.most_states = kMostGuidedStates;
  return options;
}

class Game {
 public:
  Game(const PlayedCase& played, const Options& options, PlayScreen& screen)
      : played_(played),
        options_(options),
        screen_(screen),
        player_(played.program),
        guide_(player_, guide_options()) {}

  std::optional<Diagnostic> begin() {
    screen_.greet(title_of(played_.scenario.name, played_.scenario.axes, screen_.style()),
                  circumstances_of(played_.place.dapr, describe_setting(played_.program), screen_.style()),
                  guide_.after(0));
    return options_.schedule ? take(*options_.schedule) : show();
  }

  std::optional<Diagnostic> obey(const PlayLine& line) {
    switch (line.word) {
      case PlayWord::step: return take_number(line);
      case PlayWord::only: return take_only();
      case PlayWord::steps: return take(line.steps);
      case PlayWord::first_come: return play_on();
      case PlayWord::undo: return undo(line.number);
      case PlayWord::restart: return undo(player_.way().size());
      case PlayWord::look: return show();
      case PlayWord::hint: hint_at_worst(); break;
      case PlayWord::away: hint_at_best(); break;
      case PlayWord::schedule: tell_schedule(); break;
      case PlayWord::help: screen_.show_help(player_.moves().size()); break;
      case PlayWord::unknown: refuse(line.text); break;
      case PlayWord::quit: break;
    }
    return std::nullopt;
  }

  std::size_t steps() const { return player_.moves().size(); }

  void say_goodbye() {
    if (!player_.is_over() && !player_.schedule().empty()) screen_.command("go on  ", command("play"));
  }

 private:
  std::string command(std::string_view word) const {
    return screen_.style().text(replay_command(played_.place, player_.schedule(), options_, word));
  }

  // ---- taking steps ----

  std::optional<Diagnostic> take_number(const PlayLine& line) {
    const std::size_t count = player_.moves().size();
    if (line.number >= 1 && line.number <= count) return take({player_.moves()[line.number - 1].choice});
    screen_.say(count == 0 ? over() : fmt::format("There is no step {}: {}.", line.text, possible()));
    return std::nullopt;
  }

  std::optional<Diagnostic> take_only() {
    const std::size_t count = player_.moves().size();
    if (count == 1) return take({player_.moves().front().choice});
    screen_.say(count == 0 ? over() : fmt::format("Who moves next? {}; ? for help.", possible()));
    return std::nullopt;
  }

  // As far as they can be taken.
  std::optional<Diagnostic> take(const Schedule& steps) {
    std::vector<StepRecord> records;
    for (const Choice& choice : steps) {
      const std::optional<std::size_t> number = player_.find(choice);
      if (!number) {
        if (auto problem = records.empty() ? std::nullopt : tell(records)) return problem;
        explain_misfit(choice);
        return std::nullopt;
      }
      if (auto problem = take_one(*number, records)) return problem;
    }
    return tell(records);
  }

  std::optional<Diagnostic> play_on() {
    std::vector<StepRecord> records;
    while (!player_.is_over() && records.size() < kMostAtOnce) {
      if (auto problem = take_one(player_.first_come(), records)) return problem;
    }
    if (!records.empty()) return tell(records);
    screen_.say(over());
    return std::nullopt;
  }

  std::optional<Diagnostic> take_one(std::size_t number, std::vector<StepRecord>& records) {
    auto record = player_.take(number);
    if (!record) return std::move(record.error());
    records.push_back(std::move(*record));
    return std::nullopt;
  }

  std::optional<Diagnostic> undo(std::size_t count) {
    if (player_.way().empty()) {
      screen_.say("This is the beginning already.");
      return std::nullopt;
    }
    if (auto problem = player_.undo(count)) return problem;
    return show();
  }

  // ---- showing ----

  std::optional<Diagnostic> tell(const std::vector<StepRecord>& records) {
    const auto run = replay(played_.program, player_.schedule());
    if (!run) return run.error();
    screen_.separate();
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (i == kMostToldSteps / 2 && records.size() > kMostToldSteps) {
        i = records.size() - kMostToldSteps / 2;
        screen_.say(
            fmt::format("{} {}", screen_.style().glyphs().more, counted(records.size() - kMostToldSteps, "more step")));
      }
      screen_.show_step(records[i], *run);
    }
    return show(*run);
  }

  std::optional<Diagnostic> show() {
    const auto run = replay(played_.program, player_.schedule());
    if (!run) return run.error();
    return show(*run);
  }

  std::optional<Diagnostic> show(const Run& run) {
    IdNames ids = name_ids(player_.situation().world, run);
    auto view = view_situation(player_.walker(), player_.situation(), ids, kMostShownSteps);
    if (!view) return std::move(view.error());
    const bool is_news = view->is_stuck && !view_.is_stuck && !view->is_end;
    view_ = std::move(*view);
    screen_.show(view_, player_.schedule(), is_news ? StuckNews::just_now : StuckNews::none);
    if (view_.is_end) show_end(run);
    return std::nullopt;
  }

  void show_end(const Run& run) {
    PlayEnd end;
    end.run = run;
    end.diagnosis = diagnose(played_.scenario, played_.program, run);
    end.beginning = guide_.after(0);
    end.decided_by = decisive_step();
    end.replay = command("run");
    screen_.show_end(end);
  }

  // After it, no order could end well any more; before, some could.
  std::size_t decisive_step() {
    if (guide_.after(0) == nullptr || !guide_.after(0)->can_end(Verdict::ok)) return 0;
    for (std::size_t steps = 1; steps <= player_.way().size(); ++steps) {
      if (!guide_.after(steps)->can_end(Verdict::ok)) return steps;
    }
    return 0;
  }

  // ---- hints ----

  void hint_at_worst() {
    if (player_.is_over()) return screen_.say(over());
    if (guide_.here() == nullptr) return hint_from_afar();
    const StateGraph::State& here = *guide_.here();
    Verdict worst = Verdict::ok;
    for (std::size_t i = 0; i < kVerdictCount; ++i) {
      if (here.can_end(static_cast<Verdict>(i))) worst = static_cast<Verdict>(i);
    }
    worst == Verdict::ok ? say_harmless() : hint_at(worst, std::string(to_word(worst)));
    screen_.labelled("left  ", prospects_text(here));
  }

  void say_harmless() {
    screen_.labelled("hint  ", player_.way().empty() ? "nothing can go wrong, whatever you choose."
                                                     : "nothing can go wrong any more, whatever you choose.");
  }

  void hint_from_afar() {
    const Guide::FarHint hint = guide_.far_hint();
    switch (hint.what) {
      case Guide::FarHint::What::harmless: return say_harmless();
      case Guide::FarHint::What::step: return tell_hint(hint.number, hint.steps, std::string(to_word(hint.verdict)));
      case Guide::FarHint::What::elsewhere:
        return screen_.say("No hint: too much can still happen from here. r, then h leads to " +
                           std::string(to_word(hint.verdict)) + " from the beginning.");
      case Guide::FarHint::What::nothing: break;
    }
    screen_.say("No hint: too much can still happen from here.");
  }

  void hint_at_best() {
    if (player_.is_over()) return screen_.say(over());
    if (guide_.here() == nullptr) return screen_.say("No hint: too much can still happen from here.");
    const StateGraph::State& here = *guide_.here();
    std::size_t best = 0;
    while (!here.can_end(static_cast<Verdict>(best))) ++best;
    const auto verdict = static_cast<Verdict>(best);
    if (verdict == Verdict::ok) {
      hint_at(verdict, "a good end");
    } else {
      screen_.labelled("hint  ", player_.way().empty() ? "no order of this scenario ends well."
                                                       : "too late for a good end; u takes steps back.");
    }
    screen_.labelled("left  ", prospects_text(here));
  }

  void hint_at(Verdict verdict, const std::string& what) {
    const std::optional<std::size_t> number = guide_.step_to(verdict);
    if (!number) {
      screen_.labelled("hint  ", fmt::format("{}: it has happened already; u takes steps back.", to_word(verdict)));
      return;
    }
    tell_hint(*number, *guide_.here()->prospect(verdict).steps - 1, what);
  }

  void tell_hint(std::size_t number, std::size_t steps, const std::string& what) {
    screen_.show_hint(number, view_.steps[number],
                      steps == 0 ? "and there it is: " + what
                                 : fmt::format("from there it takes {} to {}", counted(steps, "step"), what));
  }

  // ---- words ----

  void tell_schedule() {
    if (player_.schedule().empty()) {
      screen_.say("You have chosen nothing yet.");
      return;
    }
    screen_.command("chosen  ", schedule_text(player_.schedule()));
    screen_.command("replay  ", command("run"));
    if (!player_.is_over()) screen_.command("go on   ", command("play"));
  }

  void explain_misfit(const Choice& choice) {
    screen_.separate();
    screen_.say(fmt::format("{} cannot move now.", schedule_text({choice})));
    screen_.show_why_not(view_, choice);
    if (!player_.is_over()) screen_.say(fmt::format("What can: {}.", possible()));
  }

  void refuse(const std::string& text) {
    const std::optional<std::string> meant = nearest_word(text, play_word_names());
    const std::string help = meant               ? fmt::format("did you mean '{}'?", *meant)
                             : player_.is_over() ? "? lists what can."
                                                 : possible() + ", or ? for help.";
    screen_.say(
        fmt::format("{} is nothing that can be done here: {}", screen_.style().text(actorsim::in_quotes(text)), help));
  }

  std::string possible() const {
    const std::size_t count = player_.moves().size();
    const std::string first = count == 0 ? std::string() : schedule_text({player_.moves().front().choice});
    return count <= 1 ? fmt::format("1 or {}", first) : fmt::format("1 to {}, or a word such as {}", count, first);
  }

  static std::string over() { return "Nothing can move any more: u takes the last step back, r starts again."; }

  const PlayedCase& played_;
  const Options& options_;
  PlayScreen& screen_;
  Player player_;
  Guide guide_;
  SituationView view_;  // of the situation, once it has been shown
};

}  // namespace

std::optional<PlayLine> Prompt::ask(std::size_t steps) {
  screen_.prompt(steps);
  std::optional<std::string> line;
  if (screen_.is_there()) line = read_line(session_.in);
  screen_.set_width(session_.environment.output_width());
  screen_.note_typed(line ? std::optional(std::string(trim(*line))) : std::nullopt);
  return line ? std::optional(read_play_line(*line)) : std::nullopt;
}

std::optional<Diagnostic> play_game(const PlayedCase& played, const Options& options, PlayScreen& screen,
                                    Prompt& prompt) {
  if (auto problem = find_unplayable(played.program)) return problem;
  if (options.schedule) {
    const auto run = replay(played.program, *options.schedule);  // says what is wrong with it
    if (!run) return run.error();
  }
  Game game(played, options, screen);
  if (auto problem = game.begin()) return problem;
  while (const std::optional<PlayLine> line = prompt.ask(game.steps())) {
    if (line->word == PlayWord::quit) break;
    if (auto problem = game.obey(*line)) return problem;
  }
  game.say_goodbye();
  return std::nullopt;
}

}  // namespace actorsim
