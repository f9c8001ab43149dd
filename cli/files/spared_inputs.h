// What is there to be read is not there to be replaced by what is written.
#pragma once

#include <filesystem>

#include "cli/options/options.h"
#include "cli/session.h"

namespace actorsim {

/// False: a report or a graph would replace a scenario that the command is to read, or actorsim.toml, by whatever name
/// or link; that is told. Costs a look at every scenario if what is to be written is there already.
bool spares_inputs(const Options& options, Session& session);

/// Whether `path` is a file that one of the scenarios read so far has named.
bool is_named_by_scenario(const std::filesystem::path& path, const Session& session);

}  // namespace actorsim
