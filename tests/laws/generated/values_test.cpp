// What is written is read back as what it was: numbers, durations, releases, words, keys, comparisons and schedules.
// Small values are all tried, large ones are generated.
#include <array>
#include <limits>
#include <string>
#include <vector>

#include "actorsim/base/outcome.h"
#include "actorsim/base/release.h"
#include "actorsim/base/text.h"
#include "actorsim/explore/expectation_text.h"
#include "actorsim/explore/schedule.h"
#include "actorsim/lock/lock_rules.h"
#include "actorsim/report/format.h"
#include "actorsim/scenario/loader.h"
#include "laws/generated/for_all.h"
#include "support/run_text.h"

namespace {

using namespace actorsim;
using namespace actorsim::testing;

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// ---- numbers and durations ------------------------------------------------------------------------------------------

bool reads_back_as_integer(std::int64_t value) {
  const auto again = parse_integer(std::to_string(value));
  return again && *again == value;
}

bool reads_back_as_duration(std::int64_t value) {
  const auto again = parse_duration(format_duration(value), DurationSign::any);
  const bool may_be_without_sign = value < 0 || parse_duration(format_duration(value)).has_value();
  return again && *again == value && may_be_without_sign;
}

// Where units and digits change. The least number that there is, which has no opposite, is none of either.
std::vector<std::int64_t> borders() {
  std::vector<std::int64_t> result{0, kLeast + 1, kLeast + 2, kMost - 1, kMost};
  for (const std::int64_t unit : {1LL, 60LL, 3'600LL, 86'400LL}) {
    for (std::int64_t power = 1; power <= 1'000'000'000'000; power *= 10) {
      for (std::int64_t offset = -2; offset <= 2; ++offset) {
        result.push_back(unit * power + offset);
        result.push_back(-unit * power + offset);
      }
    }
  }
  return result;
}

TEST_CASE("an integer that was written is read back") {
  for (const std::int64_t value : borders()) {
    INFO(value);
    CHECK(reads_back_as_integer(value));
  }
  CHECK_FALSE(reads_back_as_integer(kLeast));
  for_all([] { RC_ASSERT(reads_back_as_integer(*rc::gen::inRange(kLeast + 1, kMost))); });
}

TEST_CASE("a duration that was written is read back") {
  for (const std::int64_t value : borders()) {
    INFO(value << " " << format_duration(value));
    CHECK(reads_back_as_duration(value));
  }
  CHECK_FALSE(reads_back_as_duration(kLeast));
  for_all([] {
    // Of any size: as many digits as there happen to be.
    const auto value = *rc::gen::inRange(kLeast + 1, kMost);
    const auto shift = *rc::gen::inRange(0, 63);
    RC_ASSERT(reads_back_as_duration(value / (std::int64_t{1} << shift)));
  });
}

// ---- words ----------------------------------------------------------------------------------------------------------

TEST_CASE("every release that was written is read back, and so are lists of them") {
  std::vector<Release> releases{kDocs};
  for (std::uint16_t minor = 0; minor < 30; ++minor) {
    for (std::uint16_t patch = 0; patch < 40; ++patch) {
      const auto release = parse_release("1." + std::to_string(minor) + "." + std::to_string(patch));
      if (release) releases.push_back(*release);
    }
  }
  CHECK(releases.size() > 100);
  for (const Release& release : releases) {
    INFO(full_name(release));
    CHECK(parse_release(to_string(release)) == release);
    CHECK(parse_release(full_name(release)) == release);
    CHECK(parse_release("v" + full_name(release)).has_value() == !release.is_docs);
  }
  for_all(
      [&releases] {
        const auto list = *rc::gen::nonEmpty(
            rc::gen::unique<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, releases.size())));
        std::string text;
        for (const std::size_t i : list) text += (text.empty() ? "" : ",") + to_string(releases[i]);
        const auto again = parse_releases(text);
        RC_ASSERT(again && again->size() == list.size());
        for (std::size_t i = 0; i < list.size(); ++i) RC_ASSERT((*again)[i] == releases[list[i]]);
      },
      500);
}

TEST_CASE("every word is read back as what it stands for") {
  for (std::size_t i = 0; i < kOutcomeCount; ++i)
    CHECK(parse_outcome(to_word(static_cast<Outcome>(i))) == static_cast<Outcome>(i));
  for (std::size_t i = 0; i < kVerdictCount; ++i)
    CHECK(parse_verdict(to_word(static_cast<Verdict>(i))) == static_cast<Verdict>(i));
  for (std::size_t i = 0; i < kLockClassCount; ++i)
    CHECK(parse_lock_class(to_word(static_cast<LockClass>(i))) == static_cast<LockClass>(i));
  for (const FormatDescription& format : report_formats()) CHECK(parse_format(format.name) == format.format);
}

TEST_CASE("the key of a call that was written is read back") {
  for_all([] {
    CallKey key;
    key.label =
        *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('a', 'Z', '/', '.', '#', '1', ' ', '-')));
    RC_PRE(!make_call_key(key.label, {}).index);  // or it cannot be a label
    if (*rc::gen::arbitrary<bool>()) key.index = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
    const CallKey again = make_call_key(to_string(key), {});
    RC_ASSERT(again.label == key.label);
    RC_ASSERT(again.index == key.index);
  });
}

TEST_CASE("a comparison that was written is read back") {
  for (int op = 0; op < 6; ++op) {
    for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, std::int64_t{37}, kMost}) {
      const std::string text = to_text(Comparison{static_cast<Comparison::Operator>(op), value});
      INFO(text);
      const Scenario scenario = load_text("chains: [A -> B]\nexpect: {counts: {blocked: \"" + text + "\"}}\n");
      REQUIRE(scenario.expect.counts.size() == 1);
      CHECK(static_cast<int>(scenario.expect.counts[0].comparison.op) == op);
      CHECK(scenario.expect.counts[0].comparison.value == value);
    }
  }
}

// ---- schedules ------------------------------------------------------------------------------------------------------

bool reads_back(const Schedule& schedule) {
  const auto again = parse_schedule(schedule_text(schedule), "--schedule");
  return again && *again == schedule;
}

// All schedules of a few choices.
void check_longer(Schedule& schedule, const std::vector<Choice>& choices, std::size_t length, int& checked) {
  if (!schedule.empty()) {
    INFO(schedule_text(schedule));
    CHECK(reads_back(schedule));
    ++checked;
  }
  if (length == 0) return;
  for (const Choice& choice : choices) {
    schedule.push_back(choice);
    check_longer(schedule, choices, length - 1, checked);
    schedule.pop_back();
  }
}

TEST_CASE("a schedule that was written is read back") {
  std::vector<Choice> choices;
  for (const Index trigger : {Index{0}, Index{1}, Index{9}, kNone}) {
    for (const std::uint32_t alternative : {0U, 1U, 11U}) {
      for (const std::uint32_t number : {0U, 1U, 99U}) {
        if (trigger != kNone || number == 0) choices.push_back({trigger, number, alternative});
      }
    }
  }
  Schedule schedule;
  int checked = 0;
  check_longer(schedule, choices, 3, checked);
  CHECK(checked == 30 + 30 * 30 + 30 * 30 * 30);
  for_all(
      [] {
        const auto choice = rc::gen::map(
            rc::gen::tuple(rc::gen::inRange<Index>(0, 1'000'000), rc::gen::inRange<std::uint32_t>(0, 1'000'000),
                           rc::gen::inRange<std::uint32_t>(0, 1'000)),
            [](const std::tuple<Index, std::uint32_t, std::uint32_t>& parts) { return parts; });
        Schedule generated;
        for (const auto& [trigger, number, alternative] : *rc::gen::nonEmpty(
                 rc::gen::container<std::vector<std::tuple<Index, std::uint32_t, std::uint32_t>>>(choice)))
          generated.push_back({trigger, number, alternative});
        RC_ASSERT(reads_back(generated));
      },
      500);
}

}  // namespace
