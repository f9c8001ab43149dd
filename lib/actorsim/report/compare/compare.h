// One scenario on several releases, side by side: what is the same, what differs, and what changes on the way from one
// to the next.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/explore/run.h"
#include "actorsim/model/release_groups.h"
#include "actorsim/report/format.h"

namespace actorsim {

/// What was run: a program under a release that stands for a group of them.
struct ReleaseRun {
  ReleaseGroup releases;
  Program program;
  Run run;
  std::string headline;  ///< of its diagnosis
};

/// What became of a call in one column.
struct ComparedCall {
  Outcome outcome = Outcome::entered;
  bool completed = false;
  std::int32_t depth = 0;
  std::uint32_t attempts = 1;
  Nanoseconds arrived = 0;
  std::optional<Nanoseconds> entered, ended;
  bool header_seen = false;
  bool reentrancy = false;

  /// Whether a handler sees an id counts only where a lock looks at it.
  friend bool operator==(const ComparedCall& left, const ComparedCall& right);
};

/// Releases in which the scenario comes out alike.
struct ComparedColumn {
  std::vector<ReleaseGroup> releases;  ///< oldest first; neighbours are joined
  Verdict verdict = Verdict::ok;
  std::string headline;
  std::string setting;
  Counts counts;
};

struct ComparedRow {
  std::string label;
  std::string target;
  std::size_t level = 0;                           ///< 0: made by no call
  Starter starter = Starter::client;               ///< who made it then
  std::optional<std::size_t> caller;               ///< its row
  std::vector<std::optional<ComparedCall>> cells;  ///< one for each column; absent: the call was not made
  bool differs = false;
};

/// From one release to the next, by age, where they differ.
struct ComparedChange {
  Release from, to;
  std::string from_name, to_name;    ///< as people say: `1.14`, `1.15.0`, `the documentation`
  std::vector<std::string> reasons;  ///< what the rules say, a sentence each; empty where no single rule tells it
  std::string effect;                ///< what it does to this scenario
};

/// All columns are of one scenario; with one column nothing differs.
struct ReleaseComparison {
  std::string file;
  std::string name;
  std::vector<std::pair<std::string, std::string>> axes;  ///< apart from the release
  bool could_run = true;
  std::vector<ComparedColumn> columns;  ///< in the order of their oldest release, `docs` last
  std::vector<ComparedRow> rows;        ///< as a tree, depth first
  std::size_t calls_left_out = 0;       ///< the most that any run did not record
  std::vector<ComparedChange> changes;
};

/// `runs` are of one scenario, by age of their releases. Names are left to the caller.
ReleaseComparison compare_runs(const std::vector<ReleaseRun>& runs);

struct ComparisonReport {
  std::vector<ReleaseComparison> comparisons;
  std::vector<Diagnostic> diagnostics;
};

/// For people: a table for each scenario that differs, a line for each that does not.
void write_comparison(std::ostream& out, const ComparisonReport& report, const ReportOptions& options);

/// For programs; the keys stand in json_compare.cpp.
void write_json_comparison(std::ostream& out, const ComparisonReport& report);

/// `1.14`, `1.15.0`, `1.2–1.14`, `1.15.1–14`, `docs`, with `dash` between the two.
std::string to_string(const ReleaseGroup& group, std::string_view dash);

/// The rules that tell two runs of one scenario apart and have to do with what differs: a sentence each, `old_name` and
/// `new_name` being the releases as the sentence calls them.
std::vector<std::string> reasons_for_change(const ReleaseRun& older, const ReleaseRun& newer,
                                            const std::string& old_name, const std::string& new_name);

}  // namespace actorsim
