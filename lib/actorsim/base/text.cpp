// Numbers, durations and "did you mean".
#include "actorsim/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace actorsim {
namespace {

constexpr std::int64_t kMaximum = std::numeric_limits<std::int64_t>::max();

tl::unexpected<ParseProblem> problem(std::string reason, std::string help = {}) {
  return tl::unexpected<ParseProblem>(ParseProblem{std::move(reason), std::move(help)});
}

tl::unexpected<ParseProblem> too_large() { return problem("is too large", "the largest value is 9223372036854775807"); }

char lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& character : result) character = lower(character);
  return result;
}

// Digits with single `_` between them, without a leading zero; what was read is taken off `text`.
tl::expected<std::uint64_t, ParseProblem> take_digits(std::string_view& text) {
  std::uint64_t value = 0;
  std::size_t i = 0;
  while (i < text.size() && (is_digit(text[i]) || text[i] == '_')) {
    if (text[i] == '_') {
      if (i == 0 || i + 1 == text.size() || !is_digit(text[i + 1]))
        return problem("has a '_' that is not between digits");
    } else {
      const auto digit = static_cast<std::uint64_t>(text[i] - '0');
      if (value > (static_cast<std::uint64_t>(kMaximum) - digit) / 10) return too_large();
      value = value * 10 + digit;
    }
    ++i;
  }
  if (i == 0) return problem("is not a whole number");
  if (i > 1 && text.front() == '0') {
    std::string_view rest = text.substr(0, i);
    while (rest.size() > 1 && (rest.front() == '0' || rest.front() == '_')) rest.remove_prefix(1);
    return problem("has a leading zero, which is never a number here",
                   "write " + std::string(rest) + ", or quote it if it is a text");
  }
  text.remove_prefix(i);
  return value;
}

struct Unit {
  std::string_view name;
  std::int64_t size;
};

constexpr std::array<Unit, 8> kDurationUnits{{{"ns", 1},
                                              {"us", 1'000},
                                              {"\xC2\xB5s", 1'000},  // micro sign
                                              {"\xCE\xBCs", 1'000},  // Greek mu
                                              {"ms", kMillisecond},
                                              {"s", kSecond},
                                              {"m", 60 * kSecond},
                                              {"h", 3600 * kSecond}}};

constexpr std::array<Unit, 9> kSizeUnits{{{"B", 1},
                                          {"kB", 1'000},
                                          {"MB", 1'000'000},
                                          {"GB", 1'000'000'000},
                                          {"TB", 1'000'000'000'000},
                                          {"KiB", std::int64_t{1} << 10},
                                          {"MiB", std::int64_t{1} << 20},
                                          {"GiB", std::int64_t{1} << 30},
                                          {"TiB", std::int64_t{1} << 40}}};

template <std::size_t Size>
const Unit* find_unit(const std::array<Unit, Size>& units, std::string_view name) {
  for (const Unit& unit : units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

constexpr const char* kDurationHelp = "durations are written like 250ms, 1.5s or 1h30m";

// One `1.5h` of a duration, taken off `text`; in nanoseconds.
tl::expected<Nanoseconds, ParseProblem> take_duration_part(std::string_view& text) {
  std::int64_t whole = 0;
  std::size_t i = 0;
  for (; i < text.size() && is_digit(text[i]); ++i) {
    if (__builtin_mul_overflow(whole, 10, &whole) || __builtin_add_overflow(whole, text[i] - '0', &whole)) {
      return problem("is too long", "the longest duration is about 292 years");
    }
  }
  std::size_t digits = i;
  std::string_view fraction;
  if (i < text.size() && text[i] == '.') {
    const std::size_t start = ++i;
    while (i < text.size() && is_digit(text[i])) ++i;
    fraction = text.substr(start, i - start);
    digits += fraction.size();
  }
  if (digits == 0) return problem("is not a duration", kDurationHelp);
  const std::size_t unit_start = i;
  while (i < text.size() && !is_digit(text[i]) && text[i] != '.') ++i;
  const std::string_view unit_name = text.substr(unit_start, i - unit_start);
  if (unit_name.empty()) return problem("has no unit", kDurationHelp);
  const Unit* unit = find_unit(kDurationUnits, unit_name);
  if (unit == nullptr) {
    return problem("has an unknown unit " + in_quotes(unit_name), "units are ns, us, ms, s, m and h");
  }
  std::int64_t result = 0;
  if (__builtin_mul_overflow(whole, unit->size, &result)) {
    return problem("is too long", "the longest duration is about 292 years");
  }
  std::int64_t below =
      0;  // what the fraction is worth, from its last digit on; less than a nanosecond is cut off, as Go does
  for (auto digit = fraction.rbegin(); digit != fraction.rend(); ++digit)
    below = (below + (*digit - '0') * unit->size) / 10;
  if (__builtin_add_overflow(result, below, &result)) {
    return problem("is too long", "the longest duration is about 292 years");
  }
  text.remove_prefix(i);
  return result;
}

}  // namespace

tl::expected<std::int64_t, ParseProblem> parse_integer(std::string_view text) {
  if (text.empty()) return problem("is not a whole number");
  const bool negative = text.front() == '-';
  if (negative) text.remove_prefix(1);
  auto digits = take_digits(text);
  if (!digits) return tl::unexpected(digits.error());
  auto value = static_cast<std::int64_t>(*digits);
  if (!text.empty() && lower(text.front()) == 'e') {
    text.remove_prefix(1);
    if (text.empty() || text.size() > 3 || !std::all_of(text.begin(), text.end(), is_digit)) {
      return problem("is not a whole number", "an exponent is written like 1e6");
    }
    int exponent = 0;
    std::from_chars(text.data(), text.data() + text.size(), exponent);
    for (; exponent > 0 && value != 0; --exponent) {
      if (__builtin_mul_overflow(value, std::int64_t{10}, &value)) return too_large();
    }
    text = {};
  }
  if (!text.empty()) return problem("is not a whole number");
  return negative ? -value : value;
}

tl::expected<std::int64_t, ParseProblem> parse_size(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && (is_digit(text[digits]) || text[digits] == '_' || text[digits] == 'e')) ++digits;
  const auto number = parse_integer(text.substr(0, digits));
  const std::string_view unit_name = trim(text.substr(digits));
  if (!number || (!unit_name.empty() && find_unit(kSizeUnits, unit_name) == nullptr)) {
    return problem("is not a size", "sizes are written like 512MiB or 2GiB");
  }
  std::int64_t result = *number;
  if (!unit_name.empty() && __builtin_mul_overflow(result, find_unit(kSizeUnits, unit_name)->size, &result)) {
    return too_large();
  }
  return result;
}

tl::expected<double, ParseProblem> parse_rate_per_second(std::string_view text) {
  constexpr const char* kHelp = "rates are written like 20000/s or 5/m";
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return problem("is not a rate", kHelp);
  const auto number = parse_integer(trim(text.substr(0, slash)));
  const Unit* unit = find_unit(kDurationUnits, trim(text.substr(slash + 1)));
  if (!number || unit == nullptr) return problem("is not a rate", kHelp);
  if (*number <= 0) return problem("is not a rate above zero", kHelp);
  return static_cast<double>(*number) * (static_cast<double>(kSecond) / static_cast<double>(unit->size));
}

tl::expected<Nanoseconds, ParseProblem> parse_duration(std::string_view text, DurationSign sign) {
  bool negative = false;
  std::string_view rest = text;
  if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) {
    negative = rest.front() == '-';
    rest.remove_prefix(1);
  }
  if (rest == "0") return Nanoseconds{0};
  if (rest.empty()) return problem("is not a duration", kDurationHelp);
  Nanoseconds total = 0;
  while (!rest.empty()) {
    const auto part = take_duration_part(rest);
    if (!part) return tl::unexpected(part.error());
    if (__builtin_add_overflow(total, *part, &total)) {
      return problem("is too long", "the longest duration is about 292 years");
    }
  }
  if (negative && total != 0 && sign == DurationSign::non_negative) return problem("is negative");
  return negative ? -total : total;
}

std::string format_duration(Nanoseconds duration) {
  if (duration == 0) return "0s";
  std::string result = duration < 0 ? "-" : "";
  std::uint64_t rest =
      duration < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(duration) : static_cast<std::uint64_t>(duration);
  constexpr std::uint64_t kOneSecond = 1'000'000'000;
  if (rest < kOneSecond) {  // one unit, with a fraction if need be
    const std::uint64_t unit = rest >= 1'000'000 ? 1'000'000 : rest >= 1'000 ? 1'000 : 1;
    result += std::to_string(rest / unit);
    if (rest % unit != 0) {
      std::string fraction = std::to_string(unit + rest % unit).substr(1);
      fraction.erase(fraction.find_last_not_of('0') + 1);
      result += '.' + fraction;
    }
    return result + (unit == 1 ? "ns" : unit == 1'000 ? "us" : "ms");
  }
  if (rest >= 3600 * kOneSecond) result += std::to_string(rest / (3600 * kOneSecond)) + "h";
  rest %= 3600 * kOneSecond;
  if (rest >= 60 * kOneSecond) result += std::to_string(rest / (60 * kOneSecond)) + "m";
  rest %= 60 * kOneSecond;
  if (rest == 0) return result;
  result += std::to_string(rest / kOneSecond);
  if (rest % kOneSecond != 0) {
    std::string fraction = std::to_string(kOneSecond + rest % kOneSecond).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    result += '.' + fraction;
  }
  return result + "s";
}

std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit) {
  const std::size_t difference = left.size() > right.size() ? left.size() - right.size() : right.size() - left.size();
  if (difference >= limit) return limit;
  std::vector<std::size_t> before(right.size() + 1), previous(right.size() + 1), current(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    current[0] = i;
    std::size_t smallest = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t replace = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replace});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
      smallest = std::min(smallest, current[j]);
    }
    if (smallest >= limit) return limit;
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return std::min(previous[right.size()], limit);
}

std::optional<std::string> nearest_word(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.empty() || word.size() > 200) return std::nullopt;
  const std::string wanted = lower(word);
  std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::optional<std::string> result;
  for (const std::string& candidate : candidates) {
    if (candidate == word) continue;
    const std::size_t distance = edit_distance(wanted, lower(candidate), best);
    if (distance < best && distance < std::max(word.size(), candidate.size())) {
      best = distance;
      result = candidate;
    }
  }
  return result;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  if (const auto nearest = nearest_word(word, candidates)) return "did you mean " + in_quotes(*nearest) + "?";
  if (candidates.empty() || candidates.size() > 20) return {};
  std::string result = "known: ";
  for (std::size_t i = 0; i < candidates.size(); ++i) result += (i == 0 ? "" : ", ") + printable(candidates[i]);
  return result;
}

std::string list_words(const std::vector<std::string>& words, std::string_view conjunction) {
  std::string result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) result += i + 1 == words.size() ? " " + std::string(conjunction) + " " : ", ";
    result += in_quotes(words[i]);
  }
  return result;
}

bool is_blank(char character) { return character == ' ' || character == '\t'; }
bool is_digit(char character) { return character >= '0' && character <= '9'; }

bool is_name_start(char character) {
  return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z') || character == '_';
}
bool is_name_part(char character) { return is_name_start(character) || is_digit(character) || character == '-'; }

bool is_name(std::string_view text) {
  return !text.empty() && is_name_start(text.front()) && std::all_of(text.begin() + 1, text.end(), is_name_part);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace actorsim
