// Effective settings per release. The table of what differs is reference knowledge; each rule names where it was read.
#include "actorsim/model/hosting.h"

#include <algorithm>
#include <map>

#include "actorsim/base/text.h"

namespace actorsim {
namespace {

constexpr std::int64_t kDefaultMaxStackDepth =
    32;  // pkg/actors/config.go@v1.2.0 L35, pkg/actors/api/config.go@v1.18.3 L28

class Resolver {
 public:
  Resolver(const Release& release, const DaprConfig& config, const std::optional<DaprConfiguration>& configuration,
           std::string_view file, std::vector<Diagnostic>& warnings)
      : release_(release), config_(config), configuration_(configuration), file_(file), warnings_(warnings) {}

  Hosting resolve(const std::vector<std::string>& types) {
    check_gate();
    top_ = settings_of(config_.settings, true);
    const HostedType& top = top_;
    Hosting result;
    result.top = top;
    for (const std::string& type : types) {
      const EntityConfig* entity = entity_of(type);
      HostedType settings = entity != nullptr ? settings_of_entity(*entity) : top;
      settings.hosted = !registration_fails_ && lists(type);
      if (entity != nullptr && settings.hosted) warn_if_reentrancy_is_lost(type, *entity, top, settings);
      result.types.push_back(settings);
    }
    warn_about_entities(types);
    return result;
  }

 private:
  // 1.2 to 1.6 let reentrancy through only with the feature Actor.Reentrancy (pkg/actors/actors.go@v1.6.0 L176); 1.7.0
  // removed the gate (PR #4318). Up to 1.6 an off gate leaves maxStackDepth in force.
  void check_gate() {
    const bool has_gate = before(release_, 7);
    const bool opened = configuration_ && configuration_->actor_reentrancy.value_or(false);
    gate_closed_ = has_gate && !opened;
    const bool wanted = config_.settings.reentrancy && config_.settings.reentrancy->enabled.value_or(false);
    if (gate_closed_ && wanted) {
      warn("gate-closed", config_.settings.reentrancy->span,
           "reentrancy stays off: Dapr " + to_string(release_) + " needs the feature Actor.Reentrancy as well",
           "add configuration: {spec: {features: [{name: Actor.Reentrancy, enabled: true}]}}");
    }
    if (!has_gate && !release_.is_docs && configuration_ && configuration_->actor_reentrancy) {
      warn("gate-without-effect", configuration_->span,
           "the feature Actor.Reentrancy has no effect in Dapr " + to_string(release_),
           "since 1.7 config.reentrancy.enabled alone decides");
    }
  }

  // Once per entry, so that what is wrong with it is said once.
  const HostedType& settings_of_entity(const EntityConfig& entity) {
    const auto found = entities_.find(&entity);
    if (found != entities_.end()) return found->second;
    return entities_.emplace(&entity, settings_of(entity.settings, false)).first->second;
  }

  HostedType settings_of(const HostSettings& from, bool is_top_level) {
    HostedType result;
    result.wanted_reentrancy = from.reentrancy && from.reentrancy->enabled.value_or(false);
    result.lock.enabled = result.wanted_reentrancy && !gate_closed_;
    result.lock.max_stack_depth = stack_depth(from.reentrancy);
    result.idle_timeout =
        duration(from.actor_idle_timeout, from.idle_span, "actorIdleTimeout", result.idle_timeout, is_top_level);
    result.scan_interval = scan_interval(from, result.scan_interval);
    const bool inherits_drain = !is_top_level && (release_.is_docs || at_least(release_, 17, 7));
    result.drain_timeout =
        clamped_drain(duration(from.drain_ongoing_call_timeout, from.drain_span, "drainOngoingCallTimeout",
                               inherits_drain ? top_.drain_timeout : default_drain_timeout(), is_top_level));
    warn_about_drain(from, is_top_level);
    result.drain_rebalanced = from.drain_rebalanced_actors.value_or(release_.is_docs || at_least(release_, 15));
    // The releases from 1.15 on that still drain ask the top level alone (pkg/actors/internal/placement/inflight/lock).
    if (!is_top_level && !release_.is_docs && at_least(release_, 15)) result.drain_rebalanced = top_.drain_rebalanced;
    return result;
  }

  // 1.15 and 1.16 drain nothing (placement.go@v1.15.0 L103, factory.go@v1.16.2 L199–212). A type's own timeout counts
  // since 1.17.7 (inflight.go@v1.17.7 L98–115), its own drainRebalancedActors up to 1.14 (actors.go@v1.14.0 L1019).
  void warn_about_drain(const HostSettings& from, bool is_top_level) {
    if (release_.is_docs) return;
    const bool drains_nothing = at_least(release_, 15) && before(release_, 17);
    const std::string whose = is_top_level ? "" : " of a type";
    if (parse_duration(from.drain_ongoing_call_timeout.value_or(""), DurationSign::any) &&
        (drains_nothing || (!is_top_level && before(release_, 17, 7)))) {
      warn("setting-ignored", from.drain_span,
           "drainOngoingCallTimeout" + whose + " has no effect in Dapr " + to_string(release_), "");
    }
    if (from.drain_rebalanced_actors && (drains_nothing || (!is_top_level && at_least(release_, 15)))) {
      warn("setting-ignored", from.rebalanced_span,
           "drainRebalancedActors" + whose + " has no effect in Dapr " + to_string(release_), "");
    }
  }

  // Read up to 1.13 (pkg/actors/config.go@v1.13.0 L34); the key is ignored since.
  Nanoseconds scan_interval(const HostSettings& from, Nanoseconds fallback) {
    if (!from.actor_scan_interval || release_.is_docs) return fallback;
    if (before(release_, 14)) {
      return duration(from.actor_scan_interval, from.scan_span, "actorScanInterval", fallback, false);
    }
    warn("setting-ignored", from.scan_span,
         "Dapr " + to_string(release_) + " does not read actorScanInterval (until 1.13)", "");
    return fallback;
  }

  std::int64_t stack_depth(const std::optional<ReentrancySettings>& reentrancy) const {
    const std::int64_t given =
        reentrancy ? reentrancy->max_stack_depth.value_or(kDefaultMaxStackDepth) : kDefaultMaxStackDepth;
    // Up to 1.14 the depth is cut to 32 bits: 2^32 becomes 0 (pkg/actors/actor.go@v1.14.0 L69).
    if (before(release_, 15)) return static_cast<std::int32_t>(static_cast<std::uint32_t>(given));
    return given;
  }

  Nanoseconds default_drain_timeout() const {
    return release_.is_docs || at_least(release_, 17) ? 2 * kSecond : 60 * kSecond;
  }

  // Since 1.17.7 a drain that is not shorter than the dissemination timeout becomes 0.8 of that, but not less than 2 s
  // (PR #9897). A type that says nothing has the top level's.
  Nanoseconds clamped_drain(Nanoseconds drain) const {
    const bool has_clamp = release_.is_docs || at_least(release_, 17, 7);
    const Nanoseconds dissemination = !release_.is_docs && before(release_, 18) ? 5 * kSecond : 30 * kSecond;
    if (!has_clamp || drain < dissemination) return drain;
    return std::max(2 * kSecond, dissemination / 10 * 8);
  }

  // A bad duration falls back to the default; from 1.15 on a bad one at the top level makes the registration fail, and
  // the sidecar hosts no type at all (pkg/actors/actors.go@v1.15.0 L430, L439; runtime.go@v1.15.0 L795).
  Nanoseconds duration(const std::optional<std::string>& text, const Span& span, const std::string& name,
                       Nanoseconds fallback, bool is_fatal) {
    if (!text || text->empty()) return fallback;
    const auto parsed = parse_duration(*text, DurationSign::any);
    if (parsed) return *parsed;
    if (is_fatal && at_least(release_, 15)) {
      registration_fails_ = true;
      warn("registration-fails", span,
           name + " '" + *text + "' is no duration: Dapr " + to_string(release_) + " then hosts no actor type at all",
           "durations look like 90s, 30m or 1h30m");
    } else {
      warn("bad-duration-ignored", span, name + " '" + *text + "' is no duration: the default is used",
           "durations look like 90s, 30m or 1h30m");
    }
    return fallback;
  }

  // The last entry that names the type counts. entitiesConfig exists since 1.7.0 (pkg/actors/config.go@v1.7.0
  // L109–178).
  const EntityConfig* entity_of(const std::string& type) const {
    if (before(release_, 7)) return nullptr;
    const EntityConfig* found = nullptr;
    for (const EntityConfig& entity : config_.entities_config) {
      if (std::find(entity.entities.begin(), entity.entities.end(), type) != entity.entities.end()) found = &entity;
    }
    return found;
  }

  bool lists(const std::string& type) const {
    return !config_.entities ||
           std::find(config_.entities->begin(), config_.entities->end(), type) != config_.entities->end();
  }

  void warn_if_reentrancy_is_lost(const std::string& type, const EntityConfig& entity, const HostedType& top,
                                  const HostedType& settings) {
    if (!top.wanted_reentrancy || settings.wanted_reentrancy || entity.settings.reentrancy) return;
    warn("reentrancy-lost", entity.span,
         "'" + type +
             "' loses reentrancy: an entry of entitiesConfig replaces the top level and inherits nothing from it",
         "repeat reentrancy: {enabled: true} in this entry");
  }

  void warn_about_entities(const std::vector<std::string>& types) {
    if (before(release_, 7) && !config_.entities_config.empty()) {
      warn("setting-ignored", config_.entities_config.front().span,
           "Dapr " + to_string(release_) + " does not know entitiesConfig (since 1.7)", "");
      return;
    }
    for (const EntityConfig& entity : config_.entities_config) {
      for (const std::string& type : entity.entities) {
        const bool is_known = std::find(types.begin(), types.end(), type) != types.end();
        if (is_known && lists(type)) continue;
        if (!is_known && !config_.entities) continue;
        if (is_known || !lists(type)) {
          warn("entity-not-hosted", entity.span,
               "entitiesConfig names '" + type + "', which is not in entities: Dapr drops this entry", "");
        }
      }
    }
  }

  void warn(std::string_view code, const Span& span, std::string message, std::string help) {
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.code = code;
    warning.file = file_;
    warning.span = span;
    warning.message = std::move(message);
    warning.help = std::move(help);
    warnings_.push_back(std::move(warning));
  }

  const Release& release_;
  const DaprConfig& config_;
  const std::optional<DaprConfiguration>& configuration_;
  std::string_view file_;
  std::vector<Diagnostic>& warnings_;
  std::map<const EntityConfig*, HostedType> entities_;
  HostedType top_;
  bool gate_closed_ = false;
  bool registration_fails_ = false;
};

}  // namespace

Hosting resolve_hosting(const Release& release, const DaprConfig& config,
                        const std::optional<DaprConfiguration>& configuration, const std::vector<std::string>& types,
                        std::string_view file, std::vector<Diagnostic>& warnings) {
  return Resolver(release, config, configuration, file, warnings).resolve(types);
}

}  // namespace actorsim
