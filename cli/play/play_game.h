// One game of `actorsim play`: a scenario, somebody at a prompt, and the steps that were chosen.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "actorsim/base/diagnostic.h"
#include "actorsim/model/program.h"
#include "actorsim/scenario/scenario.h"
#include "cli/cases/replay_command.h"
#include "cli/commands/commands.h"
#include "cli/play/play_input.h"
#include "cli/play/play_screen.h"

namespace actorsim {

/// Asks and listens.
class Prompt {
 public:
  Prompt(Session& session, PlayScreen& screen) : session_(session), screen_(screen) {}

  /// What was typed next, where so many steps can be chosen; nothing: the input has ended, or nobody reads any more.
  std::optional<PlayLine> ask(std::size_t steps);

 private:
  Session& session_;
  PlayScreen& screen_;
};

/// What is played: `program` is compiled from `scenario`, and `place` is where it stands.
struct PlayedCase {
  const Scenario& scenario;
  const Program& program;
  CasePlace place;
};

/// Plays until somebody leaves. The error is the scenario's fault, or that of the schedule to start with.
std::optional<Diagnostic> play_game(const PlayedCase& played, const Options& options, PlayScreen& screen,
                                    Prompt& prompt);

}  // namespace actorsim
