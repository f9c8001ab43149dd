// What `actorsim explore` found, case by case, and its two formats.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/explore/exploration.h"
#include "actorsim/explore/interleavings.h"
#include "actorsim/explore/sample.h"
#include "actorsim/explore/step_log.h"
#include "actorsim/report/format.h"
#include "actorsim/report/report.h"

namespace actorsim {

/// One way to a bad verdict, replayed and explained.
struct Counterexample {
  Witness witness;
  Run run;  ///< its replay
  std::vector<StepRecord> steps;
  std::string replay;  ///< the command that runs it again
  std::string headline;
  std::vector<std::string> why, fix;
};

/// The same question answered without reductions.
struct Audit {
  Exploration full;
  bool is_conclusive = false;            ///< both were complete
  std::vector<std::string> differences;  ///< each one is a bug
};

/// How many states there are without reductions.
struct UnreducedCount {
  std::uint64_t states = 0;
  bool is_complete = false;  ///< false: at least so many
};

/// One case of which all orders were looked at, or some. Its status is pass: nothing bad can happen; fail: something
/// bad can; inconclusive: nothing bad was found, but not everything was looked at; error: it could not be explored;
/// skipped: it was interrupted before.
struct ExploredCase : CaseHead {
  // What was looked at: exactly one of these, none where the status is error or skipped.
  std::optional<Exploration> exploration;  ///< everything
  std::optional<FewSwitches> few_switches;
  std::optional<Sample> sample;

  std::optional<Run> run;                   ///< the plain one, where a report shows it
  std::shared_ptr<const StateGraph> graph;  ///< as in CaseReport

  bool outcomes_were_too_many = false;  ///< nobody said what is asked, and what becomes of each call would take long

  std::vector<Counterexample> counterexamples;   ///< to each bad verdict, the worst first
  std::optional<Interleavings> interleavings;    ///< where they were asked for and are few enough
  std::optional<InterleavingEstimate> estimate;  ///< where they are not
  std::optional<Audit> audit;
  /// Where states stand for others: how many there are without reductions, or how many were counted of them.
  std::optional<UnreducedCount> unreduced;

  bool can(Verdict verdict) const;  ///< was seen to be possible
  Goal goal() const;
  Exploration::End end() const;
  /// By label, as in Exploration.
  const std::map<std::string, std::uint16_t>& outcomes() const;
  const std::vector<Witness>& witnesses() const;
};

/// Is it what the goal asks for? Where only deadlock is asked for, nothing else is bad.
bool is_bad(Verdict verdict, Goal goal);

/// From what was looked at: pass, fail or inconclusive.
Status status_of(const ExploredCase& explored);

struct ExploredReport {
  std::vector<ExploredCase> cases;
  std::vector<Diagnostic> diagnostics;  ///< as in Report
  std::vector<Source> sources;          ///< as in Report

  Status status() const { return worst_of(count_statuses(cases), diagnostics); }
  bool has_audit_differences() const;
};

/// For people: what is possible, the shortest way to each bad verdict step by step, why and what would help.
/// Verbosity::verbose adds the locks after each step, and all interleavings where they were listed.
void write_explored(std::ostream& out, const ExploredReport& report, const ReportOptions& options);

/// For programs: one JSON document; its keys stand at the top of json_explored.cpp.
void write_json_explored(std::ostream& out, const ExploredReport& report);

/// One of its cases on one line.
std::string compact_json(const ExploredCase& entry);

/// The same as a report of expectations, for the formats that list what does not hold: each bad verdict that is
/// possible is an expectation `never: VERDICT` that fails, with the run that shows it; that not everything was looked
/// at is one that is not decided.
Report as_report(const ExploredReport& report);

}  // namespace actorsim
