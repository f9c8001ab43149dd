// Looking at some orders where looking at all of them takes too long: random walks, walks by random priorities, and all
// orders with few switches. None of them proves that nothing bad can happen; each says what it covered.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "actorsim/explore/exploration.h"

namespace actorsim {

struct SampleOptions {
  std::uint64_t runs = 1'000;
  std::uint64_t seed = 1;
  /// Above 0: by priorities (PCT: Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010), for what takes so many
  /// orderings to go wrong. 0: every step that can be taken is equally likely.
  std::uint32_t depth = 0;
  std::chrono::milliseconds time_limit{0};  ///< 0: none
  std::function<void(std::uint64_t runs)> on_progress;
  std::function<std::chrono::nanoseconds()> clock;  ///< for the time limit; none: there is no limit
  const std::atomic<bool>* stop = nullptr;          ///< asked for between runs
};

/// What the runs showed.
struct Sample {
  Exploration::End end = Exploration::End::complete;  ///< complete: all runs that were asked for were made
  std::uint64_t runs = 0, steps = 0;
  std::uint64_t seed = 0;
  std::uint32_t depth = 0;
  std::uint64_t chains = 0;   ///< most in one run
  std::uint64_t longest = 0;  ///< steps of the longest run
  /// By priorities: the least probability with which one run finds what takes `depth` orderings between `chains` chains
  /// of at most `longest` steps together: 1/(n·k^(d-1)). 0: no such promise, because a chain could do several things at
  /// once, or it is not by priorities.
  double guarantee = 0;
  std::array<std::uint64_t, kVerdictCount> verdicts{};  ///< how many runs ended with it
  std::map<std::string, std::uint16_t> outcomes;        ///< as in Exploration
  std::vector<Witness> witnesses;  ///< the worst first; the shortest of the runs, not of all orders
};

/// Runs chosen at random to their ends. Deterministic by seed. The error is as for explore().
tl::expected<Sample, Diagnostic> sample(const Program& program, const SampleOptions& options);

/// All orders in which the step is another chain's than the one before at most `most_switches` times. Stops for the
/// bounds of `options`; goal, reductions and threads mean nothing. The witnesses have the fewest switches.
struct FewSwitches {
  Exploration found;
  std::uint32_t most_switches = 0;
  bool left_some_out = false;  ///< there are orders with more switches
};
tl::expected<FewSwitches, Diagnostic> explore_few_switches(const Program& program, std::uint32_t most_switches,
                                                           const ExploreOptions& options);

}  // namespace actorsim
