// The one value that every report format is a function of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/explore/expectations.h"
#include "actorsim/explore/exploration.h"
#include "actorsim/explore/run.h"
#include "actorsim/scenario/loader.h"

namespace actorsim {

struct StateGraph;

enum class Status : std::uint8_t { pass, fail, inconclusive, error, skipped };
std::string_view to_word(Status status);

/// The run of a schedule that shows why an expectation of all orders does not hold.
struct ReplayedRun {
  Schedule schedule;
  std::string leads_to;  ///< `deadlock`, `checkout: blocked`
  std::string command;   ///< that runs it again
  Run run;
  std::string headline;
  std::vector<std::string> why, fix;
};

/// Which case it is and how it went: a scenario under one combination of its matrix. A file that could not be read is
/// one case, too, with the status `error` and without a name.
struct CaseHead {
  std::string file;
  std::string name;
  std::vector<std::pair<std::string, std::string>> axes;
  std::string dapr;  ///< `1.18`, `1.15.3`, `docs`
  /// A few words on reentrancy: `reentrancy on`, `reentrancy off`, `reentrancy on for A, off for B`.
  std::string setting;
  Status status = Status::pass;
};

/// A case that did not get so far that its scenario could be compiled.
CaseHead head_of(std::string file, const CaseTitle& title, Status status);

/// A case of a report that is nothing but its head so far.
template <typename Case>
Case begin_case(CaseHead head) {
  Case entry;
  static_cast<CaseHead&>(entry) = std::move(head);
  return entry;
}

/// One case that was run.
struct CaseReport : CaseHead {
  std::optional<Run> run;  ///< absent where the case could not be run
  std::vector<ExpectationResult> expectations;
  std::string headline;                     ///< what happened, in half a sentence: `A/1 waits for itself`
  std::vector<std::string> why;             ///< for a bad verdict: sentences in plain words that name the release
  std::vector<std::string> fix;             ///< what would help, most useful first
  bool is_replay = false;                   ///< `run` is that of a schedule, not the plain run
  bool has_unchecked = false;               ///< something is expected of all orders, and they were not looked at
  std::optional<Exploration> exploration;   ///< where something is expected of all orders
  std::shared_ptr<const StateGraph> graph;  ///< where a report shows it and the scenario is small enough
  std::vector<ReplayedRun> replays;         ///< why expectations of all orders do not hold, each way once
};

/// How many cases went which way.
struct StatusCounts {
  std::size_t cases = 0, passed = 0, failed = 0, inconclusive = 0, errors = 0, skipped = 0;

  void add(Status status);
};

template <typename Case>
StatusCounts count_statuses(const std::vector<Case>& cases) {
  StatusCounts counts;
  for (const CaseHead& entry : cases) counts.add(entry.status);
  return counts;
}

/// The worst there is: an error before a failure before what is inconclusive, as a skipped case is.
Status worst_of(const StatusCounts& counts, const std::vector<Diagnostic>& diagnostics);

struct Summary : StatusCounts {
  Counts counts;
};

struct Report {
  std::vector<CaseReport> cases;
  std::vector<Diagnostic> diagnostics;  ///< errors and warnings of all files, in input order, each once
  std::vector<Source> sources;          ///< for excerpts; by name

  Summary summary() const;
  Status status() const { return worst_of(count_statuses(cases), diagnostics); }
  const Source* find_source(std::string_view name) const;
};

}  // namespace actorsim
