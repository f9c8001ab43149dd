// Random small scenarios, as text: what properties of runs and of explorations are tried on. The same on every machine,
// for the chance in it is our own (SplitMix64).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace actorsim::testing {

/// How large a scenario may be, and what may occur in it. The default is small enough to try out every order of steps.
struct RandomScenarioOptions {
  std::size_t triggers_at_most = 4;       ///< and 2 at least; a chain and a load are one each
  std::size_t actors_at_most = 3;         ///< and 2 at least, of up to three types
  std::size_t depth = 3;                  ///< and 2 at least: calls made one out of the other, without `recurse`
  std::size_t steps_at_most = 2;          ///< of one handler or branch, without those in branches
  std::uint64_t orders_at_most = 20'000;  ///< of steps, at a high estimate; idle deadlines aside. 0: any number
  std::vector<std::string> releases;      ///< to choose from; empty: those at the ends of each group that behaves alike

  bool sends = true;
  bool parallel = true;
  bool join_any = true;  ///< with `parallel`
  bool replies = true;   ///< handlers that answer early
  bool sleeps = true;
  bool loops = true;            ///< `repeat` and `recurse`
  bool failures = true;         ///< `fail`, and `on-error: continue`
  bool headers = true;          ///< dropped and fresh ones, and SDKs that drop them
  bool literal_headers = true;  ///< the same few texts for several calls
  bool per_type = true;         ///< reentrancy and limits of a type's own
  bool unhosted = false;        ///< types that no host serves
  bool chains = true;           ///< triggers written as chains
  bool after = true;
  bool loads = true;  ///< two calls each
  bool timeouts = true;
  bool retries = true;
  bool callbacks = false;      ///< timers and reminders, up to two firings each
  bool deactivations = false;  ///< with `on-deactivate`
  bool rebalances = false;
};

/// The small setting with everything in it that there is.
RandomScenarioOptions every_feature();

/// A scenario that loads and whose plain run ends, without the line `actorsim: 1`, which load_text adds. A function of
/// `seed` and the options alone; nearby seeds have nothing in common.
std::string random_scenario(std::uint64_t seed, const RandomScenarioOptions& options = {});

/// The same, with each choice made by a byte, so that a fuzzer can look for scenarios. Nothing: it has more orders than
/// `options` allow.
std::optional<std::string> scenario_of_bytes(std::string_view bytes, const RandomScenarioOptions& options = {});

}  // namespace actorsim::testing
