// A run as a sequence diagram of Mermaid: who calls whom, in the order in which it happened, and which turn ends when.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "actorsim/explore/run.h"

namespace actorsim {

/// The diagram, from `sequenceDiagram` on. Participants are the clients (reminders, timers), one for each trigger, and
/// the actors; a bar is a turn. Calls that wait, are refused or are stuck have notes. Beyond `most_calls` calls it ends
/// with a note of how many are left out. `title`: one line; empty: none.
std::string sequence_diagram(const Run& run, std::string_view title, std::size_t most_calls);

}  // namespace actorsim
