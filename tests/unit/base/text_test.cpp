// Numbers, durations, suggestions, UTF-8 and what may reach a terminal.
#include "actorsim/base/text.h"

#include <limits>

#include "support/catch.h"

using namespace actorsim;

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

std::string reason_of_integer(const std::string& text) {
  const auto result = parse_integer(text);
  return result ? "" : result.error().reason;
}

std::string reason_of_duration(const std::string& text) {
  const auto result = parse_duration(text);
  return result ? "" : result.error().reason;
}

}  // namespace

TEST_CASE("integers are decimal, with '_' or an exponent if wanted") {
  CHECK(parse_integer("0") == 0);
  CHECK(parse_integer("-32") == -32);
  CHECK(parse_integer("1_000_000") == 1'000'000);
  CHECK(parse_integer("1e6") == 1'000'000);
  CHECK(parse_integer("2E3") == 2'000);
  CHECK(parse_integer("0e99") == 0);
  CHECK(parse_integer("9223372036854775807") == kMost);
  CHECK(parse_integer("-9223372036854775807") == -kMost);
}

TEST_CASE("what is almost an integer is none") {
  for (const char* text : {"", "-", "+5", "1.5", "0x10", "ten", "1e", "1e-3", "1e+3", " 1", "1 ", "--1", "1e6x", "١"}) {
    INFO(text);
    CHECK(reason_of_integer(text) == "is not a whole number");
  }
  CHECK(reason_of_integer("010") == "has a leading zero, which is never a number here");
  CHECK(reason_of_integer("00") == "has a leading zero, which is never a number here");
  CHECK(reason_of_integer("1__0") == "has a '_' that is not between digits");
  CHECK(reason_of_integer("1_") == "has a '_' that is not between digits");
  CHECK(reason_of_integer("9223372036854775808") == "is too large");
  CHECK(reason_of_integer("1e19") == "is too large");
  CHECK(reason_of_integer("99999999999999999999999999") == "is too large");
}

TEST_CASE("durations are read as Go reads them") {
  CHECK(parse_duration("0") == 0);
  CHECK(parse_duration("0s") == 0);
  CHECK(parse_duration("250ms") == 250 * kMillisecond);
  CHECK(parse_duration("1.5s") == 1'500 * kMillisecond);
  CHECK(parse_duration("1h30m") == 5'400 * kSecond);
  CHECK(parse_duration(".5s") == 500 * kMillisecond);
  CHECK(parse_duration("1.s") == kSecond);
  CHECK(parse_duration("3us") == 3'000);
  CHECK(parse_duration("3\xC2\xB5s") == 3'000);
  CHECK(parse_duration("3\xCE\xBCs") == 3'000);
  CHECK(parse_duration("7ns") == 7);
  CHECK(parse_duration("0.3333333333333333333h") == 1'199'999'999'999);
  CHECK(parse_duration("2562047h47m16.854775807s") == kMost);
}

TEST_CASE("what is almost a duration is none") {
  for (const char* text : {"", "soon", "ms", ".s", "-", "s5"}) {
    INFO(text);
    CHECK(reason_of_duration(text) == "is not a duration");
  }
  CHECK(reason_of_duration("5") == "has no unit");
  CHECK(reason_of_duration("1h5") == "has no unit");
  CHECK(reason_of_duration("1d") == "has an unknown unit 'd'");
  CHECK(reason_of_duration("5 ms") == "has an unknown unit ' ms'");
  CHECK(reason_of_duration("-5ms") == "is negative");
  CHECK(reason_of_duration("2562047h47m16.854775808s") == "is too long");
  CHECK(reason_of_duration("9999999999999999999h") == "is too long");
}

TEST_CASE("a negative duration is read where Dapr takes one") {
  CHECK(parse_duration("-5s", DurationSign::any) == -5 * kSecond);
  CHECK(parse_duration("-0s") == 0);
}

TEST_CASE("a duration is written as short as it can be and reads back") {
  CHECK(format_duration(0) == "0s");
  CHECK(format_duration(250 * kMillisecond) == "250ms");
  CHECK(format_duration(1'500 * kMillisecond) == "1.5s");
  CHECK(format_duration(5'400 * kSecond) == "1h30m");
  CHECK(format_duration(3'600 * kSecond) == "1h");
  CHECK(format_duration(61 * kSecond + 1) == "1m1.000000001s");
  CHECK(format_duration(1'500) == "1.5us");
  CHECK(format_duration(7) == "7ns");
  CHECK(format_duration(-5 * kSecond) == "-5s");
  for (const Nanoseconds duration :
       {Nanoseconds{1}, Nanoseconds{999'999}, Nanoseconds{123'456'789'012'345}, kMost, -kMost}) {
    INFO(duration);
    CHECK(parse_duration(format_duration(duration), DurationSign::any) == duration);
  }
  CHECK(format_duration(std::numeric_limits<Nanoseconds>::min()) == "-2562047h47m16.854775808s");
}

TEST_CASE("sizes know decimal and binary units") {
  CHECK(parse_size("2GiB") == std::int64_t{2} << 30);
  CHECK(parse_size("512 MiB") == std::int64_t{512} << 20);
  CHECK(parse_size("1e6") == 1'000'000);
  CHECK(parse_size("3kB") == 3'000);
  for (const char* text : {"", "GiB", "2gb", "2GiBs", "-1B?", "99999999999TiB"}) {
    INFO(text);
    CHECK_FALSE(parse_size(text).has_value());
  }
}

TEST_CASE("rates are numbers per unit of time") {
  CHECK(parse_rate_per_second("20000/s") == 20'000.0);
  CHECK(parse_rate_per_second("6/m") == 0.1);
  for (const char* text : {"", "20000", "/s", "0/s", "-1/s", "fast/s", "1/d"}) {
    INFO(text);
    CHECK_FALSE(parse_rate_per_second(text).has_value());
  }
}

TEST_CASE("the nearest word is near or not at all") {
  const std::vector<std::string> words{"call", "send", "reply", "reentrancy", "actorIdleTimeout"};
  CHECK(nearest_word("cal", words) == "call");
  CHECK(nearest_word("clal", words) == "call");
  CHECK(nearest_word("REPLY", words) == "reply");
  CHECK(nearest_word("reentrency", words) == "reentrancy");
  CHECK(nearest_word("actoridletimeout", words) == "actorIdleTimeout");
  CHECK_FALSE(nearest_word("xyz", words).has_value());
  CHECK_FALSE(nearest_word("B", {"A"}).has_value());
  CHECK_FALSE(nearest_word("", words).has_value());
  CHECK_FALSE(nearest_word(std::string(100'000, 'x'), words).has_value());
}

TEST_CASE("without a near word the known ones are listed, unless they are many") {
  CHECK(suggestion("xyz", {"call", "send"}) == "known: call, send");
  CHECK(suggestion("xyz", {}).empty());
  CHECK(suggestion("xyz", std::vector<std::string>(21, "word")).empty());
}

TEST_CASE("an edit is an insertion, a deletion, a replacement or a swap") {
  CHECK(edit_distance("abc", "abc", 9) == 0);
  CHECK(edit_distance("abc", "ab", 9) == 1);
  CHECK(edit_distance("abc", "axc", 9) == 1);
  CHECK(edit_distance("abc", "acb", 9) == 1);
  CHECK(edit_distance("", "abc", 9) == 3);
  CHECK(edit_distance("kitten", "sitting", 9) == 3);
  CHECK(edit_distance("kitten", "sitting", 2) == 2);
}

TEST_CASE("invalid UTF-8 is found at its first byte") {
  CHECK_FALSE(find_invalid_utf8("plain, é, 日本, 😀").has_value());
  CHECK(find_invalid_utf8("caf\xE9") == 3U);
  CHECK(find_invalid_utf8("\xC0\xAF") == 0U);          // overlong
  CHECK(find_invalid_utf8("\xED\xA0\x80") == 0U);      // a surrogate
  CHECK(find_invalid_utf8("\xF4\x90\x80\x80") == 0U);  // above U+10FFFF
  CHECK(find_invalid_utf8("a\xE2\x82") == 1U);         // cut off
  CHECK(find_invalid_utf8("a\x80") == 1U);
}

TEST_CASE("nothing hostile is left in a printable text") {
  CHECK(printable("\x1B[31mred") == "\\x1b[31mred");
  CHECK(printable(std::string("a\0b", 3)) == "a\\x00b");
  CHECK(printable("a\nb\tc") == "a\\nb\\tc");
  CHECK(printable("\xE2\x80\xAEgnirts") == "\\u202egnirts");
  CHECK(printable("\xC2\x9B") == "\\u009b");
  CHECK(printable("\xFF") == "\\xff");
  CHECK(printable("né日本") == "né日本");
}

TEST_CASE("a quoted text is cut where it gets long") {
  CHECK(in_quotes("short") == "'short'");
  CHECK(actorsim::in_quotes(std::string(1000, 'x')) == "'" + std::string(60, 'x') + "…'");
}
