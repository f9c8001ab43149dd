// Which release has which lock.
#include "actorsim/lock/lock_rules.h"

#include <string>

#include "support/catch.h"

using namespace actorsim;

TEST_CASE("each release has the lock of its class") {
  const auto class_of = [](const char* release) { return to_word(lock_class_of(parse_release(release).value())); };
  CHECK(class_of("1.2.0") == "classic-uuid");
  CHECK(class_of("1.2.2") == "classic-uuid");
  CHECK(class_of("1.3.0") == "classic");
  CHECK(class_of("1.14.5") == "classic");
  CHECK(class_of("1.15.0") == "ring-1.15.0");
  CHECK(class_of("1.15.1") == "ring-1.15");
  CHECK(class_of("1.15.14") == "ring-1.15");
  CHECK(class_of("1.16.0") == "ring-1.16.0");
  CHECK(class_of("1.16.1") == "ring-1.16.0");
  CHECK(class_of("1.16.2") == "ring-1.16.2");
  CHECK(class_of("1.17.13") == "ring-1.16.2");
  CHECK(class_of("1.18.0") == "ring-1.18");
  CHECK(class_of("docs") == "docs");
}

TEST_CASE("a lock class is read as it is written") {
  for (std::size_t i = 0; i < kLockClassCount; ++i) {
    const auto lock_class = static_cast<LockClass>(i);
    CHECK(parse_lock_class(to_word(lock_class)) == lock_class);
    CHECK(rules_for(lock_class).lock_class == lock_class);
  }
  CHECK_FALSE(parse_lock_class("ring").has_value());
  CHECK_FALSE(parse_lock_class("").has_value());
}

TEST_CASE("a release's rules are those of its class") {
  for (const Release& release : release_lines()) CHECK(rules_for(release) == rules_for(lock_class_of(release)));
}

TEST_CASE("docs has no defect") {
  const LockRules rules = rules_for(kDocs);
  CHECK_FALSE(rules.refusal_keeps_depth);
  CHECK_FALSE(rules.leaving_waiter_removes_front);
  CHECK_FALSE(rules.front_can_be_removed_from_empty);
  CHECK_FALSE(rules.second_close_panics);
}
