// Why a lock refused a call at the limit, and what a refusal leaves behind.
#include <algorithm>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/report/diagnosis/case_facts.h"

namespace actorsim {
namespace {

// The limit as the lock of this release takes it (lock_table.h: R3, C1).
std::int64_t effective_limit(const CaseFacts& facts, const CallRecord& call) {
  return facts.rules().queues_entries ? std::max<std::int64_t>(1, call.max_depth) : call.max_depth;
}

bool is_of_same_entry(const CaseFacts& facts, const CallRecord& left, const CallRecord& right) {
  return left.actor == right.actor && facts.id_of(left) == facts.id_of(right);
}

bool waits_at(const CallRecord& call, Nanoseconds time) {
  return call.had_to_wait && call.arrived <= time && (!call.entered || *call.entered > time);
}

// Did a call with the refused one's id wait while it came?
bool entry_was_waiting(const CaseFacts& facts, const CallRecord& refused) {
  const auto& calls = facts.run().calls;
  return std::any_of(calls.begin(), calls.end(), [&](const CallRecord& call) {
    return call.serial != refused.serial && is_of_same_entry(facts, call, refused) && waits_at(call, refused.arrived);
  });
}

const CallRecord* refused_before(const CaseFacts& facts, const CallRecord& refused) {
  for (const CallRecord& call : facts.run().calls) {
    if (call.serial >= refused.serial) break;
    if (call.outcome == Outcome::exceeded && is_of_same_entry(facts, call, refused)) return &call;
  }
  return nullptr;
}

// The classic lock looks at the limit before it looks at the id.
bool is_stranger(const CaseFacts& facts, const CallRecord& refused) {
  if (facts.rules().queues_entries) return false;
  return !refused.reentrancy || effective_limit(facts, refused) == 0 || facts.id_of(refused) != refused.held_by;
}

void explain_plainly(const CaseFacts& facts, const CallRecord& refused, std::int64_t limit, Diagnosis& diagnosis) {
  std::string sentence = fmt::format(
      "{} takes at most {} {} of one chain at a time (maxStackDepth: {}, the first one counted): {} would be number "
      "{}.",
      refused.actor, limit, limit == 1 ? "call" : "calls", refused.max_depth, call_and_target(refused), limit + 1);
  diagnosis.why.push_back(std::move(sentence));
  if (entry_was_waiting(facts, refused))
    diagnosis.why.push_back("Calls that still wait for the lock count as well as those inside.");
  if (const CallRecord* earlier = refused_before(facts, refused);
      earlier != nullptr && facts.rules().refusal_keeps_depth) {
    diagnosis.why.push_back(
        fmt::format("One of those counted is {}, which was refused itself: {} counts refused calls for ever.",
                    call_number(*earlier), facts.release_name()));
  }
}

void explain_stranger(const CaseFacts& facts, const CallRecord& refused, std::int64_t limit, Diagnosis& diagnosis) {
  if (limit == 0) {
    diagnosis.why.push_back(fmt::format(
        "maxStackDepth is 0, and {} then refuses every call, with reentrancy on or off.", facts.release_name()));
    diagnosis.fix.push_back("set maxStackDepth to 1 or more, or leave it out (32)");
    return;
  }
  diagnosis.why.push_back(
      fmt::format("{} had {} {} inside, which is its limit. Up to Dapr 1.14 the lock looks at the limit before it "
                  "looks at the id: {}, "
                  "which belongs to another chain, is refused where it should have waited.",
                  refused.actor, limit, limit == 1 ? "call" : "calls", call_and_target(refused)));
  if (!refused.reentrancy) diagnosis.why.push_back("The limit counts although reentrancy is off.");
  diagnosis.fix.push_back("upgrade to Dapr 1.15 or later, where such calls wait");
  diagnosis.fix.push_back(facts.how_to_limit(std::max<std::int64_t>(32, limit * 2)));
}

// 1.15.6 to 1.15.14 take the refusal for a passing error (pkg/actors/internal/engine.go@v1.15.6 L232).
void explain_attempts(const CallRecord& refused, Diagnosis& diagnosis) {
  if (refused.attempts <= 1) return;
  const Nanoseconds took = refused.ended ? *refused.ended - refused.arrived : 0;
  diagnosis.why.push_back(fmt::format(
      "Dapr 1.15.6 to 1.15.14 try a refused call again: {} attempts over {} before the caller learns of it.",
      refused.attempts, format_duration(took)));
}

std::string ordinal(std::int64_t number) {
  const std::int64_t tens = number % 100;
  if (tens >= 11 && tens <= 13) return fmt::format("{}th", number);
  switch (number % 10) {
    case 1: return fmt::format("{}st", number);
    case 2: return fmt::format("{}nd", number);
    case 3: return fmt::format("{}rd", number);
    default: return fmt::format("{}th", number);
  }
}

// The call whose wait is the beginning of it all: the one that waits though nobody is inside.
const CallRecord* root_of_stranded(const Run& run) {
  for (const CallRecord& call : run.calls) {
    if (call.outcome == Outcome::stranded && !call.behind) return &call;
  }
  return first_with(run, Outcome::stranded);
}

const CallRecord* refusal_on(const Run& run, const CallRecord& stranded) {
  for (const CallRecord& call : run.calls) {
    if (call.outcome == Outcome::exceeded && call.actor == stranded.actor) return &call;
  }
  return nullptr;
}

}  // namespace

Diagnosis diagnose_exceeded(const CaseFacts& facts) {
  Diagnosis diagnosis;
  const CallRecord* refused = first_with(facts.run(), Outcome::exceeded);
  if (refused == nullptr) return diagnosis;
  const std::int64_t limit = effective_limit(facts, *refused);
  if (is_stranger(facts, *refused)) {
    diagnosis.headline = limit == 0 ? fmt::format("{} refuses every call", refused->actor)
                                    : fmt::format("{} was full and refused a call of another chain", refused->actor);
    explain_stranger(facts, *refused, limit, diagnosis);
    return diagnosis;
  }
  diagnosis.headline = fmt::format("{} refused the {} call of one chain", refused->actor, ordinal(limit + 1));
  explain_plainly(facts, *refused, limit, diagnosis);
  explain_attempts(*refused, diagnosis);
  if (facts.rules().refusal_keeps_depth) {
    diagnosis.why.push_back(
        fmt::format("Beware: {} never takes a refused call off the count again. Once this chain has left, {} stays "
                    "locked for every other chain.",
                    facts.release_name(), refused->actor));
  }
  diagnosis.fix.push_back(facts.how_to_limit(std::max<std::int64_t>(2, limit * 2)));
  diagnosis.fix.push_back(
      fmt::format("nest at most {} calls of one chain in {}, parallel ones included", limit, refused->actor));
  return diagnosis;
}

Diagnosis diagnose_stranded(const CaseFacts& facts) {
  Diagnosis diagnosis;
  const CallRecord* stranded = root_of_stranded(facts.run());
  if (stranded == nullptr) return diagnosis;
  diagnosis.headline =
      fmt::format("{} waits for {}, whose lock nobody will release", call_number(*stranded), stranded->actor);
  const CallRecord* refused = refusal_on(facts.run(), *stranded);
  if (stranded->behind || refused == nullptr || !facts.rules().refusal_keeps_depth) {
    diagnosis.why.push_back(fmt::format("{} waits for {}, and no call that could release its lock will ever do so.",
                                        call_and_target(*stranded), stranded->actor));
    diagnosis.why.push_back(facts.how_long(stranded->ended));
    return diagnosis;
  }
  diagnosis.why.push_back(
      fmt::format("nobody is inside {}, but its lock still counts {}, which it refused at its limit of {}. That is a "
                  "defect of Dapr 1.15 and later, "
                  "the depth leak: the depth is raised, then tested, and not lowered again when the call is refused.",
                  stranded->actor, call_number(*refused), effective_limit(facts, *refused)));
  diagnosis.why.push_back(fmt::format(
      "Every other chain waits for ever; only calls that carry the id {} still get in. Nothing ends it but the "
      "deactivation of {}, and no release up to 1.18 has it repaired.",
      facts.id_of(*refused), stranded->actor));
  diagnosis.fix.push_back(fmt::format("never reach the limit: nest at most {} calls of one chain in {}",
                                      effective_limit(facts, *refused), stranded->actor));
  diagnosis.fix.push_back(facts.how_to_limit(std::max<std::int64_t>(2, effective_limit(facts, *refused) * 2)));
  return diagnosis;
}

}  // namespace actorsim
