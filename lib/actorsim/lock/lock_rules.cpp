// The table of lock classes: every difference between releases is one flag here.
#include "actorsim/lock/lock_rules.h"

#include <array>
#include <cstddef>

#include "actorsim/base/check.h"

namespace actorsim {
namespace {

constexpr std::array<std::string_view, kLockClassCount> kWords{
    "classic-uuid", "classic", "ring-1.15.0", "ring-1.15", "ring-1.16.0", "ring-1.16.2", "ring-1.18", "docs"};

LockRules classic_rules() {
  LockRules rules;
  rules.queues_entries = false;
  return rules;
}

LockRules ring_rules() {
  LockRules rules;
  rules.refusal_keeps_depth = true;
  rules.no_request_is_anonymous = true;
  rules.replaces_empty_header = true;
  rules.knows_closing = true;
  return rules;
}

LockRules ring_1_15_rules() {
  LockRules rules = ring_rules();
  rules.limit_is_at_least_one = true;
  rules.front_can_be_removed_from_empty = true;
  return rules;
}

LockRules ring_1_16_rules() {
  LockRules rules = ring_rules();
  rules.notices_cancellation = true;
  rules.leaving_waiter_removes_front = true;
  rules.close_cancels_holders = true;
  rules.refused_by_close_release = true;
  rules.second_close_panics = true;
  return rules;
}

LockRules docs_rules() {
  LockRules rules;
  rules.limit_is_at_least_one = true;
  rules.replaces_empty_header = true;
  rules.notices_cancellation = true;
  rules.knows_closing = true;
  rules.close_cancels_holders = true;
  rules.refused_by_close_release = true;
  return rules;
}

LockRules flags_of(LockClass lock_class) {
  LockRules rules;
  switch (lock_class) {
    case LockClass::classic_uuid:
      rules = classic_rules();
      rules.off_generates_header = true;
      rules.off_generates_lock_id = true;
      return rules;
    case LockClass::classic: return classic_rules();
    case LockClass::ring_1_15_0:
      rules = ring_1_15_rules();
      rules.off_generates_header = true;
      rules.off_takes_header_as_id = true;
      return rules;
    case LockClass::ring_1_15: return ring_1_15_rules();
    case LockClass::ring_1_16_0:
      rules = ring_1_16_rules();
      rules.front_can_be_removed_from_empty = true;
      rules.close_waits_for_its_turn = true;
      return rules;
    case LockClass::ring_1_16_2:
      rules = ring_1_16_rules();
      rules.front_can_be_removed_from_empty = true;
      return rules;
    case LockClass::ring_1_18: return ring_1_16_rules();
    case LockClass::docs: return docs_rules();
  }
  ACTORSIM_CHECK(false);
  return rules;
}

}  // namespace

std::string_view to_word(LockClass lock_class) { return kWords[static_cast<std::size_t>(lock_class)]; }

std::optional<LockClass> parse_lock_class(std::string_view word) {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (kWords[i] == word) return static_cast<LockClass>(i);
  }
  return std::nullopt;
}

LockRules rules_for(LockClass lock_class) {
  LockRules rules = flags_of(lock_class);
  rules.lock_class = lock_class;
  return rules;
}

LockClass lock_class_of(const Release& release) {
  if (release.is_docs) return LockClass::docs;
  if (before(release, 3)) return LockClass::classic_uuid;
  if (before(release, 15)) return LockClass::classic;
  if (before(release, 15, 1)) return LockClass::ring_1_15_0;
  if (before(release, 16)) return LockClass::ring_1_15;
  if (before(release, 16, 2)) return LockClass::ring_1_16_0;
  if (before(release, 18)) return LockClass::ring_1_16_2;
  return LockClass::ring_1_18;
}

LockRules rules_for(const Release& release) { return rules_for(lock_class_of(release)); }

}  // namespace actorsim
