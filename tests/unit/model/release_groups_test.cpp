// Releases that behave alike.
#include "actorsim/model/release_groups.h"

#include "actorsim/lock/lock_rules.h"
#include "actorsim/model/runtime_rules.h"
#include "support/catch.h"

using namespace actorsim;

TEST_CASE("the groups hold every release once, by age, and the documentation") {
  const std::vector<ReleaseGroup>& groups = release_groups();
  REQUIRE(groups.size() >= 3);
  CHECK(full_name(groups.front().first) == "1.2.0");
  CHECK(groups.back() == ReleaseGroup{kDocs, kDocs});
  CHECK(groups[groups.size() - 2].last == kNewestRelease);
  for (std::size_t i = 1; i + 1 < groups.size(); ++i) {
    const Release& before = groups[i - 1].last;
    const Release& after = groups[i].first;
    INFO(full_name(before) << " and " << full_name(after));
    const bool next_patch = before.minor == after.minor && before.patch + 1 == after.patch;
    const bool next_line = before.minor + 1 == after.minor && after.patch == 0;
    CHECK((next_patch || next_line));
  }
}

TEST_CASE("within a group all rules are the same, and a new group begins where one changes") {
  for (const ReleaseGroup& group : release_groups()) {
    INFO(full_name(group.first) << " to " << full_name(group.last));
    CHECK(rules_for(group.first) == rules_for(group.last));
    CHECK(runtime_rules_for(group.first) == runtime_rules_for(group.last));
  }
  const auto begins_a_group = [](const std::string& name) {
    for (const ReleaseGroup& group : release_groups()) {
      if (full_name(group.first) == name) return true;
    }
    return false;
  };
  CHECK(begins_a_group("1.7.0"));   // settings: no gate any more, settings per type
  CHECK(begins_a_group("1.15.1"));  // the lock
  CHECK(begins_a_group("1.15.6"));  // the runtime
  CHECK(begins_a_group("1.17.7"));  // draining
  CHECK(begins_a_group("1.18.2"));  // timers
  CHECK_FALSE(begins_a_group("1.4.0"));
}
