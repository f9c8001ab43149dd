// Dapr's two documents inside a scenario. Internal to scenario/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/scenario/dapr_config.h"
#include "actorsim/scenario/reader.h"

namespace actorsim {

/// A `config` as one part of the file gives it.
struct ConfigLayer {
  DaprConfig config;
  bool has_entities_config = false;  ///< given, even if empty
};

/// The body of GET /dapr/config, inline or the path of a file that holds it. Types are checked as Go's JSON decoder
/// would; durations stay text.
ConfigLayer read_config(Reader& reader, DocumentNode node);

/// A Configuration resource, inline or the path of a file that holds it. All but `spec.features` is accepted unread.
DaprConfiguration read_configuration(Reader& reader, DocumentNode node);

/// `over` on top of `base`, key by key, `reentrancy` too.
void merge_config(ConfigLayer& base, const ConfigLayer& over);

/// The paths that an override or an axis may name.
const std::vector<std::string>& config_paths();

/// Sets what `path` (one of config_paths()) names.
tl::expected<void, ParseProblem> set_config_path(DaprConfig& config, std::string_view path, const std::string& value);

}  // namespace actorsim
