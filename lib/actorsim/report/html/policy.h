// The Content-Security-Policy of the page.
#pragma once

#include <string>
#include <string_view>

namespace actorsim {

/// Nothing is allowed but one style and one script, known by their hashes: no network, no handlers in attributes.
/// Hashes are SHA-256 as 64 hexadecimal digits.
std::string page_policy(std::string_view style_hash, std::string_view script_hash);

/// `sha256-…` in base64, as a policy names what it allows.
std::string policy_hash(std::string_view hexadecimal);

}  // namespace actorsim
