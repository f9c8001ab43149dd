// The names and texts of the commands; option_table.h gives them their options.
#pragma once

#include <vector>

#include "cli/options/option_table.h"

namespace actorsim {

/// Every command without its options, the most important first.
std::vector<CommandEntry> command_texts();

}  // namespace actorsim
