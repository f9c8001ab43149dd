// Dapr releases by name: which exist, how they compare, how they are written. What they do is said in lock/ and model/.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace actorsim {

/// A Dapr release such as 1.18.3, or `docs`: the semantics that Dapr's documentation promises. A value; ordered by age,
/// with `docs` after every release. Only releases that exist can be made (parse_release).
struct Release {
  std::uint16_t minor = 18;
  std::uint16_t patch = 3;
  bool is_docs = false;

  friend constexpr bool operator==(const Release&, const Release&) = default;
};

/// The newest release known.
inline constexpr Release kNewestRelease{18, 3, false};
inline constexpr Release kDocs{0, 0, true};

/// Is `release` a real release at or after 1.`minor`.`patch`? Never true of `docs`.
constexpr bool at_least(const Release& release, std::uint16_t minor, std::uint16_t patch = 0) {
  return !release.is_docs && (release.minor > minor || (release.minor == minor && release.patch >= patch));
}

/// Is `release` a real release before 1.`minor`.`patch`? Never true of `docs`.
constexpr bool before(const Release& release, std::uint16_t minor, std::uint16_t patch = 0) {
  return !release.is_docs && !at_least(release, minor, patch);
}

/// Reads `1.15` (a release line: its newest patch), `1.15.3`, either with a leading `v`, or `docs`.
/// Nothing for anything else, also for a release that does not exist.
std::optional<Release> parse_release(std::string_view text);

/// `1.18` for the newest patch of a line, `1.15.3` for any other, `docs`.
std::string to_string(const Release& release);

/// `1.18.3`, `docs`.
std::string full_name(const Release& release);

/// Every release line in order of age, each as its newest patch.
const std::vector<Release>& release_lines();

}  // namespace actorsim
