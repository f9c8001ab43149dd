// --watch: a command again and again, whenever what it depends on has changed.
#pragma once

#include <functional>

#include "cli/session.h"
#include "cli/watch/snapshot.h"

namespace actorsim {

/// One round of the command. Calls `depends_on` with what it depends on before it reads any of that; files that it
/// finds out about while it runs are added to the session. Returns the exit code.
using WatchedRound = std::function<int(const std::function<void(WatchedPaths)>& depends_on)>;

/// Runs rounds until an interrupt comes. Returns kExitInterrupted, or the code of the only round where nobody can
/// interrupt.
int watch(Session& session, const WatchedRound& round);

}  // namespace actorsim
