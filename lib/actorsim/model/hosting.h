// What a release makes of Dapr's two documents: which types the sidecar hosts, and with what settings each of them
// runs.
//
// Sources: reading of the app's configuration `pkg/actors/config.go@v1.7.0` L109–178,
// `pkg/actors/api/config.go@v1.18.3` L53–87; the feature gate `pkg/actors/actors.go@v1.6.0` L176 (removed in 1.7.0);
// truncation of the depth `pkg/actors/actor.go@v1.14.0` L69.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "actorsim/base/diagnostic.h"
#include "actorsim/base/release.h"
#include "actorsim/base/virtual_time.h"
#include "actorsim/lock/lock_rules.h"
#include "actorsim/scenario/dapr_config.h"

namespace actorsim {

/// The settings under which one actor type runs.
struct HostedType {
  bool hosted = true;
  bool wanted_reentrancy = false;  ///< the app asked for it, whether or not the release's gate let it through
  LockConfig lock;                 ///< as the release hands it to the lock
  Nanoseconds idle_timeout = 3600 * kSecond;
  Nanoseconds scan_interval = 30 * kSecond;  ///< up to 1.13; later releases do not look at it
  Nanoseconds drain_timeout = 60 * kSecond;
  bool drain_rebalanced = false;

  friend bool operator==(const HostedType&, const HostedType&) = default;
};

/// Settings of the top level, and of each of `types` (same order), under `release`. Never fails: what a release ignores
/// or replaces by a default becomes a warning with the place in the file.
struct Hosting {
  HostedType top;
  std::vector<HostedType> types;
};
Hosting resolve_hosting(const Release& release, const DaprConfig& config,
                        const std::optional<DaprConfiguration>& configuration, const std::vector<std::string>& types,
                        std::string_view file, std::vector<Diagnostic>& warnings);

}  // namespace actorsim
