// The JSON Schema of the scenario format, for editors: completion, hover texts, and complaints while one types.
#pragma once

#include <string_view>

namespace actorsim {

/// The text of actorsim.schema.json. It accepts what the loader accepts; what it cannot know (names that refer to each
/// other, values behind variables, YAML itself) only the loader checks.
std::string_view scenario_schema();

}  // namespace actorsim
