// One explanation for each verdict.
#include "actorsim/report/diagnosis/diagnosis.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "actorsim/base/text.h"
#include "actorsim/report/diagnosis/case_facts.h"

namespace actorsim {
namespace {

Diagnosis diagnose_ok(const Run& run) {
  const std::uint64_t calls = run.counts.calls;
  Diagnosis diagnosis;
  diagnosis.headline = calls == 1 ? "the call was answered" : fmt::format("all {} calls were answered", calls);
  if (run.counts.re_entered > 0) diagnosis.headline += fmt::format(", {} of them re-entered", run.counts.re_entered);
  if (run.counts.blocked > 0) diagnosis.headline += fmt::format(", {} had to wait", run.counts.blocked);
  return diagnosis;
}

// ---- failed -------------------------------------------------------------------------------------------------------

Diagnosis diagnose_not_hosted(const CaseFacts& facts, const CallRecord& call) {
  const std::string type = type_name_of(call.actor);
  const auto& warnings = facts.program().warnings;
  const auto failure = std::find_if(warnings.begin(), warnings.end(),
                                    [](const Diagnostic& warning) { return warning.code == "registration-fails"; });
  Diagnosis diagnosis;
  diagnosis.headline = fmt::format("nobody hosts {}", type);
  if (failure != warnings.end()) {
    diagnosis.why.push_back(failure->message + ".");
    diagnosis.fix.push_back("write that duration as Go does: 90s, 30m, 1h30m");
    return diagnosis;
  }
  diagnosis.why.push_back(
      fmt::format("config.entities does not list {}, so no sidecar serves {}{}; the call fails at once.", type,
                  call_and_target(call), facts.at(call.span)));
  const auto& entries = facts.scenario().config.entities_config;
  const bool has_entry = std::any_of(entries.begin(), entries.end(), [&](const EntityConfig& entry) {
    return std::find(entry.entities.begin(), entry.entities.end(), type) != entry.entities.end();
  });
  if (has_entry)
    diagnosis.why.push_back(
        "Its entry of entitiesConfig does not make it hosted: Dapr drops entries for types that entities does not "
        "list.");
  diagnosis.fix.push_back(fmt::format("add {} to entities", type));
  return diagnosis;
}

// The call that failed by itself: none of those it made ended badly.
const CallRecord* origin_of_failure(const Run& run) {
  std::set<std::uint32_t> has_bad_call_below;
  for (const CallRecord& call : run.calls) {
    if (call.caller && verdict_of(call.outcome) != Verdict::ok) has_bad_call_below.insert(*call.caller);
  }
  for (const CallRecord& call : run.calls) {
    if (call.outcome == Outcome::failed && has_bad_call_below.count(call.serial) == 0) return &call;
  }
  return first_with(run, Outcome::failed);
}

Diagnosis diagnose_failed(const CaseFacts& facts) {
  if (const CallRecord* call = first_with(facts.run(), Outcome::not_hosted)) return diagnose_not_hosted(facts, *call);
  Diagnosis diagnosis;
  const CallRecord* call = origin_of_failure(facts.run());
  if (call == nullptr) return diagnosis;
  diagnosis.headline = fmt::format("{} answered with an error", call_and_target(*call));
  diagnosis.why.push_back(fmt::format("{}{} got in, and its handler answered with an error{}", call_and_target(*call),
                                      facts.at(call->span),
                                      call->error ? fmt::format(": {}", call->error->message) : std::string(".")));
  std::uint64_t others = 0;
  for (auto above = call->caller; above;) {
    const CallRecord* caller = facts.run().find(*above);
    if (caller == nullptr || caller->outcome != Outcome::failed) break;
    ++others;
    above = caller->caller;
  }
  if (others > 0)
    diagnosis.why.push_back(fmt::format("{} that waited for it failed with it. The locks are not to blame.",
                                        others == 1 ? "A call" : fmt::format("{} calls", others)));
  diagnosis.fix.push_back(fmt::format("make {} answer without an error, or expect it (verdict: failed)", call->label));
  return diagnosis;
}

// ---- the rest -----------------------------------------------------------------------------------------------------

Diagnosis diagnose_overlap(const CaseFacts& facts) {
  Diagnosis diagnosis;
  if (facts.run().overlaps.empty()) return diagnosis;
  const OverlapRecord& overlap = facts.run().overlaps.front();
  diagnosis.headline = fmt::format("two chains are inside {} at once", overlap.actor);
  diagnosis.why.push_back(fmt::format(
      "call {} got into {} while call {}, of another chain, was inside: {} does not keep its promise of one turn at a "
      "time here.",
      std::uint64_t{overlap.entering} + 1, overlap.actor, std::uint64_t{overlap.inside} + 1, facts.release_name()));
  if (facts.rules().leaving_waiter_removes_front) {
    diagnosis.why.push_back(
        "From 1.16 on a waiting call that gives up removes the entry in front of the queue, which is not its own but "
        "that of the call inside.");
    diagnosis.fix.push_back("give callers of this actor no timeout that can pass while they wait");
  }
  diagnosis.fix.push_back("keep the actor's state safe without the lock: ETags, or one write at the end");
  return diagnosis;
}

Diagnosis diagnose_ended_from_outside(const CaseFacts& facts, Outcome outcome, const char* headline, const char* reason,
                                      const char* remedy) {
  Diagnosis diagnosis;
  const CallRecord* call = first_with(facts.run(), outcome);
  if (call == nullptr) return diagnosis;
  diagnosis.headline = fmt::format("{} {}", call_and_target(*call), headline);
  std::string sentence =
      fmt::format("{}{} {} ({})", call_and_target(*call), facts.at(call->span), reason, facts.release_name());
  if (call->ended) sentence += fmt::format(" at {}", format_duration(*call->ended));
  if (!call->ended_by.empty()) sentence += ": " + call->ended_by;
  diagnosis.why.push_back(sentence + ".");
  diagnosis.fix.push_back(remedy);
  return diagnosis;
}

Diagnosis diagnose_timeout(const CaseFacts& facts) {
  if (first_with(facts.run(), Outcome::timed_out) != nullptr) {
    return diagnose_ended_from_outside(facts, Outcome::timed_out, "ran out of time",
                                       "was given up before it was answered",
                                       "give it more time, or make it wait less");
  }
  return diagnose_ended_from_outside(facts, Outcome::cancelled, "was cancelled", "was ended from outside",
                                     "let it end before its actor is deactivated or moved");
}

// The calls that would tell the reason came later than those that the run kept.
Diagnosis diagnose_unrecorded(const Run& run) {
  Diagnosis diagnosis;
  diagnosis.headline = fmt::format("it happened after the first {} calls", run.calls.size());
  diagnosis.why.push_back(fmt::format(
      "the calls that would explain it are not among the first {}, which were recorded.", run.calls.size()));
  diagnosis.fix.push_back("make the scenario smaller, with the same proportions");
  return diagnosis;
}

// From 1.16 on a call that comes after the close is refused or let in at random (lock_table.h: R9).
Diagnosis diagnose_closed(const CaseFacts& facts) {
  Diagnosis diagnosis =
      diagnose_ended_from_outside(facts, Outcome::closed, "came while its actor was closing",
                                  "was refused because its actor was being deactivated or moved", "call it again");
  const std::vector<CallRecord>& calls = facts.run().calls;
  const bool came_after_the_close =
      std::any_of(calls.begin(), calls.end(), [](const CallRecord& call) { return call.met_closed_lock; });
  if (came_after_the_close && at_least(facts.program().release, 16)) {
    diagnosis.why.emplace_back(
        "Here Dapr chooses at random: this run shows what happens most often. About one call in four that comes to a "
        "closed, idle lock gets in instead, with a request that is cancelled already.");
  }
  return diagnosis;
}

Diagnosis diagnose_verdict(const CaseFacts& facts) {
  switch (facts.run().verdict) {
    case Verdict::ok: return diagnose_ok(facts.run());
    case Verdict::failed: return diagnose_failed(facts);
    case Verdict::timeout: return diagnose_timeout(facts);
    case Verdict::exceeded: return diagnose_exceeded(facts);
    case Verdict::closed: return diagnose_closed(facts);
    case Verdict::stranded: return diagnose_stranded(facts);
    case Verdict::overlap: return diagnose_overlap(facts);
    case Verdict::deadlock: return diagnose_deadlock(facts);
  }
  return {};
}

// Only calls that a run can come to matter.
std::set<Index> types_in_use(const Program& program) {
  std::set<Index> types;
  for (const Index site : program.reachable_sites) {
    if (program.sites[site].type != kNone) types.insert(program.sites[site].type);
  }
  if (types.empty()) {
    for (Index type = 0; type < program.types.size(); ++type) types.insert(type);
  }
  return types;
}

std::string join_names(const std::vector<std::string>& names) {
  constexpr std::size_t kNamed = 3;
  if (names.size() <= kNamed) return fmt::format("{}", fmt::join(names, ", "));
  return fmt::format("{} types", names.size());
}

}  // namespace

Diagnosis diagnose(const Scenario& scenario, const Program& program, const Run& run) {
  Diagnosis diagnosis = diagnose_verdict(CaseFacts(scenario, program, run));
  return diagnosis.why.empty() && run.verdict != Verdict::ok ? diagnose_unrecorded(run) : diagnosis;
}

std::string describe_setting(const Program& program) {
  std::vector<std::string> on, off;
  for (const Index type : types_in_use(program)) {
    const ProgramType& entry = program.types[type];
    if (!entry.settings.hosted) continue;
    (entry.settings.lock.enabled ? on : off).push_back(entry.name);
  }
  if (on.empty()) return "reentrancy off";
  if (off.empty()) return "reentrancy on";
  return fmt::format("reentrancy on for {}, off for {}", join_names(on), join_names(off));
}

CaseHead head_of(std::string file, const Scenario& scenario, const Program& program) {
  CaseHead head;
  head.file = std::move(file);
  head.name = scenario.name;
  head.axes = scenario.axes;
  head.dapr = to_string(scenario.dapr);
  head.setting = describe_setting(program);
  return head;
}

}  // namespace actorsim
