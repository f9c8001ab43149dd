// What the diagnoses look things up in: a scenario, its program and a run, and names for what is in them. Internal to
// report/diagnosis/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "actorsim/explore/run.h"
#include "actorsim/model/program.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "actorsim/scenario/scenario.h"

namespace actorsim {

/// Refers to its three parts; they must outlive it.
class CaseFacts {
 public:
  CaseFacts(const Scenario& scenario, const Program& program, const Run& run)
      : scenario_(scenario), program_(program), run_(run) {}

  const Scenario& scenario() const { return scenario_; }
  const Program& program() const { return program_; }
  const Run& run() const { return run_; }
  const Release& release() const { return program_.release; }
  const LockRules& rules() const { return program_.lock_rules; }

  /// `Dapr 1.18`, `Dapr's documentation`.
  std::string release_name() const;

  /// The type of the call's actor; null where there is none of this name.
  const ProgramType* type_of(const CallRecord& call) const;
  const ActorType* described_type(const std::string& name) const;

  /// The step that made the call. Null where it cannot be told.
  const CallSite* site_of(const CallRecord& call) const;
  bool is_hop(const CallRecord& call) const;  ///< made by a chain

  const CallRecord* find(std::uint32_t serial) const { return run_.find(serial); }
  const CallRecord* caller_of(const CallRecord& call) const { return call.caller ? run_.find(*call.caller) : nullptr; }
  bool is_above(const CallRecord& upper, const CallRecord& lower) const;

  /// The id with which the call comes to its lock, also where the lock refused it and did not look; empty: none that is
  /// known.
  std::string id_of(const CallRecord& call) const;

  /// ` at shop.yaml:4:7`; empty where there is no place, or where the text is the question itself.
  std::string at(const Span& span) const;

  /// The literal change that switches reentrancy on, as it is written here: a line of config, or an option.
  std::string how_to_enable(const std::string& type) const;
  std::string how_to_limit(std::int64_t limit) const;

  /// How long a wait that cannot end by itself lasts in this release. `cut_off_at`: when an idle deadline ends it, if
  /// one does.
  std::string how_long(const std::optional<Nanoseconds>& cut_off_at) const;

 private:
  const Scenario& scenario_;
  const Program& program_;
  const Run& run_;
};

std::string type_name_of(const std::string& actor);   ///< `A/1`: A
std::string call_number(const CallRecord& call);      ///< `call 3`
std::string call_and_target(const CallRecord& call);  ///< `call 3 (A/1.m3)`

/// The first call with this outcome, by arrival; null if none was recorded.
const CallRecord* first_with(const Run& run, Outcome outcome);

Diagnosis diagnose_deadlock(const CaseFacts& facts);
Diagnosis diagnose_exceeded(const CaseFacts& facts);
Diagnosis diagnose_stranded(const CaseFacts& facts);

}  // namespace actorsim
