// The options of a command line as words, and what they mean. Between options.cpp and its other half.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "cli/options/options.h"

namespace actorsim {

/// Where the value of an option stands if not on the command line.
struct OptionPlace {
  std::string file;  ///< of the text; or the variable
  Span span;         ///< line 0: a variable
};

/// Options as they are written, before they mean anything.
struct RawOptions {
  std::vector<std::string> operands, sets, releases, reports;
  int verbose = 0;
  bool quiet = false;
  bool ascii = false;
  bool json = false;
  std::string color = "auto";
  std::string progress = "auto";
  std::string calls;
  std::string example;
  std::string max_states, max_memory, time_limit, threads;
  std::vector<std::string> reductions;
  std::vector<std::string> schedules;
  std::string format;
  std::string case_name;
  std::string output;
  std::string goal, random, seed, pct, switches;
  bool audit = false, lossy = false;
  std::string filter, shard, jobs, max_failures;
  std::vector<std::string> tags, skipped_tags;
  bool wait_for = false, rerun_failed = false, fail_fast = false, watch = false;
  bool warnings_as_errors = false;
  std::string error_format = "long";
  std::string config;

  /// Of options that do not stand on the command line, by name.
  std::map<std::string, OptionPlace> places;
};

/// What the words mean. All that is wrong with them is added to `problems`.
Options interpret(const RawOptions& raw, Command command, Diagnostics& problems);

/// As far as the words mean anything.
Telling telling_of(const RawOptions& raw);

/// `a,b`, `c` are a, b and c.
std::vector<std::string> split_at_commas(const std::vector<std::string>& texts);

/// A problem with the value of an option (`--jobs`), told where that stands.
Diagnostic option_problem(const RawOptions& raw, const std::string& option, std::string message, std::string help);

}  // namespace actorsim
