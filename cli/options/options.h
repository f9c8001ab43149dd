// The options of every command, as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "actorsim/base/release.h"
#include "actorsim/explore/run.h"
#include "actorsim/explore/schedule.h"
#include "actorsim/report/format.h"
#include "actorsim/report/graph/graph.h"
#include "actorsim/scenario/loader.h"
#include "cli/cli.h"
#include "cli/options/explore_options.h"

namespace actorsim {

enum class Command : std::uint8_t { run, ask, explore, compare, check, list, graph, init, explain, schema };

struct ReportRequest {
  Format format = Format::pretty;
  std::string file;  ///< empty: standard output
};

enum class ColorChoice : std::uint8_t { automatic, always, never };
enum class ProgressChoice : std::uint8_t { automatic, always, never };

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
  std::optional<Schedule> schedule;  ///< run: replayed instead of the plain run
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
  std::string case_name;  ///< run, explore, graph: a scenario's name or a case's number; empty: all of them
  std::string output;     ///< graph: a file; empty: standard output
};

/// Nothing is left to do but to say something: help, the version, or what is wrong with the command line.
struct Farewell {
  int exit_code = kExitOk;
  std::string out;
  std::string err;
};

std::variant<Options, Farewell> parse_options(const std::vector<std::string>& arguments,
                                              const Environment& environment);

}  // namespace actorsim
