// What the outside does: `start` and `chains`. Internal to scenario/.
#pragma once

#include <vector>

#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

std::vector<Trigger> read_start(Reader& reader, DocumentNode node);
std::vector<Chain> read_chains(Reader& reader, DocumentNode node);

}  // namespace actorsim
