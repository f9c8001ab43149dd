// Dapr's own two documents, read as they are written: the body of GET /dapr/config and a Configuration resource.
// What a release makes of them is decided in model/hosting.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "actorsim/base/span.h"

namespace actorsim {

struct ReentrancySettings {
  std::optional<bool> enabled;
  std::optional<std::int64_t> max_stack_depth;
  Span span;
};

/// Durations stay text: whether a bad one is an error or a default depends on the release.
struct HostSettings {
  std::optional<std::string> actor_idle_timeout, actor_scan_interval, drain_ongoing_call_timeout;
  Span idle_span, scan_span, drain_span, rebalanced_span;
  std::optional<bool> drain_rebalanced_actors;
  std::optional<ReentrancySettings> reentrancy;
  std::optional<std::int64_t> reminders_storage_partitions;
};

struct EntityConfig {
  std::vector<std::string> entities;
  Span entities_span;
  HostSettings settings;
  Span span;
};

struct DaprConfig {
  std::optional<std::vector<std::string>> entities;  ///< absent: every type of the scenario
  Span entities_span;
  HostSettings settings;
  std::vector<EntityConfig> entities_config;
  Span span;
};

struct DaprConfiguration {
  std::optional<bool> actor_reentrancy;  ///< spec.features, Actor.Reentrancy; absent where it is not named
  Span span;
};

}  // namespace actorsim
