// What the format promises and this version reads but does not run yet.
#pragma once

#include <optional>
#include <string_view>

namespace actorsim {

/// How messages call a part of the format that is not supported yet; nothing if it is supported.
/// `feature` is one of the names of the table in not_supported.cpp; others are supported.
std::optional<std::string_view> find_not_supported(std::string_view feature);

}  // namespace actorsim
