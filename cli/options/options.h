// The options of every command, as values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/base/release.h"
#include "actorsim/explore/run.h"
#include "actorsim/explore/schedule.h"
#include "actorsim/report/format.h"
#include "actorsim/report/graph/graph.h"
#include "actorsim/scenario/loader.h"
#include "cli/cli.h"
#include "cli/options/explore_options.h"
#include "cli/output/problems.h"

namespace actorsim {

enum class Command : std::uint8_t {
  run,
  ask,
  explore,
  play,
  compare,
  check,
  list,
  graph,
  init,
  explain,
  schema,
  completions,
  man
};

struct ReportRequest {
  Format format = Format::pretty;
  std::string file;  ///< empty: standard output
};

enum class ColorChoice : std::uint8_t { automatic, always, never };
enum class ProgressChoice : std::uint8_t { automatic, always, never };

/// Which cases of many are wanted. What is empty takes all.
struct Selection {
  std::string case_name;  ///< a scenario's name or a case's number
  std::string filter;     ///< a regular expression that has been tried
  std::vector<std::string> tags, skipped_tags;
  std::size_t shard = 0, shards = 1;  ///< the shard counts from 0
  bool only_failed = false;           ///< those that failed when they ran last
};

struct Options {
  Command command = Command::run;
  std::vector<std::string> operands;  ///< paths, chains or words
  std::vector<Override> overrides;
  std::vector<Release> releases;       ///< empty: each scenario's own
  std::vector<ReportRequest> reports;  ///< exactly one of them goes to standard output
  Verbosity verbosity = Verbosity::normal;
  ColorChoice color = ColorChoice::automatic;
  ProgressChoice progress = ProgressChoice::automatic;
  std::size_t kept_calls = RunOptions{}.kept_calls;  ///< of a case that a report lists
  ExploreWishes exploring;
  std::optional<Schedule> schedule;  ///< run: replayed instead of the plain run; play: where it starts
  // explore
  std::optional<Goal> goal;       ///< none: outcomes where they come quickly, else verdicts
  std::uint64_t random_runs = 0;  ///< above 0: so many random runs instead of all orders
  std::uint64_t seed = 1;
  std::uint32_t pct_depth = 0;                 ///< of random runs by priorities; 0: every step is equally likely
  std::optional<std::uint32_t> most_switches;  ///< only orders with so few switches between chains
  bool audit = false;
  bool is_lossy = false;
  bool ascii = false;
  bool json = false;                          ///< list: as JSON
  std::string example;                        ///< init: which; empty: the default
  const GraphFormat* graph_format = nullptr;  ///< graph: never null
  bool wait_for = false;                      ///< graph: who waits for whom, instead of who calls whom
  std::string output;                         ///< graph: a file; empty: standard output
  Selection selection;
  std::optional<unsigned> jobs;             ///< none: as many as there are cores for
  std::optional<std::size_t> max_failures;  ///< after so many the rest is skipped
  bool watch = false;
  Telling telling;
  /// The file that options were read from; empty: none.
  std::filesystem::path config_file;
};

/// How many things are to be done at a time: what --jobs says, else as many as there are cores for, with --threads to
/// each exploration.
unsigned jobs_of(const Options& options, const Environment& environment);

/// Nothing is left to do but to say something: help, the version, or what is wrong with the command line.
struct Farewell {
  int exit_code = kExitOk;
  std::string out;
  std::string err;
  Diagnostics problems;
  std::vector<Source> sources;  ///< of the problems
  Telling telling;
  std::filesystem::path config_file;  ///< as in Options
};

/// From the command line, then the environment, then actorsim.toml: what stands in a stronger place hides what stands
/// in a weaker one. `warnings` may get some where options come back.
std::variant<Options, Farewell> parse_options(const std::vector<std::string>& arguments, const Environment& environment,
                                              Diagnostics& warnings);

}  // namespace actorsim
