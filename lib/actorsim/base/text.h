// Small things about text that several modules need: numbers and durations as scenarios write them, "did you mean",
// UTF-8, and making foreign text safe to show on a terminal. No locale is ever consulted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/base/virtual_time.h"

namespace actorsim {

// ---- numbers --------------------------------------------------------------------------------------------------------

/// Why a text is not the value that was wanted: a sentence fragment that follows the quoted text, such as
/// "is not a number", and a suggestion (may be empty).
struct ParseProblem {
  std::string reason;
  std::string help;
};

/// A decimal integer: `12`, `-3`, `1_000_000`, `1e6`. No leading zeros, no plus sign, no fraction; checked for
/// overflow, for which -2^63 counts, too.
tl::expected<std::int64_t, ParseProblem> parse_integer(std::string_view text);

/// A number of bytes: an integer, alone or with B, kB, MB, GB, TB, KiB, MiB, GiB or TiB behind it.
tl::expected<std::int64_t, ParseProblem> parse_size(std::string_view text);

/// A rate: `20000/s`, `5/m`, `1e3/ms`. Result: per second, greater than zero.
tl::expected<double, ParseProblem> parse_rate_per_second(std::string_view text);

enum class DurationSign : std::uint8_t { non_negative, any };

/// A duration as Go's time.ParseDuration reads it: `1h30m`, `250ms`, `1.5s`, `0`. Checked for overflow (about 292
/// years, either way). Negative ones only with DurationSign::any.
tl::expected<Nanoseconds, ParseProblem> parse_duration(std::string_view text,
                                                       DurationSign sign = DurationSign::non_negative);

/// The shortest exact text: `0s`, `250ms`, `1.5s`, `1h30m`, `-5s`. parse_duration reads it back.
std::string format_duration(Nanoseconds duration);

// ---- words ----------------------------------------------------------------------------------------------------------

/// How many insertions, deletions, replacements and swaps of neighbours turn one text into the other (bytes; each place
/// is edited once). Stops counting at `limit`.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit);

/// The candidate that was probably meant: the nearest by edit distance, ignoring case, if it is near enough (a third of
/// the word's length, at least 1). The first of equals.
std::optional<std::string> nearest_word(std::string_view word, const std::vector<std::string>& candidates);

/// "did you mean 'x'?" or, where nothing is near and there are few, "known: a, b, c"; empty where there is nothing to
/// say.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

/// "'a', 'b' or 'c'".
std::string list_words(const std::vector<std::string>& words, std::string_view conjunction = "or");

bool is_blank(char character);  ///< space or tab
bool is_digit(char character);

/// `[A-Za-z_][A-Za-z0-9_-]*`: what types, methods and variables are named with.
bool is_name(std::string_view text);
bool is_name_start(char character);
bool is_name_part(char character);

std::string_view trim(std::string_view text);

// ---- UTF-8 and terminals --------------------------------------------------------------------------------------------

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;  ///< bytes taken
  bool valid = true;       ///< false: one byte that is no UTF-8
};

/// The code point at `offset`, which must be less than the text's size. Overlong forms, surrogates and values above
/// U+10FFFF are invalid.
CodePoint decode_utf8(std::string_view text, std::size_t offset);

/// The offset of the first byte that is not valid UTF-8.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// Columns that a printable code point takes on a terminal: 0 (combining), 1 or 2 (wide).
int display_width(char32_t code_point);

/// Would this code point do something other than appear: control characters, bidirectional and invisible formatting?
bool is_hostile(char32_t code_point);

/// `\x1b`, `\u202e`: how a code point that must not reach a terminal is shown; for an invalid byte `\xff`.
std::string escape(const CodePoint& code_point);

/// The text with everything hostile or invalid escaped: safe to print anywhere. Line ends and tabs are escaped too.
std::string printable(std::string_view text);

/// 'text' in quotes, printable, shortened to about 60 characters: how messages name what a file says.
std::string in_quotes(std::string_view text);

}  // namespace actorsim
