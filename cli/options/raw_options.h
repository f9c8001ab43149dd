// The options of a command line as words, and what they mean. Between options.cpp and its other half.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cli/options/options.h"

namespace actorsim {

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
  bool wait_for = false;
};

/// All that is wrong with the values comes at once.
std::variant<Options, Farewell> interpret(const RawOptions& raw, Command command);

}  // namespace actorsim
