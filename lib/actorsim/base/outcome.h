// The words of the field for what can become of a call and of a scenario, in the order in which they are compared.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace actorsim {

/// The headline word of a call: exactly one, the first that applies. The meanings are in scenarios/README.md and
/// `actorsim explain`.
enum class Outcome : std::uint8_t {
  exceeded,
  closed,
  not_hosted,
  deadlocked,
  stranded,
  timed_out,
  cancelled,
  failed,
  blocked,
  re_entered,
  entered,
  skipped,
};
inline constexpr std::size_t kOutcomeCount = 12;

/// The verdict of a scenario: `ok` or the worst thing that happened to any call, from mildest to worst.
enum class Verdict : std::uint8_t { ok, failed, timeout, exceeded, closed, stranded, overlap, deadlock };
inline constexpr std::size_t kVerdictCount = 8;

/// The word as it is written in scenarios and reports: `re-entered`, `timed-out`, …
std::string_view to_word(Outcome outcome);
std::string_view to_word(Verdict verdict);

std::optional<Outcome> parse_outcome(std::string_view word);
std::optional<Verdict> parse_verdict(std::string_view word);

/// The verdict that a call with this outcome alone would give its scenario.
Verdict verdict_of(Outcome outcome);

}  // namespace actorsim
