// `actorsim play`: chooses what is played.
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/explore/state_graph.h"
#include "actorsim/model/compile.h"
#include "cli/cases/choose_cases.h"
#include "cli/commands/commands.h"
#include "cli/files/load_files.h"
#include "cli/output/output.h"
#include "cli/output/problems.h"
#include "cli/play/play_game.h"
#include "cli/play/play_input.h"
#include "cli/play/play_screen.h"

namespace actorsim {
namespace {

constexpr std::size_t kMostListedCases = 40;

// A case that could be played.
struct Candidate {
  std::shared_ptr<LoadedFile> loaded;
  std::size_t index = 0;
  CaseTitle title;
};

std::vector<Candidate> find_candidates(const Options& options, Session& session, Told& told) {
  std::vector<Candidate> found;
  CaseChooser chooser(options.selection);
  WorkerPool pool(1);
  const auto take = [&](const std::shared_ptr<LoadedFile>& loaded) {
    const std::size_t count = loaded->file ? loaded->file->case_count() : 0;
    for (std::size_t index = 0; index < count; ++index) {
      const CaseTitle title = loaded->file->title(index);
      if (chooser.wants(title)) found.push_back({loaded, index, title});
    }
    told.tell(session, *loaded, loaded->diagnostics);
  };
  load_in_order(options, options.releases, session, pool, {}, take);
  if (told.has_errors && found.empty()) return found;
  if (const std::optional<Diagnostic> problem = chooser.why_none("play")) tell(session, *problem);
  return found;
}

// Which of several. Nothing: nobody has chosen.
const Candidate* choose(const std::vector<Candidate>& cases, PlayScreen& screen, Prompt& prompt) {
  if (cases.size() == 1) return &cases.front();
  screen.say(counted(cases.size(), "case") + ":");
  for (std::size_t i = 0; i < std::min(cases.size(), kMostListedCases); ++i)
    screen.labelled(fmt::format("{:>4}  ", i + 1), screen.style().text(text_of(cases[i].title)));
  if (cases.size() > kMostListedCases)
    screen.labelled("      ", fmt::format("and {} more", cases.size() - kMostListedCases));
  screen.say("Which one do you play?");
  while (const std::optional<PlayLine> line = prompt.ask(cases.size())) {
    if (line->word == PlayWord::quit) return nullptr;
    const bool is_one = line->word == PlayWord::step && line->number >= 1 && line->number <= cases.size();
    if (is_one) return &cases[line->number - 1];
    screen.say(fmt::format("A number from 1 to {}, or q to leave.", cases.size()));
  }
  return nullptr;
}

}  // namespace

int command_play(const Options& options, Session& session) {
  Told told;
  const std::vector<Candidate> found = find_candidates(options, session, told);
  if (found.empty()) return kExitBadInput;
  PlayScreen screen(session.out, report_options(options, session.environment),
                    session.environment.input_is_terminal ? Typing::on_terminal : Typing::unseen);
  Prompt prompt(session, screen);
  const Candidate* chosen = choose(found, screen, prompt);
  const int code = told.has_errors ? kExitBadInput : kExitOk;
  if (chosen == nullptr) return code;
  const ScenarioFile& file = *chosen->loaded->file;
  const auto tell_all = [&](const Diagnostics& problems) { return tell(session, problems, {&file.source()}); };
  const auto scenario = file.load_case(chosen->index);
  if (!scenario) {
    tell_all(scenario.error());
    return kExitBadInput;
  }
  const std::string& name = chosen->loaded->name();
  const Program program = compile(*scenario, name);
  Diagnostics warnings;
  for (const Diagnostic& warning : program.warnings) warnings.add(warning);
  const bool is_well = tell_all(warnings);
  const PlayedCase played{
      *scenario, program, {name, chosen->title, to_string(scenario->dapr), has_several_scenarios(file)}};
  if (const std::optional<Diagnostic> problem = play_game(played, options, screen, prompt)) {
    tell_all(Diagnostics(*problem));
    return kExitBadInput;
  }
  return is_well ? code : kExitBadInput;
}

}  // namespace actorsim
