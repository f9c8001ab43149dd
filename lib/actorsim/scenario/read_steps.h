// Actors, their methods and steps, and the options of calls. Internal to scenario/.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "actorsim/scenario/reader.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// `actors: {Type: {method: [steps]}}`.
std::vector<ActorType> read_actors(Reader& reader, DocumentNode node);

/// The keys that read_call_option knows.
const std::vector<std::string_view>& call_option_keys();

enum class CallPlace : std::uint8_t { step, start };

/// One option beside a call: `header`, `as`, `timeout`, …
void read_call_option(Reader& reader, CallOptions& options, std::string_view key, DocumentNode value, CallPlace place);

/// The scalar after `call:` and its like.
std::optional<Target> read_target(Reader& reader, DocumentNode node);

}  // namespace actorsim
